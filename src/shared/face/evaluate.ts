import type { Curve, Take } from '../clip/clip-schema';
import { curveValue } from '../clip/curve';
import type { DecodedStreams } from '../clip/decoded-stream';
import { sampleCurve } from '../clip/sample-curve';
import { FRAME_RATE_HZ } from '../clip/timing';
import { chestLift } from './breath';
import { CODED_EXPRESSION_NAMES, DETAIL_COUNT, EXPRESSION_COUNT, expressionIndex, HEAD_CHANNELS, MOUTH_CHANNELS } from './coefficients';
import { applyContact, contactStrength } from './contact';
import { EYE_RANGE, type EyeDirection, eyeDirection, lidClosure } from './eyes';
import { closeLipGap } from './lip-gap';
import { addOffsets, createOffsets, sumOffsets, turnHead } from './offset-layers';
import { CHANNEL_REGIONS, REGION_IDS } from './regions';

/** The face at one moment. Rotation vector in radians, translation in centimetres, eyes relative to the head in radians. */
export interface EvaluatedFrame {
  readonly expression: Float32Array;
  readonly detail: Float32Array;
  readonly headRotation: Float32Array;
  readonly headTranslation: Float32Array;
  readonly leftEye: EyeDirection;
  readonly rightEye: EyeDirection;
}

/** A frame at rest, to be filled by `evaluateTake`. */
export function createEvaluatedFrame(): EvaluatedFrame {
  return {
    expression: new Float32Array(EXPRESSION_COUNT),
    detail: new Float32Array(DETAIL_COUNT),
    headRotation: new Float32Array(3),
    headTranslation: new Float32Array(3),
    leftEye: { yaw: 0, pitch: 0 },
    rightEye: { yaw: 0, pitch: 0 },
  };
}

const CODED_INDICES = CODED_EXPRESSION_NAMES.map(expressionIndex);
const DETAIL_OFFSET = CODED_EXPRESSION_NAMES.length;
const SEAL_CHANNEL = MOUTH_CHANNELS.indexOf('seal');
const LABIODENTAL_CHANNEL = MOUTH_CHANNELS.indexOf('labiodental');
const BREATH_PITCH_RADIANS = 0.0035;
const BREATH_LIFT_CENTIMETRES = 0.06;

const mouthValues = new Float32Array(MOUTH_CHANNELS.length);
const headValues = new Float32Array(HEAD_CHANNELS.length);
const regionAmounts = new Float32Array(REGION_IDS.length);
const offsets = createOffsets();
const [JAW, LIPS] = [REGION_IDS.indexOf('jaw'), REGION_IDS.indexOf('lips')];
const BLINK_LEFT = expressionIndex('eyeBlinkLeft');
const BLINK_RIGHT = expressionIndex('eyeBlinkRight');
/** Coefficients that belong to the eyes, not to the mouth. */
const LIDS: ReadonlySet<number> = new Set([BLINK_LEFT, BLINK_RIGHT]);

/**
 * The face of a take at any time: the same function in preview, command line and export.
 * Order: stored curves, smoothing, amounts, offset layers, lip contact, layers that open the lips, then the eye and breath events; muted tracks stay at rest.
 * The result is written into `out` (and returned), so that playback allocates nothing.
 */
export function evaluateTake(take: Take, decoded: DecodedStreams, timeSeconds: number, out: EvaluatedFrame = createEvaluatedFrame()): EvaluatedFrame {
  out.expression.fill(0);
  out.detail.fill(0);
  out.headRotation.fill(0);
  out.headTranslation.fill(0);
  sumOffsets(take.edits.layers, timeSeconds * FRAME_RATE_HZ, offsets);
  evaluateMouth(take, decoded, timeSeconds, out);
  evaluateHead(take, decoded, timeSeconds, out);
  evaluateEyes(take, timeSeconds, out);
  return out;
}

function evaluateMouth(take: Take, decoded: DecodedStreams, timeSeconds: number, out: EvaluatedFrame): void {
  const { mouth, wrinkles } = take.edits;
  if (mouth.muted && wrinkles.muted) return;
  const frame = timeSeconds * FRAME_RATE_HZ;
  sampleCurve(decoded.mouth, timeSeconds, mouth.smoothingSeconds, mouthValues);
  readRegionAmounts(take, frame);
  if (!mouth.muted) {
    const amount = amountValue(mouth.amount, frame);
    CODED_INDICES.forEach((index, channel) => {
      out.expression[index] = clampUnit((mouthValues[channel] ?? 0) * amount * regionAmount(channel));
    });
    addOffsets(offsets.sealed, out.expression, LIDS);
    // A mouth faded out by its amount must not keep pressing its lips.
    const contactShare = Math.min(1, 4 * amount * Math.max(regionAmounts[JAW] ?? 1, regionAmounts[LIPS] ?? 1));
    const seal = contactShare * contactAt(decoded, SEAL_CHANNEL, timeSeconds);
    applyContact(out.expression, seal, contactShare * contactAt(decoded, LABIODENTAL_CHANNEL, timeSeconds));
    closeLipGap(out.expression, seal);
    addOffsets(offsets.opening, out.expression, LIDS);
  }
  if (!wrinkles.muted) {
    if (wrinkles.smoothingSeconds > 0) sampleCurve(decoded.mouth, timeSeconds, wrinkles.smoothingSeconds, mouthValues);
    const amount = amountValue(wrinkles.amount, frame);
    for (let i = 0; i < DETAIL_COUNT; i++) out.detail[i] = clampUnit((mouthValues[DETAIL_OFFSET + i] ?? 0) * amount * regionAmount(DETAIL_OFFSET + i));
    addOffsets(offsets.detail, out.detail);
  }
}

