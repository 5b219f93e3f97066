import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AppError } from '../../shared/contract/errors';
import type { Handlers } from '../../shared/contract/methods';
import { type FailureLog, serveHandlers } from '../../shared/contract/serve-handlers';
import { createGuard, createToken } from './guard';
import { createHttpHost } from './http-host';
import { createWsPipe } from './ws-pipe';

/** `engine` is what `createEngine` returns; `port` 0 (the default) lets the system choose; `checkOutputs` is for tests and development. */
export interface StartHostOptions {
  readonly engine: { readonly handlers: Partial<Handlers> };
  readonly rendererFolder: string;
  readonly logger: FailureLog;
  readonly port?: number | undefined;
  readonly checkOutputs?: boolean;
}

/** A running host. `url` carries the token in its fragment, which a browser never sends to anyone. */
export interface Host {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves the studio and its engine on 127.0.0.1 to whoever knows the token.
 *
 *     const host = await startHost({ engine, rendererFolder, logger });
 *     console.log(host.url);
 *
 * Throws AppError 'bad-input' when the port is taken and 'file-not-found' when the studio has not been built. Closing the host leaves the engine to its owner.
 */
export async function startHost(options: StartHostOptions): Promise<Host> {
  if (!existsSync(join(options.rendererFolder, 'index.html'))) {
    throw new AppError(
      'file-not-found',
      `The studio is not built: ${join(options.rendererFolder, 'index.html')} is missing.`,
      'Start it with npm start, which builds it.',
    );
  }
  const token = createToken();
  let guard = createGuard(0, token);
  let socketSources: string[] = [];
  const { server, sockets } = createHttpHost({
    rendererFolder: options.rendererFolder,
    logger: options.logger,
    guard: () => guard,
    socketSources: () => socketSources,
    onSocket: (socket) => serveHandlers(createWsPipe(socket), options.engine.handlers, { logger: options.logger, checkOutputs: options.checkOutputs === true }),
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  guard = createGuard(port, token);
  socketSources = [`ws://127.0.0.1:${port}`, `ws://localhost:${port}`];
  return {
    url: `http://127.0.0.1:${port}/#token=${token}`,
    port,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      fail(
        isTaken ? new AppError('bad-input', `Port ${port} cannot be used: ${error.code}.`, 'Choose another port, or leave it out.', { cause: error }) : error,
      );
    });
    server.listen(port, '127.0.0.1', done);
  });
}
