import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileLogger } from './logger';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vividtalker-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('log file', () => {
  it('takes JSON lines that name service and level', () => {
    const path = join(folder, 'new', 'a.log');
    createFileLogger(path).child('models').warn('slow', { milliseconds: 12 });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ level: 'warn', scope: 'engine.models', message: 'slow', milliseconds: 12 });
  });

  it('starts anew when it has grown large, and keeps the old one', () => {
    const path = join(folder, 'a.log');
    writeFileSync(path, 'x'.repeat(2_000_001));
    createFileLogger(path).info('first');
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(2);
    expect(readFileSync(`${path}.1`, 'utf8')).toHaveLength(2_000_001);
  });

  it('does not stop the work when it cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    const logger = createFileLogger(join(folder, 'file', 'a.log'));
    expect(() => logger.error('lost')).not.toThrow();
  });
});
