import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIpcPipe as createMainPipe } from '../../src/main/electron/ipc-pipe';
import { type Host, startHost } from '../../src/main/host/start-host';
import { createIpcPipe as createPagePipe } from '../../src/renderer/engine/ipc-pipe';
import { decodeMessage, encodeMessage } from '../../src/shared/contract/codec';
import { createClient } from '../../src/shared/contract/create-client';
import { AppError } from '../../src/shared/contract/errors';
import type { Client } from '../../src/shared/contract/methods';
import type { Pipe } from '../../src/shared/contract/pipe';
import { BRIDGE_NAME, type PreloadBridge } from '../../src/shared/contract/preload-bridge';
import { serveHandlers } from '../../src/shared/contract/serve-handlers';
import { BrowserWindow, electronFake } from '../fakes/electron';
import { openNodeClientPipe } from '../fakes/node-client-pipe';
import { createStubEngine, type StubEngine } from '../fakes/stub-handlers';
import '../../src/main/electron/preload';

interface Connected {
  readonly pipe: Pipe;
  /** Ends the engine's side, as a crash or a closed window does. */
  endEngine(): void;
  cleanUp(): Promise<void>;
}

interface LogLine {
  readonly message: string;
  readonly details: Record<string, unknown> | undefined;
}

/** Runs until it is cancelled, see the stub engine. */
const longInput = { uploadId: 'a', channel: 'mix' } as const;

/** The same list of rules holds whatever carries the bytes. */
const connections: Record<string, (engine: StubEngine, log: LogLine[]) => Promise<Connected>> = {
  'a loopback WebSocket': async (engine, log) => {
    const rendererFolder = mkdtempSync(join(tmpdir(), 'vividtalker-'));
    writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html>');
    const host: Host = await startHost({ engine, rendererFolder, logger: createLogger(log), checkOutputs: true });
    return {
      pipe: await openNodeClientPipe(host.url),
      endEngine: () => void host.close(),
      cleanUp: async () => {
        await host.close();
        rmSync(rendererFolder, { recursive: true });
      },
    };
  },
  'Electron IPC': async (engine, log) => {
    const window = new BrowserWindow();
    const mainPipe = createMainPipe(window.webContents as unknown as Electron.WebContents);
    serveHandlers(mainPipe, engine.handlers, { logger: createLogger(log), checkOutputs: true });
    const pagePipe = createPagePipe(electronFake.exposed[BRIDGE_NAME] as PreloadBridge);
    // A page cannot outlive its main process, so the fake closes both ends.
    mainPipe.onClose(() => pagePipe.close());
    return { pipe: pagePipe, endEngine: () => window.destroy(), cleanUp: async () => window.destroy() };
  },
};

function createLogger(log: LogLine[]): { error(message: string, details?: Record<string, unknown>): void } {
  return { error: (message, details) => void log.push({ message, details }) };
}

