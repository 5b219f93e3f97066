import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtProgram } from '../../fixtures/built-program';

const SPEECH = resolve('test/golden/features/speech.wav');
const AUDIO = resolve('test/fixtures/audio');
const MODELS = ['--models', resolve('test/fixtures/models'), '--device', 'cpu'];
let program: string;
let folder: string;

beforeAll(async () => {
  program = await builtProgram('cli');
  folder = await mkdtemp(join(tmpdir(), 'vividtalker-cli-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

function run(parameters: readonly string[], onStart: (kill: () => void) => void = () => undefined): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [program, ...parameters], { env: { ...process.env, XDG_STATE_HOME: join(folder, 'state') } });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stdout.once('data', () => onStart(() => child.kill('SIGINT')));
    child.stderr.on('data', (data) => {
      errors += data;
    });
    child.on('close', (exitCode) => done({ exitCode, output, errors }));
  });
}

const lastLine = (output: string): Record<string, unknown> => JSON.parse(output.trim().split('\n').at(-1) ?? '{}');
const to = (name: string): string => join(folder, name);

describe('generate', () => {
  it.each(['wav-signed24.wav', 'voice.mp3', 'voice.flac', 'voice.ogg', 'voice.opus'])('%s to curves', async (name) => {
    const output = to(`${name}.json`);
    const { exitCode, errors } = await run(['generate', join(AUDIO, name), '-o', output, ...MODELS]);
    expect(errors).toBe('');
    expect(exitCode).toBe(0);
    const curves = JSON.parse(await readFile(output, 'utf8'));
    expect(Object.keys(curves)).toEqual([
      'format',
      'version',
      'exportFps',
      'numFrames',
      'facsNames',
      'weightMat',
      'headRotation',
      'headTranslation',
      'provenance',
    ]);
    expect([curves.format, curves.version, curves.exportFps, curves.facsNames.length]).toEqual(['vividtalker-curves', 1, 30, 66]);
    expect(curves.weightMat).toHaveLength(curves.numFrames);
    expect(curves.headRotation).toHaveLength(curves.numFrames);
    expect(curves.weightMat.every((row: number[]) => row.length === 66 && row.every((value) => value >= 0 && value <= 1))).toBe(true);
    expect(curves.headTranslation.every((row: number[]) => row.length === 3 && row.every(Number.isFinite))).toBe(true);
  });

  it('writes GLB and FBX by the extension, at the wanted rate', async () => {
    const glb = await run(['generate', SPEECH, '-o', to('a.glb'), '--fps', '60', ...MODELS]);
    expect([glb.exitCode, glb.errors]).toEqual([0, '']);
    expect((await readFile(to('a.glb'))).subarray(0, 4).toString()).toBe('glTF');
    const fbx = await run(['generate', SPEECH, '-o', to('a.fbx'), '--range', '0.5:1.5', ...MODELS]);
    expect([fbx.exitCode, fbx.errors]).toEqual([0, '']);
    expect((await readFile(to('a.fbx'))).subarray(0, 18).toString()).toBe('Kaydara FBX Binary');
    expect((await run(['inspect', to('a.fbx')])).output).toContain('7400');
  });

  it('keeps the head still or scales it on demand', async () => {
    const amplitude = async (name: string, ...parameters: string[]): Promise<number> => {
      expect((await run(['generate', SPEECH, '-o', to(name), ...parameters, ...MODELS])).exitCode).toBe(0);
      const { headRotation } = JSON.parse(await readFile(to(name), 'utf8')) as { headRotation: number[][] };
      return Math.max(...headRotation.map((row) => Math.hypot(...row)));
    };
    const whole = await amplitude('whole.json');
    expect(await amplitude('still.json', '--no-head')).toBe(0);
    expect(await amplitude('half.json', '--head-amount', '0.5')).toBeLessThan(0.75 * whole);
  });

  it('refuses what it cannot do, with a hint, and leaves nothing behind', async () => {
    await writeFile(to('text.wav'), 'this is a text file, renamed');
    await writeFile(to('present.json'), 'old');
    const before = (await readdir(folder)).sort();
    const refused: [string, readonly string[], RegExp][] = [
      ['a missing file', [to('nothing.wav'), '-o', to('x.json')], /There is no file/],
      ['a text file renamed .wav', [to('text.wav'), '-o', to('x.json')], /does not contain sound/],
      ['an existing output', [SPEECH, '-o', to('present.json')], /exists already/],
      ['a folder without permission', [SPEECH, '-o', '/proc/x.json'], /cannot be written: no permission/],
      ['a file as folder', [SPEECH, '-o', join(to('text.wav'), 'x.json')], /is not a folder/],
      ['an unknown extension', [SPEECH, '-o', to('x.mov')], /belongs to no format/],
      ['an unknown style', [SPEECH, '-o', to('x.json'), '--style', 'nose=2'], /no style "nose"/],
      ['AAC', [join(AUDIO, 'refused.aac'), '-o', to('x.json')], /./],
      ['a missing channel', [SPEECH, '-o', to('x.json'), '--channel', '2'], /channel/],
    ];
    for (const [what, parameters, message] of refused) {
      const { exitCode, output, errors } = await run(['generate', ...parameters, ...MODELS]);
      expect([what, exitCode, output]).toEqual([what, 2, '']);
      expect(errors).toMatch(message);
      expect(errors).toMatch(/Hint: \S/);
    }
    expect(await readFile(to('present.json'), 'utf8')).toBe('old');
    expect((await readdir(folder)).filter((name) => name !== 'state').sort()).toEqual(before.filter((name) => name !== 'state'));
  });

  it('refuses wrong usage with 2 and shows help with 0', async () => {
    expect((await run(['generate', SPEECH])).exitCode).toBe(2);
    expect((await run(['no-such-command'])).exitCode).toBe(2);
    expect((await run(['generate', SPEECH, '-o', to('x.json'), '--seed', '-1'])).exitCode).toBe(2);
    expect((await run(['generate', '--help'])).exitCode).toBe(0);
    const missing = await run(['generate', SPEECH, '-o', to('x.json'), '--models', to('no-models')]);
    expect([missing.exitCode, missing.errors]).toEqual([2, expect.stringContaining('manifest.json is missing')]);
  });

  it('ends with 130 when it is interrupted', async () => {
    const { exitCode, errors } = await run(['generate', SPEECH, '-o', to('interrupted.vividtalker'), '--json', ...MODELS], (interrupt) => interrupt());
    expect([exitCode, errors]).toEqual([130, expect.stringContaining('Cancelled')]);
    expect(existsSync(to('interrupted.vividtalker'))).toBe(false);
  });
});

