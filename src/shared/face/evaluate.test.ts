import { describe, expect, it } from 'vitest';
import { fixtureTake } from '../../../test/fixtures/takes';
import type { Take } from '../clip/clip-schema';
import { decodeTake } from '../clip/decoded-stream';
import { DETAIL_NAMES, expressionIndex, MOUTH_CHANNELS } from './coefficients';
import { evaluateTake } from './evaluate';

const JAW = MOUTH_CHANNELS.indexOf('jawOpen');
const SEAL = MOUTH_CHANNELS.indexOf('seal');
const GLABELLA = MOUTH_CHANNELS.indexOf('glabella');

const speaking = fixtureTake(60, {
  mouth: (frame, channel) => (channel === JAW ? 0.4 : channel === GLABELLA ? 0.6 : channel === SEAL && frame >= 30 && frame < 33 ? 1 : 0),
  head: (frame, channel) => (channel === 1 ? frame * 0.002 : 0),
});
const decoded = decodeTake(speaking);

function at(take: Take, timeSeconds: number): ReturnType<typeof evaluateTake> {
  return evaluateTake(take, decoded, timeSeconds);
}

function expression(take: Take, timeSeconds: number, name: Parameters<typeof expressionIndex>[0]): number {
  return at(take, timeSeconds).expression[expressionIndex(name)] ?? Number.NaN;
}

describe('evaluateTake', () => {
  it('reads stored curves at their frames', () => {
    expect(expression(speaking, 0.5, 'jawOpen')).toBeCloseTo(0.4, 6);
    expect(at(speaking, 0.5).headRotation[1]).toBeCloseTo(0.03, 6);
    expect(at(speaking, 0.5).detail[DETAIL_NAMES.indexOf('glabella')]).toBeCloseTo(0.6, 6);
  });

  it('shuts the lips where the seal says so, whatever the amount', () => {
    for (const amount of [0.5, 1, 1.5]) {
      const take: Take = { ...speaking, edits: { ...speaking.edits, mouth: { muted: false, amount: { base: amount, keys: [] }, smoothingSeconds: 0.1 } } };
      expect(expression(take, 31 / 30, 'mouthClose')).toBeCloseTo(expression(take, 31 / 30, 'jawOpen'), 6);
      expect(expression(take, 25 / 30, 'mouthClose')).toBe(0);
    }
  });

  it('a muted head leaves the mouth, the wrinkles and the blinks as they are', () => {
    const blinking: Take = {
      ...speaking,
      events: { ...speaking.events, blinks: [{ startSeconds: 0.45, closeSeconds: 0.08, holdSeconds: 0.02, openSeconds: 0.15, strength: 1 }] },
    };
    const muted: Take = { ...blinking, edits: { ...blinking.edits, head: { ...blinking.edits.head, muted: true } } };
    const before = at(blinking, 0.54);
    const after = at(muted, 0.54);
    expect([...after.headRotation]).toEqual([0, 0, 0]);
    expect(after.expression[expressionIndex('eyeBlinkLeft')]).toBeGreaterThan(0.9);
    expect(after.expression[JAW]).toBe(before.expression[JAW]);
    expect([...after.detail]).toEqual([...before.detail]);
  });

  it('muting the wrinkles leaves the mouth, and muting the mouth leaves the wrinkles', () => {
    const smooth: Take = { ...speaking, edits: { ...speaking.edits, wrinkles: { ...speaking.edits.wrinkles, muted: true } } };
    expect(Math.max(...at(smooth, 0.5).detail)).toBe(0);
    expect(expression(smooth, 0.5, 'jawOpen')).toBeCloseTo(0.4, 6);
    const still: Take = { ...speaking, edits: { ...speaking.edits, mouth: { ...speaking.edits.mouth, muted: true } } };
    expect(expression(still, 0.5, 'jawOpen')).toBe(0);
    expect(at(still, 0.5).detail[DETAIL_NAMES.indexOf('glabella')]).toBeCloseTo(0.6, 6);
  });

  it('amount scales the head around rest', () => {
    const calm: Take = { ...speaking, edits: { ...speaking.edits, head: { ...speaking.edits.head, amount: { base: 0.5, keys: [] } } } };
    expect(at(calm, 1).headRotation[1]).toBeCloseTo(0.03, 6);
  });

  it('the eyes turn against the head and the lids follow them', () => {
    const frame = at(speaking, 1);
    expect(frame.leftEye.yaw).toBeLessThan(-0.03);
    expect(frame.expression[expressionIndex('eyeLookInLeft')]).toBeGreaterThan(0);
    expect(frame.expression[expressionIndex('eyeLookOutRight')]).toBeGreaterThan(0);
    expect(frame.expression[expressionIndex('eyeLookOutLeft')]).toBe(0);
  });

  it('gives the same numbers into a used frame as into a fresh one', () => {
    const used = at(speaking, 1.3);
    expect(evaluateTake(speaking, decoded, 0.2, used)).toEqual(at(speaking, 0.2));
  });
});
