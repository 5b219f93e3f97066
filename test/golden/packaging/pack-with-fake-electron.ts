import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ELECTRON_BUILDER = resolve('node_modules/electron-builder/cli.js');

/** A folder that looks like an unpacked Electron to electron-builder; the program in it does nothing. */
export function writeFakeElectron(folder: string): void {
  for (const subfolder of ['locales', 'resources']) mkdirSync(join(folder, subfolder), { recursive: true });
  for (const program of ['electron', 'chrome-sandbox']) {
    writeFileSync(join(folder, program), '#!/bin/sh\nexit 0\n');
    chmodSync(join(folder, program), 0o755);
  }
  writeFileSync(join(folder, 'version'), '45.4.1');
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak']) writeFileSync(join(folder, name), 'fake\n');
}

/**
 * Packs the project for Linux with its own electron-builder.yml, an Electron of `electronFolder` and output in `outputFolder`.
 * Fuses are left out, because they are bytes inside the real program. Returns the folder of the packed app.
 */
export function packForLinux(electronFolder: string, outputFolder: string, workFolder: string): string {
  const configPath = join(workFolder, 'electron-builder.yml');
  writeFileSync(configPath, testConfiguration(readFileSync('electron-builder.yml', 'utf8'), electronFolder, outputFolder));
  const packed = spawnSync(process.execPath, [ELECTRON_BUILDER, '--linux', 'dir', '--x64', '--config', configPath], { encoding: 'utf8' });
  if (packed.status !== 0) throw new Error(`electron-builder failed:\n${packed.stdout}${packed.stderr}`);
  return join(outputFolder, 'linux-unpacked');
}

/** The project's own text with three changes. Not `extends`: merging configurations drops the meaning of a platform's exclusions. */
function testConfiguration(text: string, electronFolder: string, outputFolder: string): string {
  const withoutFuses = text.replace(/^electronFuses:\n(?: {2}.*\n)+/m, '');
  const elsewhere = withoutFuses.replace('  output: dist\n', `  output: ${JSON.stringify(outputFolder)}\n`);
  if (withoutFuses === text || elsewhere === withoutFuses) throw new Error('electron-builder.yml has changed its shape');
  return `${elsewhere}electronDist: ${JSON.stringify(electronFolder)}\n`;
}