/** Keys with steep slopes can swing past the range of an amount. */
function amountValue(curve: Curve, frame: number): number {
  return Math.min(2, Math.max(0, curveValue(curve, frame)));
}

function readRegionAmounts(take: Take, frame: number): void {
  const { regions } = take.edits;
  REGION_IDS.forEach((region, place) => {
    const curve = regions?.[region];
    regionAmounts[place] = curve ? amountValue(curve, frame) : 1;
  });
}

function regionAmount(channel: number): number {
  return regionAmounts[CHANNEL_REGIONS[channel] ?? 0] ?? 1;
}

function contactAt(decoded: DecodedStreams, channel: number, timeSeconds: number): number {
  const { values, channelCount, frameCount } = decoded.mouth;
  return contactStrength(values, channel, channelCount, frameCount, timeSeconds);
}

function evaluateHead(take: Take, decoded: DecodedStreams, timeSeconds: number, out: EvaluatedFrame): void {
  const edits = take.edits.head;
  if (edits.muted) return;
  const amount = amountValue(edits.amount, timeSeconds * FRAME_RATE_HZ);
  sampleCurve(decoded.head, timeSeconds, edits.smoothingSeconds, headValues);
  for (let axis = 0; axis < 3; axis++) {
    out.headRotation[axis] = (headValues[axis] ?? 0) * amount;
    out.headTranslation[axis] = (headValues[axis + 3] ?? 0) * amount;
  }
  const breath = chestLift(take.events, timeSeconds);
  out.headRotation[0] = (out.headRotation[0] ?? 0) - BREATH_PITCH_RADIANS * breath;
  out.headTranslation[1] = (out.headTranslation[1] ?? 0) + BREATH_LIFT_CENTIMETRES * breath;
  turnHead(offsets.head, out.headRotation);
}

const SQUINT = [expressionIndex('eyeSquintLeft'), expressionIndex('eyeSquintRight')] as const;
/** The ring muscle that shuts the eye also lifts the lower lid a little (chosen by eye on the shipped head). */
const BLINK_SQUINT = 0.15;
const LOOK_LEFT_EYE = { outward: expressionIndex('eyeLookOutLeft'), inward: expressionIndex('eyeLookInLeft') };
const LOOK_RIGHT_EYE = { outward: expressionIndex('eyeLookOutRight'), inward: expressionIndex('eyeLookInRight') };
const LOOK_UP = [expressionIndex('eyeLookUpLeft'), expressionIndex('eyeLookUpRight')] as const;
const LOOK_DOWN = [expressionIndex('eyeLookDownLeft'), expressionIndex('eyeLookDownRight')] as const;

function evaluateEyes(take: Take, timeSeconds: number, out: EvaluatedFrame): void {
  const { muted, amount } = take.edits.eyes;
  if (muted) {
    setEyes(out, 0, 0);
    return;
  }
  const strength = amountValue(amount, timeSeconds * FRAME_RATE_HZ);
  const closure = clampUnit(strength * lidClosure(take.events.blinks, timeSeconds));
  for (const lid of LIDS) out.expression[lid] = clampUnit(closure + (offsets.sealed[lid] ?? 0) + (offsets.opening[lid] ?? 0));
  for (const index of SQUINT) out.expression[index] = Math.max(out.expression[index] ?? 0, BLINK_SQUINT * closure);
  eyeDirection(take.events, timeSeconds, out.headRotation, out.leftEye);
  const { yaw, pitch } = out.leftEye;
  setEyes(out, yaw * Math.min(1, strength), pitch * Math.min(1, strength));
}

/** Turns both eyes and lets the lids follow through the eyeLook coefficients. */
function setEyes(out: EvaluatedFrame, yaw: number, pitch: number): void {
  for (const eye of [out.leftEye, out.rightEye]) {
    eye.yaw = yaw;
    eye.pitch = pitch;
  }
  out.expression[LOOK_LEFT_EYE.outward] = clampUnit(yaw / EYE_RANGE.outward);
  out.expression[LOOK_LEFT_EYE.inward] = clampUnit(-yaw / EYE_RANGE.inward);
  out.expression[LOOK_RIGHT_EYE.outward] = clampUnit(-yaw / EYE_RANGE.outward);
  out.expression[LOOK_RIGHT_EYE.inward] = clampUnit(yaw / EYE_RANGE.inward);
  for (const index of LOOK_UP) out.expression[index] = clampUnit(-pitch / EYE_RANGE.up);
  for (const index of LOOK_DOWN) out.expression[index] = clampUnit(pitch / EYE_RANGE.down);
}

function clampUnit(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
