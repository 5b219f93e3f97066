import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resample } from '../../../src/main/engine/audio/resample';
import { signalToNoise } from './signal-to-noise';

/** The formula of `resampling_input` in test/fixtures/audio/make_fixtures.py. */
function resamplingInput(rateHz: number): Float32Array {
  const low = rateHz === 8000 ? [210, 733, 1900, 3300] : [210, 733, 1900, 3300, 5200, 7000];
  const frequencies = rateHz > 16000 ? [...low, 9100, 10400] : low;
  return Float32Array.from({ length: Math.floor(rateHz / 4) }, (_, n) => {
    const time = n / rateHz;
    const tones = frequencies.reduce((sum, frequency, index) => sum + Math.sin(2 * Math.PI * frequency * time + 0.3 * index), 0);
    return 0.1 * Math.sin((Math.PI * time) / 0.25) ** 2 * tones;
  });
}

describe('the resampler against the reference of sox ("rate -v")', () => {
  it.each([8000, 22050, 44100, 48000, 96000])('%i Hz to 16 kHz: at least 60 dB', (rateHz) => {
    const bytes = readFileSync(resolve(import.meta.dirname, `sox-from-${rateHz}.f32`));
    const reference = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    expect(signalToNoise(resample(resamplingInput(rateHz), rateHz), reference)).toBeGreaterThan(60);
  });
});
