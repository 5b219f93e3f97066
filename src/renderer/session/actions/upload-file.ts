import type { ChosenFile } from '../../../shared/contract/shell';
import type { JobContext } from '../../workspace/job-store';
import type { Studio } from '../studio';

const PIECE_BYTES = 1 << 20;

/** Sends a file to the engine in pieces of 1 MB. Returns the upload's id; a failed or cancelled upload is forgotten by the engine. */
export async function uploadFile(studio: Studio, file: ChosenFile, context: JobContext, share = 1): Promise<string> {
  const { uploadId } = await studio.client.call('upload.open', { fileName: file.fileName, sizeBytes: file.sizeBytes });
  try {
    for (let start = 0; start < file.sizeBytes; start += PIECE_BYTES) {
      const bytes = await file.read(start, Math.min(file.sizeBytes, start + PIECE_BYTES));
      await studio.client.call('upload.append', { uploadId, bytes }, { signal: context.signal });
      context.onProgress(share * Math.min(1, (start + bytes.length) / file.sizeBytes), 'Reading the file');
    }
    return uploadId;
  } catch (error) {
    if (studio.engine.getState().isConnected) await studio.client.call('upload.discard', { uploadId });
    throw error;
  }
}

/** Bytes in memory as a file to upload. */
export function fileOfBytes(fileName: string, bytes: Uint8Array): ChosenFile {
  return { fileName, sizeBytes: bytes.length, read: async (start, end) => bytes.slice(start, end) };
}
