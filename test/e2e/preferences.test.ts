import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PreferencesPage } from './pages/preferences-page';
import { StudioPage } from './pages/studio-page';
import { launchBrowser, openPage } from './support/browser';
import { type StudioHost, startStudioHost } from './support/studio-host';

let browser: Browser;
let host: StudioHost;

beforeAll(async () => {
  [browser, host] = await Promise.all([launchBrowser(), startStudioHost('test/fixtures/models')]);
});

afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

test('the palette finds commands, a key changes hands, theme and size apply at once, and all of it is there at the next start', async () => {
  const { page, context, complaints } = await openPage(browser);
  const studio = new StudioPage(page);
  const preferences = new PreferencesPage(page);
  await studio.open(host.url);
  expect(await preferences.isInReach('New take of the whole clip')).toBe(true);

  const dark = [await preferences.laneColour(), await preferences.headLane()];
  await studio.press('Control+k');
  await studio.keepPicture('palette');
  await preferences.close();
  expect(await preferences.runCommand('theme li')).toBe('Theme: light');
  const light = [await preferences.laneColour(), await preferences.headLane()];
  expect(light[0]).not.toEqual(dark[0]);
  expect(light[1]).not.toEqual(dark[1]);
  await studio.keepPicture('light');

  await studio.waitForHead();
  const studioLight = await studio.picture();
  await preferences.chooseLight('Game');
  await expect.poll(async () => (await studio.picture()).equals(studioLight), { timeout: 60_000 }).toBe(false);
  await preferences.chooseLight('Studio');

  await preferences.openKeys('wrinkle');
  await preferences.addKey('Wrinkle view', 'r');
  expect(await preferences.conflict()).toContain('R is held by “Re-roll the focused lane”');
  await studio.keepPicture('key-conflict');
  await preferences.takeOver();
  await preferences.close();
  expect(await preferences.shading()).toBe('Shaded');
  await studio.press('r');
  expect(await preferences.shading()).toBe('Wrinkle');
  expect(await studio.lastChange()).toBe('Nothing to undo');
  await studio.press('?');
  await studio.keepPicture('key-sheet');
  await preferences.close();

  await preferences.chooseSize(200);
  await studio.select(0.25, 0.5);
  const [left, right] = await preferences.drawnSelection();
  expect(left).toBeCloseTo(0.25, 1);
  expect(right).toBeCloseTo(0.5, 1);
  const [menuLeft, nameLeft] = await preferences.menuEdges('File');
  expect(Math.abs(menuLeft - nameLeft)).toBeLessThan(8);
  await studio.waitForHead();
  await studio.keepPicture('size-200');
  await preferences.chooseSize(100);

  await studio.reload();
  expect(await preferences.laneColour()).toBe(light[0]);
  const shadingBefore = await preferences.shading();
  await studio.press('r');
  expect(await preferences.shading()).not.toBe(shadingBefore);
  await preferences.runCommand('high contrast');
  await studio.waitForHead();
  await studio.keepPicture('high-contrast');
  expect(complaints).toEqual([]);
  await context.close();
});
