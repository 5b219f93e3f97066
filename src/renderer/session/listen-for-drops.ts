import { toChosenFile } from '../engine/browser-shell';
import { importFiles } from './actions/import-audio';
import type { Studio } from './studio';

/** Opens files dropped anywhere in the window. Returns how to stop listening. */
export function listenForDrops(studio: Studio, target: Window): () => void {
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
  const onDragOver = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    studio.transient.setState({ isDropTarget: true });
  };
  const onDragLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) studio.transient.setState({ isDropTarget: false });
  };
  const onDrop = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    studio.transient.setState({ isDropTarget: false });
    void importFiles(
      studio,
      [...(event.dataTransfer?.files ?? [])].map((file) => toChosenFile(file)),
    );
  };
  target.addEventListener('dragover', onDragOver);
  target.addEventListener('dragleave', onDragLeave);
  target.addEventListener('drop', onDrop);
  return () => {
    target.removeEventListener('dragover', onDragOver);
    target.removeEventListener('dragleave', onDragLeave);
    target.removeEventListener('drop', onDrop);
  };
}
