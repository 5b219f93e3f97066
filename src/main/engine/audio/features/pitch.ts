import { HOP_SAMPLES, REACH_SAMPLES } from './frame-cutter';

const SAMPLE_RATE_HZ = 16000;
const WINDOW_SAMPLES = 2 * REACH_SAMPLES;
const MINIMUM_LAG = 40;
const LAG_COUNT = 227;
const LAGS_AT_ONCE = 4;
const GROUP_COUNT = Math.ceil(LAG_COUNT / LAGS_AT_ONCE);
const STORED_CHUNKS = 4;
const ENERGY_FLOOR = 1e-3;
const LAG_PENALTY = 0.0003;
const VOICED_CORRELATION = 0.5;
const MINIMUM_RMS = 0.003;

/** Pitch of one frame: `frequencyHz` is 0 when unvoiced; `voicing` is 0..1. */
export interface Pitch {
  readonly frequencyHz: number;
  readonly voicing: number;
}

const UNVOICED: Pitch = { frequencyHz: 0, voicing: 0 };

/**
 * Fundamental frequency by normalised cross-correlation, as docs/audio-features.md defines it; call `next` for every frame of a clip in order.
 * A window of 800 samples is five hops, so each product x[n] x[n + lag] is computed once and summed per hop for all windows that hold it.
 */
export class PitchTracker {
  /** Sums over one hop of x[n] x[n + lag]; the hop's number modulo STORED_CHUNKS picks the row. */
  private readonly chunks = Array.from({ length: STORED_CHUNKS }, () => new Float64Array(GROUP_COUNT * LAGS_AT_ONCE));
  /** The part of the hop after the last full one that lies inside the window: the next frame's newest hop begins with it. */
  private readonly begun = new Float64Array(GROUP_COUNT * LAGS_AT_ONCE);
  private readonly products = new Float64Array(GROUP_COUNT * LAGS_AT_ONCE);
  private readonly four = new Float64Array(LAGS_AT_ONCE);
  private readonly sums = new Float64Array(WINDOW_SAMPLES + 1);
  private readonly energies = new Float64Array(WINDOW_SAMPLES + 1);
  private readonly correlation = new Float64Array(LAG_COUNT);
  private readonly score = new Float64Array(LAG_COUNT);
  private frame = 0;

  /** Pitch around `samples[centre]`, given the level `rms` of the frame after gain. */
  next(samples: Float64Array, centre: number, rms: number): Pitch {
    const start = centre - REACH_SAMPLES;
    this.updateProducts(samples, start);
    this.frame++;
    if (rms < MINIMUM_RMS) return UNVOICED;
    this.correlate(samples, start);
    return this.pick();
  }

  /** products[lag - MINIMUM_LAG] = sum over n < 800 - lag of x[n] x[n + lag], x counted from the window's start. */
  private updateProducts(samples: Float64Array, start: number): void {
    const { products, four, begun } = this;
    for (let group = 0; group < GROUP_COUNT; group++) {
      const first = group * LAGS_AT_ONCE;
      const lag = first + MINIMUM_LAG;
      const shared = WINDOW_SAMPLES - lag - (LAGS_AT_ONCE - 1);
      const fullChunks = Math.floor(shared / HOP_SAMPLES);
      const rest = shared - fullChunks * HOP_SAMPLES;
      for (let chunk = this.frame === 0 ? 0 : fullChunks - 1; chunk < fullChunks; chunk++) {
        const known = this.frame === 0 ? 0 : rest;
        sumProducts(samples, start + chunk * HOP_SAMPLES + known, HOP_SAMPLES - known, lag, four);
        const row = this.chunkRow(chunk);
        for (let index = 0; index < LAGS_AT_ONCE; index++) row[first + index] = (four[index] as number) + (begun[first + index] as number);
      }
      sumProducts(samples, start + fullChunks * HOP_SAMPLES, rest, lag, four);
      begun.set(four, first);
      for (let index = 0; index < LAGS_AT_ONCE; index++) {
        let sum = four[index] as number;
        for (let chunk = 0; chunk < fullChunks; chunk++) sum += this.chunkRow(chunk)[first + index] as number;
        const end = start + WINDOW_SAMPLES - lag - index;
        for (let n = start + shared; n < end; n++) sum += (samples[n] as number) * (samples[n + lag + index] as number);
        products[first + index] = sum;
      }
    }
  }

