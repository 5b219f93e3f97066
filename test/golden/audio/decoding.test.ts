import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeAudio } from '../../../src/main/engine/audio/decode-audio';
import { openAudio } from '../../../src/main/engine/audio/read-audio';
import { signalToNoise } from './signal-to-noise';

const folder = resolve(import.meta.dirname, '../../fixtures/audio');

async function decode(name: string) {
  const source = await openAudio(resolve(folder, name));
  try {
    const channels = await decodeAudio(source);
    const { container, encoding, sampleRateHz, channelCount, durationSeconds, state } = source;
    return { container, encoding, sampleRateHz, channelCount, durationSeconds, state, channels };
  } finally {
    await source.close();
  }
}

/** Worst channel against the 16-bit original. */
async function worstChannel(name: string, referenceName: string): Promise<number> {
  const actual = await decode(name);
  const reference = await decode(referenceName);
  expect(actual.channelCount).toBe(reference.channelCount);
  expect(actual.sampleRateHz).toBe(reference.sampleRateHz);
  return Math.min(...actual.channels.map((samples, channel) => signalToNoise(samples, reference.channels[channel] ?? [])));
}

describe('uncompressed formats give the samples of the 16-bit original', () => {
  it.each([
    ['wav-signed24.wav', 'signed24', Number.POSITIVE_INFINITY],
    ['wav-signed32.wav', 'signed32', Number.POSITIVE_INFINITY],
    ['wav-float32.wav', 'float32', Number.POSITIVE_INFINITY],
    ['wav-float64.wav', 'float64', Number.POSITIVE_INFINITY],
    ['wav-rf64.wav', 'signed16', Number.POSITIVE_INFINITY],
    ['aiff-signed16.aiff', 'signed16', Number.POSITIVE_INFINITY],
    ['aiff-signed24.aiff', 'signed24', Number.POSITIVE_INFINITY],
    ['aiff-sowt.aifc', 'signed16', Number.POSITIVE_INFINITY],
    ['aiff-float32.aifc', 'float32', Number.POSITIVE_INFINITY],
    ['wav-unsigned8.wav', 'unsigned8', 25],
    ['wav-mulaw.wav', 'mulaw', 30],
    ['wav-alaw.wav', 'alaw', 30],
  ])('%s', async (name, encoding, decibels) => {
    expect((await decode(name)).encoding).toBe(encoding);
    expect(await worstChannel(name, 'wav-signed16.wav')).toBeGreaterThanOrEqual(decibels);
  });

  it('reads six channels of WAVE_FORMAT_EXTENSIBLE in order', async () => {
    const { channels, channelCount, durationSeconds } = await decode('wav-six-channels.wav');
    const [left = [], right = []] = (await decode('wav-signed16.wav')).channels;
    expect(channelCount).toBe(6);
    expect(durationSeconds).toBeCloseTo(0.125, 6);
    const expected = [left, right, left.map((x) => x / 2), right.map((x) => x / 4), left.map((x) => -x), right.map((x) => -x)];
    expected.forEach((samples, channel) => {
      expect(signalToNoise(channels[channel] ?? [], samples)).toBeGreaterThan(60);
    });
  });
});

describe('compressed formats agree with ffmpeg sample by sample', () => {
  it.each([
    ['voice.mp3', 'mp3', 2, 0.3],
    ['voice-mono-22050.mp3', 'mp3', 1, 0.3],
    ['voice.ogg', 'ogg-vorbis', 2, undefined],
    ['voice.opus', 'ogg-opus', 2, undefined],
    ['voice-mono.opus', 'ogg-opus', 1, undefined],
  ])('%s', async (name, container, channelCount, durationSeconds) => {
    const facts = await decode(name);
    expect({ container: facts.container, channelCount: facts.channelCount }).toEqual({ container, channelCount });
    expect(facts.state).toEqual({ progress: 1, isTruncated: false, hasDamage: false });
    if (durationSeconds === undefined) expect(facts.durationSeconds).toBeUndefined();
    else expect(facts.durationSeconds).toBeCloseTo(durationSeconds, 6);
    expect(await worstChannel(name, `${name}.reference.flac`)).toBeGreaterThan(60);
  });

  it.each(['voice-24.flac', 'voice-flac.oga'])('%s holds the same samples as voice.flac', async (name) => {
    const { channels } = await decode(name);
    const original = (await decode('voice.flac')).channels.map((samples) => samples.subarray(0, 4410));
    expect(channels.map((samples) => samples.length)).toEqual([4410, 4410]);
    channels.forEach((samples, channel) => {
      expect(signalToNoise(samples, original[channel] ?? [])).toBeGreaterThan(85);
    });
  });

  it('reads an MP3 without any tag', async () => {
    const { channels, sampleRateHz } = await decode('voice-no-tags.mp3');
    expect(sampleRateHz).toBe(44100);
    expect(channels[0]?.length).toBeGreaterThan(0.3 * 44100);
  });
});

describe('formats that are refused', () => {
  it.each([
    ['refused.m4a', /M4A/, /convert it to WAV/],
    ['refused.aac', /AAC/, /convert it to WAV/],
    ['refused.webm', /WebM/, /convert it to WAV/],
    ['refused.au', /\.au/, /Use WAV/],
    ['refused.mp2', /known format/, /Use WAV/],
    ['refused-adpcm.wav', /code 17/, /uncompressed WAV/],
  ])('%s', async (name, message, hint) => {
    await expect(openAudio(resolve(folder, name))).rejects.toMatchObject({
      code: 'unsupported-audio',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });
});
