import { readFile, rm } from 'node:fs/promises';
import type { Project } from '../../../shared/clip/clip-schema';
import type { CallContext, OpenedProject } from '../../../shared/contract/methods';
import type { AudioStore } from '../audio-store';
import { packProject, unpackProject } from './project-file';

/** Makes and reads project files together with the sounds the engine holds. Never runs a model. */
export class ProjectService {
  constructor(private readonly audioStore: AudioStore) {}

  /** Bytes of a project file; every sound of the project must be held by the engine. */
  async pack(project: Project): Promise<Uint8Array<ArrayBuffer>> {
    const hashes = [...new Set(project.clips.map((clip) => clip.audio.sha256))];
    return Uint8Array.from(packProject({ project, audio: await Promise.all(hashes.map((sha256) => this.audioStore.pack(sha256))) }));
  }

  /** Reads a project file and takes its sounds in. A clip whose sound decodes to another length than it was made for is named in `warnings`. */
  async open(bytes: Uint8Array, { signal, reportProgress }: CallContext): Promise<OpenedProject> {
    const { project, audio } = unpackProject(bytes);
    const opened: OpenedProject = { project, audio: [], warnings: [] };
    for (const [index, clip] of project.clips.entries()) {
      const packed = audio.find((sound) => sound.sha256 === clip.audio.sha256);
      if (!packed) continue;
      const onProgress = (fraction: number): void => reportProgress((index + fraction) / project.clips.length, 'Opening');
      const imported = await this.audioStore.importPacked(packed, clip.audio, { signal, onProgress });
      opened.audio.push(imported);
      if (imported.frameCount !== clip.frameCount)
        opened.warnings.push(`The sound of "${clip.name}" has ${imported.frameCount} frames, its animation ${clip.frameCount}.`);
    }
    return opened;
  }

  /** Reads an uploaded project file and removes it. */
  async openTemporary(path: string, context: CallContext): Promise<OpenedProject> {
    try {
      return await this.open(await readFile(path), context);
    } finally {
      await rm(path, { force: true });
    }
  }
}
