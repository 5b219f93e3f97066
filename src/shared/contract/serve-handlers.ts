import type { z } from 'zod';
import { decodeMessage, encodeMessage } from './codec';
import { AppError, cancelledError, type ErrorShape } from './errors';
import { type ClientMessage, clientMessageSchema, type EngineMessage } from './message';
import { type CallContext, type Handlers, type MethodName, methods } from './methods';
import type { Pipe } from './pipe';

/** Where failures nobody may see in full are written; `details` are JSON-able. */
export interface FailureLog {
  error(message: string, details?: Record<string, unknown>): void;
}

/** How to serve: outputs are checked against the contract in tests and development only, because the engine is trusted. */
export interface ServeOptions {
  readonly logger: FailureLog;
  readonly checkOutputs?: boolean;
}

type AnyHandler = (input: unknown, context: CallContext) => Promise<unknown>;

const MAXIMUM_RUNNING_CALLS = 256;
let internalErrorCount = 0;

/**
 * Answers the calls that come through a pipe until it closes; then every running call is cancelled.
 *
 * Inputs are always parsed. An AppError reaches the caller as it is; any other error is logged and the caller gets 'internal' with the log id. A message that cannot be
 * read closes the pipe, for its sender is not a studio.
 */
export function serveHandlers(pipe: Pipe, handlers: Partial<Handlers>, options: ServeOptions): void {
  const running = new Map<number, AbortController>();
  let isClosed = false;
  pipe.onClose(() => {
    isClosed = true;
    for (const controller of running.values()) controller.abort();
    running.clear();
  });

  const send = (message: EngineMessage): void => {
    if (isClosed) return;
    pipe.post(encodeMessage(message));
  };

  const run = async (id: number, method: string, input: unknown): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    const isCurrent = (): boolean => running.get(id) === controller;
    const context: CallContext = {
      signal: controller.signal,
      reportProgress: (fraction, label) => {
        if (isCurrent()) send({ type: 'progress', id, fraction: Math.min(1, Math.max(0, fraction)), label });
      },
    };
    try {
      const value = await answer(method, input, handlers, context, options.checkOutputs === true);
      if (isCurrent()) send({ type: 'value', id, value });
    } catch (error) {
      if (isCurrent()) send({ type: 'error', id, error: toErrorShape(error, method, options.logger) });
      else if (!(error instanceof AppError)) toErrorShape(error, method, options.logger);
    } finally {
      if (isCurrent()) running.delete(id);
    }
  };

  pipe.onMessage((bytes) => {
    const message = readClientMessage(bytes);
    if (!message) {
      options.logger.error('closed a connection: unreadable message', { byteLength: bytes.byteLength });
      pipe.close();
      return;
    }
    if (message.type === 'cancel') {
      const controller = running.get(message.id);
      running.delete(message.id);
      controller?.abort();
      if (controller) send({ type: 'error', id: message.id, error: cancelledError().toJSON() });
      return;
    }
    if (running.has(message.id) || running.size >= MAXIMUM_RUNNING_CALLS) {
      const problem = running.has(message.id) ? 'A call with this number is already running.' : 'Too many calls are running.';
      send({ type: 'error', id: message.id, error: new AppError('bad-input', problem, 'Wait until some of them are done.').toJSON() });
      return;
    }
    void run(message.id, message.method, message.input);
  });
}

async function answer(method: string, input: unknown, handlers: Partial<Handlers>, context: CallContext, checkOutput: boolean): Promise<unknown> {
  // Own properties only: 'constructor' and '__proto__' are no methods.
  if (!Object.hasOwn(methods, method) || !Object.hasOwn(handlers, method)) {
    throw new AppError('unknown-method', `The engine has no method '${method}'.`, 'The studio and its engine are of different versions. Start both again.');
  }
  const name = method as MethodName;
  const schemas: { input: z.ZodType; output: z.ZodType } = methods[name];
  const parsed = schemas.input.safeParse(input);
  if (!parsed.success) throw new AppError('bad-input', `${method}: ${describeIssue(parsed.error)}`, 'Check the value and try again.');
  const handler = handlers[name] as AnyHandler;
  const value = await handler(parsed.data, context);
  if (checkOutput) {
    const checked = schemas.output.safeParse(value);
    if (!checked.success) throw new Error(`the output of ${method} breaks the contract: ${describeIssue(checked.error)}`);
  }
  return value;
}

function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'the input is wrong';
  const field = issue.path.map(String).join('.');
  return field ? `${field}: ${issue.message}` : issue.message;
}

/** What a caller may see of a failure: an AppError as it is, anything else as 'internal' with the id under which it was logged. */
export function toErrorShape(error: unknown, method: string, logger: FailureLog): ErrorShape {
  if (error instanceof AppError) return error.toJSON();
  internalErrorCount += 1;
  const logId = `${Date.now().toString(36)}-${internalErrorCount.toString(36)}`;
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  logger.error('a call failed', { logId, method, cause });
  return new AppError('internal', 'Something went wrong inside the studio.', `The log has the details under ${logId}.`).toJSON();
}

function readClientMessage(bytes: Uint8Array): ClientMessage | undefined {
  try {
    return clientMessageSchema.parse(decodeMessage(bytes));
  } catch {
    return undefined;
  }
}
