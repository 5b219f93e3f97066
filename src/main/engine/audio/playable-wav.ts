import { interleavePcm16, wavOfPcm16 } from '../../../shared/audio/write-wav';
import { throwIfCancelled } from '../../../shared/contract/errors';
import type { AudioSource } from './audio-source';
import { mixChannels } from './mix-channels';

const MAXIMUM_PLAYABLE_CHANNELS = 2;
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
    parts.push(interleavePcm16(isMixed ? [mixChannels(block, 'mix')] : block));
  }
  return wavOfPcm16(parts, isMixed ? 1 : source.channelCount, source.sampleRateHz);
}
