import { throwIfCancelled } from '../../../shared/contract/errors';
import type { AudioSource } from './audio-source';

/** All samples of a source, one array per channel. Meant for short sounds: an hour of stereo takes more than a gigabyte. */
export async function decodeAudio(source: AudioSource, signal?: AbortSignal): Promise<Float32Array[]> {
  const parts: (readonly Float32Array[])[] = [];
  for await (const block of source.blocks()) {
    throwIfCancelled(signal);
    parts.push(block);
  }
  return Array.from({ length: source.channelCount }, (_, channel) => joinSamples(parts.map((block) => block[channel] ?? new Float32Array(0))));
}

/** One array from several, in order. */
export function joinSamples(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
