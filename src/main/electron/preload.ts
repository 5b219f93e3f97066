import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_NAME, CHANNELS, type PreloadBridge } from '../../shared/contract/preload-bridge';

const bridge: PreloadBridge = {
  post: (bytes) => ipcRenderer.send(CHANNELS.pipe, bytes),
  onMessage: (listener) => {
    ipcRenderer.on(CHANNELS.pipe, (_event, bytes: Uint8Array) => listener(bytes));
  },
  ask: (request, input) => ipcRenderer.invoke(CHANNELS.shell, request, input),
  onShellEvent: (listener) => {
    ipcRenderer.on(CHANNELS.shellEvent, (_event, shellEvent: unknown) => listener(shellEvent));
  },
};

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);
