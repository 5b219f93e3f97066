import { cancelledError } from '../../shared/contract/errors';

/** Runs jobs one after another, in the order they came. A job that is cancelled while it waits never starts. */
export class ModelQueue {
  private last: Promise<unknown> = Promise.resolve();

  run<Result>(signal: AbortSignal, job: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(() => {
      if (signal.aborted) throw cancelledError();
      return job();
    });
    this.last = result.catch(() => undefined);
    return Promise.race([result, rejectionOn(signal, () => result)]);
  }
}

/** Rejects as soon as the signal is aborted, so that a cancelled caller does not wait for jobs before it. Never resolves before the job does. */
function rejectionOn<Result>(signal: AbortSignal, job: () => Promise<Result>): Promise<Result> {
  return new Promise((_, reject) => {
    const cancel = (): void => reject(cancelledError());
    signal.addEventListener('abort', cancel, { once: true });
    const settle = (): void => signal.removeEventListener('abort', cancel);
    job().then(settle, settle);
  });
}
