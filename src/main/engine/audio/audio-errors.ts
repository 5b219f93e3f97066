import { AppError } from '../../../shared/contract/errors';

const ACCEPTED = 'Use WAV, AIFF, MP3, FLAC, Ogg Vorbis or Ogg Opus.';

/** The longest sound the product takes, in seconds (4 hours). */
export const MAXIMUM_AUDIO_SECONDS = 4 * 3600;

/** The content is not a sound format this engine reads. */
export function unsupportedAudio(message: string, hint = ACCEPTED): AppError {
  return new AppError('unsupported-audio', message, hint);
}

/** The file claims a known format but cannot be read. */
export function damagedAudio(message: string, cause?: unknown): AppError {
  return new AppError('damaged-audio', message, 'Export the recording again, or convert it to WAV and try that.', { cause });
}

/** There are no samples in the file. */
export function emptyAudio(message: string): AppError {
  return new AppError('empty-audio', message, 'Choose a recording that contains sound.');
}

/** The sound is longer than `MAXIMUM_AUDIO_SECONDS`. */
export function audioTooLong(): AppError {
  return new AppError('audio-too-long', `The recording is longer than ${MAXIMUM_AUDIO_SECONDS / 3600} hours.`, 'Cut it into shorter files.');
}
