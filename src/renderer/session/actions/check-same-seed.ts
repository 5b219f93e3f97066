import type { Segment, Stream, StreamId } from '../../../shared/clip/clip-schema';
import { settingsOf } from '../../../shared/clip/generation';
import { formatRange, formatSeed, TRACK_LABELS } from '../../document/describe';
import { segmentAt, streamOfTrack } from '../../document/selectors';
import { type JobContext, runJob } from '../../workspace/job-store';
import { showError, showNotice } from '../../workspace/notice-store';
import { type Shown, type Studio, selectionOrWhole, shownTake } from '../studio';

/**
 * Makes the piece at the start of the selection once more, with the seed, style and variation it was made with, and says whether the same codes came out.
 * Changes nothing: it is a check that the project can be trusted to repeat itself.
 */
export async function checkSameSeed(studio: Studio): Promise<void> {
  const shown = shownTake(studio);
  const streamId = streamOfTrack(studio.view.getState().focusTrack);
  if (!shown || !streamId) return;
  const { startFrame } = selectionOrWhole(studio.view.getState().selection, shown.clip.frameCount);
  const segment = segmentAt(shown.take.streams[streamId], startFrame);
  if (!segment) return;
  if (segment.provenance.kind === 'swapped') {
    const what = `${TRACK_LABELS[streamId]} ${formatRange(segment)}`;
    showNotice(studio.notices, 'warning', `${what}: codes were set by hand, so no seed makes this piece again.`, 'The project keeps its own codes.');
    return;
  }
  try {
    const again = await runJob(studio.jobs, 'Check the seed', shown.clip.id, (context) => makeAgain(studio, shown, streamId, segment, context));
    const isSame = differingTokens(shown.take.streams[streamId], again, segment) === 0;
    const what = `${TRACK_LABELS[streamId]} ${formatRange(segment)} with seed ${formatSeed(segment.provenance.seed)}`;
    if (isSame) showNotice(studio.notices, 'success', `${what}: the same codes came out.`);
    else
      showNotice(
        studio.notices,
        'warning',
        `${what}: other codes came out.`,
        'The model, or what lies around this range, has changed since. The project keeps its own codes.',
      );
  } catch (error) {
    showError(studio.notices, error);
  }
}

async function makeAgain(studio: Studio, { clip, take }: Shown, streamId: StreamId, segment: Segment, { signal, onProgress }: JobContext): Promise<Stream> {
  const { audio } = clip;
  const settings = settingsOf(streamId, segment.provenance);
  if (segment.provenance.kind === 'resampled') {
    const range = { startFrame: segment.startFrame, endFrame: segment.endFrame };
    return (await studio.client.call('clip.resample', { audio, streamId, stream: take.streams[streamId], locks: [], range, settings }, { signal, onProgress }))
      .stream;
  }
  return (await studio.client.call('clip.generate', { audio, settings }, { signal, onProgress })).streams[streamId];
}

/** How many tokens of a segment have another code in another stream of the same layout. */
export function differingTokens(stream: Stream, other: Stream, segment: Segment): number {
  const groupCount = stream.groupSizes.length;
  let count = 0;
  const end = Math.ceil(segment.endFrame / stream.framesPerToken);
  for (let token = Math.ceil(segment.startFrame / stream.framesPerToken); token < end; token++) {
    const counterpart = segmentAt(other, token * stream.framesPerToken);
    const isSame = Array.from({ length: groupCount }, (_, group) => group).every(
      (group) => segment.codes[(token - segment.firstToken) * groupCount + group] === counterpart?.codes[(token - counterpart.firstToken) * groupCount + group],
    );
    if (!isSame) count++;
  }
  return count;
}
