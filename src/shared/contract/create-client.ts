import { decodeMessage, encodeMessage } from './codec';
import { AppError, cancelledError } from './errors';
import { type ClientMessage, type EngineMessage, engineMessageSchema } from './message';
import type { CallOptions, Client, MethodInput, MethodName, MethodOutput } from './methods';
import type { Pipe } from './pipe';

interface PendingCall {
  settle(): void;
  resolve(value: unknown): void;
  reject(error: AppError): void;
  readonly onProgress: CallOptions['onProgress'];
}

/**
 * The typed client at one end of a pipe.
 *
 * A call rejects with AppError only: the engine's own error, 'cancelled' at once when its signal aborts (the engine is told), or 'connection-lost' when the pipe closes.
 *
 *     const client = createClient(pipe);
 *     const info = await client.call('app.info', {});
 */
export function createClient(pipe: Pipe): Client {
  const pending = new Map<number, PendingCall>();
  const closeListeners: (() => void)[] = [];
  let nextId = 1;
  let isClosed = false;

  const handleClose = (): void => {
    if (isClosed) return;
    isClosed = true;
    for (const call of [...pending.values()]) {
      call.settle();
      call.reject(connectionLost());
    }
    for (const listener of closeListeners) listener();
  };

  pipe.onClose(handleClose);
  pipe.onMessage((bytes) => {
    const message = readEngineMessage(bytes);
    if (!message) {
      // After an unreadable message nothing that follows can be trusted.
      pipe.close();
      handleClose();
      return;
    }
    const call = pending.get(message.id);
    if (!call) return;
    if (message.type === 'progress') {
      call.onProgress?.(message.fraction, message.label);
      return;
    }
    call.settle();
    if (message.type === 'value') call.resolve(message.value);
    else call.reject(new AppError(message.error.code, message.error.message, message.error.hint));
  });

  const call = (method: string, input: unknown, options: CallOptions): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (isClosed) throw connectionLost();
      if (options.signal?.aborted) throw cancelledError();
      const id = nextId++;
      const bytes = encodeMessage({ type: 'call', id, method, input } satisfies ClientMessage);
      const cancel = (): void => {
        pending.get(id)?.settle();
        pipe.post(encodeMessage({ type: 'cancel', id } satisfies ClientMessage));
        reject(cancelledError());
      };
      const settle = (): void => {
        pending.delete(id);
        options.signal?.removeEventListener('abort', cancel);
      };
      pending.set(id, { settle, resolve, reject, onProgress: options.onProgress });
      options.signal?.addEventListener('abort', cancel, { once: true });
      pipe.post(bytes);
    });

  return {
    call: <M extends MethodName>(method: M, input: MethodInput<M>, options: CallOptions = {}) => call(method, input, options) as Promise<MethodOutput<M>>,
    close: () => {
      pipe.close();
      handleClose();
    },
    onClose: (listener) => {
      if (isClosed) listener();
      else closeListeners.push(listener);
    },
  };
}

function readEngineMessage(bytes: Uint8Array): EngineMessage | undefined {
  try {
    return engineMessageSchema.parse(decodeMessage(bytes));
  } catch {
    return undefined;
  }
}

function connectionLost(): AppError {
  return new AppError('connection-lost', 'The studio lost its engine.', 'Save your work if you can, then start the studio again.');
}
