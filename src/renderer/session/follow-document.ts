import type { FrameRange } from '../../shared/clip/timing';
import { showClip } from './actions/show-clip';
import { leaveStaleVariants, visitLoop } from './actions/visit-variants';
import { type Studio, selectionOrWhole, shownClip } from './studio';

/** Keeps what is shown in step with the document: undo can take the shown clip away or end a visit to Variants, and the loop follows the selection or the visit. */
export function followDocument(studio: Studio): void {
  const followLoop = (): void => studio.transport.setLoop(loopOf(studio));
  studio.document.subscribe(({ project }) => {
    leaveStaleVariants(studio);
    const { activeClipId } = studio.view.getState();
    if (activeClipId === null || project.clips.some((clip) => clip.id === activeClipId)) return;
    void showClip(studio, project.clips.at(-1)?.id ?? null);
  });
  studio.view.subscribe(() => {
    leaveStaleVariants(studio);
    followLoop();
  });
  studio.variants.subscribe(followLoop);
}

function loopOf(studio: Studio): FrameRange | null {
  const { visit } = studio.variants.getState();
  if (visit) return visitLoop(visit);
  const { isLooping, selection } = studio.view.getState();
  return isLooping ? selectionOrWhole(selection, shownClip(studio)?.frameCount ?? 1) : null;
}
