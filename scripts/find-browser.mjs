import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge', 'microsoft-edge-stable'];
const MAC_PROGRAMS = [
  'Chromium.app/Contents/MacOS/Chromium',
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS_PROGRAMS = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/** What to do when there is no browser. */
export const BROWSER_HINT =
  'The end-to-end tests need Chromium, Chrome or Edge, and none was found.\nInstall one (Debian: apt install chromium; macOS: brew install --cask chromium; Windows: Edge is there by default),\nor name its program in the environment variable VIVIDTALKER_BROWSER.';

/** The program of an installed Chromium, Chrome or Edge, or null. VIVIDTALKER_BROWSER goes first. */
export function findBrowser() {
  const named = process.env.VIVIDTALKER_BROWSER;
  if (named) return isProgram(named) ? named : null;
  return candidates().find(isProgram) ?? null;
}

function candidates() {
  if (process.platform === 'darwin') {
    return ['/Applications', join(process.env.HOME ?? '/', 'Applications')].flatMap((folder) => MAC_PROGRAMS.map((program) => join(folder, program)));
  }
  if (process.platform === 'win32') {
    const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter((folder) => folder !== undefined);
    return folders.flatMap((folder) => WINDOWS_PROGRAMS.map((program) => join(folder, program)));
  }
  return (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
