import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/contract/errors';
import { fileError } from './project/write-file-whole';

/** Largest file that can be sent to the engine. */
export const MAXIMUM_UPLOAD_BYTES = 2 ** 31 - 1;
const MAXIMUM_OPEN_UPLOADS = 64;

/** A file that was sent completely. */
export interface ReceivedFile {
  readonly path: string;
  readonly fileName: string;
  readonly sizeBytes: number;
}

interface Upload extends ReceivedFile {
  readonly handle: FileHandle;
  receivedBytes: number;
  /** Writes one after another, in the order of the calls. */
  writing: Promise<void>;
}

/** Files on their way from the studio to the engine, kept in a temporary folder. */
export class UploadStore {
  private readonly uploads = new Map<string, Upload>();

  constructor(private readonly folder: string) {}

  async open(fileName: string, sizeBytes: number): Promise<string> {
    if (sizeBytes > MAXIMUM_UPLOAD_BYTES) throw new AppError('bad-input', `${fileName} is larger than 2 GB.`, 'Cut the recording into parts.');
    if (this.uploads.size >= MAXIMUM_OPEN_UPLOADS) throw new AppError('bad-input', 'Too many files are being sent.', 'Wait until some of them have arrived.');
    const uploadId = randomUUID();
    const path = join(this.folder, uploadId);
    try {
      await mkdir(this.folder, { recursive: true });
      this.uploads.set(uploadId, { path, fileName, sizeBytes, handle: await open(path, 'wx', 0o600), receivedBytes: 0, writing: Promise.resolve() });
    } catch (error) {
      throw fileError(error, path);
    }
    return uploadId;
  }

  /** Adds a piece; resolves to the number of bytes received so far. */
  async append(uploadId: string, bytes: Uint8Array): Promise<number> {
    const upload = this.find(uploadId);
    if (upload.receivedBytes + bytes.length > upload.sizeBytes)
      throw new AppError('bad-input', `${upload.fileName} is longer than announced.`, 'The file may have changed meanwhile: open it again.');
    const position = upload.receivedBytes;
    upload.receivedBytes += bytes.length;
    upload.writing = upload.writing.then(async () => {
      await upload.handle.write(bytes, 0, bytes.length, position);
    });
    try {
      await upload.writing;
    } catch (error) {
      throw fileError(error, upload.path);
    }
    return upload.receivedBytes;
  }

  /** Ends an upload: the file now belongs to the caller, who moves or removes it. */
  async take(uploadId: string): Promise<ReceivedFile> {
    const upload = this.find(uploadId);
    this.uploads.delete(uploadId);
    await upload.writing.finally(() => upload.handle.close());
    if (upload.receivedBytes !== upload.sizeBytes) {
      await rm(upload.path, { force: true });
      throw new AppError('bad-input', `Only ${upload.receivedBytes} of ${upload.sizeBytes} bytes of ${upload.fileName} arrived.`, 'Open the file again.');
    }
    return upload;
  }

  async discard(uploadId: string): Promise<void> {
    const upload = this.find(uploadId);
    this.uploads.delete(uploadId);
    await upload.handle.close();
    await rm(upload.path, { force: true });
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.uploads.keys()].map((uploadId) => this.discard(uploadId)));
  }

  private find(uploadId: string): Upload {
    const upload = this.uploads.get(uploadId);
    if (!upload) throw new AppError('bad-input', 'There is no such upload.', 'Open the file again.');
    return upload;
  }
}
