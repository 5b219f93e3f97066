import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineOptions } from '../../src/main/engine/create-engine';
import { createElectronShell } from '../../src/renderer/engine/electron-shell';
import { createIpcPipe } from '../../src/renderer/engine/ipc-pipe';
import { createClient } from '../../src/shared/contract/create-client';
import { BRIDGE_NAME, CHANNELS, type PreloadBridge } from '../../src/shared/contract/preload-bridge';
import type { ChosenFile, Shell, ShellCommand } from '../../src/shared/contract/shell';
import { app, BrowserWindow, electronFake, type FakeMenuItem, ipcMain } from '../fakes/electron';
import { createStubEngine } from '../fakes/stub-handlers';

const engineOptions: EngineOptions[] = [];
let isEngineDisposed = false;
vi.mock('../../src/main/engine/create-engine', () => ({
  createEngine: (options: EngineOptions) => {
    engineOptions.push(options);
    return {
      handlers: createStubEngine().handlers,
      warmUp: () => undefined,
      dispose: async () => {
        isEngineDisposed = true;
      },
    };
  },
}));

let folder: string;
let window: BrowserWindow;
let bridge: PreloadBridge;
let shell: Shell;
const projectBytes = new Uint8Array([1, 2, 3, 4]);

/** Starts the whole shell once, as Electron would, with one project on its command line. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vividtalker-'));
  mkdirSync(join(folder, 'out', 'renderer'), { recursive: true });
  mkdirSync(join(folder, 'temp'));
  writeFileSync(join(folder, 'out', 'renderer', 'index.html'), '<!doctype html><title>studio</title>');
  writeFileSync(join(folder, 'first.vividtalker'), projectBytes);
  electronFake.appFolder = folder;
  electronFake.userFolder = folder;
  process.argv.push(join(folder, 'first.vividtalker'));
  await import('../../src/main/electron/preload');
  await import('../../src/main/electron/main');
  await vi.waitFor(() => expect(BrowserWindow.all[0]?.loadedUrl).toBe('app://studio/'));
  window = BrowserWindow.all[0] as BrowserWindow;
  bridge = electronFake.exposed[BRIDGE_NAME] as PreloadBridge;
  shell = createElectronShell(bridge);
});
afterAll(() => {
  process.argv.pop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  electronFake.dialogs.length = 0;
  electronFake.nextOpen = { canceled: true, filePaths: [] };
  electronFake.nextSave = { canceled: true, filePath: '' };
});

describe('the Electron shell', () => {
  it('opens one sandboxed window without Node', () => {
    expect(BrowserWindow.all).toHaveLength(1);
    expect(window.isShown).toBe(true);
    expect(window.options['webPreferences']).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false });
    expect(window.options['webPreferences']).not.toHaveProperty('webSecurity');
  });

  it('exposes four functions to the page and no more', () => {
    expect(Object.keys(electronFake.exposed)).toEqual([BRIDGE_NAME]);
    expect(Object.keys(bridge).sort()).toEqual(['ask', 'onMessage', 'onShellEvent', 'post']);
  });

  it('denies every permission, new window, navigation and webview', () => {
    const decide = vi.fn();
    electronFake.permissionRequestHandler?.({}, 'media', decide);
    expect(decide).toHaveBeenCalledExactlyOnceWith(false);
    expect(electronFake.permissionCheckHandler?.()).toBe(false);
    expect(window.webContents.windowOpenHandler?.({ url: 'https://example.org' })).toEqual({ action: 'deny' });
    for (const event of ['will-navigate', 'will-attach-webview']) {
      const preventDefault = vi.fn();
      window.webContents.emit(event, { preventDefault });
      expect(preventDefault).toHaveBeenCalledOnce();
    }
  });

  it('serves the studio, and nothing else, over its own scheme', async () => {
    const answer = electronFake.protocolHandlers.get('app') as (request: Request) => Promise<Response>;
    const page = await answer(new Request('app://studio/'));
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>studio</title>']);
    expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'self'");
    expect(page.headers.get('Content-Security-Policy')).not.toContain('ws:');
    expect((await answer(new Request('app://studio/..%2f..%2ffirst.vividtalker'))).status).toBe(404);
    expect((await answer(new Request('app://elsewhere/'))).status).toBe(403);
    expect((await answer(new Request('app://studio/', { method: 'POST' }))).status).toBe(403);
    expect(electronFake.privilegedSchemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  });

  it('answers the page of its window, and nobody else', async () => {
    const client = createClient(createIpcPipe(bridge));
    expect(await client.call('upload.append', { uploadId: 'a', bytes: new Uint8Array([5]) })).toEqual({ receivedBytes: 5 });
    const ask = ipcMain.handlers.get(CHANNELS.shell) as (event: unknown, request: unknown, input: unknown) => Promise<unknown>;
    const sender = window.webContents;
    for (const senderFrame of [
      null,
      { parent: null, url: 'https://example.org/' },
      { parent: null, url: 'app://studio.example.org/' },
      { parent: sender.mainFrame, url: 'app://studio/' },
    ]) {
      expect(await ask({ sender, senderFrame }, 'takeWaitingFiles', {})).toMatchObject({ ok: false, error: { code: 'permission-denied' } });
    }
    expect(await ask({ sender: {}, senderFrame: sender.mainFrame }, 'takeWaitingFiles', {})).toMatchObject({ ok: false, error: { code: 'permission-denied' } });
  });

  it('hears no pipe message from another frame', async () => {
    const client = createClient(createIpcPipe(bridge));
    const lost = vi.fn();
    client.onClose(lost);
    // Garbage from the page itself would close the pipe, so the next answer proves that it was not heard.
    ipcMain.emit(CHANNELS.pipe, { sender: window.webContents, senderFrame: { parent: null, url: 'https://example.org/' } }, new Uint8Array([1]));
    ipcMain.emit(CHANNELS.pipe, { sender: window.webContents, senderFrame: window.webContents.mainFrame }, 'text');
    expect(await client.call('upload.discard', { uploadId: 'a' })).toEqual({});
    expect(lost).not.toHaveBeenCalled();
  });

  it.each([
    ['constructor', {}],
    ['readFile', { fileId: '/etc/passwd' }],
    ['saveFile', { suggestedName: 'a.glb', bytes: 'text' }],
    ['chooseFiles', { title: 'x', extensions: ['../x'], multiple: false }],
    [7, {}],
  ])('refuses the request %s with %j', async (request, input) => {
    expect(await bridge.ask(request as string, input)).toMatchObject({ ok: false, error: { code: expect.stringMatching(/unknown-method|bad-input/) } });
  });

  it('hands over the project of the command line, and later those of a second start and of the Finder', async () => {
    const opened: ChosenFile[] = [];
    shell.onOpenFile((file) => opened.push(file));
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    expect(opened[0]).toMatchObject({ fileName: 'first.vividtalker', sizeBytes: 4 });
    expect(await opened[0]?.read(1, 99)).toEqual(new Uint8Array([2, 3, 4]));
    writeFileSync(join(folder, 'second.vividtalker'), projectBytes);
    app.emit('second-instance', {}, ['program', '--flag', join(folder, 'second.vividtalker')]);
    app.emit('open-file', { preventDefault: () => undefined }, join(folder, 'second.vividtalker'));
    await vi.waitFor(() => expect(opened.map((file) => file.fileName)).toEqual(['first.vividtalker', 'second.vividtalker', 'second.vividtalker']));
    expect(electronFake.recentDocuments).toContain(join(folder, 'second.vividtalker'));
  });

  it('opens files by dialog', async () => {
    expect(await shell.chooseFiles({ title: 'Open', extensions: ['wav'], multiple: false })).toEqual([]);
    electronFake.nextOpen = { canceled: false, filePaths: [join(folder, 'first.vividtalker')] };
    const [file] = await shell.chooseFiles({ title: 'Open', extensions: ['vividtalker'], multiple: true });
    expect(file).toMatchObject({ fileName: 'first.vividtalker', sizeBytes: 4 });
    expect(JSON.stringify(file)).not.toContain(folder);
    electronFake.nextOpen = { canceled: false, filePaths: [join(folder, 'gone.wav')] };
    await expect(shell.chooseFiles({ title: 'Open', extensions: ['wav'], multiple: false })).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('saves by dialog once and then in place, whole', async () => {
    expect(await shell.saveFile({ suggestedName: 'a.glb', bytes: projectBytes })).toBeNull();
    electronFake.nextSave = { canceled: false, filePath: join(folder, 'saved.vividtalker') };
    const saved = await shell.saveFile({ suggestedName: '../../a.vividtalker', bytes: projectBytes });
    expect(electronFake.dialogs.at(-1)).toMatchObject({ defaultPath: 'a.vividtalker' });
    expect(saved?.fileName).toBe('saved.vividtalker');
    const dialogCount = electronFake.dialogs.length;
    await shell.saveFile({ suggestedName: 'x', bytes: new Uint8Array([9]), saveId: saved?.saveId });
    expect(electronFake.dialogs).toHaveLength(dialogCount);
    expect([...readFileSync(join(folder, 'saved.vividtalker'))]).toEqual([9]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await shell.revealFile(saved?.saveId ?? '');
    expect(electronFake.revealed).toEqual([join(folder, 'saved.vividtalker')]);
    await expect(shell.revealFile('/etc/passwd')).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('sends the menu to the page', async () => {
    const heard: ShellCommand[] = [];
    shell.onCommand((command) => heard.push(command));
    const items = (electronFake.menu ?? []).flatMap((menu: FakeMenuItem) => menu.submenu ?? []);
    for (const item of items) item.click?.();
    await vi.waitFor(() => expect(heard).toEqual(['file.open', 'file.save', 'file.save-as', 'file.export', 'edit.undo', 'edit.redo', 'help.shortcuts']));
  });

  it('runs the inference in a utility process', () => {
    const port = engineOptions[0]?.forkRunner();
    const forked = electronFake.forked[0];
    expect(forked?.entryPath).toBe(join(folder, 'out', 'main', 'runner-process.js'));
    const messages: unknown[] = [];
    const exits: string[] = [];
    port?.onMessage((message) => messages.push(message));
    port?.onExit((reason) => exits.push(reason));
    port?.post({ type: 'load' });
    forked?.child.emit('message', { type: 'loaded' });
    forked?.child.emit('exit', 139);
    port?.kill();
    expect([forked?.child.posted, messages, exits, forked?.child.isKilled]).toEqual([[{ type: 'load' }], [{ type: 'loaded' }], ['exit code 139'], true]);
  });

  it('cancels the calls of a page that is reloaded', async () => {
    const pagePipe = createIpcPipe(bridge);
    const client = createClient(pagePipe);
    let progressCount = 0;
    const running = client.call('audio.import', { uploadId: 'a', channel: 'mix' }, { onProgress: () => progressCount++ });
    running.catch(() => undefined);
    await vi.waitFor(() => expect(progressCount).toBe(1));
    const pipesBefore = ipcMain.listenerCount(CHANNELS.pipe);
    window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    expect(ipcMain.listenerCount(CHANNELS.pipe)).toBe(pipesBefore);
    pagePipe.close();
    expect(await createClient(createIpcPipe(bridge)).call('upload.discard', { uploadId: 'a' })).toEqual({});
  });

  it('asks before it closes with unsaved changes, then takes the engine down', async () => {
    shell.setDocumentState({ title: 'voice', isModified: true });
    await vi.waitFor(() => expect(window.title).toBe('• voice – VividTalker Studio'));
    expect(window.documentEdited).toBe(true);
    electronFake.nextButton = 0;
    expect(window.close()).toBe(false);
    electronFake.nextButton = 1;
    expect(window.close()).toBe(true);
    app.emit('window-all-closed');
    await vi.waitFor(() => expect(electronFake.exitCode).toBe(0));
    expect(isEngineDisposed).toBe(true);
    expect(existsSync(join(folder, 'first.vividtalker'))).toBe(true);
  });
});
