import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { MAXIMUM_MESSAGE_BYTES } from '../../shared/contract/codec';
import type { FailureLog } from '../../shared/contract/serve-handlers';
import { type Guard, SUBPROTOCOL } from './guard';
import { serveFile } from './serve-file';

/** What an HTTP host needs; `onSocket` gets every socket the guard let in. The port is known only after listening, so the guard comes as a function. */
export interface HttpHostOptions {
  readonly rendererFolder: string;
  readonly logger: FailureLog;
  guard(): Guard;
  socketSources(): readonly string[];
  onSocket(socket: WebSocket): void;
}

const MAXIMUM_CONNECTIONS = 64;

/** An HTTP server, not yet listening, that serves the built studio and hands guarded WebSockets on. */
export function createHttpHost(options: HttpHostOptions): { server: Server; sockets: WebSocketServer } {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000, maxHeaderSize: 16 * 1024 }, (request, response) => {
    answerPage(options, request, response).catch((error: unknown) => {
      options.logger.error('a page could not be served', { cause: String(error) });
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  server.maxConnections = MAXIMUM_CONNECTIONS;
  server.on('clientError', (_error, socket) => socket.destroy());

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAXIMUM_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = request.url === '/engine' ? options.guard().refuseSocket(request) : 404;
    if (refusal) socket.end(`HTTP/1.1 ${refusal} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    else sockets.handleUpgrade(request, socket, head, options.onSocket);
  });
  return { server, sockets };
}

async function answerPage(options: HttpHostOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refusal = options.guard().refusePage(request);
  if (refusal) {
    response.writeHead(refusal, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' }).end('Refused\n');
    return;
  }
  const pathname = (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
  const answer = await serveFile(options.rendererFolder, pathname, options.socketSources());
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': answer.body.byteLength });
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}
