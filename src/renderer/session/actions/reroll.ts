import { snapToTokens } from '../../../shared/clip/timing';
import { AppError } from '../../../shared/contract/errors';
import { replaceStream } from '../../document/commands/replace-stream';
import { formatRange, formatSeed, TRACK_LABELS } from '../../document/describe';
import { overlapsLock, streamOfTrack } from '../../document/selectors';
import { newSeed, settingsFor } from '../../workspace/generation-store';
import { runJob } from '../../workspace/job-store';
import { showError } from '../../workspace/notice-store';
import { chosenModel, modelOrThrow } from '../chosen-model';
import { type Studio, selectionOrWhole, shownTake } from '../studio';
import { rerollEyes } from './reroll-eyes';

/** What is heard and seen before a range that was drawn anew. */
export const LEAD_IN_SECONDS = 0.5;
const FRAME_SECONDS = 1 / 30;

/** Why the focus track cannot be re-rolled now, or null when it can. */
export function rerollProblem(studio: Studio): AppError | null {
  const shown = shownTake(studio);
  const { focusTrack, selection } = studio.view.getState();
  if (!shown) return new AppError('bad-input', 'There is no animation to re-roll yet.', 'Import a sound first.');
  if (focusTrack === 'eyes') return null;
  if (focusTrack === 'wrinkles') return new AppError('not-supported', 'Wrinkles come with the mouth stream.', 'Focus the mouth lane to re-roll both.');
  const model = chosenModel(studio);
  if (!model.info) return new AppError('missing-model', 'There is no model to re-roll with.', model.problem);
  const stream = shown.take.streams[focusTrack];
  const range = snapToTokens(selectionOrWhole(selection, shown.clip.frameCount), stream.framesPerToken, shown.clip.frameCount);
  if (overlapsLock(shown.take, focusTrack, range)) {
    return new AppError('locked', `Part of ${TRACK_LABELS[focusTrack].toLowerCase()} ${formatRange(range)} is locked.`, 'Unlock it or choose another range.');
  }
  return null;
}

/** Re-rolls the focus track in the time selection with a new seed: one undo step, both ends held, nothing else changes. Plays the range once. */
export async function rerollFocusTrack(studio: Studio, seed = newSeed()): Promise<void> {
  if (studio.view.getState().focusTrack === 'eyes' && shownTake(studio)) return rerollEyes(studio, seed);
  const problem = rerollProblem(studio);
  const shown = shownTake(studio);
  const streamId = streamOfTrack(studio.view.getState().focusTrack);
  if (problem || !shown || !streamId) {
    showError(studio.notices, problem);
    return;
  }
  const { clip, take, target } = shown;
  const range = selectionOrWhole(studio.view.getState().selection, clip.frameCount);
  const label = TRACK_LABELS[streamId];
  try {
    const stream = take.streams[streamId];
    const { stream: rerolled, affected } = await runJob(studio.jobs, `Re-roll ${label.toLowerCase()}`, clip.id, ({ signal, onProgress }) =>
      studio.client.call(
        'clip.resample',
        { audio: clip.audio, streamId, stream, locks: take.locks, range, settings: settingsFor(studio.generation.getState(), seed, modelOrThrow(studio)) },
        { signal, onProgress },
      ),
    );
    if (shownTake(studio)?.take.streams[streamId] !== stream) {
      throw new AppError('cancelled', 'The stream changed while it was re-rolled.');
    }
    studio.document.getState().apply(replaceStream(target, streamId, rerolled, `${label} ${formatRange(affected)} re-rolled (seed ${formatSeed(seed)})`));
    playOnce(studio, affected.startFrame * FRAME_SECONDS, affected.endFrame * FRAME_SECONDS);
  } catch (error) {
    showError(studio.notices, error);
  }
}

/** Plays a range once, with what comes just before it. */
export function playOnce(studio: Studio, startSeconds: number, endSeconds: number, leadInSeconds = LEAD_IN_SECONDS): void {
  studio.transport.pause();
  studio.transport.seek(startSeconds - leadInSeconds);
  void studio.transport.play({ untilSeconds: endSeconds });
}
