import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTransientStore } from '../workspace/transient-store';
import { SystemClock } from './playback-clock';
import { Transport } from './transport';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 16));
  vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function makeTransport(durationSeconds = 2): { transport: Transport; transient: ReturnType<typeof createTransientStore> } {
  const transient = createTransientStore();
  const transport = new Transport(transient);
  transport.setSource(null, durationSeconds);
  return { transport, transient };
}

test('without a sound the picture plays on the computer clock and stops on the last frame', async () => {
  const { transport, transient } = makeTransport();
  transport.toggle();
  await vi.advanceTimersByTimeAsync(1000);
  expect(transient.getState().isPlaying).toBe(true);
  expect(transient.getState().playheadSeconds).toBeGreaterThan(0.9);
  await vi.advanceTimersByTimeAsync(1500);
  expect(transient.getState()).toMatchObject({ isPlaying: false, playheadSeconds: 59 / 30 });
});

test('steps are whole frames and stay in the clip', () => {
  const { transport } = makeTransport(1);
  transport.seek(0.51);
  transport.step(1);
  expect(transport.positionSeconds).toBeCloseTo(16 / 30, 9);
  transport.step(1000);
  expect(transport.positionSeconds).toBeCloseTo(29 / 30, 9);
  transport.step(-1000);
  expect(transport.positionSeconds).toBe(0);
});

test('a loop goes back to its start and goes on', async () => {
  const { transport, transient } = makeTransport();
  transport.setLoop({ startFrame: 15, endFrame: 30 });
  transport.seek(0.5);
  await transport.play();
  await vi.advanceTimersByTimeAsync(700);
  expect(transient.getState().isPlaying).toBe(true);
  expect(transient.getState().playheadSeconds).toBeGreaterThanOrEqual(0.5);
  expect(transient.getState().playheadSeconds).toBeLessThan(1);
});

test('playing a range once ends there even while a loop is set', async () => {
  const { transport, transient } = makeTransport();
  transport.setLoop({ startFrame: 0, endFrame: 60 });
  await transport.play({ untilSeconds: 0.5 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(transient.getState()).toMatchObject({ isPlaying: false, playheadSeconds: 0.5 });
});

test('J and L: again is faster, the other way starts over at 1, backwards ends at the start', async () => {
  const { transport, transient } = makeTransport();
  transport.seek(1);
  transport.shuttle(1);
  transport.shuttle(1);
  expect(transient.getState().playbackRate).toBe(2);
  transport.shuttle(-1);
  expect(transient.getState().playbackRate).toBe(-1);
  await vi.advanceTimersByTimeAsync(1500);
  expect(transient.getState()).toMatchObject({ isPlaying: false, playheadSeconds: 0 });
});

test('the computer clock counts at its rate and stands still when stopped', async () => {
  let now = 1000;
  const clock = new SystemClock(() => now);
  await clock.start(3, 2);
  now += 500;
  expect(clock.nowSeconds()).toBe(4);
  clock.stop();
  now += 500;
  expect(clock.nowSeconds()).toBe(4);
});
