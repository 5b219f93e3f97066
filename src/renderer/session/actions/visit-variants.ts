import { CLEAN_TEMPERATURE, type Variant } from '../../../shared/clip/generation';
import { type FrameRange, nearestFrame, secondsOfFrame, snapToTokens } from '../../../shared/clip/timing';
import { AppError } from '../../../shared/contract/errors';
import { replaceStream } from '../../document/commands/replace-stream';
import { formatRange, formatSeed, TRACK_LABELS } from '../../document/describe';
import { overlapsLock, streamOfTrack } from '../../document/selectors';
import { orderVariants, type VariantOrder } from '../../document/variant-order';
import { newSeed, settingsFor } from '../../workspace/generation-store';
import { runJob } from '../../workspace/job-store';
import { showError } from '../../workspace/notice-store';
import { VARIANT_COUNT, type VariantsVisit } from '../../workspace/variants-store';
import { modelOrThrow } from '../chosen-model';
import { type Shown, type Studio, selectionOrWhole, shownTake } from '../studio';
import { LEAD_IN_SECONDS, rerollProblem } from './reroll';

/** Variants asked for at a time, so that the first are seen before the last are drawn. */
const PIECE_COUNT = 2;

/** Why no variants of the focus track can be drawn now, or null when they can. */
export function variantsProblem(studio: Studio): AppError | null {
  const { focusTrack } = studio.view.getState();
  if (focusTrack === 'eyes') {
    return new AppError('not-supported', 'Blinks and gaze are events, not codes.', 'Press R to draw them anew, or focus the head or mouth lane.');
  }
  const problem = rerollProblem(studio);
  if (problem || focusTrack !== 'mouth') return problem;
  const temperature = studio.generation.getState().temperatures.mouthTemperature ?? modelOrThrow(studio).streams.mouth.temperature;
  if (temperature !== CLEAN_TEMPERATURE) return null;
  return new AppError('not-supported', 'All variants of a clean mouth would be the same.', 'Switch off Clean mouth in the inspector, then try again.');
}

/**
 * Opens Variants for the focus track in the time selection and draws them; they appear as they come, and the range plays in a loop. The document does not change before one is kept.
 * Asked again, it draws others in place of those.
 */
export async function visitVariants(studio: Studio, seed = newSeed()): Promise<void> {
  const problem = variantsProblem(studio);
  const shown = shownTake(studio);
  const streamId = streamOfTrack(studio.view.getState().focusTrack);
  if (problem || !shown || !streamId) {
    showError(studio.notices, problem);
    return;
  }
  const current = shown.take.streams[streamId];
  const range = selectionOrWhole(studio.view.getState().selection, shown.clip.frameCount);
  const affected = snapToTokens(range, current.framesPerToken, shown.clip.frameCount);
  const { playheadSeconds, isPlaying } = studio.transient.getState();
  const earlier = studio.variants.getState().visit;
  earlier?.stop();
  const drawing = new AbortController();
  const visit: VariantsVisit = {
    streamId,
    current,
    affected,
    variants: [],
    isDrawing: true,
    fraction: 0,
    chosen: null,
    pointed: undefined,
    returnTo: earlier?.returnTo ?? { playheadSeconds, isPlaying },
    stop: () => drawing.abort(),
  };
  studio.compare.setState({ isShowingBefore: false });
  studio.variants.setState({ visit });
  studio.transport.pause();
  studio.transport.seek(secondsOfFrame(visitLoop(visit).startFrame));
  void studio.transport.play();
  await drawVariants(studio, shown, range, seed, drawing.signal);
}

/** The frames that play in a loop during a visit: the affected range with a lead-in. */
export function visitLoop({ affected }: VariantsVisit): FrameRange {
  return { startFrame: Math.max(0, affected.startFrame - nearestFrame(LEAD_IN_SECONDS)), endFrame: affected.endFrame };
}

/** Shows the variant at a place, 1 to 8, or with 0 the current motion. Nothing happens for one that is not drawn yet. */
export function auditionVariant(studio: Studio, place: number): void {
  const chosen = place === 0 ? null : studio.variants.getState().visit?.variants[place - 1];
  if (chosen !== undefined) changeVisit(studio, { chosen, pointed: undefined });
}

