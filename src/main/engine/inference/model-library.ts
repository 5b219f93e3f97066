import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../../shared/contract/errors';
import { fileError } from '../project/write-file-whole';
import { type ModelManifest, networksOf, readModelManifest, readNetwork } from './model-manifest';

/** A model folder of the library. `manifest` is null when it cannot be used, and `problem` says why. */
export interface LibraryModel {
  /** Id of the manifest; the folder's name when there is none to read. */
  readonly id: string;
  readonly origin: 'shipped' | 'user';
  readonly folder: string;
  readonly manifest: ModelManifest | null;
  readonly problem: string;
}

const ID = /^[\w.-]{1,100}$/;
/** Prefix of folders that are being brought in or taken away; the library does not see them. */
const UNFINISHED = '.unfinished-';

/** The models that can be used: the one the studio starts with, and those the user brought in, one folder each. */
export class ModelLibrary {
  constructor(
    readonly shippedFolder: string,
    readonly userFolder: string,
  ) {}

  /** All model folders, the shipped one first. A folder that cannot be used is listed with its problem; `checkFiles` also compares every file with its checksum. */
  async list(options: { readonly checkFiles?: boolean } = {}): Promise<LibraryModel[]> {
    const names = (await this.userFolderNames()).sort();
    const folders = [
      { folder: this.shippedFolder, origin: 'shipped' as const },
      ...names.map((name) => ({ folder: join(this.userFolder, name), origin: 'user' as const })),
    ];
    const models = await Promise.all(folders.map(({ folder, origin }) => describe(folder, origin, options.checkFiles === true)));
    return models.map((model, index) => {
      const first = models.findIndex((other) => other.id === model.id && other.manifest !== null);
      const isDoubled = model.manifest !== null && first < index;
      return isDoubled ? { ...model, manifest: null, problem: `Its id is that of ${models[first]?.folder}. Remove one of the two.` } : model;
    });
  }

  /** Folder of a model; the shipped one without an id. AppError 'missing-model' when there is none of that id, 'damaged-model' when it cannot be used. */
  async folderOf(id: string | undefined): Promise<string> {
    if (id === undefined) return this.shippedFolder;
    const models = await this.list();
    const found = models.find((model) => model.id === id && model.manifest !== null) ?? models.find((model) => model.id === id);
    if (found?.manifest) return found.folder;
    if (found)
      throw new AppError(
        'damaged-model',
        `The model "${id}" cannot be used: ${found.problem}`,
        'Bring it in again with `models add <folder> --force`, or choose another model.',
      );
    const known = models.filter((model) => model.manifest).map((model) => model.id);
    throw new AppError(
      'missing-model',
      `The model "${id}" is not installed.`,
      `Bring it in with \`models add <folder>\`, or choose another one${known.length === 0 ? '' : ` (installed: ${known.join(', ')})`}. What is animated already stays as it is.`,
    );
  }

  /**
   * Copies a model folder in, checked file by file; it appears whole or not at all.
   * AppError 'file-exists' when its id is taken and `overwrite` is false, 'bad-input' when the id is the shipped model's or no name for a folder.
   */
  async add(source: string, options: { readonly overwrite: boolean }): Promise<LibraryModel> {
    const manifest = await readModelManifest(source);
    if (!ID.test(manifest.id) || manifest.id.startsWith('.'))
      throw new AppError(
        'bad-input',
        `The model's id "${manifest.id}" cannot be the name of a folder.`,
        'Give it an id of letters, digits and dashes in its manifest.json.',
      );
    const taken = (await this.list()).find((model) => model.id === manifest.id);
    if (taken?.origin === 'shipped')
      throw new AppError('bad-input', `The studio comes with a model of the id "${manifest.id}".`, 'Give the new one another id in its manifest.json.');
    if (taken && !options.overwrite)
      throw new AppError('file-exists', `A model "${manifest.id}" is installed already, in ${taken.folder}.`, 'Replace it with --force.');
    const target = join(this.userFolder, manifest.id);
    const part = join(this.userFolder, `${UNFINISHED}${randomUUID()}`);
    try {
      await mkdir(part, { recursive: true });
      for (const name of await fileNames(source)) await copyFile(join(source, name), join(part, name));
      const added = await describe(part, 'user', true);
      if (added.manifest === null)
        throw new AppError('damaged-model', `The model folder ${source} cannot be used: ${added.problem}`, 'Export or copy it again.');
      await replaceFolder(part, taken && taken.folder !== this.shippedFolder ? taken.folder : target, target);
      return { ...added, folder: target };
    } catch (error) {
      throw fileError(error, target);
    } finally {
      await rm(part, { recursive: true, force: true }).catch(() => undefined);
    }
  }

  private async userFolderNames(): Promise<string[]> {
    const entries = await readdir(this.userFolder, { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith(UNFINISHED)).map((entry) => entry.name);
  }
}

async function describe(folder: string, origin: LibraryModel['origin'], checkFiles: boolean): Promise<LibraryModel> {
  try {
    const manifest = await readModelManifest(folder);
    if (checkFiles) for (const { network } of networksOf(manifest)) await readNetwork(folder, network);
    return { id: manifest.id, origin, folder, manifest, problem: '' };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { id: basename(folder), origin, folder, manifest: null, problem: error.message };
  }
}

/** Files right inside a model folder: all a model consists of. */
async function fileNames(folder: string): Promise<string[]> {
  return (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name);
}

/** Puts a finished folder in its place. The one that was there is put aside first and comes back when the move fails. */
async function replaceFolder(finished: string, previous: string, target: string): Promise<void> {
  const aside = `${finished}-previous`;
  const hadPrevious = await rename(previous, aside).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return false;
    },
  );
  try {
    await rename(finished, target);
  } catch (error) {
    if (hadPrevious) await rename(aside, previous);
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}
