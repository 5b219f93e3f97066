import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unpackProject } from '../../src/main/engine/project/project-file';
import { copyTunedModel } from '../fixtures/tuned-model';
import { StudioPage } from './pages/studio-page';
import { launchBrowser, openPage } from './support/browser';
import { type StudioHost, startStudioHost } from './support/studio-host';

let browser: Browser;
let host: StudioHost;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vividtalker-e2e-models-'));
  await copyTunedModel(join(folder, 'models', 'studio-1'), 'studio-1');
  [browser, host] = await Promise.all([launchBrowser(), startStudioHost('test/fixtures/models', join(folder, 'models'))]);
});

afterAll(async () => {
  await browser?.close();
  await host?.stop();
  rmSync(folder, { recursive: true });
});

test('a model of the user is chosen for the project, draws what is made next, and the choice is saved and can be undone', async () => {
  const { page, context, complaints } = await openPage(browser);
  const studio = new StudioPage(page);
  await studio.open(host.url);
  await studio.drop(resolve('test/golden/features/speech.wav'));
  await studio.waitForAnimation('speech');
  const [usual, own] = ['tiny-1 (comes with the studio)', 'studio-1'];
  expect(await studio.modelChoices()).toEqual([usual, usual, own]);
  await studio.chooseModel(own);
  expect(await studio.lastChange()).toContain('Use the model studio-1');
  await studio.reroll();
  await studio.keepPicture('model-choice');
  const { project } = unpackProject((await studio.saveProject(folder)).bytes);
  expect(project.modelId).toBe('studio-1');
  const head = project.clips.at(-1)?.takes[0]?.streams.head.segments.map(({ provenance }) => [provenance.kind, provenance.modelId, provenance.style.headGain]);
  expect(head).toEqual([['resampled', 'studio-1', 1.5]]);
  for (const _ of ['re-roll', 'choice']) await studio.press('Control+z');
  expect((await studio.modelChoices())[0]).toBe(usual);
  expect(complaints).toEqual([]);
  await context.close();
});
