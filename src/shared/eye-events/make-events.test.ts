import { describe, expect, it } from 'vitest';
import { eventsSchema } from '../clip/clip-schema';
import type { EventSource } from './event-source';
import { makeEvents, usualRates } from './make-events';

const MINUTES = 10;

function source(seed: number, durationSeconds = 60 * MINUTES): EventSource {
  const frameCount = durationSeconds * 30;
  // A quick turn of the head every 3 s, rest otherwise.
  const values = Float32Array.from({ length: frameCount * 6 }, (_, i) => (i % 6 === 1 ? 0.1 * Math.min(1, (Math.floor(i / 6) % 90) / 6) : 0));
  const sounding = Uint8Array.from({ length: durationSeconds * 100 }, (_, i) => (i % 400 < 320 ? 1 : 0));
  return { seed, durationSeconds, sounding, head: { frameCount, channelCount: 6, values } };
}

describe('eye and breath events', () => {
  it('are valid, sorted and the same for the same seed', () => {
    const events = makeEvents(source(4));
    expect(eventsSchema.parse(events)).toEqual(events);
    expect(makeEvents(source(4))).toEqual(events);
    expect(makeEvents(source(5)).blinks).not.toEqual(events.blinks);
    const starts = events.blinks.map((blink) => blink.startSeconds);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  it('blink as often as people do', () => {
    const rates = Array.from({ length: 60 }, (_, seed) => makeEvents(source(seed)).blinks.length / MINUTES).sort((a, b) => a - b);
    expect(rates[30]).toBeGreaterThan(19);
    expect(rates[30]).toBeLessThan(31);
    expect(rates[0]).toBeGreaterThan(8);
    expect(rates[59]).toBeLessThan(48);
    expect(rates[45] ?? 0).toBeGreaterThan((rates[15] ?? 0) + 4);
  });

  it('blink with fast moves of the head more often than chance', () => {
    let near = 0;
    let all = 0;
    for (let seed = 0; seed < 20; seed++) {
      for (const blink of makeEvents(source(seed)).blinks) {
        const phase = blink.startSeconds % 3;
        all++;
        if (phase < 0.3 || phase > 2.9) near++;
      }
    }
    // The window covers 13 % of the time.
    expect(near / all).toBeGreaterThan(0.2);
  });

  it('fit into short clips', () => {
    for (let seed = 0; seed < 50; seed++) {
      const { blinks, gaze, darts } = makeEvents(source(seed, 1));
      expect([...blinks, ...gaze, ...darts].every((event) => event.startSeconds < 1)).toBe(true);
    }
  });

  it('of each kind come at the rate that was asked for, and none at rate 0', () => {
    for (const factor of [0.5, 1, 1.5]) {
      const usual = usualRates({ seed: 3 });
      const rates = { blinks: 24 * factor, gaze: 16 * factor, darts: 30 * factor, breaths: 14 * factor };
      const made = makeEvents(source(3), rates);
      const count = (kind: keyof typeof usual): number => (made[kind]?.length ?? 0) / MINUTES / rates[kind];
      for (const kind of ['blinks', 'gaze', 'darts', 'breaths'] as const) {
        expect(count(kind), `${kind} x${factor}`).toBeGreaterThan(0.7);
        expect(count(kind), `${kind} x${factor}`).toBeLessThan(1.2);
      }
    }
    const none = makeEvents(source(3), { blinks: 0, gaze: 0, darts: 0, breaths: 0 });
    expect([none.blinks, none.gaze, none.darts, none.breaths]).toEqual([[], [], [], []]);
  });

  it('changing one rate leaves the other kinds as they are', () => {
    const usual = usualRates({ seed: 3 });
    const before = makeEvents(source(3), usual);
    const after = makeEvents(source(3), { ...usual, darts: 60 });
    expect(after.darts).not.toEqual(before.darts);
    expect({ ...after, darts: [], rates: undefined }).toEqual({ ...before, darts: [], rates: undefined });
  });

  it('of projects from before darts and breaths stay what they were', () => {
    const old = { seed: 4, blinks: [], gaze: [{ startSeconds: 1, yaw: 0.1, pitch: 0 }], breathsPerMinute: 15, breathAmount: 1 };
    expect(eventsSchema.parse(old)).toEqual({ ...old, darts: [] });
  });

  it('breathe in where phrases end, without gaps between breaths', () => {
    const { breaths = [] } = makeEvents(source(8));
    const atPhraseEnd = breaths.filter(({ startSeconds }) => Math.abs((startSeconds % 4) - 3.2) < 0.02);
    expect(atPhraseEnd.length / breaths.length).toBeGreaterThan(0.4);
    for (const [index, { startSeconds, inhaleSeconds, exhaleSeconds }] of breaths.entries()) {
      expect(breaths[index + 1]?.startSeconds ?? startSeconds + inhaleSeconds + exhaleSeconds).toBeCloseTo(startSeconds + inhaleSeconds + exhaleSeconds, 6);
    }
  });

  it('dart mostly to the side and by a few degrees at most', () => {
    const { darts } = makeEvents(source(8));
    const degrees = darts.map(({ yaw, pitch }) => (Math.hypot(yaw, pitch) * 180) / Math.PI).sort((a, b) => a - b);
    expect(degrees.at(-1)).toBeLessThanOrEqual(4.001);
    expect(degrees[Math.floor(degrees.length / 2)]).toBeGreaterThan(0.8);
    expect(darts.filter(({ yaw, pitch }) => Math.abs(yaw) > Math.abs(pitch)).length / darts.length).toBeGreaterThan(0.6);
  });
});
