import { describe, expect, it } from 'vitest';
import { eventsSchema } from '../../../shared/clip/clip-schema';
import { type EventSource, makeEvents } from './events';

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
      const events = makeEvents(source(seed, 1));
      expect(events.blinks.every((blink) => blink.startSeconds < 1)).toBe(true);
      expect(events.gaze[0]).toEqual({ startSeconds: 0, yaw: 0, pitch: 0 });
    }
  });
});
