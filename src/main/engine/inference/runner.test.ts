import { describe, expect, it } from 'vitest';
import type { ProcessPort } from './process-port';
import { Runner } from './runner';
import type { RunnerRequest } from './runner-protocol';

/** A process that the test plays. */
class FakeProcess implements ProcessPort {
  readonly received: RunnerRequest[] = [];
  isKilled = false;
  private messageListener: (message: unknown) => void = () => undefined;
  private exitListener: (reason: string) => void = () => undefined;

  post(message: unknown): void {
    this.received.push(message as RunnerRequest);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.messageListener = listener;
  }

  onExit(listener: (reason: string) => void): void {
    this.exitListener = listener;
  }

  kill(): void {
    this.isKilled = true;
    this.exit('SIGKILL');
  }

  reply(message: unknown): void {
    this.messageListener(message);
  }

  exit(reason: string): void {
    this.exitListener(reason);
  }
}

function setUp() {
  const processes: FakeProcess[] = [];
  const crashes: string[] = [];
  const runner = new Runner(
    () => {
      const process = new FakeProcess();
      processes.push(process);
      return process;
    },
    (reason) => crashes.push(reason),
  );
  return { runner, processes, crashes };
}

describe('owner of an inference process', () => {
  it('starts one process with the first call and matches replies to calls', async () => {
    const { runner, processes } = setUp();
    expect(processes).toHaveLength(0);
    const first = runner.call('backends', {});
    const second = runner.call('release', { key: 'a' });
    expect(processes).toHaveLength(1);
    processes[0]?.reply({ id: 2, result: null });
    processes[0]?.reply({ id: 1, result: ['cpu'] });
    expect(await first).toEqual(['cpu']);
    expect(await second).toBeNull();
  });

  it('gives errors of the process back as they are', async () => {
    const { runner, processes } = setUp();
    const call = runner.call('backends', {});
    processes[0]?.reply({ id: 1, error: { code: 'damaged-model', message: 'm', hint: 'h' } });
    await expect(call).rejects.toMatchObject({ name: 'AppError', code: 'damaged-model', message: 'm', hint: 'h' });
  });

  it('rejects what is open when the process ends, and starts a new one with the next call', async () => {
    const { runner, processes, crashes } = setUp();
    const lost = [runner.call('backends', {}), runner.call('release', { key: 'a' })];
    processes[0]?.exit('SIGSEGV');
    for (const call of lost) await expect(call).rejects.toMatchObject({ code: 'inference-failed', message: expect.stringContaining('SIGSEGV') });
    expect(crashes).toEqual(['SIGSEGV']);
    expect(runner.isRunning).toBe(false);
    const next = runner.call('backends', {});
    expect(runner.generationNumber).toBe(2);
    processes[1]?.reply({ id: 3, result: [] });
    expect(await next).toEqual([]);
  });

  it('asks the process to stop when the caller cancels', async () => {
    const { runner, processes } = setUp();
    const controller = new AbortController();
    const call = runner.call('release', { key: 'a' }, controller.signal);
    controller.abort();
    expect(processes[0]?.received.at(-1)).toEqual({ id: 1, name: 'cancel' });
    processes[0]?.reply({ id: 1, error: { code: 'cancelled', message: 'Cancelled.', hint: '' } });
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await expect(runner.call('backends', {}, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(processes[0]?.received).toHaveLength(2);
  });

  it('ends its process when it is disposed, which is no crash', async () => {
    const { runner, processes, crashes } = setUp();
    const call = runner.call('backends', {});
    runner.dispose();
    await expect(call).rejects.toMatchObject({ code: 'inference-failed' });
    expect(processes[0]?.isKilled).toBe(true);
    expect(crashes).toEqual([]);
    await expect(runner.call('backends', {})).rejects.toMatchObject({ code: 'inference-failed' });
  });
});
