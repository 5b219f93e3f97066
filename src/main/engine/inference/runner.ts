import { AppError, cancelledError, type ErrorShape } from '../../../shared/contract/errors';
import type { ForkRunner, ProcessPort } from './process-port';
import type { RunnerCommandName, RunnerCommands, RunnerReply, RunnerRequest } from './runner-protocol';

interface PendingCall {
  resolve(result: RunnerCommands[RunnerCommandName]['output']): void;
  reject(error: AppError): void;
}

/**
 * Owns one inference process: starts it with the first call, sends commands, and rejects what is open when it ends.
 * After a crash the next call starts a fresh process; `generationNumber` then differs and loaded networks are gone.
 */
export class Runner {
  private port: ProcessPort | undefined;
  private readonly pending = new Map<number, PendingCall>();
  private nextId = 1;
  private isDisposed = false;
  /** Counts started processes. */
  generationNumber = 0;

  constructor(
    private readonly fork: ForkRunner,
    private readonly onCrash: (reason: string) => void = () => undefined,
  ) {}

  /** True while a process is running that can hold loaded networks. */
  get isRunning(): boolean {
    return this.port !== undefined;
  }

  /** Executes a command in the process. Rejects with AppError: 'inference-failed' when it ends meanwhile, 'cancelled' when the signal is aborted. */
  call<Name extends RunnerCommandName>(name: Name, input: RunnerCommands[Name]['input'], signal?: AbortSignal): Promise<RunnerCommands[Name]['output']> {
    if (this.isDisposed) return Promise.reject(new AppError('inference-failed', 'The engine is shutting down.'));
    if (signal?.aborted) return Promise.reject(cancelledError());
    const port = this.start();
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const cancel = (): void => port.post({ id, name: 'cancel' } satisfies RunnerRequest);
      const settle = (): void => signal?.removeEventListener('abort', cancel);
      this.pending.set(id, {
        resolve: (result) => {
          settle();
          resolve(result as RunnerCommands[Name]['output']);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      signal?.addEventListener('abort', cancel, { once: true });
      port.post({ id, name, input });
    });
  }

  /** Ends the process; open calls reject. */
  dispose(): void {
    this.isDisposed = true;
    this.port?.kill();
  }

  private start(): ProcessPort {
    if (this.port) return this.port;
    const port = this.fork();
    this.port = port;
    this.generationNumber++;
    port.onMessage((message) => this.receive(message as RunnerReply));
    port.onExit((reason) => this.end(port, reason));
    return port;
  }

  private receive(reply: RunnerReply): void {
    const call = this.pending.get(reply.id);
    this.pending.delete(reply.id);
    if ('error' in reply) call?.reject(errorOf(reply.error));
    else call?.resolve(reply.result);
  }

  private end(port: ProcessPort, reason: string): void {
    if (this.port !== port) return;
    this.port = undefined;
    const open = [...this.pending.values()];
    this.pending.clear();
    if (!this.isDisposed) this.onCrash(reason);
    for (const call of open)
      call.reject(
        new AppError(
          'inference-failed',
          `The inference process ended unexpectedly (${reason}).`,
          'Try again: it is started anew. If it happens each time, choose the CPU as device.',
        ),
      );
  }
}

function errorOf({ code, message, hint }: ErrorShape): AppError {
  return new AppError(code, message, hint);
}
