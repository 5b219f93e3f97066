import type { Stream, StreamId, Take } from '../../shared/clip/clip-schema';
import { findActiveTake, findClip } from '../document/selectors';
import type { CompareState } from '../workspace/compare-store';
import type { VariantsVisit } from '../workspace/variants-store';
import { type Studio, shownTake } from './studio';

/** A take to compare with, and what to call it. */
export interface BeforeTake {
  readonly take: Take;
  readonly label: string;
}

/** A take with the auditioned variant in it. */
export function withAudition(take: Take, visit: VariantsVisit | null): Take {
  return visit ? withStream(take, visit.streamId, visit.chosen?.stream ?? visit.current) : take;
}

/** B: the shown take with the variant under the pointer, else the auditioned one. */
export function takeNow(studio: Studio): Take | undefined {
  const take = shownTake(studio)?.take;
  const { visit } = studio.variants.getState();
  if (!take || visit?.pointed === undefined) return take && withAudition(take, visit);
  return withStream(take, visit.streamId, visit.pointed?.stream ?? visit.current);
}

/** A: during a visit to Variants the take as it is; else the take chosen to compare with, what this clip showed before the last change of it, or another take. Undefined when there is nothing else to see. */
export function takeBefore(studio: Studio): BeforeTake | undefined {
  const { project, history } = studio.document.getState();
  const clipId = studio.view.getState().activeClipId;
  const now = findActiveTake(project, clipId);
  if (!now) return undefined;
  if (studio.variants.getState().visit) return { take: now, label: 'as it is' };
  const { takeId } = studio.compare.getState();
  const others = findClip(project, clipId)?.takes.filter((take) => take !== now) ?? [];
  const chosen = others.find((take) => take.id === takeId);
  if (chosen) return { take: chosen, label: chosen.name };
  for (let index = history.index; index >= 0; index--) {
    const entry = history.entries[index];
    const take = entry && findActiveTake(entry.project, clipId);
    if (take && take !== now) return { take, label: `before: ${history.entries[index + 1]?.label ?? 'this change'}` };
  }
  return others[0] && { take: others[0], label: others[0].name };
}

/** True when the viewport shows A alone. */
export function isBeforeAlone({ isHoldingBefore, isShowingBefore }: CompareState): boolean {
  return isHoldingBefore || isShowingBefore;
}

/** A take with another stream in place of its own. */
export function withStream(take: Take, streamId: StreamId, stream: Stream): Take {
  return stream === take.streams[streamId] ? take : { ...take, streams: { ...take.streams, [streamId]: stream } };
}
