import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../../shared/contract/errors';

/** Random access to the bytes of a sound file, wherever they are. */
export interface ByteSource {
  readonly name: string;
  readonly sizeBytes: number;
  /** Bytes [offset, offset + length), fewer at the end of the source. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Bytes that are already in memory; `read` returns views and lets the event loop turn, so a long decode never blocks it. */
export function memoryByteSource(bytes: Uint8Array, name: string): ByteSource {
  return {
    name,
    sizeBytes: bytes.length,
    async read(offset, length) {
      await nextTurn();
      return bytes.subarray(offset, Math.min(bytes.length, offset + length));
    },
    close: () => Promise.resolve(),
  };
}

/** Opens a file for reading. Errors: `file-not-found`, `permission-denied`, `bad-input` for a folder. */
export async function openFileByteSource(filePath: string): Promise<ByteSource> {
  const handle = await openForReading(filePath);
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw new AppError('bad-input', `${filePath} is not a file.`, 'Choose a sound file.');
    return fileByteSource(handle, filePath, status.size);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function fileByteSource(handle: FileHandle, filePath: string, sizeBytes: number): ByteSource {
  return {
    name: filePath,
    sizeBytes,
    async read(offset, length) {
      const wanted = Math.max(0, Math.min(length, sizeBytes - offset));
      const bytes = new Uint8Array(wanted);
      let filled = 0;
      while (filled < wanted) {
        const { bytesRead } = await handle.read(bytes, filled, wanted - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    close: () => handle.close(),
  };
}

async function openForReading(filePath: string): Promise<FileHandle> {
  try {
    return await open(filePath, 'r');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new AppError('file-not-found', `There is no file ${filePath}.`, 'Check the path and the spelling.', { cause: error });
    }
    if (code === 'EACCES' || code === 'EPERM') {
      throw new AppError('permission-denied', `${filePath} may not be read.`, 'Check the rights of the file, or copy it elsewhere.', { cause: error });
    }
    throw error;
  }
}
