import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileError, writeFileWhole } from './write-file-whole';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vividtalker-write-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const BYTES = Uint8Array.of(1, 2, 3);

describe('writing a file whole', () => {
  it('leaves the file and nothing else', async () => {
    await writeFileWhole(join(folder, 'a.bin'), BYTES, { overwrite: false });
    await writeFileWhole(join(folder, 'a.bin'), Uint8Array.of(4), { overwrite: true });
    expect(await readdir(folder)).toEqual(['a.bin']);
    expect([...(await readFile(join(folder, 'a.bin')))]).toEqual([4]);
  });

  it('refuses an existing file and keeps it', async () => {
    await writeFile(join(folder, 'a.bin'), 'old');
    await expect(writeFileWhole(join(folder, 'a.bin'), BYTES, { overwrite: false })).rejects.toMatchObject({ code: 'file-exists' });
    expect(await readFile(join(folder, 'a.bin'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.bin']);
  });

  it('lets only one of two writers win', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) => writeFileWhole(join(folder, 'a.bin'), Uint8Array.of(index), { overwrite: false })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['a.bin']);
  });

  it('says what is wrong with the place and leaves nothing behind', async () => {
    await writeFile(join(folder, 'file'), '');
    await mkdir(join(folder, 'taken'));
    await expect(writeFileWhole(join(folder, 'missing', 'a.bin'), BYTES, { overwrite: false })).rejects.toMatchObject({ code: 'file-not-found' });
    await expect(writeFileWhole(join(folder, 'file', 'a.bin'), BYTES, { overwrite: false })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(writeFileWhole(join(folder, 'taken'), BYTES, { overwrite: true })).rejects.toMatchObject({ code: 'bad-input' });
    expect((await readdir(folder)).sort()).toEqual(['file', 'taken']);
  });

  it.each([
    ['EACCES', 'permission-denied'],
    ['EROFS', 'permission-denied'],
    ['ENOSPC', 'disk-full'],
    ['EEXIST', 'file-exists'],
  ])('maps %s to %s', (code, expected) => {
    expect(fileError(Object.assign(new Error(code), { code }), '/a/b')).toMatchObject({ code: expected });
  });

  it('passes unknown errors on', () => {
    const error = new Error('odd');
    expect(fileError(error, '/a')).toBe(error);
  });
});
