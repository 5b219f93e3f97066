import { createClient } from '../../shared/contract/create-client';
import { AppError } from '../../shared/contract/errors';
import type { Client } from '../../shared/contract/methods';
import { BRIDGE_NAME, type PreloadBridge } from '../../shared/contract/preload-bridge';
import type { Shell } from '../../shared/contract/shell';
import { createBrowserShell } from './browser-shell';
import { createElectronShell } from './electron-shell';
import { createIpcPipe } from './ipc-pipe';
import { openWebSocketPipe } from './websocket-pipe';

/** The studio's two ways out: its engine and the desktop around it. */
export interface Connection {
  readonly client: Client;
  readonly shell: Shell;
}

const TOKEN_KEY = 'vividtalker.token';

/**
 * Connects the page to its engine: over IPC when the Electron preload script left its bridge, else over a WebSocket to the host that served the page.
 * Rejects with AppError 'connection-lost' when no engine answers.
 *
 *     const { client, shell } = await connect();
 */
export async function connect(): Promise<Connection> {
  const bridge = (window as Window & { readonly [BRIDGE_NAME]?: PreloadBridge })[BRIDGE_NAME];
  if (bridge) return { client: createClient(createIpcPipe(bridge)), shell: createElectronShell(bridge) };
  const token = takeToken();
  try {
    return { client: createClient(await openWebSocketPipe(token, window.location)), shell: createBrowserShell() };
  } catch (cause) {
    throw new AppError('connection-lost', 'The studio cannot reach its engine.', 'Start it again and use the address it prints.', { cause });
  }
}

/** Takes the token out of the address bar, where it would end up in bookmarks, and keeps it for reloads of this tab. */
function takeToken(): string {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (!token) return window.sessionStorage.getItem(TOKEN_KEY) ?? '';
  window.sessionStorage.setItem(TOKEN_KEY, token);
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return token;
}