describe.each(Object.entries(connections))('the contract over %s', (_name, connect) => {
  let engine: StubEngine;
  let connected: Connected;
  let client: Client;
  let log: LogLine[];

  beforeEach(async () => {
    log = [];
    engine = createStubEngine();
    connected = await connect(engine, log);
    client = createClient(connected.pipe);
  });
  afterEach(async () => {
    client.close();
    await connected.cleanUp();
  });

  it('carries typed arrays both ways, large ones too', async () => {
    expect(await client.call('upload.append', { uploadId: 'a', bytes: new Uint8Array([1, 2, 250]) })).toEqual({ receivedBytes: 253 });
    const { bytes, manifest } = await client.call('head.load', { detail: 'full' });
    const curve = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    expect([curve.length, curve[399_999]]).toEqual([400_000, Math.fround(399_999 / 7)]);
    expect(manifest).toEqual({ morphs: ['jawOpen'], scale: 0.01 });
  });

  it('answers many calls at once, each its own', async () => {
    const sums = await Promise.all(Array.from({ length: 100 }, (_, index) => client.call('upload.append', { uploadId: 'a', bytes: new Uint8Array([index]) })));
    expect(sums.map((sum) => sum.receivedBytes)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  it('keeps code, message and hint of a user error', async () => {
    const failure = client.call('audio.playable', { sha256: 'x' });
    await expect(failure).rejects.toBeInstanceOf(AppError);
    await expect(failure).rejects.toMatchObject({ code: 'unknown-audio', message: 'There is no sound x.', hint: 'Import it again.' });
    expect(log).toEqual([]);
  });

  it('hides an internal error and logs it under the id the caller gets', async () => {
    const error = await client.call('project.sample', {}).catch((caught: unknown) => caught as AppError);
    expect(error).toMatchObject({ code: 'internal' });
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(log).toHaveLength(1);
    expect(log[0]?.details?.['cause']).toContain('secret: /home/someone/private.wav');
    expect((error as AppError).hint).toContain(log[0]?.details?.['logId']);
  });

  it('names the field of a bad input', async () => {
    await expect(client.call('head.load', { detail: 'huge' as 'full' })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/^head\.load: detail: /),
    });
    await expect(client.call('upload.append', { uploadId: 'a', bytes: [1, 2] as unknown as Uint8Array<ArrayBuffer> })).rejects.toMatchObject({
      code: 'bad-input',
    });
  });

  it('reports an output that breaks the contract as an internal error', async () => {
    await expect(client.call('upload.open', { fileName: 'a.wav', sizeBytes: 1 })).rejects.toMatchObject({ code: 'internal' });
    expect(log[0]?.details?.['cause']).toContain('uploadId');
  });

  it.each(['constructor', '__proto__', 'hasOwnProperty', 'toString', 'clip.destroy', 'project.pack', ''])("refuses the method '%s'", async (method) => {
    await expect(client.call(method as 'app.info', {})).rejects.toMatchObject({ code: 'unknown-method' });
  });

  it('reports progress in order, all of it before the result', async () => {
    const seen: [number, string][] = [];
    const result = await client.call('exporters.list', {}, { onProgress: (fraction, label) => seen.push([fraction, label]) });
    expect(result).toEqual({ exporters: [] });
    expect(seen).toEqual(Array.from({ length: 51 }, (_, step) => [step / 50, `step ${step}`]));
  });

  it('cancels: the caller is free at once and the handler hears it', async () => {
    const controller = new AbortController();
    const running = client.call('audio.import', longInput, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await engine.sawCancel;
    expect(log).toEqual([]);
  });

  it('does not start a call whose signal is already aborted', async () => {
    await expect(client.call('audio.import', longInput, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('rejects what is pending when the engine goes, tells the listener once, and cancels the handlers', async () => {
    const lost = new Promise<void>((done) => client.onClose(done));
    const pending = client.call('audio.import', longInput, { onProgress: () => connected.endEngine() });
    await expect(pending).rejects.toMatchObject({ code: 'connection-lost' });
    await Promise.all([lost, engine.sawCancel]);
    await expect(client.call('upload.discard', { uploadId: 'a' })).rejects.toMatchObject({ code: 'connection-lost' });
  });

  it.each([
    ['garbage', new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9])],
    ['an empty message', new Uint8Array(0)],
    ['a message that is no call', encodeMessage({ type: 'value', id: 1, value: 2 })],
    ['a call without a number', encodeMessage({ type: 'call', id: -1, method: 'app.info', input: {} })],
  ])('closes on %s and logs it', async (_what, bytes) => {
    const lost = new Promise<void>((done) => client.onClose(done));
    connected.pipe.post(bytes);
    await lost;
    expect(log[0]?.message).toContain('unreadable');
  });

  it('refuses a second call with the number of a running one, and ignores the cancel of none', async () => {
    const replies: unknown[] = [];
    const twoReplies = new Promise<void>((done) => {
      connected.pipe.onMessage((bytes) => {
        replies.push(decodeMessage(bytes));
        if (replies.length === 2) done();
      });
    });
    connected.pipe.post(encodeMessage({ type: 'cancel', id: 900 }));
    connected.pipe.post(encodeMessage({ type: 'call', id: 901, method: 'audio.import', input: longInput }));
    connected.pipe.post(encodeMessage({ type: 'call', id: 901, method: 'upload.discard', input: { uploadId: 'a' } }));
    await twoReplies;
    expect(replies).toMatchObject([
      { type: 'progress', id: 901 },
      { type: 'error', id: 901, error: { code: 'bad-input' } },
    ]);
  });
});
