import { WebSocket } from 'ws';
import type { Pipe } from '../../shared/contract/pipe';

/** A client that leaves this much unread (bytes) is cut off, so that it cannot fill the engine's memory. */
const MAXIMUM_UNREAD_BYTES = 1024 * 1024 * 1024;

/** A pipe over an open WebSocket of the `ws` package, at either end. Text frames close it: the protocol is binary. */
export function createWsPipe(socket: WebSocket, maximumUnreadBytes = MAXIMUM_UNREAD_BYTES): Pipe {
  socket.binaryType = 'nodebuffer';
  // Without a listener a protocol error of the other side would end the process; 'close' follows and tells the pipe's owner.
  socket.on('error', () => socket.terminate());
  return {
    post: (bytes) => {
      if (socket.readyState !== WebSocket.OPEN) return;
      if (socket.bufferedAmount + bytes.byteLength > maximumUnreadBytes) socket.terminate();
      else socket.send(bytes, { binary: true });
    },
    onMessage: (listener) => {
      socket.on('message', (data: Buffer, isBinary: boolean) => {
        if (isBinary) listener(data);
        else socket.close(1003, 'binary messages only');
      });
    },
    onClose: (listener) => {
      if (socket.readyState === WebSocket.CLOSED) listener();
      else socket.once('close', listener);
    },
    close: () => socket.close(),
  };
}
