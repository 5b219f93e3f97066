import { readFile } from 'node:fs/promises';
import { playableMimeType, toPlayableWav } from './audio/playable-wav';
import { openAudio } from './audio/read-audio';

/** Bytes of a sound that every browser plays: as they are where that works, else rewritten as 16-bit WAV. */
export async function playableSound(path: string, signal: AbortSignal): Promise<{ bytes: Uint8Array<ArrayBuffer>; mimeType: string }> {
  const source = await openAudio(path);
  try {
    const mimeType = playableMimeType(source);
    if (mimeType === undefined) return { bytes: await toPlayableWav(source, signal), mimeType: 'audio/wav' };
    return { bytes: Uint8Array.from(await readFile(path)), mimeType };
  } finally {
    await source.close();
  }
}
