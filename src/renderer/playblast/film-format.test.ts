import { afterEach, expect, test, vi } from 'vitest';
import { stubEncoders } from '../../../test/fakes/stub-encoders';
import { describeEncoding, describeMissing, findEncodings } from './film-format';

afterEach(() => {
  vi.unstubAllGlobals();
});

// mediabunny remembers what a browser said about a size, so every test asks for a size of its own.
test('a browser with every codec gets MP4 with AAC first, then WebM with VP9', async () => {
  stubEncoders({ codecs: ['avc1', 'vp09', 'vp8', 'mp4a', 'opus'] });
  const encodings = await findEncodings({ width: 64, height: 36, frameRate: 30 });
  expect(encodings).toEqual([
    { format: 'mp4', videoCodec: 'avc', audioCodec: 'aac' },
    { format: 'webm', videoCodec: 'vp9', audioCodec: 'opus' },
  ]);
  expect(encodings.map(describeEncoding)).toEqual(['H.264 pictures, AAC sound.', 'VP9 pictures, Opus sound.']);
  expect(describeMissing(encodings)).toBe('');
});

test('a browser without H.264 offers WebM alone and says why', async () => {
  stubEncoders({ codecs: ['vp8', 'opus'] });
  const encodings = await findEncodings({ width: 66, height: 36, frameRate: 30 });
  expect(encodings.map(({ format, videoCodec }) => [format, videoCodec])).toEqual([['webm', 'vp8']]);
  expect(describeMissing(encodings)).toBe('No MP4: this browser cannot encode H.264.');
});

test('a browser that encodes nothing is told what to do', async () => {
  stubEncoders({ codecs: [] });
  expect(describeMissing(await findEncodings({ width: 68, height: 36, frameRate: 30 }))).toContain('Chrome');
});

test('Opus in MP4 and a film without sound are said', () => {
  expect(describeEncoding({ format: 'mp4', videoCodec: 'avc', audioCodec: 'opus' })).toContain('no Opus in MP4');
  expect(describeEncoding({ format: 'webm', videoCodec: 'vp9', audioCodec: null })).toBe('VP9 pictures. This browser cannot encode sound.');
});
