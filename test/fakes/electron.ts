import { EventEmitter } from 'node:events';

/**
 * A stand-in for the `electron` package: just enough behaviour to run the Electron shell in plain Node, and nothing of a window. IPC copies what it carries by structured
 * clone and delivers it later, as the real one does. Tests read what the shell did from `electronFake`.
 */
type Listener = (...values: never[]) => unknown;

export interface FakeFrame {
  readonly parent: FakeFrame | null;
  readonly url: string;
}

export class FakeWebContents extends EventEmitter {
  mainFrame: FakeFrame = { parent: null, url: 'app://studio/' };
  windowOpenHandler: ((details: { url: string }) => { action: string }) | undefined;
  private gone = false;

  send(channel: string, value: unknown): void {
    const copy = structuredClone(value);
    // A page that is gone hears nothing any more, even what was sent before.
    setImmediate(() => {
      if (!this.gone && electronFake.currentContents === this) ipcRenderer.emit(channel, {}, copy);
    });
  }
  isDestroyed(): boolean {
    return this.gone;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
  /** What closing a window does to its page. */
  destroy(): void {
    this.gone = true;
    this.emit('destroyed');
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.all;
  }
  readonly webContents = new FakeWebContents();
  title = '';
  documentEdited = false;
  isShown = false;
  loadedUrl = '';
  representedFile = '';

  constructor(readonly options: Record<string, unknown> = {}) {
    super();
    BrowserWindow.all.push(this);
    electronFake.currentContents = this.webContents;
  }
  async loadURL(url: string): Promise<void> {
    this.loadedUrl = url;
    this.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false, url });
    this.webContents.emit('did-finish-load');
    this.emit('ready-to-show');
  }
  show(): void {
    this.isShown = true;
  }
  focus(): void {
    this.isShown = true;
  }
  restore(): void {
    this.isShown = true;
  }
  isMinimized(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }
  setTitle(title: string): void {
    this.title = title;
  }
  setDocumentEdited(isEdited: boolean): void {
    this.documentEdited = isEdited;
  }
  /** Asks to close, as a click on the frame does; false when the shell kept it open. */
  close(): boolean {
    let isPrevented = false;
    this.emit('close', {
      preventDefault: () => {
        isPrevented = true;
      },
    });
    if (!isPrevented) this.destroy();
    return !isPrevented;
  }
  destroy(): void {
    this.webContents.destroy();
    this.emit('closed');
  }
}

class FakeIpcMain extends EventEmitter {
  readonly handlers = new Map<string, Listener>();
  handle(channel: string, handler: Listener): void {
    if (this.handlers.has(channel)) throw new Error(`a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }
}

export const ipcMain = new FakeIpcMain();

class FakeIpcRenderer extends EventEmitter {
  send(channel: string, value: unknown): void {
    const copy = structuredClone(value);
    const sender = electronFake.currentContents;
    setImmediate(() => ipcMain.emit(channel, { sender, senderFrame: sender?.mainFrame ?? null }, copy));
  }
  async invoke(channel: string, ...values: unknown[]): Promise<unknown> {
    const handler = ipcMain.handlers.get(channel) as ((...values: unknown[]) => unknown) | undefined;
    if (!handler) throw new Error(`no handler for '${channel}'`);
    const sender = electronFake.currentContents;
    return structuredClone(await handler({ sender, senderFrame: sender?.mainFrame ?? null }, ...structuredClone(values)));
  }
}

export const ipcRenderer = new FakeIpcRenderer();
// Many pages of a test share this one renderer.
ipcRenderer.setMaxListeners(0);

export const contextBridge = {
  exposeInMainWorld: (name: string, value: unknown): void => {
    electronFake.exposed[name] = value;
  },
};

class FakeApp extends EventEmitter {
  isPackaged = false;
  hasLock = true;
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  requestSingleInstanceLock(): boolean {
    return this.hasLock;
  }
  getVersion(): string {
    return '0.0.0-fake';
  }
  quit(): void {
    electronFake.hasQuit = true;
    this.emit('will-quit', { preventDefault: () => undefined });
  }
  exit(code: number): void {
    electronFake.exitCode = code;
  }
  getPath(name: string): string {
    return `${electronFake.userFolder}/${name}`;
  }
  getAppPath(): string {
    return electronFake.appFolder;
  }
  addRecentDocument(path: string): void {
    electronFake.recentDocuments.push(path);
  }
}

export const app = new FakeApp();

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown): void => {
    electronFake.privilegedSchemes = schemes;
  },
  handle: (scheme: string, handler: (request: Request) => Promise<Response>): void => {
    electronFake.protocolHandlers.set(scheme, handler);
  },
};

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: (contents: unknown, permission: string, done: (isAllowed: boolean) => void) => void): void => {
      electronFake.permissionRequestHandler = handler;
    },
    setPermissionCheckHandler: (handler: () => boolean): void => {
      electronFake.permissionCheckHandler = handler;
    },
  },
};

export interface FakeMenuItem {
  readonly label?: string;
  readonly role?: string;
  readonly submenu?: FakeMenuItem[];
  readonly click?: () => void;
}

export const Menu = {
  buildFromTemplate: (template: FakeMenuItem[]): FakeMenuItem[] => template,
  setApplicationMenu: (menu: FakeMenuItem[] | null): void => {
    electronFake.menu = menu;
  },
};

export const dialog = {
  showOpenDialog: async (_window: unknown, options: unknown): Promise<{ canceled: boolean; filePaths: string[] }> => {
    electronFake.dialogs.push(options);
    return electronFake.nextOpen;
  },
  showSaveDialog: async (_window: unknown, options: unknown): Promise<{ canceled: boolean; filePath: string }> => {
    electronFake.dialogs.push(options);
    return electronFake.nextSave;
  },
  showMessageBoxSync: (_window: unknown, options: unknown): number => {
    electronFake.dialogs.push(options);
    return electronFake.nextButton;
  },
  showErrorBox: (title: string, content: string): void => {
    electronFake.dialogs.push({ title, content });
  },
};

export const shell = {
  showItemInFolder: (path: string): void => {
    electronFake.revealed.push(path);
  },
};

export class FakeUtilityProcess extends EventEmitter {
  readonly posted: unknown[] = [];
  isKilled = false;
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  kill(): boolean {
    this.isKilled = true;
    return true;
  }
}

export const utilityProcess = {
  fork: (entryPath: string, parameters: string[], options: unknown): FakeUtilityProcess => {
    const child = new FakeUtilityProcess();
    electronFake.forked.push({ entryPath, parameters, options, child });
    return child;
  },
};

/** What the shell did, and what the fake answers next. */
export const electronFake = {
  appFolder: '',
  userFolder: '',
  currentContents: undefined as FakeWebContents | undefined,
  exposed: {} as Record<string, unknown>,
  dialogs: [] as unknown[],
  revealed: [] as string[],
  recentDocuments: [] as string[],
  forked: [] as { entryPath: string; parameters: string[]; options: unknown; child: FakeUtilityProcess }[],
  nextOpen: { canceled: true, filePaths: [] as string[] },
  nextSave: { canceled: true, filePath: '' },
  nextButton: 0,
  menu: null as FakeMenuItem[] | null,
  privilegedSchemes: undefined as unknown,
  protocolHandlers: new Map<string, (request: Request) => Promise<Response>>(),
  permissionRequestHandler: undefined as ((contents: unknown, permission: string, done: (isAllowed: boolean) => void) => void) | undefined,
  permissionCheckHandler: undefined as (() => boolean) | undefined,
  hasQuit: false,
  exitCode: undefined as number | undefined,
};