describe('projects', () => {
  const headOf = async (project: string, take?: string): Promise<number[][]> => {
    const output = `${project}-${take ?? 'active'}.json`;
    const exported = await run(['export', project, '-o', output, '--force', ...(take ? ['--take', take] : [])]);
    expect([exported.exitCode, exported.errors]).toEqual([0, '']);
    return (JSON.parse(await readFile(output, 'utf8')) as { headRotation: number[][] }).headRotation;
  };

  it('re-rolls the head in a range only, and writes back only with --force', async () => {
    const project = to('voice.vividtalker');
    const generated = lastLine((await run(['generate', SPEECH, '-o', project, '--seed', '3', '--json', ...MODELS])).output);
    const before = await headOf(project);
    const command = ['resample', project, '--track', 'head', '--range', '0.8:1.6', '--seed', '7', ...MODELS];
    const refused = await run(command);
    expect([refused.exitCode, refused.errors]).toEqual([2, expect.stringContaining('--force')]);
    const sizeBefore = (await stat(project)).size;
    const resampled = lastLine((await run([...command, '--json', '-o', to('rolled.vividtalker')])).output);
    expect((await stat(project)).size).toBe(sizeBefore);
    expect(resampled).toMatchObject({
      event: 'done',
      affected: { startFrame: 24, endFrame: 48 },
      mouthSha256: generated.mouthSha256,
      mouthSha256Before: generated.mouthSha256,
    });
    expect(resampled.headSha256).not.toBe(generated.headSha256);
    const after = await headOf(to('rolled.vividtalker'));
    expect(after.slice(0, 24)).toEqual(before.slice(0, 24));
    expect(after.slice(48)).toEqual(before.slice(48));
    expect(after).not.toEqual(before);
    await copyFile(project, to('copy.vividtalker'));
    expect((await run(['resample', to('copy.vividtalker'), ...command.slice(2), '--force'])).exitCode).toBe(0);
    expect(await readFile(to('copy.vividtalker'))).toEqual(await readFile(to('rolled.vividtalker')));
  });

  it('draws a clean mouth for any seed, a varied head beside the same mouth, and stores both choices', async () => {
    const generated = async (name: string, ...options: string[]): Promise<Record<string, unknown>> =>
      lastLine((await run(['generate', SPEECH, '-o', to(`${name}.vividtalker`), '--json', ...options, ...MODELS])).output);
    const usual = await generated('usual', '--seed', '3');
    const calm = await generated('calm', '--seed', '3', '--head-variation', '0.6');
    expect([calm.mouthSha256, calm.headSha256 === usual.headSha256]).toEqual([usual.mouthSha256, false]);
    const clean = [await generated('clean', '--seed', '3', '--clean'), await generated('clean-4', '--seed', '4', '--clean')];
    expect([clean[0]?.mouthSha256, clean[0]?.headSha256]).toEqual([clean[1]?.mouthSha256, usual.headSha256]);
    expect(clean[0]?.mouthSha256).not.toBe(usual.mouthSha256);
    const { clips } = lastLine((await run(['inspect', to('clean.vividtalker'), '--json'])).output) as {
      clips: { takes: { streams: { segments: { temperature: number }[] }[] }[] }[];
    };
    expect(clips[0]?.takes[0]?.streams.map(({ segments }) => segments.map(({ temperature }) => temperature))).toEqual([[1], [0]]);
    const rerolled = await run(['variants', to('clean.vividtalker'), '--track', 'mouth', '--range', '0.4:1', '--clean', '--force', ...MODELS]);
    expect([rerolled.exitCode, rerolled.errors]).toEqual([2, expect.stringContaining('the same')]);
  });

  it('adds variants as takes, nearest first', async () => {
    const project = to('takes.vividtalker');
    await run(['generate', SPEECH, '-o', project, '--variants', '2', ...MODELS]);
    const { exitCode, output } = await run([
      'variants',
      project,
      '--track',
      'head',
      '--range',
      '0.4:2',
      '--count',
      '3',
      '--seed',
      '9',
      '--force',
      '--json',
      ...MODELS,
    ]);
    expect(exitCode).toBe(0);
    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const distances = lines.filter((line) => line.event === 'variant').map((line) => Number(line.distance));
    expect(distances).toHaveLength(3);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    const inspected = lastLine((await run(['inspect', project, '--json'])).output) as {
      clips: { takes: { id: string; streams: { id: string; sha256: string }[] }[] }[];
    };
    const takes = inspected.clips[0]?.takes ?? [];
    expect(takes).toHaveLength(5);
    const hashes = (stream: string): Set<string> =>
      new Set(takes.filter((take) => take.id.startsWith('take-1')).map((take) => take.streams.find(({ id }) => id === stream)?.sha256 ?? ''));
    expect([hashes('mouth').size, hashes('head').size]).toEqual([1, 4]);
    expect(await headOf(project, takes[4]?.id)).not.toEqual(await headOf(project));
  });

  it('refuses a damaged project', async () => {
    await writeFile(to('damaged.vividtalker'), 'no project');
    const { exitCode, errors } = await run(['inspect', to('damaged.vividtalker')]);
    expect([exitCode, errors]).toEqual([2, expect.stringContaining('damaged')]);
  });
});

