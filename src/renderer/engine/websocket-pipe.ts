import type { Pipe } from '../../shared/contract/pipe';

/** Opens a pipe to the loopback host that served this page. `token` proves that the page was opened by it. Rejects when the host refuses or is gone. */
export function openWebSocketPipe(token: string, location: Location): Promise<Pipe> {
  const socket = new WebSocket(`ws://${location.host}/engine`, ['vividtalker', `token.${token}`]);
  socket.binaryType = 'arraybuffer';
  return new Promise((done, fail) => {
    socket.addEventListener('error', () => fail(new Error('the host refused the connection')), { once: true });
    socket.addEventListener('open', () => done(createPipe(socket)), { once: true });
  });
}

function createPipe(socket: WebSocket): Pipe {
  return {
    post: (bytes) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes as Uint8Array<ArrayBuffer>);
    },
    onMessage: (listener) => {
      socket.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (event.data instanceof ArrayBuffer) listener(new Uint8Array(event.data));
        else socket.close();
      });
    },
    onClose: (listener) => {
      if (socket.readyState === WebSocket.CLOSED) listener();
      else socket.addEventListener('close', () => listener(), { once: true });
    },
    close: () => socket.close(),
  };
}