/** Shows the variant under the pointer as long as it is there; undefined when it has left. */
export function pointAtVariant(studio: Studio, pointed: Variant | null | undefined): void {
  changeVisit(studio, { pointed });
}

/** Sorts the variants; those still being drawn are sorted when the last has come, so that none moves under the hand. */
export function sortVariants(studio: Studio, order: VariantOrder): void {
  studio.variants.setState({ order });
  const { visit } = studio.variants.getState();
  if (visit && !visit.isDrawing) changeVisit(studio, { variants: orderVariants(order, visit.variants, visit) });
}

/** Keeps the auditioned variant, as one step, and ends the visit. A span that was locked meanwhile is refused and the visit goes on. */
export function keepVariant(studio: Studio): void {
  const { visit } = studio.variants.getState();
  const shown = shownTake(studio);
  if (!visit || !shown) return;
  const { streamId, affected, chosen } = visit;
  if (chosen && overlapsLock(shown.take, streamId, affected)) {
    showError(
      studio.notices,
      new AppError(
        'locked',
        `Part of ${TRACK_LABELS[streamId].toLowerCase()} ${formatRange(affected)} is locked.`,
        'Unlock it, or leave everything as it was.',
      ),
    );
    return;
  }
  leaveVariants(studio);
  if (!chosen) return;
  const label = `${TRACK_LABELS[streamId]} ${formatRange(affected)} variant kept (seed ${formatSeed(chosen.seed)})`;
  studio.document.getState().apply(replaceStream(shown.target, streamId, chosen.stream, label));
}

/** Ends the visit: everything is as it was before. */
export function leaveVariants(studio: Studio): void {
  const { visit } = studio.variants.getState();
  if (!visit) return;
  visit.stop();
  studio.variants.setState({ visit: null });
  studio.transport.pause();
  studio.transport.seek(visit.returnTo.playheadSeconds);
  if (visit.returnTo.isPlaying) void studio.transport.play();
}

/** Ends the visit when its stream is not the shown one any more: it was changed, undone, or another take or clip is shown. */
export function leaveStaleVariants(studio: Studio): void {
  const { visit } = studio.variants.getState();
  if (visit && shownTake(studio)?.take.streams[visit.streamId] !== visit.current) leaveVariants(studio);
}

async function drawVariants(studio: Studio, { clip, take }: Shown, range: FrameRange, seed: number, signal: AbortSignal): Promise<void> {
  const { visit } = studio.variants.getState();
  if (!visit) return;
  const { streamId, current } = visit;
  // A visit that was left or drawn again has a drawing of its own.
  const change = (changed: Partial<VariantsVisit>): void => {
    if (studio.variants.getState().visit?.stop === visit.stop) changeVisit(studio, changed);
  };
  let variants: Variant[] = [];
  try {
    await runJob(studio.jobs, `Variants of the ${streamId}`, clip.id, async (job) => {
      for (let done = 0; done < VARIANT_COUNT; done += PIECE_COUNT) {
        const settings = settingsFor(studio.generation.getState(), (seed + done) >>> 0, modelOrThrow(studio));
        const input = { audio: clip.audio, streamId, stream: current, locks: take.locks, range, settings, count: Math.min(PIECE_COUNT, VARIANT_COUNT - done) };
        const onProgress = (fraction: number, step: string): void => {
          const share = (done + fraction * input.count) / VARIANT_COUNT;
          job.onProgress(share, step);
          change({ fraction: share });
        };
        const piece = await studio.client.call('clip.variants', input, { signal: AbortSignal.any([signal, job.signal]), onProgress });
        variants = [...variants, ...piece.variants];
        change({ variants });
      }
    });
  } catch (error) {
    showError(studio.notices, error);
  }
  if (variants.length > 0) change({ variants: orderVariants(studio.variants.getState().order, variants, visit), isDrawing: false });
  else if (studio.variants.getState().visit?.stop === visit.stop) leaveVariants(studio);
}

function changeVisit(studio: Studio, changed: Partial<VariantsVisit>): void {
  const { visit } = studio.variants.getState();
  if (visit) studio.variants.setState({ visit: { ...visit, ...changed } });
}
