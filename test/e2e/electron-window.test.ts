import { resolve } from 'node:path';
import { _electron } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findElectron } from '../../src/main/host/find-electron';

const program = findElectron(resolve('node_modules'));

/** Runs only where the Electron program is installed (`npx install-electron`); everything else about the shell is tested against a fake in test/conformance. */
describe.skipIf(program === null)('the studio in a real Electron window', () => {
  it('opens, reaches its engine over IPC, and keeps Node from the page', async () => {
    const studio = await _electron.launch({ executablePath: program ?? '', args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), resolve('.')] });
    try {
      const page = await studio.firstWindow();
      await page.locator('canvas').first().waitFor();
      expect(page.url()).toBe('app://studio/');
      expect(
        await page.evaluate(() => [typeof Reflect.get(window, 'vividtalker'), typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')]),
      ).toEqual(['object', 'undefined', 'undefined']);
    } finally {
      await studio.close();
    }
  });
});
