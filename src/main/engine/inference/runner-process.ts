import { AppError } from '../../../shared/contract/errors';
import type { RunnerReply, RunnerRequest } from './runner-protocol';
import { messageOf, SessionHost } from './session-host';

/** Electron's utilityProcess gives its child a port instead of `process.send`. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

// Entry file of the inference process. It owns the onnxruntime sessions, because a run blocks its thread and a crash of native code ends its process.
const host = new SessionHost();
const cancelled = new Set<number>();
let queue: Promise<void> = Promise.resolve();

function receive(request: RunnerRequest): void {
  if (request.name === 'cancel') {
    cancelled.add(request.id);
    return;
  }
  queue = queue.then(async () => {
    send(await replyTo(request));
    cancelled.delete(request.id);
  });
}

async function replyTo(request: Exclude<RunnerRequest, { name: 'cancel' }>): Promise<RunnerReply> {
  try {
    return { id: request.id, result: await host.execute(request.name, request.input, () => cancelled.has(request.id)) };
  } catch (error) {
    const failure = error instanceof AppError ? error : new AppError('inference-failed', `The network could not run: ${messageOf(error)}`);
    return { id: request.id, error: failure.toJSON() };
  }
}

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };

function send(reply: RunnerReply): void {
  if (parentPort) parentPort.postMessage(reply);
  else process.send?.(reply);
}

if (parentPort) {
  parentPort.on('message', (event) => receive(event.data as RunnerRequest));
} else {
  process.on('message', (message) => receive(message as RunnerRequest));
  // Without an owner there is nothing to do; this also ends the process when the owner dies.
  process.on('disconnect', () => process.exit(0));
}
