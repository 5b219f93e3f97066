import { FrameCutter } from './frame-cutter';

const WINDOW_SAMPLES = 400;
const TARGET_RMS = 0.05;
const FLOOR_RMS = 1e-4;
const MINIMUM_GAIN = 0.1;
const MAXIMUM_GAIN = 100;
const LOUDNESS_PERCENTILE = 0.95;
const SILENCE_DECIBEL = -120;

/** Root mean square of the 400 samples around `centre`. */
export function frameRms(samples: Float64Array, centre: number): number {
  let sum = 0;
  for (let n = centre - WINDOW_SAMPLES / 2; n < centre + WINDOW_SAMPLES / 2; n++) sum += (samples[n] as number) * (samples[n] as number);
  return Math.sqrt(sum / WINDOW_SAMPLES);
}

/** Collects the RMS of every 10-ms frame of a stream of 16-kHz blocks. */
export class LevelMeter {
  private values = new Float64Array(1024);
  private frames = 0;
  private readonly cutter = new FrameCutter((samples, centre) => this.add(frameRms(samples, centre)));

  push(block: Float32Array): void {
    this.cutter.push(block);
  }

  /** Ends the clip; one RMS per feature frame. */
  finish(): Float64Array {
    return this.values.slice(0, this.cutter.finish());
  }

  private add(rms: number): void {
    if (this.frames === this.values.length) {
      const larger = new Float64Array(2 * this.frames);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.frames++] = rms;
  }
}

/** The one gain of a clip, from the RMS of its frames: brings the 95th percentile to 0.05, clamped to 0.1..100. */
export function clipGain(rmsPerFrame: Float64Array): number {
  const level = rmsPerFrame.toSorted()[Math.floor(LOUDNESS_PERCENTILE * (rmsPerFrame.length - 1))] ?? 0;
  return Math.min(MAXIMUM_GAIN, Math.max(MINIMUM_GAIN, TARGET_RMS / Math.max(level, FLOOR_RMS)));
}

/** Level in decibels relative to a full-scale square wave; digital silence is -120. */
export function rmsToDecibel(rms: number): number {
  return rms <= 10 ** (SILENCE_DECIBEL / 20) ? SILENCE_DECIBEL : 20 * Math.log10(rms);
}
