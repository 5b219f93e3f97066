import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackProject } from '../../../src/main/engine/project/project-file';
import { builtProgram } from '../../fixtures/built-program';
import { copyTunedModel } from '../../fixtures/tuned-model';

const SPEECH = resolve('test/golden/features/speech.wav');
const FIXTURE = resolve('test/fixtures/models');
const USUAL = ['--models', FIXTURE, '--device', 'cpu'];
let program: string;
let folder: string;

beforeAll(async () => {
  program = await builtProgram('cli');
  folder = await mkdtemp(join(tmpdir(), 'vividtalker-choice-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const to = (name: string): string => join(folder, name);

function run(parameters: readonly string[]): Promise<{ exitCode: number | null; output: string; errors: string }> {
  return new Promise((done) => {
    const env = { ...process.env, XDG_STATE_HOME: to('state'), VIVIDTALKER_MODELS: to('models') };
    const child = spawn(process.execPath, [program, ...parameters], { env });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      errors += data;
    });
    child.on('close', (exitCode) => done({ exitCode, output, errors }));
  });
}

async function project(name: string) {
  return unpackProject(await readFile(to(name))).project;
}

describe('a model of the user', () => {
  it('is brought in, listed, chosen by a project, and used by its re-rolls', async () => {
    const source = await copyTunedModel(to('made-studio-1'), 'studio-1');
    const added = await run(['models', 'add', source]);
    expect([added.exitCode, added.errors, added.output]).toEqual([0, '', expect.stringContaining('studio-1')]);
    const listed = await run(['models', ...USUAL]);
    expect(listed.output).toMatch(/tiny-1 \(comes with the studio\)[\s\S]*studio-1 \(brought in\)[\s\S]*uses tiny-1/);

    const made = await run(['generate', SPEECH, '-o', to('a.vividtalker'), '--model', 'studio-1', ...USUAL]);
    expect([made.exitCode, made.errors]).toEqual([0, '']);
    const chosen = await project('a.vividtalker');
    expect(chosen.modelId).toBe('studio-1');
    expect(chosen.clips[0]?.takes[0]?.streams.head.segments[0]?.provenance).toMatchObject({ modelId: 'studio-1', style: { headGain: 1.5 } });
    await run(['resample', to('a.vividtalker'), '--track', 'head', '--range', '0.2:0.8', '--force', ...USUAL]);
    const rolled = (await project('a.vividtalker')).clips[0]?.takes[0]?.streams.head.segments.map(({ provenance }) => provenance);
    expect(rolled?.map(({ kind, modelId }) => [kind, modelId])).toContainEqual(['resampled', 'studio-1']);
    // The codebooks are the same, so the usual model can draw a part of it too.
    const other = await run([
      'resample',
      to('a.vividtalker'),
      '--track',
      'mouth',
      '--range',
      '0.2:0.8',
      '--model',
      'tiny-1',
      '-o',
      to('b.vividtalker'),
      ...USUAL,
    ]);
    expect([other.exitCode, other.errors]).toEqual([0, '']);
  });

  it('that is gone stops new motion with a way out; the project still opens and exports', async () => {
    await run(['models', 'add', await copyTunedModel(to('made-gone-1'), 'gone-1')]);
    await run(['generate', SPEECH, '-o', to('c.vividtalker'), '--model', 'gone-1', ...USUAL]);
    await rm(join(to('models'), 'gone-1'), { recursive: true });
    const before = await readFile(to('c.vividtalker'));
    const rolled = await run(['resample', to('c.vividtalker'), '--track', 'head', '--range', '0.2:0.8', '--force', ...USUAL]);
    expect(rolled).toMatchObject({ exitCode: 2, errors: expect.stringMatching(/"gone-1" is not installed[\s\S]*models add/) });
    expect(await readFile(to('c.vividtalker'))).toEqual(before);
    expect((await run(['export', to('c.vividtalker'), '--format', 'json', '-o', to('c.json')])).exitCode).toBe(0);
    expect((await run(['generate', SPEECH, '-o', to('d.json'), '--model', 'gone-1', ...USUAL])).exitCode).toBe(2);
    expect(await readdir(folder)).not.toContain('d.json');
  });

  it('that is damaged is listed with what is wrong', async () => {
    const damaged = join(to('models'), 'damaged-1');
    await cp(await copyTunedModel(to('made-damaged-1'), 'damaged-1'), damaged, { recursive: true });
    await writeFile(join(damaged, 'head-predictor.onnx'), 'half');
    const { exitCode, output } = await run(['models', '--json', ...USUAL]);
    expect(exitCode).toBe(0);
    const { models } = JSON.parse(output.trim().split('\n').at(-1) ?? '') as { models: { id: string; problem: string }[] };
    expect(models.find(({ id }) => id === 'damaged-1')?.problem).toContain('head-predictor.onnx');
  });
});
