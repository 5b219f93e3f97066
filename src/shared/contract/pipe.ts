/** Moves whole messages of bytes between two ends; knows nothing of their content. Electron IPC and the loopback WebSocket both carry it. */
export interface Pipe {
  post(bytes: Uint8Array): void;
  onMessage(listener: (bytes: Uint8Array) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}
