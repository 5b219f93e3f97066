import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stubEncoders } from '../../../test/fakes/stub-encoders';
import { encodeFilm, type FilmRequest } from './encode-film';

let browser: ReturnType<typeof stubEncoders>;

beforeEach(() => {
  browser = stubEncoders({ codecs: ['vp8', 'opus'] });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function request(changes: Partial<FilmRequest> = {}): FilmRequest {
  return {
    encoding: { format: 'webm', videoCodec: 'vp8', audioCodec: 'opus' },
    frameRateHz: 30,
    frameCount: 70,
    sound: null,
    canvas: new HTMLCanvasElement(),
    drawFrame: () => undefined,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...changes,
  };
}

const read = (bytes: Uint8Array<ArrayBuffer>): Input => new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });

test('every picture is drawn and kept in order at its time, with a key picture every two seconds, and let go', async () => {
  const drawn: number[] = [];
  const fractions: number[] = [];
  const bytes = await encodeFilm(request({ drawFrame: (frame) => drawn.push(frame), onProgress: (fraction) => fractions.push(fraction) }));
  const video = await read(bytes).getPrimaryVideoTrack();
  expect(drawn).toEqual(Array.from({ length: 70 }, (_, frame) => frame));
  expect((await video?.computePacketStats())?.packetCount).toBe(70);
  expect(await video?.computeDuration()).toBeCloseTo(70 / 30, 2);
  expect(browser.keyPictures()).toEqual([0, 60]);
  expect(browser.openPictures()).toBe(0);
  expect(fractions.at(-1)).toBe(1);
  expect(await read(bytes).getPrimaryAudioTrack()).toBeNull();
});

test('the sound is a track of its own, as long as the pictures', async () => {
  const bytes = await encodeFilm(request({ frameCount: 60, sound: new AudioBuffer({ length: 96_000, numberOfChannels: 2, sampleRate: 48_000 }) }));
  const audio = await read(bytes).getPrimaryAudioTrack();
  expect(await audio?.getNumberOfChannels()).toBe(2);
  // Two seconds in packets of 20 ms.
  expect((await audio?.computePacketStats())?.packetCount).toBe(100);
});

test('a browser without a sound encoder is told so, with what to do', async () => {
  const silent = request({
    encoding: { format: 'webm', videoCodec: 'vp8', audioCodec: null },
    sound: new AudioBuffer({ length: 4_800, sampleRate: 48_000 }),
  });
  await expect(encodeFilm(silent)).rejects.toMatchObject({ code: 'not-supported', hint: expect.stringContaining('Switch off Sound') });
});

test('a cancel ends the film at the next picture and closes the encoder', async () => {
  const controller = new AbortController();
  const running = encodeFilm(request({ signal: controller.signal, onProgress: (fraction) => fraction > 0.2 && controller.abort() }));
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  expect(browser.pictureCount()).toBeLessThan(20);
  expect(browser.openPictures()).toBe(0);
  expect(browser.openEncoders()).toBe(0);
});

test('an encoder that fails becomes words for the animator', async () => {
  browser.failAtPicture(5);
  await expect(encodeFilm(request())).rejects.toMatchObject({ code: 'not-supported', hint: expect.stringContaining('other format') });
});
