import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWav } from '../../../shared/audio/write-wav';
import { analyseAudio } from './analyse-audio';
import { computeFeatures } from './features/compute-features';
import { FEATURE_COLUMNS, FEATURE_COUNT } from './features/features';
import { resample } from './resample';

const fixtures = resolve(import.meta.dirname, '../../../../test/fixtures/audio');

function tone(rateHz: number, seconds: number, level = 0.5): Float32Array {
  return Float32Array.from({ length: Math.round(rateHz * seconds) }, (_, n) => Math.round(level * 32768 * Math.sin((2 * Math.PI * 200 * n) / rateHz)) / 32768);
}

describe('analyseAudio', () => {
  it('gives facts, features, levels and peaks of the chosen channel', async () => {
    const left = tone(48000, 1);
    const bytes = writeWav([left, new Float32Array(left.length)], 48000);
    const shares: number[] = [];
    const result = await analyseAudio({ bytes, name: 'tone.wav' }, { channel: 0, onProgress: (share) => shares.push(share) });
    expect(result).toMatchObject({ sampleRateHz: 48000, channelCount: 2, durationSeconds: 1, isTruncated: false, warnings: [] });
    expect(result.features).toEqual(computeFeatures(resample(left, 48000)));
    expect([result.features.frameCount, result.rmsDecibels.length, result.peaks.length]).toEqual([100, 100, 100]);
    expect(result.rmsDecibels[50]).toBeCloseTo(20 * Math.log10(0.5 / Math.SQRT2), 1);
    expect(result.peaks[50]).toBeCloseTo(0.5, 2);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const silent = await analyseAudio({ bytes, name: 'tone.wav' }, { channel: 1 });
    expect(silent.rmsDecibels.every((level) => level === -120)).toBe(true);
  });

  it('gives one unvoiced frame for 5 ms', async () => {
    const { features } = await analyseAudio({ bytes: writeWav([tone(16000, 0.005)], 16000), name: 'short.wav' });
    expect(features.frameCount).toBe(1);
    expect(features.values.length).toBe(FEATURE_COUNT);
  });

  it('gives finite features for digital silence', async () => {
    const { features } = await analyseAudio({ bytes: writeWav([new Float32Array(16000)], 16000), name: 'silent.wav' });
    expect(features.values.every(Number.isFinite)).toBe(true);
    expect(features.values[FEATURE_COLUMNS.voicing]).toBe(0);
  });

  it('gives the same for long sound, which it decodes twice', async () => {
    const path = resolve(fixtures, 'voice.ogg');
    const once = await analyseAudio(path);
    expect(await analyseAudio(path, { keptSeconds: 0.05 })).toEqual(once);
  });

  it('warns of a file that ends early', async () => {
    const bytes = writeWav([tone(16000, 1)], 16000).subarray(0, 20000);
    const result = await analyseAudio({ bytes, name: 'cut.wav' });
    expect(result.isTruncated).toBe(true);
    expect(result.warnings).toEqual(['The file is cut off or damaged; 0.6 s could be read and are used.']);
  });

  it('refuses more than four hours at once when the header says so', async () => {
    const header = writeWav([new Float32Array(0)], 1000).subarray(0, 44);
    const bytes = new Uint8Array(44 + 4 * 3600 * 1000 + 1);
    bytes.set(header);
    new DataView(bytes.buffer).setUint32(40, bytes.length - 44, true);
    new DataView(bytes.buffer).setUint16(34, 8, true);
    await expect(analyseAudio({ bytes, name: 'endless.wav' })).rejects.toMatchObject({ code: 'audio-too-long', hint: expect.stringMatching(/\w/) });
  });

  it('refuses a channel that is not there', async () => {
    await expect(analyseAudio(resolve(fixtures, 'voice-mono.opus'), { channel: 1 })).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('stops when cancelled', async () => {
    const controller = new AbortController();
    let calls = 0;
    const onProgress = () => {
      calls++;
      controller.abort();
    };
    const running = analyseAudio(resolve(fixtures, 'voice.flac'), { signal: controller.signal, onProgress });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(calls).toBe(1);
  });
});
