// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeMessage, encodeMessage } from '../../shared/contract/codec';
import { BRIDGE_NAME } from '../../shared/contract/preload-bridge';
import { connect } from './connect';

/** A WebSocket that answers every call with its own input, or refuses to open. */
class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  static readonly opened: FakeSocket[] = [];
  static isRefused = false;
  readyState = 0;
  binaryType = '';

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    super();
    FakeSocket.opened.push(this);
    queueMicrotask(() => {
      this.readyState = FakeSocket.isRefused ? FakeSocket.CLOSED : FakeSocket.OPEN;
      this.dispatchEvent(new Event(FakeSocket.isRefused ? 'error' : 'open'));
    });
  }
  send(bytes: Uint8Array): void {
    const { id, input } = decodeMessage(bytes) as { id: number; input: unknown };
    this.receive(encodeMessage({ type: 'value', id, value: input }).buffer);
  }
  receive(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
  close(): void {
    this.readyState = FakeSocket.CLOSED;
    this.dispatchEvent(new Event('close'));
  }
}

beforeEach(() => {
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.isRefused = false;
  window.sessionStorage.clear();
  window.history.replaceState(null, '', '/?x=1#token=secret');
});
afterEach(() => {
  vi.unstubAllGlobals();
  delete (window as unknown as Record<string, unknown>)[BRIDGE_NAME];
});

describe('connect', () => {
  it('opens a WebSocket with the token of the address, and takes it out of the address bar', async () => {
    const { client, shell } = await connect();
    expect(FakeSocket.opened.at(-1)).toMatchObject({
      url: `ws://${window.location.host}/engine`,
      protocols: ['vividtalker', 'token.secret'],
      binaryType: 'arraybuffer',
    });
    expect(window.location.hash).toBe('');
    expect(window.location.search).toBe('?x=1');
    expect(await client.call('upload.discard', { uploadId: 'echo' })).toEqual({ uploadId: 'echo' });
    expect(shell.canRevealFile).toBe(false);
  });

  it('remembers the token for a reload', async () => {
    await connect();
    await connect();
    expect(FakeSocket.opened.at(-1)?.protocols).toEqual(['vividtalker', 'token.secret']);
  });

  it('says what to do when no engine answers', async () => {
    FakeSocket.isRefused = true;
    await expect(connect()).rejects.toMatchObject({ code: 'connection-lost', hint: expect.stringContaining('address') });
  });

  it('hears when the engine goes, also by a message that is no bytes', async () => {
    const { client } = await connect();
    const lost = new Promise<void>((done) => client.onClose(done));
    FakeSocket.opened.at(-1)?.receive('text');
    await lost;
    await expect(client.call('upload.discard', { uploadId: 'a' })).rejects.toMatchObject({ code: 'connection-lost' });
  });

  it('uses the bridge of the Electron window when there is one', async () => {
    const socketCount = FakeSocket.opened.length;
    const posted: Uint8Array[] = [];
    (window as unknown as Record<string, unknown>)[BRIDGE_NAME] = {
      post: (message: Uint8Array) => posted.push(message),
      onMessage: () => undefined,
      ask: async () => ({ ok: true, value: [] }),
      onShellEvent: () => undefined,
    };
    const { client, shell } = await connect();
    client.call('app.info', {}).catch(() => undefined);
    expect(posted).toHaveLength(1);
    expect(shell.canRevealFile).toBe(true);
    expect(await shell.chooseFiles({ title: 'Open', extensions: ['wav'], multiple: false })).toEqual([]);
    expect(FakeSocket.opened).toHaveLength(socketCount);
    client.close();
  });
});