  private chunkRow(chunkOfWindow: number): Float64Array {
    return this.chunks[(this.frame + chunkOfWindow) % STORED_CHUNKS] as Float64Array;
  }

  private correlate(samples: Float64Array, start: number): void {
    const { sums, energies, products, correlation, score } = this;
    for (let n = 0; n < WINDOW_SAMPLES; n++) sums[n + 1] = (sums[n] as number) + (samples[start + n] as number);
    const total = sums[WINDOW_SAMPLES] as number;
    const mean = total / WINDOW_SAMPLES;
    for (let n = 0; n < WINDOW_SAMPLES; n++) {
      const centred = (samples[start + n] as number) - mean;
      energies[n + 1] = (energies[n] as number) + centred * centred;
    }
    const energy = energies[WINDOW_SAMPLES] as number;
    for (let index = 0; index < LAG_COUNT; index++) {
      const lag = index + MINIMUM_LAG;
      const overlap = WINDOW_SAMPLES - lag;
      // sum (a - mean)(b - mean) from the sums of a b, a and b.
      const cross = (products[index] as number) - mean * ((sums[overlap] as number) + total - (sums[lag] as number)) + overlap * mean * mean;
      const head = (energies[overlap] as number) + ENERGY_FLOOR;
      const tail = energy - (energies[lag] as number) + ENERGY_FLOOR;
      const value = cross / Math.sqrt(head * tail);
      correlation[index] = value;
      score[index] = value * (1 - LAG_PENALTY * index);
    }
  }

  private pick(): Pitch {
    const { correlation, score } = this;
    let highest = Number.NEGATIVE_INFINITY;
    for (const value of score) if (value > highest) highest = value;
    const best = score.findIndex((value) => value >= highest - 1e-9);
    const strength = correlation[best] ?? 0;
    const voicing = Math.min(1, Math.max(0, (strength - 0.3) / 0.5));
    if (strength < VOICED_CORRELATION) return { frequencyHz: 0, voicing };
    return { frequencyHz: SAMPLE_RATE_HZ / (best + MINIMUM_LAG + this.parabolaOffset(best)), voicing };
  }

  private parabolaOffset(best: number): number {
    const before = this.score[best - 1];
    const peak = this.score[best];
    const after = this.score[best + 1];
    if (before === undefined || peak === undefined || after === undefined) return 0;
    const curvature = before - 2 * peak + after;
    return curvature < 0 ? Math.min(0.5, Math.max(-0.5, (0.5 * (before - after)) / curvature)) : 0;
  }
}

/** four[i] = sum over `count` samples from `start` of x[n] x[n + lag + i]; four lags share each load, and run independently of each other. */
function sumProducts(samples: Float64Array, start: number, count: number, lag: number, four: Float64Array): void {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let later0 = samples[start + lag] as number;
  let later1 = samples[start + lag + 1] as number;
  let later2 = samples[start + lag + 2] as number;
  const end = start + count;
  for (let n = start; n < end; n++) {
    const sample = samples[n] as number;
    const later3 = samples[n + lag + 3] as number;
    sum0 += sample * later0;
    sum1 += sample * later1;
    sum2 += sample * later2;
    sum3 += sample * later3;
    later0 = later1;
    later1 = later2;
    later2 = later3;
  }
  four[0] = sum0;
  four[1] = sum1;
  four[2] = sum2;
  four[3] = sum3;
}
