import { showClip } from './actions/show-clip';
import { type Studio, selectionOrWhole, shownClip } from './studio';

/** Keeps what is shown in step with the document: undo can take the shown clip away, and the loop follows the selection. */
export function followDocument(studio: Studio): void {
  studio.document.subscribe(({ project }) => {
    const { activeClipId } = studio.view.getState();
    if (activeClipId === null || project.clips.some((clip) => clip.id === activeClipId)) return;
    void showClip(studio, project.clips.at(-1)?.id ?? null);
  });
  studio.view.subscribe(({ isLooping, selection }) =>
    studio.transport.setLoop(isLooping ? selectionOrWhole(selection, shownClip(studio)?.frameCount ?? 1) : null),
  );
}
