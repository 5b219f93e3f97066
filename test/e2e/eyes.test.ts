import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unpackProject } from '../../src/main/engine/project/project-file';
import type { Clip, Take } from '../../src/shared/clip/clip-schema';
import { EyesPage } from './pages/eyes-page';
import { StudioPage } from './pages/studio-page';
import { launchBrowser, openPage } from './support/browser';
import { type StudioHost, startStudioHost } from './support/studio-host';

let browser: Browser;
let host: StudioHost;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vividtalker-eyes-e2e-'));
  [browser, host] = await Promise.all([launchBrowser(), startStudioHost(process.env.VIVIDTALKER_E2E_MODELS ?? 'test/fixtures/models')]);
});

afterAll(async () => {
  await browser?.close();
  await host?.stop();
  rmSync(folder, { recursive: true });
});

function saved(bytes: Uint8Array): { clip: Clip; take: Take } {
  const clip = unpackProject(bytes).project.clips[0];
  const take = clip?.takes[0];
  if (!clip || !take) throw new Error('the saved project holds no take');
  return { clip, take };
}

test('eye events are drawn anew, moved, stretched, added, typed and removed; streams stay as they are and undo brings all back', async () => {
  const { page, context, complaints } = await openPage(browser);
  const [studio, eyes] = [new StudioPage(page), new EyesPage(page)];
  await studio.open(host.url);
  await studio.waitForHead();
  const before = saved((await studio.saveProject(folder)).bytes);

  await studio.focusTrack('Eyes');
  await studio.press('r');
  expect(await studio.lastChange()).toMatch(/^Undo: Eyes re-rolled \(seed/);
  const blinks = await eyes.count('blinks');
  expect(await eyes.count('darts')).toBeGreaterThan(0);
  expect(await eyes.count('breaths')).toBeGreaterThan(0);

  await eyes.drag('blinks', 0, 40);
  expect(await studio.lastChange()).toBe('Undo: Blink moved');
  await eyes.drag('gaze', 0, 30, 'end');
  expect(await studio.lastChange()).toBe('Undo: Look length');
  await eyes.addAt('blinks', 0.985);
  expect(await eyes.count('blinks')).toBe(blinks + 1);
  await eyes.focus('blinks', blinks);
  await studio.press('ArrowLeft');
  expect(await studio.lastChange()).toBe('Undo: Blink moved');
  await studio.press('Delete');
  expect(await eyes.count('blinks')).toBe(blinks);

  await eyes.openValues('gaze', 0);
  await eyes.setValue('Left +', '-9');
  await studio.keepPicture('eyes');
  await eyes.switchAtCamera();
  await eyes.closeValues();

  const after = saved((await studio.saveProject(folder)).bytes);
  expect(after.take.events.gaze[0]?.atCamera).toBe(true);
  expect(after.take.events.gaze[0]?.yaw).toBeCloseTo((-9 * Math.PI) / 180, 9);
  expect(after.take.streams).toEqual(before.take.streams);
  expect(after.take.edits).toEqual(before.take.edits);
  for (let step = 0; step < 8; step++) await studio.press('Control+z');
  expect(await studio.lastChange()).toBe('Nothing to undo');
  expect(saved((await studio.saveProject(folder)).bytes).take.events).toEqual(before.take.events);
  await context.close();
  expect(complaints).toEqual([]);
});

test('the sound is seen as spectrogram, and the clip counts timecode from its own start', async () => {
  const { page, context, complaints } = await openPage(browser);
  const [studio, eyes] = [new StudioPage(page), new EyesPage(page)];
  await studio.open(host.url);
  await studio.press('Shift+W');
  await eyes.waitForSpectrogram();
  await eyes.setTimecode('29.97 drop-frame fps', '01:00:00;00');
  expect(await studio.timecode()).toBe('01:00:00;00');
  await studio.press('Shift+ArrowRight');
  expect(await studio.timecode()).toBe('01:00:00;09');
  await studio.button('Seconds').click();
  await studio.keepPicture('spectrogram');
  expect(saved((await studio.saveProject(folder)).bytes).clip.timecode).toEqual({ format: '29.97 DF', startFrame: 107_892 });
  await studio.press('Shift+W');
  await page.getByRole('img', { name: /^Waveform/ }).waitFor();
  await context.close();
  expect(complaints).toEqual([]);
});

test('a playblast of the selection is a film with pictures and sound that the browser plays', async () => {
  const { page, context, complaints } = await openPage(browser);
  const [studio, eyes] = [new StudioPage(page), new EyesPage(page)];
  await studio.open(host.url);
  await studio.select(0.2, 0.24);
  const [download] = await Promise.all([page.waitForEvent('download'), eyes.film()]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  expect(path).toMatch(/\.webm$/);
  const bytes = readFileSync(path);
  expect(bytes.includes('A_OPUS')).toBe(true);
  const film = await eyes.playFilm(bytes);
  expect([film.width, film.height, film.isShown]).toEqual([640, 360, true]);
  expect(film.seconds).toBeGreaterThan(0.1);
  await studio.hintOfNotice('success', 'Playblast');
  await context.close();
  expect(complaints).toEqual([]);
});
