import type { Clip } from '../../shared/clip/clip-schema';
import { AppError } from '../../shared/contract/errors';
import type { SecondsRange } from '../../shared/export-model/sample-take';
import type { Studio } from '../session/studio';

const RATE_HZ = 48_000;
/** The browser decodes a sound whole; a longer one would take gigabytes. */
const LONGEST_SOUND_SECONDS = 1200;

/** The sound of a part of a clip at 48 kHz, silent past the end of the recording. */
export async function rangeSound(studio: Studio, clip: Clip, { startSeconds, endSeconds }: SecondsRange): Promise<AudioBuffer> {
  if (clip.audio.durationSeconds > LONGEST_SOUND_SECONDS) {
    throw new AppError('audio-too-long', 'A playblast takes its sound from recordings of up to 20 minutes.', 'Switch off Sound for this clip.');
  }
  const { bytes } = await studio.client.call('audio.playable', { sha256: clip.audio.sha256 });
  const context = new OfflineAudioContext(1, 1, RATE_HZ);
  const whole = await context.decodeAudioData(bytes.slice().buffer);
  const length = Math.max(1, Math.round((endSeconds - startSeconds) * RATE_HZ));
  const part = new AudioBuffer({ length, numberOfChannels: whole.numberOfChannels, sampleRate: RATE_HZ });
  const first = Math.round(startSeconds * RATE_HZ);
  for (let channel = 0; channel < whole.numberOfChannels; channel++) {
    part.copyToChannel(whole.getChannelData(channel).subarray(first, first + length), channel);
  }
  return part;
}
