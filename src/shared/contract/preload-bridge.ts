/** All a page in the Electron window gets from its preload script: bytes for the engine, requests and events of the shell. */
export interface PreloadBridge {
  post(bytes: Uint8Array): void;
  onMessage(listener: (bytes: Uint8Array) => void): void;
  /** Resolves to `{ ok: true, value }` or `{ ok: false, error }`, because IPC loses error classes. */
  ask(request: string, input: unknown): Promise<unknown>;
  onShellEvent(listener: (event: unknown) => void): void;
}

/** The names of the IPC channels and of the bridge on `window`. */
export const BRIDGE_NAME = 'vividtalker';
export const CHANNELS = { pipe: 'vividtalker.pipe', shell: 'vividtalker.shell', shellEvent: 'vividtalker.shell-event' } as const;
