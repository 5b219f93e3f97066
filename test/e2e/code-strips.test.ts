import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { unpackProject } from '../../src/main/engine/project/project-file';
import { activeTake, type Clip, type Stream, type Take } from '../../src/shared/clip/clip-schema';
import { codesOfToken } from '../../src/shared/clip/code-cells';
import { joinSegments } from '../../src/shared/clip/decoded-stream';
import { CodeStripPage } from './pages/code-strip-page';
import { StudioPage } from './pages/studio-page';
import { launchBrowser, openPage } from './support/browser';
import { type StudioHost, startStudioHost } from './support/studio-host';

const VOICE = resolve('test/golden/features/speech.wav');
const VOICE_NAME = 'speech';
const SAMPLE_SECONDS = 10.7;

let browser: Browser;
let host: StudioHost;
let folder: string;
let page: Page;
let studio: StudioPage;
let strips: CodeStripPage;
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
  const opened = await openPage(browser, { width: 1280, height: 900 });
  page = opened.page;
  studio = new StudioPage(page);
  complaints = opened.complaints;
  closePage = () => opened.context.close();
  await studio.open(host.url);
});

afterEach(async () => {
  await closePage();
  rmSync(folder, { recursive: true });
  expect(complaints).toEqual([]);
});

async function animateVoice(): Promise<void> {
  await studio.drop(VOICE);
  await studio.waitForAnimation(VOICE_NAME);
  strips = new CodeStripPage(page, (await savedClip()).audio.durationSeconds);
}

async function savedClip(): Promise<Clip> {
  const { project } = unpackProject((await studio.saveProject(folder)).bytes);
  const clip = project.clips.find((candidate) => candidate.name === VOICE_NAME);
  if (!clip) throw new Error('the saved project does not hold the voice');
  return clip;
}

/** The shown take as it would be saved. */
async function savedTake(): Promise<Take> {
  const take = activeTake(await savedClip());
  if (!take) throw new Error('the voice has no take');
  return take;
}

const rows = (stream: Stream, startFrame: number, endFrame?: number): Float32Array =>
  joinSegments(stream).values.slice(startFrame * stream.channels.length, endFrame && endFrame * stream.channels.length);

test('a cell is selected and stepped to its nearest codes by key and wheel; only its surroundings change, and undo brings all back', async () => {
  await animateVoice();
  const before = await savedTake();
  expect(await strips.hover('Head codes', 42)).toMatch(/^11\s+0:01\.33-0:01\.47[\s\S]*pose[\s\S]*sure/);
  await strips.click('Head codes', 42);
  expect(await strips.selectedCount('Head codes')).toBe(1);
  expect(await strips.activeCode('Head codes')).toMatch(/^Code 11 at 0:01\.33, confidence \d+ %$/);
  await studio.press('Alt+ArrowUp');
  await strips.waitForChange(/^Undo: Head 0:01\.33 code pose \d+ to \d+$/);
  const after = await savedTake();
  expect(codesOfToken(after.streams.head, 10)).not.toEqual(codesOfToken(before.streams.head, 10));
  expect(rows(after.streams.head, 0, 30)).toEqual(rows(before.streams.head, 0, 30));
  expect(rows(after.streams.head, 54)).toEqual(rows(before.streams.head, 54));
  expect(rows(after.streams.head, 40, 44)).not.toEqual(rows(before.streams.head, 40, 44));
  expect(after.streams.mouth).toEqual(before.streams.mouth);
  expect(after.streams.head.segments.map((segment) => segment.provenance.kind)).toContain('swapped');
  await studio.press('Control+z');
  expect(await savedTake()).toEqual(before);

  await strips.turnWheel('Mouth codes', 60, 1);
  await strips.waitForChange(/^Undo: Mouth 0:02\.00 code \w+ \d+ to \d+$/);
  await studio.press('Control+z');
  expect(await studio.isUnsaved()).toBe(false);
  expect(await savedTake()).toEqual(before);
});

