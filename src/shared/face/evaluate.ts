import type { Take } from '../clip/clip-schema';
import { curveValue } from '../clip/curve';
import type { DecodedStreams } from '../clip/decoded-stream';
import { sampleCurve } from '../clip/sample-curve';
import { FRAME_RATE_HZ } from '../clip/timing';
import { chestLift } from './breath';
import { CODED_EXPRESSION_NAMES, DETAIL_COUNT, EXPRESSION_COUNT, expressionIndex, HEAD_CHANNELS, MOUTH_CHANNELS } from './coefficients';
import { applyContact, contactStrength } from './contact';
import { EYE_RANGE, type EyeDirection, eyeDirection, lidClosure } from './eyes';

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

/**
 * The face of a take at any time: the same function in preview, command line and export.
 * Order: stored curves, smoothing, amount, lip contact, then the eye and breath events; muted tracks stay at rest.
 * The result is written into `out` (and returned), so that playback allocates nothing.
 */
export function evaluateTake(take: Take, decoded: DecodedStreams, timeSeconds: number, out: EvaluatedFrame = createEvaluatedFrame()): EvaluatedFrame {
  out.expression.fill(0);
  out.detail.fill(0);
  out.headRotation.fill(0);
  out.headTranslation.fill(0);
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
  if (!mouth.muted) {
    const amount = curveValue(mouth.amount, frame);
    CODED_INDICES.forEach((index, channel) => {
      out.expression[index] = clampUnit((mouthValues[channel] ?? 0) * amount);
    });
    // A mouth faded out by its amount must not keep pressing its lips.
    const contactShare = Math.min(1, 4 * amount);
    applyContact(
      out.expression,
      contactShare * contactAt(decoded, SEAL_CHANNEL, timeSeconds),
      contactShare * contactAt(decoded, LABIODENTAL_CHANNEL, timeSeconds),
    );
  }
  if (!wrinkles.muted) {
    if (wrinkles.smoothingSeconds > 0) sampleCurve(decoded.mouth, timeSeconds, wrinkles.smoothingSeconds, mouthValues);
    const amount = curveValue(wrinkles.amount, frame);
    for (let i = 0; i < DETAIL_COUNT; i++) out.detail[i] = clampUnit((mouthValues[DETAIL_OFFSET + i] ?? 0) * amount);
  }
}

function contactAt(decoded: DecodedStreams, channel: number, timeSeconds: number): number {
  const { values, channelCount, frameCount } = decoded.mouth;
  return contactStrength(values, channel, channelCount, frameCount, timeSeconds);
}

function evaluateHead(take: Take, decoded: DecodedStreams, timeSeconds: number, out: EvaluatedFrame): void {
  const edits = take.edits.head;
  if (edits.muted) return;
  const amount = curveValue(edits.amount, timeSeconds * FRAME_RATE_HZ);
  sampleCurve(decoded.head, timeSeconds, edits.smoothingSeconds, headValues);
  for (let axis = 0; axis < 3; axis++) {
    out.headRotation[axis] = (headValues[axis] ?? 0) * amount;
    out.headTranslation[axis] = (headValues[axis + 3] ?? 0) * amount;
  }
  const breath = chestLift(take.events, timeSeconds);
  out.headRotation[0] = (out.headRotation[0] ?? 0) - BREATH_PITCH_RADIANS * breath;
  out.headTranslation[1] = (out.headTranslation[1] ?? 0) + BREATH_LIFT_CENTIMETRES * breath;
}

const BLINK_LEFT = expressionIndex('eyeBlinkLeft');
const BLINK_RIGHT = expressionIndex('eyeBlinkRight');
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
  const strength = curveValue(amount, timeSeconds * FRAME_RATE_HZ);
  const closure = clampUnit(strength * lidClosure(take.events.blinks, timeSeconds));
  out.expression[BLINK_LEFT] = closure;
  out.expression[BLINK_RIGHT] = closure;
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
