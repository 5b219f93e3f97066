import { emptyAudio, unsupportedAudio } from './audio-errors';
import type { AudioSource } from './audio-source';
import { type ByteSource, memoryByteSource, openFileByteSource } from './byte-source';
import { openAiff } from './read-aiff';
import { openFlac } from './read-flac';
import { openMp3 } from './read-mp3';
import { openOgg } from './read-ogg';
import { openWav } from './read-wav';
import { sniffFormat } from './sniff-format';

/** A path, or the bytes themselves with the name to show in messages. */
export type AudioInput = string | { readonly bytes: Uint8Array; readonly name: string };

/**
 * Opens a sound by its content, whatever its name; the caller closes it.
 * Errors: `file-not-found`, `permission-denied`, `unsupported-audio`, `damaged-audio`, `empty-audio`.
 *
 * @example
 * const source = await openAudio('voice.mp3');
 * try {
 *   for await (const block of source.blocks()) use(mixChannels(block, 'mix'));
 * } finally {
 *   await source.close();
 * }
 */
export async function openAudio(input: AudioInput): Promise<AudioSource> {
  const bytes = typeof input === 'string' ? await openFileByteSource(input) : memoryByteSource(input.bytes, input.name);
  try {
    return await openByContent(bytes);
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

async function openByContent(bytes: ByteSource): Promise<AudioSource> {
  if (bytes.sizeBytes === 0) throw emptyAudio('The file is empty (0 bytes).');
  const format = await sniffFormat(bytes);
  switch (format.kind) {
    case 'wav':
      return openWav(bytes);
    case 'aiff':
      return openAiff(bytes);
    case 'mp3':
      return openMp3(bytes, format.offset);
    case 'flac':
      return openFlac(bytes, format.offset);
    case 'ogg':
      return openOgg(bytes);
    case 'studio-only':
      throw unsupportedAudio(`This is ${format.label}.`, 'The studio can open it; for the command line, convert it to WAV first.');
    case 'other':
      throw unsupportedAudio(`This is ${format.label}.`);
    case 'unknown':
      throw unsupportedAudio('This file does not contain sound in a known format.');
  }
}
