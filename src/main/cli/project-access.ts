import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { activeTake, type Clip, type Project, type Stream, type Take } from '../../shared/clip/clip-schema';
import { joinSegments } from '../../shared/clip/decoded-stream';
import { AppError } from '../../shared/contract/errors';
import type { CommandContext } from './command-context';

/** Opens a project file of the user; warnings go to the terminal. */
export async function openProject(path: string, { engine, terminal, callContext }: CommandContext): Promise<Project> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new AppError('file-not-found', `There is no file ${path}.`, 'Check the name and the folder.', { cause: error });
    if (code === 'EACCES') throw new AppError('permission-denied', `${path} cannot be read: no permission.`, '', { cause: error });
    if (code === 'EISDIR') throw new AppError('bad-input', `${path} is a folder.`, 'Give the name of a .vividtalker file.', { cause: error });
    throw error;
  }
  const opened = await engine.projects.open(bytes, callContext(0, 0.2));
  for (const warning of opened.warnings) terminal.warn(warning);
  return opened.project;
}

/** The clip the user means: by id or name, else the first. */
export function chooseClip(project: Project, wanted: string | undefined): Clip {
  const clip = wanted === undefined ? project.clips[0] : project.clips.find((candidate) => candidate.id === wanted || candidate.name === wanted);
  if (clip) return clip;
  const names = project.clips.map((candidate) => candidate.name).join(', ');
  throw new AppError(
    'bad-input',
    wanted === undefined ? 'The project has no clip.' : `The project has no clip "${wanted}".`,
    names === '' ? '' : `Clips: ${names}.`,
  );
}

/** The take the user means: by id or name, else the active one. */
export function chooseTake(clip: Clip, wanted: string | undefined): Take {
  const take = wanted === undefined ? activeTake(clip) : clip.takes.find((candidate) => candidate.id === wanted || candidate.name === wanted);
  if (take) return take;
  const names = clip.takes.map((candidate) => candidate.name).join(', ');
  throw new AppError(
    'bad-input',
    wanted === undefined ? `The clip "${clip.name}" has no active take.` : `The clip "${clip.name}" has no take "${wanted}".`,
    names === '' ? 'Generate it first.' : `Takes: ${names}.`,
  );
}

/** The project with a clip replaced by id. */
export function replaceClip(project: Project, clip: Clip): Project {
  return { ...project, clips: project.clips.map((candidate) => (candidate.id === clip.id ? clip : candidate)) };
}

/** Content hash of a stream's codes and curve over the whole clip, however it is cut into segments: equal hashes mean equal motion bit for bit. */
export function streamHash(stream: Stream): string {
  const hash = createHash('sha256');
  const curve = joinSegments(stream).values;
  hash.update(new Uint8Array(curve.buffer, curve.byteOffset, curve.byteLength));
  for (const segment of stream.segments) {
    const groups = stream.groupSizes.length;
    const first = (Math.floor(segment.startFrame / stream.framesPerToken) - segment.firstToken) * groups;
    const last = (Math.ceil(segment.endFrame / stream.framesPerToken) - segment.firstToken) * groups;
    hash.update(Uint8Array.from(new Uint8Array(segment.codes.slice(first, last).buffer)));
  }
  return hash.digest('hex');
}

/** Where an edited project goes: the named output, else the project itself, which needs --force. */
export function editedProjectPath(project: string, output: string | undefined, force: boolean | undefined): string {
  if (output === undefined && force !== true) {
    throw new AppError(
      'file-exists',
      `${basename(project)} would be overwritten.`,
      'Give another file with -o, or --force to write back to the project itself.',
    );
  }
  return resolve(output ?? project);
}
