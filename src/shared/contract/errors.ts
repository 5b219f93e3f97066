/** Every failure a user can act on, by code. `internal` hides its message from the caller; `cancelled` is silent. */
export const ERROR_CODES = [
  'bad-input',
  'unsupported-audio',
  'damaged-audio',
  'empty-audio',
  'audio-too-long',
  'file-not-found',
  'file-exists',
  'permission-denied',
  'disk-full',
  'damaged-project',
  'project-too-new',
  'missing-model',
  'damaged-model',
  'inference-failed',
  'locked',
  'unknown-method',
  'unknown-audio',
  'connection-lost',
  'not-supported',
  'cancelled',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What travels over a pipe when a call fails. */
export interface ErrorShape {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
}

/** An error with a code, a message that says what happened and a hint that says what to do. */
export class AppError extends Error implements ErrorShape {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly hint = '',
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'AppError';
  }

  toJSON(): ErrorShape {
    return { code: this.code, message: this.message, hint: this.hint };
  }
}

/** The error of a cancelled job; callers stay silent about it. */
export function cancelledError(): AppError {
  return new AppError('cancelled', 'Cancelled.');
}

/** Throws the cancelled error when the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelledError();
}
