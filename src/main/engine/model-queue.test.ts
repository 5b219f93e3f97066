import { describe, expect, it } from 'vitest';
import { ModelQueue } from './model-queue';

/** A job that ends when it is told to. */
function controlled() {
  let end: (value: string) => void = () => undefined;
  let isStarted = false;
  const ended = new Promise<string>((done) => {
    end = done;
  });
  return {
    job: () => {
      isStarted = true;
      return ended;
    },
    end: (value: string) => end(value),
    isStarted: () => isStarted,
  };
}

const tick = (): Promise<void> => new Promise((done) => setImmediate(done));
const never = new AbortController().signal;

describe('queue of model work', () => {
  it('runs one job at a time in the order of the calls, also after a failure', async () => {
    const queue = new ModelQueue();
    const [first, second] = [controlled(), controlled()];
    const failing = queue.run(never, async () => {
      await first.job();
      throw new Error('broken');
    });
    const next = queue.run(never, second.job);
    await tick();
    expect([first.isStarted(), second.isStarted()]).toEqual([true, false]);
    first.end('');
    await expect(failing).rejects.toThrow('broken');
    await tick();
    expect(second.isStarted()).toBe(true);
    second.end('done');
    expect(await next).toBe('done');
  });

  it('lets a cancelled caller go at once, and never starts a job that was cancelled while it waited', async () => {
    const queue = new ModelQueue();
    const [running, waiting] = [controlled(), controlled()];
    const controller = new AbortController();
    const first = queue.run(never, running.job);
    const second = queue.run(controller.signal, waiting.job);
    controller.abort();
    await expect(second).rejects.toMatchObject({ code: 'cancelled' });
    running.end('done');
    expect(await first).toBe('done');
    await tick();
    expect(waiting.isStarted()).toBe(false);
  });
});
