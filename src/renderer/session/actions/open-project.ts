import type { OpenedProject } from '../../../shared/contract/methods';
import type { ChosenFile } from '../../../shared/contract/shell';
import { emptyProject, isModified } from '../../document/store';
import { runJob } from '../../workspace/job-store';
import { rememberAudio } from '../../workspace/media-store';
import { showError, showNotice } from '../../workspace/notice-store';
import { ask } from '../../workspace/question-store';
import type { Studio } from '../studio';
import { saveProject } from './save-project';
import { showClip } from './show-clip';
import { uploadFile } from './upload-file';

/** Opens a project file in place of what is open. No model runs. */
export async function openProjectFile(studio: Studio, file: ChosenFile): Promise<void> {
  try {
    if (!(await mayReplace(studio))) return;
    const opened = await runJob(studio.jobs, `Open ${file.fileName}`, null, async (context) => {
      const uploadId = await uploadFile(studio, file, context, 0.6);
      return studio.client.call('project.unpack', { uploadId }, { signal: context.signal });
    });
    await showProject(studio, opened, { fileName: file.fileName, saveId: file.saveId, isSample: false });
  } catch (error) {
    showError(studio.notices, error);
  }
}

/** Lets the user choose a project and opens it. */
export async function chooseProject(studio: Studio): Promise<void> {
  const [file] = await studio.shell.chooseFiles({ title: 'Open project', extensions: ['vividtalker'], multiple: false });
  if (file) await openProjectFile(studio, file);
}

/** Opens the project that comes with the studio. */
export async function openSample(studio: Studio): Promise<void> {
  try {
    if (!(await mayReplace(studio))) return;
    await showProject(studio, await studio.client.call('project.sample', {}), { fileName: 'Sample.vividtalker', saveId: undefined, isSample: true });
  } catch (error) {
    showError(studio.notices, error);
  }
}

/** Starts a project without clips. */
export async function newProject(studio: Studio): Promise<void> {
  if (!(await mayReplace(studio))) return;
  await showProject(studio, { project: emptyProject(), audio: [], warnings: [] }, { fileName: 'Untitled.vividtalker', saveId: undefined, isSample: false });
}

/** Puts an untouched sample away before the user's own work begins. */
export async function leaveUntouchedSample(studio: Studio): Promise<void> {
  if (studio.file.isSample && !isModified(studio.document.getState())) await newProject(studio);
}

async function showProject(studio: Studio, opened: OpenedProject, file: Studio['file']): Promise<void> {
  rememberAudio(studio.media, opened.audio);
  for (const warning of opened.warnings) showNotice(studio.notices, 'warning', warning);
  Object.assign(studio.file, file);
  studio.document.getState().reset(opened.project, `Open ${file.fileName}`);
  await showClip(studio, opened.project.clips[0]?.id ?? null);
}

/** Asks before unsaved work is lost; false means stay. */
async function mayReplace(studio: Studio): Promise<boolean> {
  if (!isModified(studio.document.getState())) return true;
  const answer = await ask(studio.questions, {
    title: 'Save your changes first?',
    text: `${studio.file.fileName} has changes that are not saved.`,
    choices: [
      { value: 'save', label: 'Save', description: 'Keep the changes' },
      { value: 'discard', label: 'Do not save', description: 'The changes are lost' },
    ],
  });
  if (answer === 'save') return saveProject(studio);
  return answer === 'discard';
}