describe('the other commands', () => {
  it('animates every recording of a folder', async () => {
    const [source, target] = [to('lines'), to('results')];
    for (const path of [source, target]) await mkdir(path);
    await copyFile(SPEECH, join(source, 'b.wav'));
    await copyFile(join(AUDIO, 'voice.mp3'), join(source, 'a.mp3'));
    await writeFile(join(source, 'notes.txt'), 'not a recording');
    const { exitCode, errors } = await run(['batch', source, '--out', target, '--format', 'json', ...MODELS]);
    expect([exitCode, errors]).toEqual([0, '']);
    expect((await readdir(target)).sort()).toEqual(['a.json', 'b.json']);
    expect((await run(['batch', target, '--out', target, ...MODELS])).exitCode).toBe(2);
  });

  it('serves the studio on this machine until it is stopped', async () => {
    await builtProgram('cli');
    const { exitCode, output } = await run(['serve', '--json', ...MODELS], (stop) => stop());
    const { url } = JSON.parse(output.split('\n')[0] ?? '{}') as { url?: string };
    expect([exitCode, url]).toEqual([0, expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#token=/)]);
  });

  it('shows models, styles and the device with its reason', async () => {
    const { exitCode, output } = await run(['models', ...MODELS]);
    expect(exitCode).toBe(0);
    expect(output).toMatch(/tiny-1[\s\S]*headGain[\s\S]*Device: CPU, \d+ threads? \(chosen in the settings\)/);
  });
});
