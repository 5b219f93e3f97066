import { AppError } from '../../../shared/contract/errors';
import type { ChosenFile } from '../../../shared/contract/shell';
import { fileOfBytes } from './upload-file';

/** Formats only the browser can decode. */
const BROWSER_FORMATS = /\.(m4a|aac|mp4|m4b|webm|mov)$/i;
const LARGEST_BYTES = 200 * 1024 * 1024;
const WAV_HEADER_BYTES = 44;

/** True for files the engine cannot read and the browser probably can. */
export function needsBrowserDecoder(fileName: string): boolean {
  return BROWSER_FORMATS.test(fileName);
}

/** Decodes AAC, M4A or WebM with the browser and gives it back as a 16-bit WAV file for the engine. */
export async function decodeInBrowser(file: ChosenFile): Promise<ChosenFile> {
  if (file.sizeBytes > LARGEST_BYTES) {
    throw new AppError('audio-too-long', `'${file.fileName}' is too large to decode in the studio.`, 'Convert it to WAV, FLAC or MP3 first.');
  }
  const bytes = await file.read(0, file.sizeBytes);
  const context = new OfflineAudioContext(1, 1, 48_000);
  try {
    const decoded = await context.decodeAudioData(bytes.slice().buffer);
    return fileOfBytes(file.fileName.replace(BROWSER_FORMATS, '.wav'), writeWav(decoded));
  } catch (cause) {
    throw new AppError('unsupported-audio', `'${file.fileName}' could not be decoded.`, 'Accepted are WAV, AIFF, MP3, FLAC, Ogg, Opus, M4A and WebM files.', {
      cause,
    });
  }
}

/** What a WAV file is made of: channels of samples -1..1 of one length. */
interface DecodedSound {
  readonly sampleRate: number;
  readonly numberOfChannels: number;
  readonly length: number;
  getChannelData(channel: number): Float32Array;
}

/** 16-bit PCM WAV of a decoded sound. */
export function writeWav(sound: DecodedSound): Uint8Array {
  const { numberOfChannels, length, sampleRate } = sound;
  const blockBytes = 2 * numberOfChannels;
  const bytes = new Uint8Array(WAV_HEADER_BYTES + length * blockBytes);
  const view = new DataView(bytes.buffer);
  const writeText = (offset: number, text: string): void => bytes.set(new TextEncoder().encode(text), offset);
  writeText(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  writeText(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, numberOfChannels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * blockBytes, true);
  view.setUint16(32, blockBytes, true);
  view.setUint16(34, 16, true);
  writeText(36, 'data');
  view.setUint32(40, length * blockBytes, true);
  for (let channel = 0; channel < numberOfChannels; channel++) {
    const samples = sound.getChannelData(channel);
    for (let i = 0; i < length; i++) {
      const sample = Math.min(1, Math.max(-1, samples[i] ?? 0));
      view.setInt16(WAV_HEADER_BYTES + i * blockBytes + 2 * channel, Math.round(sample * 32767), true);
    }
  }
  return bytes;
}
