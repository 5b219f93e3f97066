import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analyseAudio } from '../../../src/main/engine/audio/analyse-audio';
import { heardSound } from '../../../src/main/engine/audio/heard-sound';
import { unpackProject } from '../../../src/main/engine/project/project-file';
import { activeTake } from '../../../src/shared/clip/clip-schema';
import { decodeTake } from '../../../src/shared/clip/decoded-stream';
import type { Line } from '../../fixtures/qa/clean-line';
import { printScores, RULE_IDS, scoreRules } from '../../fixtures/qa/score-rules';

/** The generated line that comes with the studio, as QA gets it. */
async function sampleLine(): Promise<Line> {
  const { project, audio } = unpackProject(readFileSync('assets/samples/sample.vividtalker'));
  const [clip, sound] = [project.clips[0], audio[0]];
  const take = clip && activeTake(clip);
  if (!clip || !take || !sound) throw new Error('the sample project holds no animated clip');
  const folder = mkdtempSync(join(tmpdir(), 'vividtalker-qa-'));
  const path = join(folder, `sound.${sound.fileExtension}`);
  writeFileSync(path, sound.bytes);
  const analysis = await analyseAudio(path, { channel: clip.audio.channel });
  rmSync(folder, { recursive: true });
  return { take, decoded: decodeTake(take), heard: heardSound(analysis) };
}

test('the generated sample has no finding, and faults planted in it are found', async () => {
  const line = await sampleLine();
  // The same line many times: each time the faults lie elsewhere.
  const scores = scoreRules(Array.from({ length: 20 }, () => line));
  printScores('Faults planted in the generated sample', scores);
  for (const rule of RULE_IDS) {
    const { planted, found, falseAlarms } = scores[rule];
    expect({ rule, falseAlarms }).toEqual({ rule, falseAlarms: 0 });
    expect(found / planted, rule).toBeGreaterThanOrEqual(0.9);
  }
});
