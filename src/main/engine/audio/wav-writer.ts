import { throwIfCancelled } from '../../../shared/contract/errors';
import type { AudioBlock, AudioSource } from './audio-source';
import { mixChannels } from './mix-channels';

const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;
const MAXIMUM_PLAYABLE_CHANNELS = 2;
const LARGEST_DATA_BYTES = 0xffffffff - HEADER_BYTES;
/** WAV sample formats that browsers play. */
const PLAYABLE_WAV_ENCODINGS: readonly string[] = ['unsigned8', 'signed16', 'signed24', 'signed32', 'float32'];

/** MIME type under which a browser plays the file as it is; undefined when it needs `toPlayableWav` first. */
export function playableMimeType(source: AudioSource): string | undefined {
  switch (source.container) {
    case 'wav':
      return isPlayableWav(source) ? 'audio/wav' : undefined;
    case 'mp3':
      return 'audio/mpeg';
    case 'flac':
      return 'audio/flac';
    case 'ogg-flac':
    case 'ogg-vorbis':
    case 'ogg-opus':
      return 'audio/ogg';
    case 'aiff':
      return undefined;
  }
}

/** Browsers trust a WAV header, so one that misstates the length is not left to them. */
function isPlayableWav({ encoding, channelCount, state }: AudioSource): boolean {
  return PLAYABLE_WAV_ENCODINGS.includes(encoding) && channelCount <= MAXIMUM_PLAYABLE_CHANNELS && !state.isTruncated;
}

/** 16-bit WAV bytes of a source at its own rate; more than two channels are mixed to one. */
export async function toPlayableWav(source: AudioSource, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const isMixed = source.channelCount > MAXIMUM_PLAYABLE_CHANNELS;
  const parts: Uint8Array[] = [];
  for await (const block of source.blocks()) {
    throwIfCancelled(signal);
    parts.push(interleave(isMixed ? [mixChannels(block, 'mix')] : block));
  }
  return wavBytes(parts, isMixed ? 1 : source.channelCount, source.sampleRateHz);
}

/** 16-bit WAV bytes of samples in -1..1, one array per channel; louder samples are clipped. */
export function writeWav(channels: AudioBlock, sampleRateHz: number): Uint8Array<ArrayBuffer> {
  return wavBytes([interleave(channels)], channels.length, sampleRateHz);
}

function interleave(channels: AudioBlock): Uint8Array {
  const frameCount = channels[0]?.length ?? 0;
  const bytes = new Uint8Array(frameCount * channels.length * BYTES_PER_SAMPLE);
  const view = new DataView(bytes.buffer);
  channels.forEach((samples, channel) => {
    for (let frame = 0; frame < frameCount; frame++) {
      const level = Math.max(-32768, Math.min(32767, Math.round((samples[frame] ?? 0) * 32768)));
      view.setInt16((frame * channels.length + channel) * BYTES_PER_SAMPLE, level, true);
    }
  });
  return bytes;
}

function wavBytes(parts: readonly Uint8Array[], channelCount: number, sampleRateHz: number): Uint8Array<ArrayBuffer> {
  const dataBytes = parts.reduce((sum, part) => sum + part.length, 0);
  if (dataBytes > LARGEST_DATA_BYTES) throw new RangeError('a WAV file cannot be larger than 4 GB');
  const bytes = new Uint8Array(HEADER_BYTES + dataBytes);
  bytes.set(header(dataBytes, channelCount, sampleRateHz));
  let offset = HEADER_BYTES;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function header(dataBytes: number, channelCount: number, sampleRateHz: number): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const text = (offset: number, letters: string) => bytes.set(new TextEncoder().encode(letters), offset);
  const frameBytes = channelCount * BYTES_PER_SAMPLE;
  text(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channelCount, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, 8 * BYTES_PER_SAMPLE, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
  return bytes;
}
