import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, protocol, session } from 'electron';
import { AppError } from '../../shared/contract/errors';
import type { Pipe } from '../../shared/contract/pipe';
import { CHANNELS } from '../../shared/contract/preload-bridge';
import { serveHandlers, toErrorShape } from '../../shared/contract/serve-handlers';
import type { ShellEvent } from '../../shared/contract/shell-messages';
import { createEngine } from '../engine/create-engine';
import { createFileLogger } from '../engine/logger';
import { APP_SCHEME, answerAppRequest, STUDIO_ORIGIN } from '../host/app-protocol';
import { forkUtilityProcess } from './fork-utility-process';
import { createIpcPipe, isStudioFrame } from './ipc-pipe';
import { setMenu } from './menu';
import { createNativeShell } from './native-shell';

const logger = createFileLogger(join(app.getPath('logs'), 'studio.log'));
const builtFolder = join(app.getAppPath(), 'out');
const waitingPaths = projectsIn(process.argv);
let openPath = (path: string): void => void waitingPaths.push(path);

// The app scheme counts as a secure web origin; that must be said before the app is ready.
protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
app.on('open-file', (event, path) => {
  event.preventDefault();
  openPath(path);
});

if (app.requestSingleInstanceLock()) openStudio().catch(reportFailedStart);
else app.quit();

function reportFailedStart(error: unknown): void {
  logger.error('the studio did not start', { cause: error instanceof Error ? error.stack : String(error) });
  dialog.showErrorBox('VividTalker Studio did not start', error instanceof Error ? error.message : String(error));
  app.exit(1);
}

async function openStudio(): Promise<void> {
  await app.whenReady();
  protocol.handle(APP_SCHEME, (request) => answerAppRequest(join(builtFolder, 'renderer'), request));
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  const assetsFolder = join(app.isPackaged ? process.resourcesPath : app.getAppPath(), 'assets');
  const engine = createEngine({
    version: app.getVersion(),
    modelFolder: join(assetsFolder, 'models'),
    assetsFolder,
    temporaryFolder: app.getPath('temp'),
    forkRunner: () => forkUtilityProcess(join(builtFolder, 'main', 'runner-process.js')),
    logger,
  });
  engine.warmUp();
  app.once('will-quit', (event) => {
    event.preventDefault();
    engine.dispose().finally(() => app.exit(0));
  });
  app.on('window-all-closed', () => app.quit());

  const window = createWindow();
  const contents = window.webContents;
  const send = (event: ShellEvent): void => contents.send(CHANNELS.shellEvent, event);
  const shell = createNativeShell(window, send);
  setMenu(process.platform, (command) => send({ type: 'command', command }));
  openPath = (path) => void shell.openPath(path).catch((error: unknown) => logger.warn('a file could not be opened', { cause: String(error) }));
  waitingPaths.forEach(openPath);
  app.on('second-instance', (_event, parameters) => {
    if (window.isMinimized()) window.restore();
    window.focus();
    projectsIn(parameters).forEach(openPath);
  });

  ipcMain.handle(CHANNELS.shell, async (event, request: unknown, input: unknown) => {
    try {
      if (event.sender !== contents || !isStudioFrame(event.senderFrame)) throw new AppError('permission-denied', 'Only the studio itself may ask.');
      return { ok: true, value: await shell.answer(request, input) };
    } catch (error) {
      return { ok: false, error: toErrorShape(error, String(request), logger) };
    }
  });
  // Every page gets a pipe of its own, so that a reload cancels what the page before had started.
  let pipe: Pipe | undefined;
  contents.on('did-start-navigation', (details) => {
    if (!details.isMainFrame || details.isSameDocument) return;
    pipe?.close();
    pipe = createIpcPipe(contents);
    serveHandlers(pipe, engine.handlers, { logger, checkOutputs: !app.isPackaged });
  });
  window.on('close', (event) => {
    if (!shell.hasUnsavedChanges()) return;
    const answer = dialog.showMessageBoxSync(window, {
      type: 'warning',
      message: 'Close without saving your changes?',
      buttons: ['Keep Editing', 'Close Without Saving'],
      defaultId: 0,
      cancelId: 0,
    });
    if (answer === 0) event.preventDefault();
  });
  await window.loadURL(`${STUDIO_ORIGIN}/`);
}

function createWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    backgroundColor: '#15171a',
    show: false,
    webPreferences: { preload: join(builtFolder, 'preload', 'preload.cjs'), sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  window.webContents.on('will-attach-webview', (event) => event.preventDefault());
  return window;
}

/** The projects among command line parameters: how Windows and Linux hand over a double-clicked file. */
function projectsIn(parameters: readonly string[]): string[] {
  return parameters.filter((parameter) => parameter.endsWith('.vividtalker'));
}
