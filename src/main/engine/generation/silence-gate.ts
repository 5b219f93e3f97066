import { findSilences, LEVEL_RATE_HZ } from '../../../shared/audio/silences';
import { FRAME_RATE_HZ } from '../../../shared/clip/timing';
import { MOUTH_CHANNELS } from '../../../shared/face/coefficients';

/** The mouth goes to rest this long after the sound ends, within this time, and may open this long before the next sound. */
const HOLD_SECONDS = 0.08;
const RELEASE_SECONDS = 0.1;
const ANTICIPATION_SECONDS = 0.25;

const GATED_NAMES = /^(jaw|mouth|cheekPuff|tongueOut|nasolabial|marionette|chin|lipPurse)/;
const GATED_CHANNELS = MOUTH_CHANNELS.flatMap((name, channel) => (GATED_NAMES.test(name) ? [channel] : []));
const CONTACT_CHANNELS = [MOUTH_CHANNELS.indexOf('seal'), MOUTH_CHANNELS.indexOf('labiodental')];

/** How open the silence gate is at each frame, 0 (mouth at rest) to 1, from levels in dB of full scale per 10 ms. */
export function silenceGate(rmsDecibels: Float32Array, frameCount: number): Float32Array {
  const gate = new Float32Array(frameCount).fill(1);
  for (const [start, end] of findSilences(rmsDecibels)) {
    const isFirst = start === 0;
    const isLast = end === rmsDecibels.length;
    // Silence at the ends of a clip has no sound before or after it to release from or to prepare.
    const closing = isFirst ? Number.NEGATIVE_INFINITY : start / LEVEL_RATE_HZ + HOLD_SECONDS;
    const opening = isLast ? Number.POSITIVE_INFINITY : end / LEVEL_RATE_HZ - ANTICIPATION_SECONDS;
    const firstFrame = Math.max(0, Math.floor(closing * FRAME_RATE_HZ));
    const endFrame = Math.min(frameCount, Math.ceil((opening + RELEASE_SECONDS) * FRAME_RATE_HZ));
    for (let frame = firstFrame; frame < endFrame; frame++) {
      const time = frame / FRAME_RATE_HZ;
      const closed = smoothStep((time - closing) / RELEASE_SECONDS) * (1 - smoothStep((time - opening) / RELEASE_SECONDS));
      gate[frame] = Math.min(gate[frame] ?? 1, 1 - closed);
    }
  }
  return gate;
}

/** Brings decoded mouth frames (first one at `startFrame`) to rest where the gate is closed, in place. Brows and forehead stay. */
export function applySilenceGate(values: Float32Array, startFrame: number, gate: Float32Array): void {
  const channelCount = MOUTH_CHANNELS.length;
  for (let row = 0; row < values.length / channelCount; row++) {
    const open = gate[startFrame + row] ?? 1;
    if (open >= 1) continue;
    for (const channel of GATED_CHANNELS) values[row * channelCount + channel] = (values[row * channelCount + channel] ?? 0) * open;
    if (open < 0.5) for (const channel of CONTACT_CHANNELS) values[row * channelCount + channel] = 0;
  }
}

function smoothStep(value: number): number {
  const u = Math.min(1, Math.max(0, value));
  return u * u * (3 - 2 * u);
}
