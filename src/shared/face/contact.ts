import { expressionIndex } from './coefficients';

const FRAME_SECONDS = 1 / 30;
const KERNEL_HALF_WIDTH_SECONDS = 2 * FRAME_SECONDS;

const LOWER_DOWN = [expressionIndex('mouthLowerDownLeft'), expressionIndex('mouthLowerDownRight')] as const;
const UPPER_UP = [expressionIndex('mouthUpperUpLeft'), expressionIndex('mouthUpperUpRight')] as const;
const PRESS = [expressionIndex('mouthPressLeft'), expressionIndex('mouthPressRight')] as const;
const JAW_OPEN = expressionIndex('jawOpen');
const MOUTH_CLOSE = expressionIndex('mouthClose');
const FUNNEL = expressionIndex('mouthFunnel');
const ROLL_LOWER = expressionIndex('mouthRollLower');
const ROLL_UPPER = expressionIndex('mouthRollUpper');
const TONGUE_OUT = expressionIndex('tongueOut');

/** At f and v the jaw stays open at least this much, and `mouthClose` leaves this much of it: lips apart, lower lip at the teeth. */
const TOOTH_JAW = 0.09;
const TOOTH_GAP = 0.07;

/**
 * Smooth contact strength 0..1 at a time from a 30-fps contact channel (0/1 per frame).
 * Raised-cosine kernel of two frames half width, x = sum(w c) / 2, then smoothstep(0.1, 0.5, x): one closed frame gives a full closure about 60 ms wide.
 */
export function contactStrength(values: Float32Array, offset: number, stride: number, frameCount: number, timeSeconds: number): number {
  const first = Math.max(0, Math.ceil((timeSeconds - KERNEL_HALF_WIDTH_SECONDS) / FRAME_SECONDS));
  const last = Math.min(frameCount - 1, Math.floor((timeSeconds + KERNEL_HALF_WIDTH_SECONDS) / FRAME_SECONDS));
  let sum = 0;
  for (let frame = first; frame <= last; frame++) {
    const distance = timeSeconds - frame * FRAME_SECONDS;
    const weight = 0.5 * (1 + Math.cos((Math.PI * distance) / KERNEL_HALF_WIDTH_SECONDS));
    sum += weight * (values[offset + frame * stride] ?? 0);
  }
  const level = Math.min(1, Math.max(0, (sum / 2 - 0.1) / 0.4));
  return level * level * (3 - 2 * level);
}

/**
 * Closes the lips (`seal`) or lays the lower lip on the upper teeth (`labiodental`), both 0..1, by changing an expression in place.
 * On the head `mouthClose` = `jawOpen` shuts the lips, so closing means moving `mouthClose` to `jawOpen` and fading what parts the lips.
 */
export function applyContact(expression: Float32Array, seal: number, labiodental: number): void {
  const teeth = labiodental * (1 - seal);
  const closed = Math.max(seal, teeth);
  if (closed <= 0) return;
  const at = (index: number): number => expression[index] ?? 0;
  const fade = (index: number, strength: number): void => {
    expression[index] = at(index) * (1 - strength);
  };
  const raise = (index: number, floor: number): void => {
    expression[index] = Math.max(at(index), floor);
  };
  const approach = (index: number, target: number): void => {
    expression[index] = at(index) + (target - at(index)) * closed;
  };
  const teethShare = teeth / (seal + teeth);
  approach(JAW_OPEN, Math.max(0.75 * at(JAW_OPEN), TOOTH_JAW * teethShare));
  approach(MOUTH_CLOSE, at(JAW_OPEN) - TOOTH_GAP * teethShare);
  for (const index of LOWER_DOWN) fade(index, closed);
  for (const index of UPPER_UP) fade(index, closed);
  fade(FUNNEL, closed);
  fade(TONGUE_OUT, closed);
  for (const index of PRESS) raise(index, 0.25 * seal);
  raise(ROLL_UPPER, 0.12 * seal);
  raise(ROLL_LOWER, Math.max(0.12 * seal, 0.35 * teeth));
  for (const index of UPPER_UP) raise(index, 0.2 * teeth);
}