test('a lock within reach refuses a step with a message, and nothing changes', async () => {
  await animateVoice();
  await strips.click('Head codes', 42);
  await studio.focusTrack('Head');
  await studio.press('Control+l');
  const locked = await savedTake();
  await studio.press('Alt+ArrowUp');
  expect(await studio.hintOfNotice('error', 'The head would change from')).toMatch(/10 frames before and after/);
  expect(await savedTake()).toEqual(locked);
});

test('cells are moved, copied and pasted, also into another take; in place nothing changes', async () => {
  await animateVoice();
  const before = await savedTake();
  await strips.click('Head codes', 42);
  await strips.click('Head codes', 50, 0, 'Shift');
  expect(await strips.selectedCount('Head codes')).toBe(3);
  await studio.press('Control+c');
  await studio.press('Control+v');
  await strips.goToFrame(41);
  await studio.press('Control+v');
  expect(await studio.isUnsaved()).toBe(false);
  await strips.goToFrame(57);
  await studio.press('Control+v');
  await strips.waitForChange(/^Undo: Head codes 0:01\.87-0:02\.27 pasted$/);
  const pasted = await savedTake();
  for (let token = 0; token < 3; token++) expect(codesOfToken(pasted.streams.head, 14 + token)).toEqual(codesOfToken(before.streams.head, 10 + token));
  expect(rows(pasted.streams.head, 0, 56)).toEqual(rows(before.streams.head, 0, 56));
  expect(rows(pasted.streams.head, 68)).toEqual(rows(before.streams.head, 68));

  await studio.press('Control+z');
  await strips.drag('Head codes', 42, 62);
  await strips.waitForChange(/^Undo: Head codes .* moved to/);
  const moved = await savedTake();
  expect(codesOfToken(moved.streams.head, 15)).toEqual(codesOfToken(before.streams.head, 10));
  expect(codesOfToken(moved.streams.head, 10)).toEqual(codesOfToken(before.streams.head, 15));
  await studio.press('Control+d');
  await strips.goToFrame(5);
  await studio.press('Control+v');
  await strips.waitForChange(/^Undo: Head codes .* pasted$/);
  const clip = await savedClip();
  expect(clip.takes).toHaveLength(2);
  expect(clip.takes[0]?.streams).toEqual(moved.streams);
  expect(codesOfToken(activeTake(clip)?.streams.head as Stream, 1)).toEqual(codesOfToken(before.streams.head, 10));
});

test('the groups of the mouth have rows of their own; a step of one leaves the others', async () => {
  await animateVoice();
  const before = await savedTake();
  await strips.showGroups('Mouth');
  await strips.click('Mouth codes by group', 60, 1);
  expect(await strips.selectedCount('Mouth codes by group')).toBe(1);
  await studio.press('Alt+ArrowUp');
  await strips.waitForChange(/^Undo: Mouth 0:02\.00 code lipShape \d+ to \d+$/);
  const after = await savedTake();
  const [old, fresh] = [codesOfToken(before.streams.mouth, 30), codesOfToken(after.streams.mouth, 30)];
  expect(fresh.map((code, group) => code === old[group])).toEqual([true, false, true, true, true]);
  await studio.press('Escape');
  await expect.poll(() => strips.selectedCount('Mouth codes by group')).toBe(0);
});

test('doubtful codes of the sample are found one after the other', async () => {
  strips = new CodeStripPage(page, SAMPLE_SECONDS);
  await studio.waitForHead();
  await studio.focusTrack('Mouth');
  await strips.showGroups('Mouth');
  await studio.press('n');
  const first = await strips.activeCode('Mouth codes');
  expect(first).toMatch(/^Code \d+ at/);
  await studio.press('n');
  expect(await strips.activeCode('Mouth codes')).not.toBe(first);
  await studio.press('Shift+N');
  expect(await strips.activeCode('Mouth codes')).toBe(first);
  await strips.click('Mouth codes', 150);
  await strips.click('Mouth codes', 162, 0, 'Shift');
  await strips.hover('Mouth codes by group', 156, 1);
  await studio.keepPicture('code-strips');
});
