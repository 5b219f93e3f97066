import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ModelLibrary } from './model-library';

const FIXTURE = resolve('test/fixtures/models');
let folder: string;
let library: ModelLibrary;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vividtalker-library-'));
  library = new ModelLibrary(FIXTURE, join(folder, 'models'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A copy of the fixture model under another id. */
async function modelFolder(id: string, name = id): Promise<string> {
  const path = join(folder, 'made', name);
  await cp(FIXTURE, path, { recursive: true });
  const manifest = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8')) as { id: string };
  await writeFile(join(path, 'manifest.json'), JSON.stringify({ ...manifest, id }));
  return path;
}

describe('model library', () => {
  it('knows only the shipped model while the user brought none in', async () => {
    expect(await library.list()).toMatchObject([{ id: 'tiny-1', origin: 'shipped', folder: FIXTURE, problem: '' }]);
    expect(await library.folderOf(undefined)).toBe(FIXTURE);
    expect(await library.folderOf('tiny-1')).toBe(FIXTURE);
  });

  it('brings a model in whole, under its id', async () => {
    const added = await library.add(await modelFolder('studio-1', 'any-name'), { overwrite: false });
    expect(added).toMatchObject({ id: 'studio-1', origin: 'user', folder: join(library.userFolder, 'studio-1') });
    expect((await library.list({ checkFiles: true })).map(({ id, problem }) => [id, problem])).toEqual([
      ['tiny-1', ''],
      ['studio-1', ''],
    ]);
    expect(await library.folderOf('studio-1')).toBe(added.folder);
    expect((await readdir(added.folder)).sort()).toEqual((await readdir(FIXTURE)).sort());
  });

  it('leaves nothing behind when a file is damaged', async () => {
    const source = await modelFolder('studio-1');
    await writeFile(join(source, 'mouth-decoder.onnx'), 'half a file');
    await expect(library.add(source, { overwrite: false })).rejects.toMatchObject({
      code: 'damaged-model',
      message: expect.stringContaining('mouth-decoder.onnx'),
    });
    expect(await readdir(library.userFolder)).toEqual([]);
    await expect(library.add(join(folder, 'nowhere'), { overwrite: false })).rejects.toMatchObject({ code: 'missing-model' });
  });

  it('replaces a model only when told to, and keeps the old one when the new one is damaged', async () => {
    const source = await modelFolder('studio-1');
    await library.add(source, { overwrite: false });
    await expect(library.add(source, { overwrite: false })).rejects.toMatchObject({ code: 'file-exists', hint: expect.stringContaining('--force') });
    await writeFile(join(source, 'notes.txt'), 'second');
    await library.add(source, { overwrite: true });
    expect(await readFile(join(library.userFolder, 'studio-1', 'notes.txt'), 'utf8')).toBe('second');
    await rm(join(source, 'head-decoder.onnx'));
    await expect(library.add(source, { overwrite: true })).rejects.toMatchObject({ code: 'damaged-model' });
    expect(await readdir(library.userFolder)).toEqual(['studio-1']);
    expect((await library.list({ checkFiles: true }))[1]).toMatchObject({ id: 'studio-1', problem: '' });
  });

  it.each(['../evil', 'a/b', '.hidden', ''])('refuses the id "%s", which is no name for a folder', async (id) => {
    await expect(library.add(await modelFolder(id, 'made'), { overwrite: false })).rejects.toMatchObject({ code: id === '' ? 'damaged-model' : 'bad-input' });
  });

  it('refuses to stand in for the shipped model', async () => {
    await expect(library.add(await modelFolder('tiny-1'), { overwrite: true })).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('lists what cannot be used with its problem instead of failing', async () => {
    await cp(await modelFolder('studio-1'), join(library.userFolder, 'studio-1'), { recursive: true });
    await cp(await modelFolder('studio-1', 'copy'), join(library.userFolder, 'z-copy'), { recursive: true });
    await mkdir(join(library.userFolder, 'empty'));
    await rm(join(library.userFolder, 'studio-1', 'head-predictor.onnx'));
    const models = await library.list({ checkFiles: true });
    expect(models.map(({ id, manifest }) => [id, manifest !== null])).toEqual([
      ['tiny-1', true],
      ['empty', false],
      ['studio-1', false],
      ['studio-1', true],
    ]);
    expect(models[1]?.problem).toContain('manifest.json is missing');
    expect(models[2]?.problem).toContain('head-predictor.onnx is missing');
    const doubled = await library.list();
    expect(doubled[3]?.problem).toContain('Remove one of the two');
  });

  it('says of a model that is not there what to do, and that nothing is lost', async () => {
    await expect(library.folderOf('studio-9')).rejects.toMatchObject({
      code: 'missing-model',
      message: expect.stringContaining('"studio-9"'),
      hint: expect.stringMatching(/models add[\s\S]*installed: tiny-1[\s\S]*stays as it is/),
    });
    await mkdir(join(library.userFolder, 'empty'), { recursive: true });
    await expect(library.folderOf('empty')).rejects.toMatchObject({ code: 'damaged-model' });
  });
});
