import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../../shared/contract/errors';

/** Writes a file so that it appears whole or not at all: a temporary file beside it, flushed to disk, then renamed. `overwrite` false refuses an existing file. */
export async function writeFileWhole(path: string, bytes: Uint8Array, options: { readonly overwrite: boolean }): Promise<void> {
  if (!options.overwrite) await refuseExisting(path);
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    await writeFlushed(temporary, bytes);
    if (options.overwrite) await rename(temporary, path);
    else await linkNew(temporary, path);
  } catch (error) {
    throw fileError(error, path);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Throws AppError 'file-exists' when the path is taken, 'bad-input' when it is a folder. */
export async function refuseExisting(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw fileError(error, path);
  });
  if (found) throw existsError(path);
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A link fails when the name is taken meanwhile, which a rename would overwrite; file systems without links get the rename after one more look. */
async function linkNew(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    await refuseExisting(path);
    await rename(temporary, path);
  }
}

function deniedError(path: string, cause: unknown): AppError {
  return new AppError('permission-denied', `${path} cannot be written: no permission.`, 'Choose a folder of your own, or change its permissions.', { cause });
}

function existsError(path: string): AppError {
  return new AppError('file-exists', `${path} exists already.`, 'Choose another name, or allow overwriting with --force.');
}

/** Turns an error of the file system into one a user can act on; others pass unchanged. */
export function fileError(error: unknown, path: string): unknown {
  if (error instanceof AppError) return error;
  const options = { cause: error };
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return deniedError(path, error);
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('disk-full', `${path} cannot be written: the disk is full.`, 'Free some space and try again; nothing was changed.', options);
    case 'EEXIST':
      return existsError(path);
    case 'ENOENT':
      // Some folders of the system exist and still take no files.
      if (existsSync(dirname(path))) return deniedError(path, error);
      return new AppError('file-not-found', `The folder ${dirname(path)} does not exist.`, 'Create it first, or choose another one.', options);
    case 'ENOTDIR':
      return new AppError('bad-input', `${dirname(path)} is not a folder.`, 'Choose a path inside a folder.', options);
    case 'EISDIR':
      return new AppError('bad-input', `${path} is a folder.`, 'Give the name of a file.', options);
    case 'ENAMETOOLONG':
      return new AppError('bad-input', 'The file name is too long.', 'Choose a shorter one.', options);
    default:
      return error;
  }
}
