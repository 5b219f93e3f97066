import { basename } from 'node:path';
import { app, type BrowserWindow, dialog, shell } from 'electron';
import { type HeldFile, parseShellRequest, type ShellAnswers, type ShellEvent } from '../../shared/contract/shell-messages';
import { HeldFiles } from '../engine/project/held-files';
import { writeFileWhole } from '../engine/project/write-file-whole';

/** The desktop for one window. It holds the paths; the page knows files by id only. */
export interface NativeShell {
  /** Answers a request of the page; the input is parsed first. Rejects with AppError, or with another error when something is broken. */
  answer(request: unknown, input: unknown): Promise<unknown>;
  /** Hands a file the system asked for to the page, now or when the page asks for it. */
  openPath(path: string): Promise<void>;
  hasUnsavedChanges(): boolean;
}

/** The shell of `window`; `send` carries events to its page. */
export function createNativeShell(window: BrowserWindow, send: (event: ShellEvent) => void): NativeShell {
  const files = new HeldFiles();
  const waiting: HeldFile[] = [];
  let isPageListening = false;
  let isModified = false;

  const noteProject = (path: string): void => {
    if (path.endsWith('.vividtalker')) app.addRecentDocument(path);
  };
  const take = (path: string): Promise<HeldFile> => {
    noteProject(path);
    return files.describe(path);
  };

  const answers: ShellAnswers = {
    chooseFiles: async ({ title, extensions, multiple }) => {
      const chosen = await dialog.showOpenDialog(window, {
        title,
        filters: [{ name: title, extensions }],
        properties: multiple ? ['openFile', 'multiSelections'] : ['openFile'],
      });
      return chosen.canceled ? [] : Promise.all(chosen.filePaths.map(take));
    },
    readFile: ({ fileId, startByte, endByte }) => files.read(fileId, startByte, endByte),
    saveFile: async ({ suggestedName, bytes, saveId }) => {
      const chosen =
        saveId === undefined
          ? await dialog.showSaveDialog(window, { defaultPath: basename(suggestedName) })
          : { canceled: false, filePath: files.pathOf(saveId) };
      if (chosen.canceled) return null;
      // The dialog has already asked before overwriting.
      await writeFileWhole(chosen.filePath, bytes, { overwrite: true });
      noteProject(chosen.filePath);
      return { saveId: files.hold(chosen.filePath), fileName: basename(chosen.filePath) };
    },
    revealFile: async ({ saveId }) => {
      shell.showItemInFolder(files.pathOf(saveId));
      return null;
    },
    setDocumentState: async (state) => {
      isModified = state.isModified;
      window.setTitle(`${state.isModified ? '• ' : ''}${state.title} – VividTalker Studio`);
      window.setDocumentEdited(state.isModified);
      return null;
    },
    takeWaitingFiles: async () => {
      isPageListening = true;
      return waiting.splice(0);
    },
  };

  return {
    answer: async (request, input) => {
      const parsed = parseShellRequest(request, input);
      return (answers[parsed.name] as (value: unknown) => Promise<unknown>)(parsed.input);
    },
    openPath: async (path) => {
      const file = await take(path);
      if (isPageListening) send({ type: 'open-file', file });
      else waiting.push(file);
    },
    hasUnsavedChanges: () => isModified,
  };
}
