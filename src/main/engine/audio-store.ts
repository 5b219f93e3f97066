import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { AudioReference } from '../../shared/clip/clip-schema';
import { frameCountOf } from '../../shared/clip/timing';
import { AppError, throwIfCancelled } from '../../shared/contract/errors';
import type { ImportedAudio } from '../../shared/contract/methods';
import { type AnalysedAudio, analyseAudio } from './audio/analyse-audio';
import { MAXIMUM_AUDIO_SECONDS } from './audio/audio-errors';
import { heardSound } from './audio/heard-sound';
import type { ChannelSelection } from './audio/mix-channels';
import { PEAKS_PER_SECOND } from './audio/waveform-peaks';
import type { PackedAudio } from './project/project-file';

/** Analyses kept in memory: together at most this many minutes of sound, always at least the latest. */
const KEPT_ANALYSIS_MINUTES = 120;

interface StoredAudio {
  readonly path: string;
  readonly fileName: string;
}

/** Cancel and progress (0..1) of reading a sound. */
export interface ReadContext {
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/** Sounds the engine holds, by content hash, and what was found out about them. */
export class AudioStore {
  private readonly stored = new Map<string, StoredAudio>();
  private readonly analyses = new Map<string, AnalysedAudio>();

  constructor(private readonly folder: string) {}

  /** Takes over a temporary file and reads it; the file is removed when it is no sound. */
  async importTemporary(path: string, fileName: string, channel: ChannelSelection, context: ReadContext): Promise<ImportedAudio> {
    const sha256 = await hashFile(path, context.signal);
    await mkdir(this.folder, { recursive: true });
    const kept = join(this.folder, `${sha256}.${extensionOf(fileName)}`);
    await rename(path, kept);
    const known = this.stored.get(sha256);
    this.stored.set(sha256, { path: kept, fileName });
    try {
      return await this.describe(sha256, fileName, channel, context);
    } catch (error) {
      if (known === undefined) await this.forget(sha256, kept);
      throw error;
    }
  }

  /** Reads a file of the user where it lies; it is not copied. */
  async importFile(path: string, channel: ChannelSelection, context: ReadContext): Promise<ImportedAudio> {
    const sha256 = await hashFile(path, context.signal);
    this.stored.set(sha256, { path, fileName: basename(path) });
    return this.describe(sha256, basename(path), channel, context);
  }

  /** Takes in a sound from a project file. */
  async importPacked(audio: PackedAudio, reference: AudioReference, context: ReadContext): Promise<ImportedAudio> {
    await mkdir(this.folder, { recursive: true });
    const path = join(this.folder, `${audio.sha256}.${audio.fileExtension}`);
    await writeFile(path, audio.bytes);
    this.stored.set(audio.sha256, { path, fileName: reference.fileName });
    return this.describe(audio.sha256, reference.fileName, reference.channel, context);
  }

  /** What the networks and gates need of a sound; kept for the next call. AppError 'unknown-audio' when the engine does not hold it. */
  async analyse(sha256: string, channel: ChannelSelection, context: ReadContext): Promise<AnalysedAudio> {
    const key = `${sha256} ${channel}`;
    const known = this.analyses.get(key);
    if (known) {
      this.analyses.delete(key);
      this.analyses.set(key, known);
      return known;
    }
    const { signal, onProgress } = context;
    const analysis = await analyseAudio(this.find(sha256).path, { channel, ...(signal && { signal }), ...(onProgress && { onProgress }) });
    this.analyses.set(key, analysis);
    this.dropOldAnalyses();
    return analysis;
  }

  /** The sound as imported, for a project file. Its content is checked against the hash, because a file of the user may have changed. */
  async pack(sha256: string): Promise<PackedAudio> {
    const { path, fileName } = this.find(sha256);
    const bytes = await readFile(path);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
      throw new AppError('unknown-audio', `${fileName} has changed since it was opened.`, 'Open it again.');
    }
    return { sha256, fileExtension: extensionOf(fileName), bytes };
  }

  /** Path of a sound the engine holds. */
  pathOf(sha256: string): string {
    return this.find(sha256).path;
  }

  private async describe(sha256: string, fileName: string, channel: ChannelSelection, context: ReadContext): Promise<ImportedAudio> {
    const analysis = await this.analyse(sha256, channel, context);
    const audio: AudioReference = {
      sha256,
      fileName,
      durationSeconds: analysis.durationSeconds,
      sampleRateHz: analysis.sampleRateHz,
      channelCount: analysis.channelCount,
      channel,
    };
    return {
      audio,
      frameCount: frameCountOf(analysis.durationSeconds),
      peaks: Float32Array.from(analysis.peaks),
      peaksPerSecond: PEAKS_PER_SECOND,
      ...heardSound(analysis),
      warnings: [...analysis.warnings],
    };
  }

  private find(sha256: string): StoredAudio {
    const stored = this.stored.get(sha256);
    if (!stored) throw new AppError('unknown-audio', 'The engine does not hold this sound any more.', 'Open the recording or the project again.');
    return stored;
  }

  private async forget(sha256: string, path: string): Promise<void> {
    this.stored.delete(sha256);
    await rm(path, { force: true });
  }

  private dropOldAnalyses(): void {
    const minutes = (): number => [...this.analyses.values()].reduce((sum, analysis) => sum + analysis.durationSeconds / 60, 0);
    for (const key of [...this.analyses.keys()].slice(0, -1)) {
      if (minutes() <= KEPT_ANALYSIS_MINUTES) return;
      this.analyses.delete(key);
    }
  }
}

/** Longest sound that is accepted. */
export const MAXIMUM_SOUND_SECONDS = MAXIMUM_AUDIO_SECONDS;

async function hashFile(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path)) {
      throwIfCancelled(signal);
      hash.update(piece as Buffer);
    }
  } catch (error) {
    throw readError(error, path);
  }
  return hash.digest('hex');
}

function readError(error: unknown, path: string): unknown {
  const options = { cause: error };
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('file-not-found', `There is no file ${path}.`, 'Check the name and the folder.', options);
    case 'EACCES':
    case 'EPERM':
      return new AppError(
        'permission-denied',
        `${path} cannot be read: no permission.`,
        'Change its permissions, or copy it to a folder of your own.',
        options,
      );
    case 'EISDIR':
      return new AppError('bad-input', `${path} is a folder.`, 'Give the name of a sound file.', options);
    default:
      return error;
  }
}

/** Extension of a file name as a project file stores it: lower case letters and digits, 'bin' when there is none. */
export function extensionOf(fileName: string): string {
  const extension = extname(fileName).slice(1).toLowerCase();
  return /^[a-z0-9]{1,8}$/.test(extension) ? extension : 'bin';
}
