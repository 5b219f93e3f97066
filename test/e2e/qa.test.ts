import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packProject, unpackProject } from '../../src/main/engine/project/project-file';
import type { Stream } from '../../src/shared/clip/clip-schema';
import type { DecodedStream } from '../../src/shared/clip/decoded-stream';
import type { RuleId } from '../../src/shared/qa/finding';
import { randomNumbers } from '../fixtures/qa/clean-line';
import { sampleLine } from '../fixtures/qa/sample-line';
import { seedFault } from '../fixtures/qa/seed-faults';
import { QaPage } from './pages/qa-page';
import { StudioPage } from './pages/studio-page';
import { launchBrowser, openPage } from './support/browser';
import { type StudioHost, startStudioHost } from './support/studio-host';

const PLANTED: readonly RuleId[] = ['open-in-silence', 'closed-on-vowel', 'head-jerk', 'head-limits'];

let browser: Browser;
let host: StudioHost;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vividtalker-qa-e2e-'));
  [browser, host] = await Promise.all([launchBrowser(), startStudioHost(process.env.VIVIDTALKER_E2E_MODELS ?? 'test/fixtures/models')]);
});

afterAll(async () => {
  await browser?.close();
  await host?.stop();
  rmSync(folder, { recursive: true });
});

/** The sample project with a fault of each kind, as a file. */
async function faultyProject(): Promise<string> {
  const { line, content } = await sampleLine();
  const { decoded } = PLANTED.reduce((faulty, rule, index) => seedFault(faulty, rule, randomNumbers(index)).line, line);
  const withCurve = (stream: Stream, { values, channelCount }: DecodedStream): Stream => ({
    ...stream,
    segments: stream.segments.map((segment) => ({ ...segment, curve: values.slice(segment.startFrame * channelCount, segment.endFrame * channelCount) })),
  });
  const clips = content.project.clips.map((clip) => ({
    ...clip,
    takes: clip.takes.map((take) => ({
      ...take,
      streams: { head: withCurve(take.streams.head, decoded.head), mouth: withCurve(take.streams.mouth, decoded.mouth) },
    })),
  }));
  const path = join(folder, 'faulty.vividtalker');
  writeFileSync(path, packProject({ ...content, project: { ...content.project, clips } }));
  return path;
}

test('faults are listed and marked; one is gone to, fixed and ignored, and the file remembers that', async () => {
  const { page, context, complaints } = await openPage(browser);
  const [studio, qa] = [new StudioPage(page), new QaPage(page)];
  await studio.open(host.url);
  await qa.waitForCount(0);
  await studio.drop(await faultyProject());
  await page.locator('.finding-item .item[aria-label^="Head turned too far"]').waitFor();
  const findings = await qa.findings();
  for (const label of ['Open in silence', 'Closed on vowel', 'Head jerk', 'Head turned too far']) {
    expect(
      findings.some((finding) => finding.startsWith(label)),
      label,
    ).toBe(true);
  }
  await qa.clickOnLane('Head turned too far');
  expect(await qa.selection()).toMatch(/^in00:00:\d\d:\d\d out00:00:/);
  expect(await qa.selected()).toMatch(/^Head turned too far/);
  await studio.keepPicture('qa');

  await qa.press(/^Fix: head amount/);
  await page.locator('.finding-item .item[aria-label^="Head turned too far"]').waitFor({ state: 'detached' });
  expect(await studio.lastChange()).toMatch(/^Undo: Head turned too far .* fixed by amount/);

  const left = (await qa.findings()).length;
  await studio.press('Home');
  await qa.clickInList('Open in silence');
  await qa.press(/^Ignore$/);
  await qa.waitForCount(left - 1);
  await studio.press('Alt+.');
  expect(await qa.selected()).not.toBe('');
  const saved = unpackProject((await studio.saveProject(folder)).bytes).project.clips[0]?.takes[0];
  expect(saved?.ignoredFindings.map(({ rule }) => rule)).toEqual(['open-in-silence']);
  await studio.press('Control+z');
  await qa.waitForCount(left);
  await context.close();
  expect(complaints).toEqual([]);
});
