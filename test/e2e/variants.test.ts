import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { unpackProject } from '../../src/main/engine/project/project-file';
import { activeTake, type Take } from '../../src/shared/clip/clip-schema';
import { StudioPage } from './pages/studio-page';
import { launchBrowser, openPage } from './support/browser';
import { type StudioHost, startStudioHost } from './support/studio-host';

const VOICE = resolve('test/golden/features/speech.wav');
const VOICE_NAME = 'speech';
const PLACES = [1, 2, 3, 4, 5, 6, 7, 8];

let browser: Browser;
let host: StudioHost;
let folder: string;
let studio: StudioPage;
let complaints: string[];
let closePage: () => Promise<void>;

beforeAll(async () => {
  [browser, host] = await Promise.all([launchBrowser(), startStudioHost(process.env.VIVIDTALKER_E2E_MODELS ?? 'test/fixtures/models')]);
});

afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vividtalker-e2e-'));
  const opened = await openPage(browser);
  studio = new StudioPage(opened.page);
  complaints = opened.complaints;
  closePage = () => opened.context.close();
  await studio.open(host.url);
  await studio.drop(VOICE);
  await studio.waitForAnimation(VOICE_NAME);
  await studio.waitForHead();
  await studio.focusTrack('Head');
});

afterEach(async () => {
  await closePage();
  rmSync(folder, { recursive: true });
  expect(complaints).toEqual([]);
});

/** The shown take of the voice as it would be saved. */
async function savedTake(): Promise<Take> {
  const { project } = unpackProject((await studio.saveProject(folder)).bytes);
  const clip = project.clips.find((candidate) => candidate.name === VOICE_NAME);
  const take = clip && activeTake(clip);
  if (!take) throw new Error('the saved project does not hold the voice with a take');
  return take;
}

/** Stops in the middle of what a re-roll would change. */
async function stopInside(range: { startFrame: number; endFrame: number }): Promise<void> {
  await studio.press('k');
  await studio.press('Home');
  const frame = Math.round((range.startFrame + range.endFrame) / 2);
  for (let tens = 0; tens < Math.floor(frame / 10); tens++) await studio.press('Shift+ArrowRight');
  for (let ones = 0; ones < frame % 10; ones++) await studio.press('ArrowRight');
}

/** Stands for pixels: comparing the pixels themselves takes the test seconds. */
const printOf = (pixels: Buffer): string => createHash('sha256').update(pixels).digest('hex');
const picture = async (): Promise<string> => printOf(await studio.picture());
const smallHeads = async (): Promise<string> => printOf(await studio.smallHeads());
const untilPicture = (wanted: string): Promise<void> => expect.poll(picture, { timeout: 60_000 }).toBe(wanted);
const untilOther = (than: string): Promise<void> => expect.poll(picture, { timeout: 60_000 }).not.toBe(than);

test('eight variants play beside the current motion; keys and pointer show them, Esc leaves everything, Enter keeps one, undo takes it back', async () => {
  const before = await savedTake();
  await studio.select(0.3, 0.6);
  const affected = await studio.affectedFrames();
  await studio.openVariants();
  await studio.waitUntilTimecodeLeaves(await studio.timecode());
  const someHeads = await smallHeads();
  await expect.poll(smallHeads, { timeout: 60_000 }).not.toBe(someHeads);
  for (const place of PLACES) {
    await studio.press(String(place));
    expect(await studio.auditionedVariant()).toBe(place);
  }
  await stopInside(affected);
  await studio.press('0');
  const current = await picture();
  await studio.press('8');
  await untilOther(current);
  const eighth = await picture();
  await studio.keepPicture('variants');
  await studio.hold('`');
  await untilPicture(current);
  await studio.release('`');
  await untilPicture(eighth);
  await studio.pointAtVariant(0);
  await untilPicture(current);
  await studio.pointAtVariant(null);
  await untilPicture(eighth);
  await studio.press('Escape');
  await studio.waitForVariantsClosed();
  expect(await studio.isUnsaved()).toBe(false);
  expect(await savedTake()).toEqual(before);

  await studio.openVariants();
  await studio.press('3');
  await studio.press('Enter');
  await studio.waitForVariantsClosed();
  expect(await studio.lastChange()).toMatch(/^Undo: Head .* variant kept/);
  const kept = await savedTake();
  expect(kept.streams.mouth).toEqual(before.streams.mouth);
  const piece = kept.streams.head.segments.find((segment) => segment.provenance.kind === 'resampled');
  expect({ startFrame: piece?.startFrame, endFrame: piece?.endFrame }).toEqual(affected);
  await studio.press('Control+z');
  expect(await savedTake()).toEqual(before);
});

test('A and B: the key shows exactly what was there before, and the wipe, side by side and ghost show both', async () => {
  await studio.select(0.3, 0.6);
  const affected = await studio.affectedFrames();
  await stopInside(affected);
  const first = await picture();
  await studio.reroll();
  await stopInside(affected);
  await untilOther(first);
  const second = await picture();
  await studio.hold('`');
  await untilPicture(first);
  await studio.release('`');
  await untilPicture(second);
  await studio.compareAs('Wipe');
  await untilOther(second);
  await studio.keepPicture('wipe');
  await studio.dragWipeTo(0);
  await untilPicture(second);
  for (const mode of ['Side by side', 'Ghost'] as const) {
    await studio.compareAs(mode);
    await untilOther(second);
    await studio.keepPicture(mode.toLowerCase().replaceAll(' ', '-'));
  }
  await studio.compareAs('One');
  await untilPicture(second);
  await studio.press('Control+z');
  await untilPicture(first);
});
