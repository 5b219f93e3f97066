import { describe, expect, it } from 'vitest';
import { soundingFrames } from '../../../shared/audio/silences';
import { MOUTH_CHANNELS } from '../../../shared/face/coefficients';
import { applySilenceGate, silenceGate } from './silence-gate';

/** Levels per 10 ms from parts of [seconds, decibels]. */
function levels(...parts: readonly (readonly [number, number])[]): Float32Array {
  return Float32Array.from(parts.flatMap(([seconds, decibels]) => new Array<number>(Math.round(seconds * 100)).fill(decibels)));
}

describe('silence gate', () => {
  it('closes within 0.2 s after the sound ends and opens before the next one', () => {
    const gate = silenceGate(levels([1, -20], [1, -90], [1, -20]), 90);
    expect(gate[29]).toBe(1);
    expect(gate[31]).toBe(1);
    expect(gate[36]).toBe(0);
    expect(gate[50]).toBe(0);
    // The mouth may prepare the next sound: open again 120 ms before it starts at frame 60.
    expect(gate[57]).toBe(1);
    expect([...gate.slice(57)].every((value) => value === 1)).toBe(true);
  });

  it('leaves short gaps and quiet speech alone', () => {
    expect(silenceGate(levels([1, -20], [0.3, -90], [1, -20]), 69).every((value) => value === 1)).toBe(true);
    expect(silenceGate(levels([1, -20], [1, -50], [1, -20]), 90).every((value) => value === 1)).toBe(true);
    expect(silenceGate(levels([1, -50], [1, -70], [1, -50]), 90).every((value) => value === 1)).toBe(true);
  });

  it('keeps the mouth shut through digital silence and at the quiet ends of a clip', () => {
    expect(silenceGate(levels([2, -120]), 60).every((value) => value === 0)).toBe(true);
    const gate = silenceGate(levels([1, -95], [1, -20], [1, -95]), 90);
    expect(gate[0]).toBe(0);
    expect(gate[89]).toBe(0);
    expect([...soundingFrames(levels([1, -95], [1, -20]))].indexOf(1)).toBe(100);
  });

  it('brings mouth and contact to rest, not the brows', () => {
    const values = new Float32Array(2 * MOUTH_CHANNELS.length).fill(1);
    applySilenceGate(
      values,
      10,
      Float32Array.from({ length: 12 }, (_, frame) => (frame < 11 ? 1 : 0)),
    );
    const second = (name: string): number | undefined => values[MOUTH_CHANNELS.length + MOUTH_CHANNELS.indexOf(name)];
    expect([...values.slice(0, MOUTH_CHANNELS.length)].every((value) => value === 1)).toBe(true);
    expect([second('jawOpen'), second('mouthFunnel'), second('tongueOut'), second('seal'), second('nasolabialL')]).toEqual([0, 0, 0, 0, 0]);
    expect([second('browInnerUp'), second('foreheadL')]).toEqual([1, 1]);
  });
});
