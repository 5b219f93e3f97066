import { hertzToMel, MEL_BANDS, MEL_STEP, melToHertz } from '../../../../shared/audio/mel-scale';
import { RealFft } from './real-fft';

/** Number of log-mel bands. */
export const MEL_BAND_COUNT = MEL_BANDS.count;

const FFT_SIZE = 512;
const WINDOW_SAMPLES = 400;
const SAMPLE_RATE_HZ = 16000;

interface MelFilter {
  readonly firstBin: number;
  readonly weights: Float64Array;
}

/** Log-mel bands of one frame, as docs/audio-features.md defines them. */
export class MelBands {
  private readonly fft = new RealFft(FFT_SIZE);
  private readonly filters = melFilters(this.fft.binCount);
  private readonly window = Float64Array.from({ length: WINDOW_SAMPLES }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / WINDOW_SAMPLES));
  private readonly windowed = new Float64Array(FFT_SIZE);
  private readonly power = new Float64Array(this.fft.binCount);

  /** Writes the 80 scaled log-mel values of the 400 samples around `centre` to `bands`. */
  compute(samples: Float64Array, centre: number, bands: Float64Array): void {
    const start = centre - WINDOW_SAMPLES / 2;
    for (let n = 0; n < WINDOW_SAMPLES; n++) this.windowed[n] = (samples[start + n] as number) * (this.window[n] as number);
    this.fft.powerSpectrum(this.windowed, this.power);
    this.filters.forEach(({ firstBin, weights }, band) => {
      let sum = 0;
      for (let bin = 0; bin < weights.length; bin++) sum += (weights[bin] as number) * (this.power[firstBin + bin] as number);
      bands[band] = (Math.log(sum + 1e-4) + 2) / 4;
    });
  }
}

/** Triangles with peak 1 over the FFT bins; band b spans edges b .. b + 2 of 82 points equally spaced in mel. */
function melFilters(binCount: number): MelFilter[] {
  const lowest = hertzToMel(MEL_BANDS.lowestHz);
  const step = MEL_STEP;
  return Array.from({ length: MEL_BAND_COUNT }, (_, band) => {
    const left = melToHertz(lowest + step * band);
    const centre = melToHertz(lowest + step * (band + 1));
    const right = melToHertz(lowest + step * (band + 2));
    const all = Float64Array.from({ length: binCount }, (_, bin) => {
      const frequency = (bin * SAMPLE_RATE_HZ) / FFT_SIZE;
      return Math.max(0, Math.min((frequency - left) / (centre - left), (right - frequency) / (right - centre)));
    });
    const firstBin = Math.max(
      0,
      all.findIndex((weight) => weight > 0),
    );
    const lastBin = all.findLastIndex((weight) => weight > 0);
    return { firstBin, weights: all.slice(firstBin, lastBin + 1) };
  });
}
