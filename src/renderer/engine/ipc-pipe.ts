import type { Pipe } from '../../shared/contract/pipe';
import type { PreloadBridge } from '../../shared/contract/preload-bridge';

/** The page's end of the pipe through the Electron preload script. It lives as long as the window: the engine is in the process that owns the window. */
export function createIpcPipe(bridge: PreloadBridge): Pipe {
  let isClosed = false;
  const closeListeners: (() => void)[] = [];
  return {
    post: (bytes) => {
      if (!isClosed) bridge.post(bytes);
    },
    onMessage: (listener) =>
      bridge.onMessage((bytes) => {
        if (!isClosed) listener(bytes);
      }),
    onClose: (listener) => {
      closeListeners.push(listener);
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      for (const listener of closeListeners) listener();
    },
  };
}
