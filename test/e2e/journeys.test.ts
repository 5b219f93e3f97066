import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { unpackProject } from '../../src/main/engine/project/project-file';
import { writeWav } from '../../src/shared/audio/write-wav';
import { activeTake, type Clip, type Take } from '../../src/shared/clip/clip-schema';
import { joinSegments } from '../../src/shared/clip/decoded-stream';
import { StudioPage } from './pages/studio-page';
import { launchBrowser, openPage } from './support/browser';
import { type StudioHost, startStudioHost } from './support/studio-host';

const VOICE = resolve('test/golden/features/speech.wav');
const VOICE_NAME = 'speech';
const LONG_NAME = 'long';

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
});

afterEach(async () => {
  await closePage();
  rmSync(folder, { recursive: true });
  expect(complaints).toEqual([]);
});

function shownTake(bytes: Uint8Array, name = VOICE_NAME): { clip: Clip; take: Take } {
  const clip = unpackProject(bytes).project.clips.find((candidate) => candidate.name === name);
  const take = clip && activeTake(clip);
  if (!clip || !take) throw new Error('the saved project does not hold the voice with a take');
  return { clip, take };
}

describe('a new user', () => {
  test('finds a finished sample and three hints, which stay away once closed', async () => {
    const url = host.url.replace('#', '?time=3.3#');
    await studio.open(url);
    await studio.waitForHead();
    expect(await studio.clipNames()).toHaveLength(1);
    expect(await studio.timecode()).toBe('00:00:03:09');
    expect(await studio.isUnsaved()).toBe(false);
    await studio.button('Hide the hints').click();
    await studio.keepPicture('studio');
    await studio.open(url);
    expect(await studio.button('Hide the hints').count()).toBe(0);
  });
});

describe('a voice becomes an animated head', () => {
  test('an M4A, which the engine cannot read, is decoded in the window; two channels are asked about', async () => {
    await studio.drop(resolve('test/fixtures/audio/refused.m4a'));
    await studio.answer('Left channel');
    await studio.waitForAnimation('refused');
    const { clip } = shownTake((await studio.saveProject(folder)).bytes, 'refused');
    expect(clip.audio.channelCount).toBe(2);
    expect(clip.audio.channel).toBe(0);
    expect(clip.audio.durationSeconds).toBeGreaterThan(0.09);
  });

  test('import, play, frame steps: the head follows the sound', async () => {
    await studio.waitForHead();
    await studio.chooseAudio(VOICE);
    await studio.waitForAnimation(VOICE_NAME);
    await studio.keepPicture('imported');
    await studio.press('End');
    const atEnd = await studio.timecode();
    await studio.press('Home');
    const atStart = await studio.picture();
    await studio.press('Shift+ArrowRight');
    await studio.press('ArrowRight');
    expect(await studio.timecode()).toBe('00:00:00:11');
    expect(await studio.picture()).not.toEqual(atStart);
    await studio.press('Home');
    await studio.press('Space');
    await studio.waitUntilTimecodeLeaves('00:00:00:00');
    await studio.button('Play').waitFor();
    expect(await studio.timecode()).toBe(atEnd);
  });

  test('re-roll the head in a range: only those frames change, undo and redo go both ways', async () => {
    await studio.drop(VOICE);
    await studio.waitForAnimation(VOICE_NAME);
    const before = shownTake((await studio.saveProject(folder)).bytes);
    expect(await studio.isUnsaved()).toBe(false);

    await studio.focusTrack('Head');
    await studio.select(0.3, 0.6);
    const affected = await studio.affectedFrames();
    await studio.keepPicture('selection');
    await studio.reroll();
    expect(await studio.lastChange()).toMatch(/^Undo: Head .* re-rolled/);
    expect(await studio.isUnsaved()).toBe(true);
    await studio.keepPicture('rerolled');
    const after = shownTake((await studio.saveProject(folder)).bytes);

    expect(after.take.streams.mouth).toEqual(before.take.streams.mouth);
    expect(changedFrames(before.take, after.take, before.clip.frameCount)).toEqual(affected);

    await studio.press('Shift+r');
    await studio.hintOfNotice('success', 'the same codes came out');

    await studio.press('Control+z');
    expect(shownTake((await studio.saveProject(folder)).bytes)).toEqual(before);
    await studio.press('Control+Shift+z');
    expect(shownTake((await studio.saveProject(folder)).bytes)).toEqual(after);
  });

  test('a locked range cannot be re-rolled', async () => {
    await studio.drop(VOICE);
    await studio.waitForAnimation(VOICE_NAME);
    await studio.focusTrack('Head');
    await studio.press('Control+l');
    await studio.press('r');
    expect(await studio.hintOfNotice('error', 'locked')).toContain('Unlock');
    await studio.press('Control+l');
    await studio.reroll();
  });

  test('save and reopen: the same document, and no model runs', async () => {
    await studio.drop(VOICE);
    await studio.waitForAnimation(VOICE_NAME);
    await studio.press('Shift+m');
    const saved = await studio.saveProject(folder);
    await closePage();

    const opened = await openPage(browser);
    const reopened = new StudioPage(opened.page);
    closePage = () => opened.context.close();
    await reopened.open(host.url);
    await reopened.drop(saved.path);
    await reopened.waitForAnimation(VOICE_NAME);
    expect(await reopened.isUnsaved()).toBe(false);
    const savedAgain = await reopened.saveProject(folder);
    expect(Buffer.from(savedAgain.bytes).equals(Buffer.from(saved.bytes))).toBe(true);
    expect(opened.complaints).toEqual([]);
  });

  test('export to GLB and FBX, and cancel an export', async () => {
    await studio.drop(VOICE);
    await studio.waitForAnimation(VOICE_NAME);
    await studio.openExportDialog(/\.glb/);
    await studio.keepPicture('export');
    await studio.press('Escape');
    await studio.startAndCancelExport(/\.glb/);
    const glb = await studio.exportAs(/\.glb/, folder);
    expect(Buffer.from(glb.bytes.subarray(0, 4)).toString()).toBe('glTF');
    const fbx = await studio.exportAs(/\.fbx/, folder);
    expect(Buffer.from(fbx.bytes.subarray(0, 18)).toString()).toBe('Kaydara FBX Binary');
    expect(glb.bytes.length).toBeGreaterThan(1_000_000);
    expect(fbx.bytes.length).toBeGreaterThan(1_000_000);
  });
});

