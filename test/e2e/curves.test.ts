import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { unpackProject } from '../../src/main/engine/project/project-file';
import { activeTake, type Take } from '../../src/shared/clip/clip-schema';
import { decodeTake } from '../../src/shared/clip/decoded-stream';
import { evaluateTake } from '../../src/shared/face/evaluate';
import { quaternionToPitchYawRoll, rotationVectorToQuaternion } from '../../src/shared/face/pose-math';
import { CurvesPage } from './pages/curves-page';
import { StudioPage } from './pages/studio-page';
import { launchBrowser, openPage } from './support/browser';
import { type StudioHost, startStudioHost } from './support/studio-host';

const VOICE = resolve('test/golden/features/speech.wav');
const SAMPLE_NAME = 'the-lost-map';
const POSE_FRAME = 20;

let browser: Browser;
let host: StudioHost;
let folder: string;
let studio: StudioPage;
let curves: CurvesPage;
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
  [studio, curves] = [new StudioPage(opened.page), new CurvesPage(opened.page)];
  complaints = opened.complaints;
  closePage = () => opened.context.close();
  await studio.open(host.url);
  await studio.waitForAnimation(SAMPLE_NAME);
});

afterEach(async () => {
  await closePage();
  rmSync(folder, { recursive: true });
  expect(complaints).toEqual([]);
});

/** The shown take of a clip as it would be saved. */
async function savedTake(clipName = SAMPLE_NAME): Promise<Take> {
  const { project } = unpackProject((await studio.saveProject(folder)).bytes);
  const clip = project.clips.find(({ name }) => name === clipName);
  const take = clip && activeTake(clip);
  if (!take) throw new Error(`the saved project does not hold ${clipName} with a take`);
  return take;
}

async function goToFrame(frame: number): Promise<void> {
  await studio.press('Home');
  for (let tens = 0; tens < Math.floor(frame / 10); tens++) await studio.press('Shift+ArrowRight');
  for (let ones = 0; ones < frame % 10; ones++) await studio.press('ArrowRight');
}

/** Yaw of a saved take at the posed frame, degrees. */
function yawOf(take: Take): number {
  const { headRotation } = evaluateTake(take, decodeTake(take), POSE_FRAME / 30);
  return (quaternionToPitchYawRoll(rotationVectorToQuaternion(headRotation))[1] * 180) / Math.PI;
}

test('amounts of regions: lanes take keys and exact values, the inspector has their sliders, and the file keeps them', async () => {
  await studio.focusTrack('Mouth');
  await curves.nudge('Lips', 3);
  await curves.unfold('Mouth');
  await curves.addAmountKey('Jaw', 0.3, 0.8);
  await curves.setAmountKey('Jaw', '1.25');
  await curves.addAmountKey('Jaw', 0.6, 0.2);
  await studio.keepPicture('region-amounts');
  const { regions } = (await savedTake()).edits;
  expect(regions?.lips?.base).toBeCloseTo(1.03, 6);
  expect(regions?.jaw?.keys.map(({ value }) => value)).toEqual([1.25, 0]);
});

test('pose mode: a drag in the viewport keys the active layer, codes stay, and the pose survives a re-roll', async () => {
  await studio.drop(VOICE);
  await studio.waitForAnimation('speech');
  await studio.waitForHead();
  await studio.focusTrack('Head');
  const before = await savedTake('speech');
  await goToFrame(POSE_FRAME);
  await studio.press('1');
  await studio.press('e');
  await curves.dragHead(80, 0);
  expect(await studio.lastChange()).toBe('Undo: Head posed');
  await curves.openPoseGroup('Jaw');
  await curves.nudge('jawOpen', 5);
  await studio.keepPicture('pose-mode');
  const posed = await savedTake('speech');
  expect(posed.streams).toEqual(before.streams);
  expect(posed.edits.layers?.[0]?.curves.headYaw?.keys.map(({ frame }) => frame)).toEqual([POSE_FRAME - 9, POSE_FRAME, POSE_FRAME + 9]);
  expect(yawOf(posed) - yawOf(before)).toBeCloseTo(24, 0);
  await studio.press('e');
  await studio.reroll();
  const rerolled = await savedTake('speech');
  expect(rerolled.streams.head).not.toEqual(before.streams.head);
  expect(rerolled.edits.layers).toEqual(posed.edits.layers);
  await curves.muteLayer('Layer 1');
  expect((await savedTake('speech')).edits.layers?.[0]?.muted).toBe(true);
});

test('graph and dope sheet: keys are selected, moved, shaped, copied and deleted, and undo takes every step back', async () => {
  await goToFrame(POSE_FRAME);
  await studio.press('g');
  await curves.keyChannel('Head Yaw');
  await curves.keyChannel('browInnerUp');
  await studio.press('a');
  await curves.dragKey(`browInnerUp 0.00 at frame ${POSE_FRAME}`, 0, -80);
  await studio.keepPicture('graph');
  const raised = (await savedTake()).edits.layers?.[0]?.curves.browInnerUp?.keys[1];
  expect(raised?.value).toBeGreaterThan(0.1);
  expect(raised?.frame).toBe(POSE_FRAME);
  expect(await curves.marqueeAll()).toBe('6 keys');
  await curves.chooseTangent('Linear');
  expect((await savedTake()).edits.layers?.[0]?.curves.headYaw?.keys.every(({ tangent }) => tangent === 'linear')).toBe(true);

  await studio.press('Shift+G');
  const keys = await curves.keys();
  expect(keys).toHaveLength(6);
  await studio.press('f');
  await curves.dragKey(`Layer 1 at frame ${POSE_FRAME}`, 40, 0, 'Alt');
  await studio.keepPicture('dope-sheet');
  expect(await curves.keys()).toHaveLength(12);
  await studio.press('Delete');
  expect(await curves.keys()).toEqual(keys);
  for (const label of ['6 keys deleted', '6 keys copied', '6 keys made linear', '1 key moved', 'browInnerUp keyed', 'Head Yaw keyed']) {
    expect(await studio.lastChange()).toBe(`Undo: ${label}`);
    await studio.press('Control+z');
  }
  expect((await savedTake()).edits.layers ?? []).toEqual([]);
});
