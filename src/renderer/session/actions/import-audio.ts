import type { Clip } from '../../../shared/clip/clip-schema';
import { AppError } from '../../../shared/contract/errors';
import type { ImportedAudio } from '../../../shared/contract/methods';
import type { ChosenFile } from '../../../shared/contract/shell';
import { addClip } from '../../document/commands/add-clip';
import { type JobContext, runJob } from '../../workspace/job-store';
import { rememberAudio } from '../../workspace/media-store';
import { showError, showNotice } from '../../workspace/notice-store';
import { ask } from '../../workspace/question-store';
import { chosenModel } from '../chosen-model';
import type { Studio } from '../studio';
import { decodeInBrowser, needsBrowserDecoder } from './decode-in-browser';
import { generateClip } from './generate-clip';
import { leaveUntouchedSample, openProjectFile } from './open-project';
import { showClip } from './show-clip';
import { uploadFile } from './upload-file';

/** What the open dialog offers for sounds. */
export const AUDIO_EXTENSIONS = ['wav', 'aif', 'aiff', 'mp3', 'flac', 'ogg', 'oga', 'opus', 'm4a', 'aac', 'webm'] as const;
export const PROJECT_EXTENSION = 'vividtalker';

/** Opens dropped or chosen files: a project replaces what is open, sounds become clips and are animated one after the other. */
export async function importFiles(studio: Studio, files: readonly ChosenFile[]): Promise<void> {
  const project = files.find((file) => file.fileName.toLowerCase().endsWith(`.${PROJECT_EXTENSION}`));
  if (project) return openProjectFile(studio, project);
  for (const file of files) {
    try {
      await importAudio(studio, file);
    } catch (error) {
      const isAboutFile = error instanceof AppError && error.code !== 'cancelled' && !error.message.includes(file.fileName);
      showError(studio.notices, isAboutFile ? new AppError(error.code, `${file.fileName}: ${error.message}`, error.hint, { cause: error }) : error);
    }
  }
}

/** Lets the user choose sounds and imports them. */
export async function chooseAudio(studio: Studio): Promise<void> {
  const files = await studio.shell.chooseFiles({ title: 'Import audio', extensions: AUDIO_EXTENSIONS, multiple: true });
  await importFiles(studio, files);
}

/** Reads one sound, makes a clip of it, shows it and starts its animation. */
export async function importAudio(studio: Studio, file: ChosenFile): Promise<void> {
  const imported = await runJob(studio.jobs, `Import ${file.fileName}`, null, (context) => readSound(studio, file, context));
  if (!imported) return;
  rememberAudio(studio.media, [imported]);
  for (const warning of imported.warnings) showNotice(studio.notices, 'warning', warning);
  const clip: Clip = {
    id: crypto.randomUUID(),
    name: file.fileName.replace(/\.[^.]+$/, '') || file.fileName,
    audio: imported.audio,
    frameCount: imported.frameCount,
    markers: [],
    takes: [],
    activeTakeId: null,
  };
  await leaveUntouchedSample(studio);
  studio.view.getState().update({ hintsDismissed: true });
  studio.document.getState().apply(addClip(clip));
  await showClip(studio, clip.id);
  const model = chosenModel(studio);
  if (model.info) await generateClip(studio, clip.id);
  else showNotice(studio.notices, 'warning', 'The sound is imported, but there is no model to animate it.', model.problem);
}

async function readSound(studio: Studio, file: ChosenFile, context: JobContext): Promise<ImportedAudio | null> {
  if (file.sizeBytes === 0) throw new AppError('empty-audio', `'${file.fileName}' is empty.`, 'Choose a sound file with content.');
  const readable = needsBrowserDecoder(file.fileName) ? await decodeInBrowser(file) : file;
  const mixed = await uploadAndRead(studio, readable, 'mix', context);
  if (mixed.audio.channelCount < 2) return mixed;
  const channel = await askForChannel(studio, file.fileName, mixed.audio.channelCount);
  if (channel === null) return null;
  return channel === 'mix' ? mixed : uploadAndRead(studio, readable, Number(channel), context);
}

/** The engine takes an upload over when it reads it, so each reading needs its own. */
async function uploadAndRead(studio: Studio, file: ChosenFile, channel: 'mix' | number, context: JobContext): Promise<ImportedAudio> {
  const uploadId = await uploadFile(studio, file, context, 0.5);
  return studio.client.call(
    'audio.import',
    { uploadId, channel },
    { signal: context.signal, onProgress: (fraction, step) => context.onProgress(0.5 + fraction / 2, step) },
  );
}

function askForChannel(studio: Studio, fileName: string, channelCount: number): Promise<string | null> {
  const nameOf = (index: number): string => (channelCount === 2 ? (index === 0 ? 'Left channel' : 'Right channel') : `Channel ${index + 1}`);
  const single = Array.from({ length: channelCount }, (_, index) => ({
    value: String(index),
    label: nameOf(index),
    description: 'Only this channel is listened to',
  }));
  return ask(studio.questions, {
    title: `${fileName} has ${channelCount} channels`,
    text: 'Which one holds the voice?',
    choices: [{ value: 'mix', label: 'Mix all channels', description: 'Right for one voice recorded in stereo' }, ...single],
  });
}
