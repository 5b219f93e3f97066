import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveFile } from './serve-file';

let folder: string;
let root: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vividtalker-'));
  root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'renderer-secret'));
  writeFileSync(join(root, 'index.html'), '<style nonce="__CSP_NONCE__"></style>');
  writeFileSync(join(root, 'assets', 'app.js'), 'export {}');
  writeFileSync(join(root, 'assets', 'a b.css'), '');
  writeFileSync(join(root, 'assets', 'key.pem'), 'secret');
  writeFileSync(join(folder, 'outside.json'), 'secret');
  writeFileSync(join(folder, 'renderer-secret', 'a.json'), 'secret');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('serveFile', () => {
  it('serves the page with a fresh nonce in policy and text', async () => {
    const [first, second] = [await serveFile(root, '/', ['ws://127.0.0.1:1']), await serveFile(root, '/index.html')];
    const nonce = /nonce="([^"]+)"/.exec(Buffer.from(first.body).toString())?.[1];
    expect(first.status).toBe(200);
    expect(first.headers['Content-Type']).toBe('text/html; charset=utf-8');
    expect(first.headers['Content-Security-Policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(first.headers['Content-Security-Policy']).toContain("connect-src 'self' blob: ws://127.0.0.1:1;");
    expect(Buffer.from(second.body).toString()).not.toBe(Buffer.from(first.body).toString());
  });

  it.each([
    ['/assets/app.js', 'text/javascript; charset=utf-8'],
    ['/assets/a%20b.css', 'text/css; charset=utf-8'],
  ])('serves %s', async (path, contentType) => {
    const answer = await serveFile(root, path);
    expect([answer.status, answer.headers['Content-Type'], answer.headers['X-Content-Type-Options']]).toEqual([200, contentType, 'nosniff']);
  });

  it.each([
    '/../outside.json',
    '/%2e%2e/outside.json',
    '/..%2foutside.json',
    '/assets/../../outside.json',
    '/..%5coutside.json',
    '/../renderer-secret/a.json',
    '//etc/hostname.json',
    '/assets/app.js%00.html',
    '/C:/outside.json',
    '/%',
    '/assets',
    '/assets/key.pem',
    '/missing.js',
    '/index.html/x.js',
    `/${'a'.repeat(5000)}.js`,
  ])('does not serve %s', async (path) => {
    expect((await serveFile(root, path)).status).toBe(404);
  });

  it('does not follow a link out of the folder', async () => {
    symlinkSync(join(folder, 'outside.json'), join(root, 'link.json'));
    expect((await serveFile(root, '/link.json')).status).toBe(404);
  });
});
