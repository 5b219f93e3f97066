import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Host, startHost } from '../../src/main/host/start-host';
import { createWsPipe } from '../../src/main/host/ws-pipe';
import { createClient } from '../../src/shared/contract/create-client';
import { openNodeClientPipe } from '../fakes/node-client-pipe';
import { createStubEngine } from '../fakes/stub-handlers';

let host: Host;
let rendererFolder: string;
const log: string[] = [];
const logger = { error: (message: string): void => void log.push(message) };

beforeAll(async () => {
  rendererFolder = mkdtempSync(join(tmpdir(), 'vividtalker-'));
  writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html><title>studio</title>');
  host = await startHost({ engine: createStubEngine(), rendererFolder, logger });
});
afterAll(async () => {
  await host.close();
  rmSync(rendererFolder, { recursive: true });
});

function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number | undefined; body: string; headers: Record<string, unknown> }> {
  return new Promise((done, fail) => {
    const outgoing = request({ host: '127.0.0.1', port: host.port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => done({ status: response.statusCode, body, headers: response.headers }));
    });
    outgoing.on('error', fail).end();
  });
}

const closed = (socket: WebSocket): Promise<number> => new Promise((done) => socket.once('close', done));

async function expectEngineAnswers(): Promise<void> {
  const client = createClient(await openNodeClientPipe(host.url));
  expect(await client.call('upload.append', { uploadId: 'a', bytes: new Uint8Array([7]) })).toEqual({ receivedBytes: 7 });
  client.close();
}

describe('the loopback host', () => {
  it('listens on 127.0.0.1 only and puts a token in the fragment', async () => {
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/);
    // Another loopback address answers only when a server listens on every address.
    await expect(new Promise((done, fail) => connect(host.port, '127.0.0.2').once('connect', done).once('error', fail))).rejects.toThrow();
  });

  it('serves the page with its policy, and HEAD without a body', async () => {
    const page = await get('/');
    expect([page.status, page.body]).toEqual([200, '<!doctype html><title>studio</title>']);
    expect(page.headers['content-security-policy']).toContain(`ws://127.0.0.1:${host.port}`);
    expect(await get('/index.html?x=1', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect((await get('/nothing.js')).status).toBe(404);
  });

  it.each([
    ['a foreign host name', { host: 'evil.example' }],
    ['a foreign origin', { origin: 'http://evil.example' }],
  ])('refuses %s', async (_what, headers) => {
    expect((await get('/', headers)).status).toBe(403);
  });

  it('refuses other methods', async () => {
    expect((await get('/', {}, 'POST')).status).toBe(405);
  });

  it.each([
    ['a wrong token', { token: 'x'.repeat(43) }, 401],
    ['an empty token', { token: '' }, 401],
    ['a foreign origin', { origin: 'http://evil.example' }, 403],
    ['a foreign host name', { host: 'evil.example:80' }, 403],
  ])('refuses a socket with %s', async (_what, headers, status) => {
    await expect(openNodeClientPipe(host.url, headers)).rejects.toThrow(`refused: ${status}`);
  });

  it('refuses a socket elsewhere', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/other`);
    await expect(new Promise((_done, fail) => socket.once('error', fail))).rejects.toThrow('404');
  });

  it('does not send the token back', async () => {
    const { hash, origin } = new URL(host.url);
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/engine`, ['vividtalker', `token.${hash.slice('#token='.length)}`], { origin });
    await new Promise((done) => socket.once('open', done));
    expect(socket.protocol).toBe('vividtalker');
    socket.terminate();
  });

  it('survives a client that sends text, a huge frame header, and one that breaks the protocol', async () => {
    for (const attack of [
      (socket: WebSocket) => socket.send('{"type":"call"}'),
      // A frame that says it has 2^40 bytes; only its header is sent.
      (socket: WebSocket) => rawSocket(socket).write(Buffer.from([0x82, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4])),
      (socket: WebSocket) => rawSocket(socket).write(Buffer.alloc(4096, 0xff)),
    ]) {
      const { hash, origin } = new URL(host.url);
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/engine`, ['vividtalker', `token.${hash.slice('#token='.length)}`], { origin });
      socket.on('error', () => undefined);
      await new Promise((done) => socket.once('open', done));
      attack(socket);
      await closed(socket);
      await expectEngineAnswers();
    }
  });

  it('survives bytes that are no HTTP', async () => {
    const socket = connect(host.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const ended = new Promise((done) => socket.once('close', done));
    socket.write(Buffer.alloc(40_000, 0x41));
    await ended;
    await expectEngineAnswers();
  });

  it('cuts off a client that does not read', async () => {
    const { hash, origin } = new URL(host.url);
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/engine`, ['vividtalker', `token.${hash.slice('#token='.length)}`], { origin });
    await new Promise((done) => socket.once('open', done));
    const pipe = createWsPipe(socket, 1000);
    const cut = new Promise<void>((done) => pipe.onClose(done));
    pipe.post(new Uint8Array(1001));
    await cut;
  });

  it('says when its port is taken, and when there is no studio to serve', async () => {
    const engine = createStubEngine();
    await expect(startHost({ engine, rendererFolder, logger, port: host.port })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(String(host.port)),
    });
    await expect(startHost({ engine, rendererFolder: join(rendererFolder, 'none'), logger })).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('closes at once although a client is connected', async () => {
    const second = await startHost({ engine: createStubEngine(), rendererFolder, logger });
    const client = createClient(await openNodeClientPipe(second.url));
    const lost = new Promise<void>((done) => client.onClose(done));
    await second.close();
    await lost;
    await expect(openNodeClientPipe(second.url)).rejects.toThrow('ECONNREFUSED');
  });
});

function rawSocket(socket: WebSocket): { write(bytes: Buffer): void } {
  return (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket;
}
