import { randomUUID } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/contract/errors';
import type { HeldFile } from '../../../shared/contract/shell-messages';

const LARGEST_PIECE_BYTES = 64 * 1024 * 1024;

/** Files a page may use, by id: the page never sees or names a path. An id is as good as the permission the user gave in a dialog. */
export class HeldFiles {
  private readonly paths = new Map<string, string>();

  /** The id of a path; one path keeps one id. */
  hold(path: string): string {
    const known = [...this.paths].find(([, heldPath]) => heldPath === path);
    const id = known?.[0] ?? randomUUID();
    this.paths.set(id, path);
    return id;
  }

  /** Throws AppError 'file-not-found' for an id that was never given out. */
  pathOf(id: string): string {
    const path = this.paths.get(id);
    if (path === undefined) throw new AppError('file-not-found', 'That file is not open any more.', 'Open it again.');
    return path;
  }

  /** What the page learns of a file. Rejects with AppError when it is not there. */
  async describe(path: string): Promise<HeldFile> {
    const { size } = await stat(path).catch((error: unknown) => Promise.reject(unreadable(error, path)));
    const id = this.hold(path);
    return { fileId: id, saveId: id, fileName: basename(path), sizeBytes: size };
  }

  /** The bytes `[startByte, endByte)` of a file, fewer at its end; at most 64 MB at once. */
  async read(id: string, startByte: number, endByte: number): Promise<Uint8Array<ArrayBuffer>> {
    const byteCount = endByte - startByte;
    if (byteCount < 0 || byteCount > LARGEST_PIECE_BYTES) throw new AppError('bad-input', 'A file is read in pieces of at most 64 MB.');
    const path = this.pathOf(id);
    const file = await open(path).catch((error: unknown) => Promise.reject(unreadable(error, path)));
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(byteCount), 0, byteCount, startByte);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
}

function unreadable(cause: unknown, path: string): AppError {
  const name = basename(path);
  const isGone = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  if (isGone) return new AppError('file-not-found', `${name} is not there any more.`, 'Check the folder and open it again.', { cause });
  return new AppError('permission-denied', `${name} cannot be read.`, 'Check its permissions, or copy it to a folder of your own.', { cause });
}
