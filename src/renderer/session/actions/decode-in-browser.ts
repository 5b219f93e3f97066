import { writeWav } from '../../../shared/audio/write-wav';
import { AppError } from '../../../shared/contract/errors';
import type { ChosenFile } from '../../../shared/contract/shell';
import { fileOfBytes } from './upload-file';

/** Formats only the browser can decode. */
const BROWSER_FORMATS = /\.(m4a|aac|mp4|m4b|webm|mov)$/i;
const LARGEST_BYTES = 200 * 1024 * 1024;

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
    const channels = Array.from({ length: decoded.numberOfChannels }, (_, channel) => decoded.getChannelData(channel));
    return fileOfBytes(file.fileName.replace(BROWSER_FORMATS, '.wav'), writeWav(channels, decoded.sampleRate));
  } catch (cause) {
    throw new AppError('unsupported-audio', `'${file.fileName}' could not be decoded.`, 'Accepted are WAV, AIFF, MP3, FLAC, Ogg, Opus, M4A and WebM files.', {
      cause,
    });
  }
}
