import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWav } from '../../../shared/audio/write-wav';
import { decodeAudio } from './decode-audio';
import { playableMimeType, toPlayableWav } from './playable-wav';
import { openAudio } from './read-audio';

const fixtures = resolve(import.meta.dirname, '../../../../test/fixtures/audio');

async function withSource<T>(name: string, use: (source: Awaited<ReturnType<typeof openAudio>>) => T): Promise<Awaited<T>> {
  const source = await openAudio(resolve(fixtures, name));
  try {
    return await use(source);
  } finally {
    await source.close();
  }
}

describe('toPlayableWav', () => {
  it('turns AIFF into WAV with the same samples', async () => {
    const original = await withSource('aiff-signed16.aiff', (source) => decodeAudio(source));
    const bytes = await withSource('aiff-signed16.aiff', (source) => toPlayableWav(source));
    const copy = await openAudio({ bytes, name: 'copy' });
    expect(copy).toMatchObject({ container: 'wav', encoding: 'signed16', sampleRateHz: 8000, channelCount: 2 });
    expect(await decodeAudio(copy)).toEqual(original);
  });

  it('mixes more than two channels to one', async () => {
    const bytes = await withSource('wav-six-channels.wav', (source) => toPlayableWav(source));
    expect((await openAudio({ bytes, name: 'copy' })).channelCount).toBe(1);
  });

  it('clips what is louder than full scale', async () => {
    const source = await openAudio({ bytes: writeWav([Float32Array.of(2, -2, 0)], 8000), name: 'loud' });
    expect((await decodeAudio(source))[0]).toEqual(Float32Array.of(32767 / 32768, -1, 0));
  });
});

describe('playableMimeType', () => {
  it('does not leave a cut-off WAV to the browser', async () => {
    const bytes = writeWav([new Float32Array(100)], 8000).subarray(0, 144);
    expect(playableMimeType(await openAudio({ bytes, name: 'cut' }))).toBeUndefined();
  });

  it.each([
    ['wav-signed16.wav', 'audio/wav'],
    ['wav-float64.wav', undefined],
    ['wav-mulaw.wav', undefined],
    ['wav-six-channels.wav', undefined],
    ['aiff-sowt.aifc', undefined],
    ['voice.mp3', 'audio/mpeg'],
    ['voice.flac', 'audio/flac'],
    ['voice.ogg', 'audio/ogg'],
    ['voice.opus', 'audio/ogg'],
  ])('%s: %s', async (name, expected) => {
    expect(await withSource(name, playableMimeType)).toBe(expected);
  });
});
