import { readFile } from 'node:fs/promises';
import { throwIfCancelled } from '../../shared/contract/errors';
import type { AudioContainer } from './audio/audio-source';
import { openAudio } from './audio/read-audio';

const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;

/** Formats that browsers play as they are. WAV is not among them: some of its encodings are silent there, so all are rewritten. */
const PLAYED_AS_IS: Partial<Record<AudioContainer, string>> = {
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  'ogg-flac': 'audio/ogg',
  'ogg-vorbis': 'audio/ogg',
  'ogg-opus': 'audio/ogg',
};

/** Bytes of a sound that every browser plays: compressed formats as they are, others as 16-bit WAV. */
export async function playableSound(path: string, signal: AbortSignal): Promise<{ bytes: Uint8Array<ArrayBuffer>; mimeType: string }> {
  const source = await openAudio(path);
  try {
    const mimeType = PLAYED_AS_IS[source.container];
    if (mimeType !== undefined) return { bytes: Uint8Array.from(await readFile(path)), mimeType };
    const parts: Int16Array[] = [];
    for await (const block of source.blocks()) {
      throwIfCancelled(signal);
      parts.push(interleave(block));
    }
    return { bytes: wavFile(parts, source.sampleRateHz, source.channelCount), mimeType: 'audio/wav' };
  } finally {
    await source.close();
  }
}

function interleave(block: readonly Float32Array[]): Int16Array {
  const samples = new Int16Array((block[0]?.length ?? 0) * block.length);
  block.forEach((channel, index) => {
    for (let i = 0; i < channel.length; i++) samples[i * block.length + index] = Math.round(32767 * Math.min(1, Math.max(-1, channel[i] ?? 0)));
  });
  return samples;
}

function wavFile(parts: readonly Int16Array[], sampleRateHz: number, channelCount: number): Uint8Array<ArrayBuffer> {
  const dataBytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const bytes = new Uint8Array(HEADER_BYTES + dataBytes);
  const view = new DataView(bytes.buffer);
  const text = (offset: number, value: string): void => bytes.set(new TextEncoder().encode(value), offset);
  text(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channelCount, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * channelCount * BYTES_PER_SAMPLE, true);
  view.setUint16(32, channelCount * BYTES_PER_SAMPLE, true);
  view.setUint16(34, 8 * BYTES_PER_SAMPLE, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
  let offset = HEADER_BYTES;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset);
    offset += part.byteLength;
  }
  return bytes;
}
