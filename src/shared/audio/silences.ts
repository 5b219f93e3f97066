/** Entries of a level curve per second. */
export const LEVEL_RATE_HZ = 100;

/** Silence lies this far below the level of loud speech, but within fixed limits. */
const BELOW_SPEECH_DECIBELS = 42;
const LOWEST_THRESHOLD_DECIBELS = -75;
const HIGHEST_THRESHOLD_DECIBELS = -45;
/** Shorter gaps belong to speech. */
const SHORTEST_SILENCE_SECONDS = 0.35;
const LOUD_PERCENTILE = 0.95;

/** Level of loud speech in a recording (95th percentile), dB of full scale, from levels per 10 ms. */
export function loudSpeechDecibels(rmsDecibels: Float32Array): number {
  const sorted = Float32Array.from(rmsDecibels).sort();
  return sorted[Math.floor(LOUD_PERCENTILE * (sorted.length - 1))] ?? HIGHEST_THRESHOLD_DECIBELS;
}

/** The long silences of a recording as half-open ranges of its levels, in order. */
export function findSilences(rmsDecibels: Float32Array): [number, number][] {
  const threshold = silenceThreshold(rmsDecibels);
  const found: [number, number][] = [];
  let start = 0;
  for (let index = 0; index <= rmsDecibels.length; index++) {
    const isSilent = index < rmsDecibels.length && (rmsDecibels[index] ?? 0) < threshold;
    if (isSilent) continue;
    const isWhole = start === 0 && index === rmsDecibels.length;
    if (index > start && (isWhole || index - start >= SHORTEST_SILENCE_SECONDS * LEVEL_RATE_HZ)) found.push([start, index]);
    start = index + 1;
  }
  return found;
}

/** True for each 10 ms that is not part of a long silence. */
export function soundingFrames(rmsDecibels: Float32Array): Uint8Array {
  const sounding = new Uint8Array(rmsDecibels.length).fill(1);
  for (const [start, end] of findSilences(rmsDecibels)) sounding.fill(0, start, end);
  return sounding;
}

function silenceThreshold(rmsDecibels: Float32Array): number {
  const relative = loudSpeechDecibels(rmsDecibels) - BELOW_SPEECH_DECIBELS;
  return Math.min(HIGHEST_THRESHOLD_DECIBELS, Math.max(LOWEST_THRESHOLD_DECIBELS, relative));
}
