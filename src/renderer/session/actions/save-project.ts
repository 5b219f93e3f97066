import { runJob } from '../../workspace/job-store';
import { showError, showNotice } from '../../workspace/notice-store';
import type { Studio } from '../studio';

/** Saves the project where it was saved before; `asNew` asks for a place. Resolves to true when it is on disk. */
export async function saveProject(studio: Studio, asNew = false): Promise<boolean> {
  const { project } = studio.document.getState();
  try {
    const { bytes } = await runJob(studio.jobs, 'Save project', null, ({ signal }) => studio.client.call('project.pack', { project }, { signal }));
    const saved = await studio.shell.saveFile({ suggestedName: studio.file.fileName, bytes, saveId: asNew ? undefined : studio.file.saveId });
    if (!saved) return false;
    Object.assign(studio.file, { ...saved, isSample: false });
    studio.document.getState().markSaved(project);
    showNotice(studio.notices, 'success', `Saved ${saved.fileName}`);
    return true;
  } catch (error) {
    showError(studio.notices, error);
    return false;
  }
}