describe('things that go wrong', () => {
  test('a file that is no sound: the reason and a hint, and nothing is changed', async () => {
    const bad = join(folder, 'notes.wav');
    writeFileSync(bad, 'these are notes, not a sound\n'.repeat(50));
    const before = await studio.clipNames();
    await studio.drop(bad);
    expect(await studio.hintOfNotice('error', 'notes.wav')).not.toBe('');
    await studio.keepPicture('bad-file');
    expect(await studio.clipNames()).toEqual(before);
  });

  test('a cancelled animation keeps what was there', async () => {
    const long = join(folder, `${LONG_NAME}.wav`);
    writeFileSync(long, longSound(120));
    await studio.drop(long);
    await studio.waitForAnimation(LONG_NAME);
    const before = shownTake((await studio.saveProject(folder)).bytes, LONG_NAME);
    await studio.startAndCancelTake();
    expect(shownTake((await studio.saveProject(folder)).bytes, LONG_NAME)).toEqual(before);
  });
});

describe('without a model', () => {
  let hostWithoutModel: StudioHost;
  beforeAll(async () => {
    hostWithoutModel = await startStudioHost(mkdtempSync(join(tmpdir(), 'vividtalker-no-model-')));
  });
  afterAll(async () => {
    await hostWithoutModel?.stop();
  });

  test('the studio says so, and a saved project still plays and exports', async () => {
    await studio.drop(VOICE);
    await studio.waitForAnimation(VOICE_NAME);
    const saved = await studio.saveProject(folder);
    await closePage();

    const opened = await openPage(browser);
    const limited = new StudioPage(opened.page);
    closePage = () => opened.context.close();
    await limited.open(hostWithoutModel.url);
    await limited.hintOfNotice('warning', 'No model');
    await limited.drop(saved.path);
    await limited.waitForAnimation(VOICE_NAME);
    await limited.press('ArrowRight');
    expect(await limited.timecode()).toBe('00:00:00:01');
    const glb = await limited.exportAs(/\.glb/, folder);
    expect(Buffer.from(glb.bytes.subarray(0, 4)).toString()).toBe('glTF');
    expect(await limited.button(/Re-roll whole clip/).isDisabled()).toBe(true);
    expect(opened.complaints).toEqual([]);
  });
});

/** A buzzing sound with pauses, as a WAV file. */
function longSound(seconds: number): Uint8Array {
  const sampleRate = 16_000;
  const samples = Float32Array.from({ length: seconds * sampleRate }, (_, index) => {
    const time = index / sampleRate;
    return 0.3 * Math.max(0, Math.sin(2 * Math.PI * 2 * time)) * Math.sin(2 * Math.PI * 140 * time);
  });
  return writeWav([samples], sampleRate);
}

/** First and last (exclusive) head frame that differs by any bit. */
function changedFrames(before: Take, after: Take, frameCount: number): { startFrame: number; endFrame: number } {
  const [old, now] = [joinSegments(before.streams.head), joinSegments(after.streams.head)];
  const changed = Array.from({ length: frameCount }, (_, frame) => frame).filter((frame) =>
    Array.from({ length: old.channelCount }, (_, channel) => frame * old.channelCount + channel).some(
      (index) => !Object.is(old.values[index], now.values[index]),
    ),
  );
  return { startFrame: changed[0] ?? 0, endFrame: (changed.at(-1) ?? -1) + 1 };
}
