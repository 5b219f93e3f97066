import { findSilences, LEVEL_RATE_HZ, loudSpeechDecibels } from '../audio/silences';
import { FRAME_RATE_HZ } from '../clip/timing';

/** What QA hears: levels before gain in dB of full scale and voicing 0..1, both per 10 ms. */
export interface HeardSound {
  readonly rmsDecibels: Float32Array;
  readonly voicing: Float32Array;
}

/** The sound at each model frame. */
export interface SoundFrames {
  /** Mean level around the frame, in dB relative to loud speech of this recording. */
  readonly level: Float32Array;
  readonly voicing: Float32Array;
  /** 1 inside a long silence. */
  readonly isSilent: Uint8Array;
}

const LOWEST_LEVEL_DECIBELS = -60;

/** Brings levels and voicing to the frames of the animation. Frames after the sound are silent. */
export function soundFrames({ rmsDecibels, voicing }: HeardSound, frameCount: number): SoundFrames {
  const loud = loudSpeechDecibels(rmsDecibels);
  const relative = rmsDecibels.map((level) => Math.max(LOWEST_LEVEL_DECIBELS, level - loud));
  const isSilent = new Uint8Array(frameCount);
  for (const [start, end] of findSilences(rmsDecibels)) {
    const endFrame = end === rmsDecibels.length ? frameCount : Math.floor((end / LEVEL_RATE_HZ) * FRAME_RATE_HZ);
    isSilent.fill(1, Math.ceil((start / LEVEL_RATE_HZ) * FRAME_RATE_HZ), endFrame);
  }
  return { level: meanPerFrame(relative, frameCount, LOWEST_LEVEL_DECIBELS), voicing: meanPerFrame(voicing, frameCount, 0), isSilent };
}

function meanPerFrame(values: Float32Array, frameCount: number, outside: number): Float32Array {
  const half = LEVEL_RATE_HZ / FRAME_RATE_HZ / 2;
  return Float32Array.from({ length: frameCount }, (_, frame) => {
    const centre = (frame / FRAME_RATE_HZ) * LEVEL_RATE_HZ;
    const part = values.subarray(Math.max(0, Math.round(centre - half)), Math.max(0, Math.round(centre + half) + 1));
    return part.length === 0 ? outside : part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
