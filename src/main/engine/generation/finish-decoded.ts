import type { StreamId } from '../../../shared/clip/clip-schema';
import { AppError } from '../../../shared/contract/errors';
import { BLENDED_MOUTH_CHANNELS, MOUTH_CHANNELS } from '../../../shared/face/coefficients';
import { applySilenceGate } from './silence-gate';

/** Makes decoded motion (first frame `startFrame`) fit for the document, in place: the mouth within 0..1, contact exactly 0 or 1, at rest where the silence gate (one value per frame of the clip) is closed. */
export function finishDecoded(streamId: StreamId, decoded: Float32Array, startFrame: number, gate: Float32Array): void {
  if (!decoded.every(Number.isFinite))
    throw new AppError(
      'inference-failed',
      'The decoder returned numbers that are not finite.',
      'Choose the CPU as device; if it happens there too, install the studio again.',
    );
  if (streamId === 'head') return;
  limitMouth(decoded);
  applySilenceGate(decoded, startFrame, gate);
}

/** Clips mouth frames to 0..1 and rounds their contact channels, in place. */
export function limitMouth(values: Float32Array): void {
  const channelCount = MOUTH_CHANNELS.length;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    values[index] = index % channelCount >= BLENDED_MOUTH_CHANNELS ? Math.round(Math.min(1, Math.max(0, value))) : Math.min(1, Math.max(0, value));
  }
}
