import { describe, expect, it } from 'vitest';
import { chooseDevice, type DeviceLadderOptions, type DeviceTrial, threadCount } from './providers';

const LOGITS = Float32Array.of(0, 1, 0.5, 2, 0.1, 0.2);

/** A ladder on Windows over trials given per device; a missing one fails to start. */
function ladder(trials: Readonly<Record<string, DeviceTrial>>, changes: Partial<DeviceLadderOptions> = {}) {
  const tried: string[] = [];
  const options: DeviceLadderOptions = {
    platform: 'win32',
    backends: ['cpu', 'dml', 'webgpu'],
    preference: 'auto',
    threads: 2,
    groupSizes: [3],
    tryDevice: async (provider) => {
      tried.push(provider);
      const trial = trials[provider];
      if (!trial) throw new Error('/src/context.cc:136 Init() status == Success was false. Failed to get an adapter:\nNo supported adapters');
      return trial;
    },
    ...changes,
  };
  return { tried, device: chooseDevice(options) };
}

const cpu: DeviceTrial = { logits: LOGITS, milliseconds: 20 };

describe('device ladder', () => {
  it('takes the first GPU that agrees with the CPU and is faster', async () => {
    const { device, tried } = ladder({
      cpu,
      dml: { logits: LOGITS, milliseconds: 30 },
      webgpu: { logits: LOGITS.map((value) => value + 1e-5), milliseconds: 4 },
    });
    expect(await device).toEqual({ id: 'webgpu', label: 'GPU (WebGPU)', reason: '4 ms against 20 ms on the CPU' });
    expect(tried).toEqual(['cpu', 'dml', 'webgpu']);
  });

  it.each([
    ['differ', LOGITS.map((value) => value + 0.01), /results differ/],
    ['are not finite', LOGITS.map(() => Number.NaN), /results differ/],
    ['choose other codes', Float32Array.of(0.9995, 1, 0.5, 2, 0.1, 0.2).map((value, i) => (i === 0 ? 1.0001 : value)), /differ|other codes/],
    ['have another size', LOGITS.slice(1), /another size/],
  ])('keeps the CPU when the results of a GPU %s', async (_, logits, reason) => {
    const { device } = ladder({ cpu, dml: { logits, milliseconds: 1 } });
    expect(await device).toMatchObject({ id: 'cpu', label: 'CPU, 2 threads', reason: expect.stringMatching(reason) });
  });

  it('tells near ties apart by the codes they choose', async () => {
    const near = Float32Array.of(1, 1.0004, 0);
    const { device } = ladder({ cpu: { logits: near, milliseconds: 9 }, dml: { logits: Float32Array.of(1.0004, 1, 0), milliseconds: 1 } });
    expect((await device).reason).toMatch(/chooses other codes/);
  });

  it('says in one line why each GPU is not used', async () => {
    const { device } = ladder({ cpu });
    expect((await device).reason).toBe(
      'GPU not used. GPU (DirectML): Failed to get an adapter: No supported adapters; GPU (WebGPU): Failed to get an adapter: No supported adapters',
    );
  });

  it('tries only backends that the build lists', async () => {
    const { device, tried } = ladder({ cpu }, { backends: ['cpu'] });
    expect((await device).reason).toMatch(/DirectML\): not part of this build/);
    expect(tried).toEqual([]);
  });

  it('follows the preference', async () => {
    const fast = { logits: LOGITS, milliseconds: 1 };
    expect((await ladder({ cpu, dml: fast }, { preference: 'cpu' }).device).id).toBe('cpu');
    expect((await ladder({ cpu, dml: fast, webgpu: fast }, { preference: 'webgpu' }).device).id).toBe('webgpu');
    const unknown = ladder({ cpu, dml: fast }, { preference: 'coreml' });
    expect(await unknown.device).toMatchObject({ id: 'cpu', reason: expect.stringMatching(/coreml/) });
  });

  it('does not hide a CPU that fails', async () => {
    await expect(ladder({}).device).rejects.toThrow(/No supported adapters/);
  });
});

describe('threads', () => {
  it.each([
    [1, 1],
    [2, 1],
    [4, 2],
    [8, 4],
    [64, 4],
  ])('%i cores: %i', (cores, threads) => expect(threadCount(cores)).toBe(threads));
});
