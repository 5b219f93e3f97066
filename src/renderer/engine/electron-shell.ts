import { z } from 'zod';
import { AppError, ERROR_CODES } from '../../shared/contract/errors';
import type { PreloadBridge } from '../../shared/contract/preload-bridge';
import type { ChosenFile, Shell, ShellCommand } from '../../shared/contract/shell';
import { type HeldFile, type ShellInput, type ShellOutput, type ShellRequestName, shellEventSchema, shellRequests } from '../../shared/contract/shell-messages';

const replySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.enum(ERROR_CODES), message: z.string(), hint: z.string() }) }),
]);

/** The desktop as the Electron main process offers it: native dialogs, files by id, the menu. */
export function createElectronShell(bridge: PreloadBridge): Shell {
  const commandListeners: ((command: ShellCommand) => void)[] = [];
  const openFileListeners: ((file: ChosenFile) => void)[] = [];

  const ask = async <R extends ShellRequestName>(request: R, input: ShellInput<R>): Promise<ShellOutput<R>> => {
    const reply = replySchema.parse(await bridge.ask(request, input));
    if (!reply.ok) throw new AppError(reply.error.code, reply.error.message, reply.error.hint);
    const schema: z.ZodType = shellRequests[request].output;
    return schema.parse(reply.value) as ShellOutput<R>;
  };
  const toChosenFile = (held: HeldFile): ChosenFile => ({
    fileName: held.fileName,
    sizeBytes: held.sizeBytes,
    saveId: held.saveId,
    read: (startByte, endByte) => ask('readFile', { fileId: held.fileId, startByte, endByte }),
  });

  bridge.onShellEvent((raw) => {
    const event = shellEventSchema.parse(raw);
    if (event.type === 'command') {
      for (const listener of commandListeners) listener(event.command);
      return;
    }
    for (const listener of openFileListeners) listener(toChosenFile(event.file));
  });

  return {
    canRevealFile: true,
    chooseFiles: async ({ title, extensions, multiple }) => (await ask('chooseFiles', { title, extensions: [...extensions], multiple })).map(toChosenFile),
    saveFile: ({ suggestedName, bytes, saveId }) => ask('saveFile', { suggestedName, bytes, saveId }),
    revealFile: async (saveId) => {
      await ask('revealFile', { saveId });
    },
    setDocumentState: (state) => {
      ask('setDocumentState', state).catch((error: unknown) => reportError(error));
    },
    onCommand: (listener) => {
      commandListeners.push(listener);
    },
    onOpenFile: (listener) => {
      openFileListeners.push(listener);
      ask('takeWaitingFiles', {})
        .then((files) => files.map(toChosenFile).forEach(listener))
        .catch((error: unknown) => reportError(error));
    },
  };
}
