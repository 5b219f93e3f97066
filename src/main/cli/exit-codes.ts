import type { ErrorCode } from '../../shared/contract/errors';

/** What the command line ends with. */
export const EXIT_CODES = { done: 0, internal: 1, badInput: 2, cancelled: 130 } as const;

/** Exit code of an error: 2 for what the user can act on, 1 for a fault of the program, 130 after a cancel. */
export function exitCodeOf(code: ErrorCode): number {
  switch (code) {
    case 'cancelled':
      return EXIT_CODES.cancelled;
    case 'internal':
    case 'inference-failed':
    case 'connection-lost':
    case 'unknown-method':
      return EXIT_CODES.internal;
    default:
      return EXIT_CODES.badInput;
  }
}
