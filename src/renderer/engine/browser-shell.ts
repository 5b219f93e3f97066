import { AppError } from '../../shared/contract/errors';
import type { ChosenFile, Shell } from '../../shared/contract/shell';

/** The part of the File System Access API the studio uses; TypeScript's DOM types leave the pickers out. */
interface FilePickers {
  showOpenFilePicker?: (options: { multiple: boolean; types: PickerType[] }) => Promise<FileSystemFileHandle[]>;
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
}
interface PickerType {
  description: string;
  accept: Record<string, string[]>;
}

/**
 * The desktop as a browser offers it. With the File System Access API files are saved in place; without it they are chosen by an input element and saved as downloads
 * (a page that deletes the two pickers from `window` gets this way too, which end-to-end tests use).
 */
export function createBrowserShell(): Shell {
  const pickers = window as unknown as FilePickers;
  const handles = new Map<string, FileSystemFileHandle>();
  const remember = (handle: FileSystemFileHandle): string => {
    const saveId = `file-${handles.size + 1}`;
    handles.set(saveId, handle);
    return saveId;
  };
  let isModified = false;
  window.addEventListener('beforeunload', (event) => {
    if (isModified) event.preventDefault();
  });

  return {
    canRevealFile: false,
    chooseFiles: async ({ title, extensions, multiple }) => {
      if (!pickers.showOpenFilePicker) return (await chooseWithInput(extensions, multiple)).map((file) => toChosenFile(file));
      const accept = { 'application/octet-stream': extensions.map((extension) => `.${extension}`) };
      const chosen = await unlessDismissed(pickers.showOpenFilePicker({ multiple, types: [{ description: title, accept }] }));
      return Promise.all((chosen ?? []).map(async (handle) => toChosenFile(await handle.getFile(), remember(handle))));
    },
    saveFile: async ({ suggestedName, bytes, saveId }) => {
      const known = saveId === undefined ? undefined : handles.get(saveId);
      if (known) {
        await write(known, bytes);
        return { saveId: saveId as string, fileName: known.name };
      }
      if (!pickers.showSaveFilePicker) return download(suggestedName, bytes);
      try {
        const handle = await unlessDismissed(pickers.showSaveFilePicker({ suggestedName }));
        if (!handle) return null;
        await write(handle, bytes);
        return { saveId: remember(handle), fileName: handle.name };
      } catch (error) {
        // A picker needs a recent click; after a long export that click is too old.
        if (error instanceof DOMException && error.name === 'SecurityError') return download(suggestedName, bytes);
        throw error;
      }
    },
    revealFile: () => Promise.reject(new AppError('not-supported', 'A browser cannot show files in the file manager.', 'Look in the folder you saved to.')),
    setDocumentState: (state) => {
      isModified = state.isModified;
      document.title = `${state.isModified ? '• ' : ''}${state.title}`;
    },
    // A browser has no native menu and opens no files for a page.
    onCommand: () => undefined,
    onOpenFile: () => undefined,
  };
}

/** A `File` of a browser (chosen or dropped) as the studio reads files. */
export function toChosenFile(file: File, saveId?: string): ChosenFile {
  return {
    fileName: file.name,
    sizeBytes: file.size,
    saveId,
    read: async (startByte, endByte) => new Uint8Array(await file.slice(startByte, endByte).arrayBuffer()),
  };
}

function chooseWithInput(extensions: readonly string[], multiple: boolean): Promise<File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = multiple;
  input.accept = extensions.map((extension) => `.${extension}`).join(',');
  return new Promise((done) => {
    input.addEventListener('change', () => done([...(input.files ?? [])]), { once: true });
    input.addEventListener('cancel', () => done([]), { once: true });
    input.click();
  });
}

/** Writes whole or not at all: the browser swaps the file in when the stream is closed. */
async function write(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<void> {
  const stream = await handle.createWritable();
  try {
    await stream.write(bytes as Uint8Array<ArrayBuffer>);
  } catch (cause) {
    await stream.abort();
    throw new AppError('disk-full', `'${handle.name}' could not be written.`, 'Check the free space and the permissions of the folder.', { cause });
  }
  await stream.close();
}

function download(fileName: string, bytes: Uint8Array): { saveId: string; fileName: string } {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser reads the Blob after the click returns.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return { saveId: 'download', fileName };
}

/** Null when the user closed the picker. */
async function unlessDismissed<T>(picking: Promise<T>): Promise<T | null> {
  try {
    return await picking;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}
