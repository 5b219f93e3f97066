import { afterEach, expect, test, vi } from 'vitest';
import { encodeFilm, type FilmRequest } from './encode-film';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Encoders that give back one byte for each picture. */
function stubEncoders(): { keys: boolean[]; closed: number } {
  const seen = { keys: [] as boolean[], closed: 0 };
  class VideoEncoderStub {
    static isConfigSupported = async ({ codec }: { codec: string }) => ({ supported: codec === 'vp8' });
    encodeQueueSize = 0;
    state = 'unconfigured';
    constructor(private readonly init: { output(chunk: unknown): void }) {}
    configure(): void {
      this.state = 'configured';
    }
    encode(picture: { timestamp: number }, { keyFrame }: { keyFrame: boolean }): void {
      seen.keys.push(keyFrame);
      this.init.output({ byteLength: 1, timestamp: picture.timestamp, type: keyFrame ? 'key' : 'delta', copyTo: (bytes: Uint8Array) => bytes.fill(7) });
    }
    async flush(): Promise<void> {}
    close(): void {
      this.state = 'closed';
    }
  }
  class VideoFrameStub {
    readonly timestamp: number;
    constructor(_: unknown, init: { timestamp: number }) {
      this.timestamp = init.timestamp;
    }
    close(): void {
      seen.closed++;
    }
  }
  vi.stubGlobal('VideoEncoder', VideoEncoderStub);
  vi.stubGlobal('VideoFrame', VideoFrameStub);
  return seen;
}

function request(changes: Partial<FilmRequest> = {}): FilmRequest {
  return {
    width: 64,
    height: 36,
    frameRateHz: 30,
    frameCount: 70,
    sound: null,
    drawFrame: () => ({}) as HTMLCanvasElement,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...changes,
  };
}

test('a browser without encoders is told so, with what to do', async () => {
  await expect(encodeFilm(request())).rejects.toMatchObject({ code: 'not-supported', hint: expect.stringContaining('Chrome') });
});

test('every picture is encoded in order with a key picture every two seconds, in the best codec there is, and let go', async () => {
  const seen = stubEncoders();
  const fractions: number[] = [];
  const film = await encodeFilm(request({ onProgress: (fraction) => fractions.push(fraction) }));
  expect(film.video.codec).toBe('V_VP8');
  expect(film.video.pieces.map(({ timeMicroseconds }) => Math.round(timeMicroseconds * 3e-5))).toEqual(Array.from({ length: 70 }, (_, frame) => frame));
  expect(seen.keys.flatMap((isKey, frame) => (isKey ? [frame] : []))).toEqual([0, 60]);
  expect(seen.closed).toBe(70);
  expect(fractions.at(-1)).toBe(1);
});

test('a cancel ends the film at the next picture', async () => {
  const seen = stubEncoders();
  const controller = new AbortController();
  const running = encodeFilm(request({ signal: controller.signal, onProgress: (fraction) => fraction > 0.2 && controller.abort() }));
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  expect(seen.closed).toBeLessThan(20);
});
