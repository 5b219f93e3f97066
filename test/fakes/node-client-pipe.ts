import { WebSocket } from 'ws';
import { createWsPipe } from '../../src/main/host/ws-pipe';
import type { Pipe } from '../../src/shared/contract/pipe';

/** Opens a pipe to a loopback host as its page would, from the address the host printed. Rejects with the HTTP status when the host refuses. */
export function openNodeClientPipe(url: string, headers: { origin?: string; host?: string; token?: string } = {}): Promise<Pipe> {
  const { origin, host, hash } = new URL(url);
  const token = headers.token ?? new URLSearchParams(hash.slice(1)).get('token') ?? '';
  const socket = new WebSocket(`ws://${host}/engine`, ['vividtalker', `token.${token}`], {
    origin: headers.origin ?? origin,
    headers: headers.host === undefined ? {} : { host: headers.host },
    perMessageDeflate: false,
  });
  return new Promise((done, fail) => {
    socket.once('open', () => done(createWsPipe(socket)));
    socket.once('unexpected-response', (_request, response) => {
      fail(new Error(`refused: ${response.statusCode}`));
      socket.terminate();
    });
    socket.once('error', fail);
  });
}
