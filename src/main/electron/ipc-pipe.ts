import { type IpcMainEvent, ipcMain, type WebContents, type WebFrameMain } from 'electron';
import type { Pipe } from '../../shared/contract/pipe';
import { CHANNELS } from '../../shared/contract/preload-bridge';
import { STUDIO_ORIGIN } from '../host/app-protocol';

/** True for the top frame of the studio's own page; everything else that can send IPC is refused. */
export function isStudioFrame(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && frame.url.startsWith(`${STUDIO_ORIGIN}/`);
}

/** The main process's end of the pipe to a window's page. It closes with the page: when the window goes, its process crashes, or the owner closes it on a reload. */
export function createIpcPipe(contents: WebContents): Pipe {
  const messageListeners: ((bytes: Uint8Array) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let isClosed = false;

  const receive = (event: IpcMainEvent, bytes: unknown): void => {
    if (event.sender !== contents || !isStudioFrame(event.senderFrame) || !(bytes instanceof Uint8Array)) return;
    for (const listener of messageListeners) listener(bytes);
  };
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    ipcMain.off(CHANNELS.pipe, receive);
    for (const listener of closeListeners) listener();
  };
  ipcMain.on(CHANNELS.pipe, receive);
  contents.once('destroyed', close);
  contents.once('render-process-gone', close);

  return {
    post: (bytes) => {
      if (!isClosed && !contents.isDestroyed()) contents.send(CHANNELS.pipe, bytes);
    },
    onMessage: (listener) => {
      messageListeners.push(listener);
    },
    onClose: (listener) => {
      closeListeners.push(listener);
    },
    close,
  };
}
