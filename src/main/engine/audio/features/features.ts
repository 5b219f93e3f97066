import { AppError } from '../../../../shared/contract/errors';
import { FrameCutter, featureFrameCount } from './frame-cutter';
import { frameRms } from './level';
import { MEL_BAND_COUNT, MelBands } from './mel';
import { PitchTracker } from './pitch';

/** Numbers per feature frame: 80 log-mel bands, log-F0, voicing, log-RMS, flux. */
export const FEATURE_COUNT = 84;
/** Feature frames per second. */
export const FEATURE_RATE_HZ = 100;
/** Column numbers of the features behind the log-mel bands. */
export const FEATURE_COLUMNS = { logF0: 80, voicing: 81, logRms: 82, flux: 83 } as const;

/** What the networks hear: `values` is row-major [frameCount x FEATURE_COUNT] at 100 Hz; frame k is centred on sample 160 k. */
export interface AudioFeatures {
  readonly frameCount: number;
  readonly values: Float32Array;
}

/** Streaming features of docs/audio-features.md over 16-kHz blocks of a clip whose gain (`clipGain`) and length are known. */
export class FeatureExtractor {
  private readonly values: Float32Array;
  private readonly cutter: FrameCutter;
  private readonly melBands = new MelBands();
  private readonly pitchTracker = new PitchTracker();
  private bands = new Float64Array(MEL_BAND_COUNT);
  private previousBands = new Float64Array(MEL_BAND_COUNT);
  private frame = 0;

  constructor(gain: number, sampleCount: number) {
    this.values = new Float32Array(featureFrameCount(sampleCount) * FEATURE_COUNT);
    this.cutter = new FrameCutter((samples, centre) => this.addFrame(samples, centre), gain);
  }

  push(block: Float32Array): void {
    this.cutter.push(block);
  }

  /** Ends the clip. It and `push` throw `damaged-audio` when the clip is not as long as announced. */
  finish(): AudioFeatures {
    const frameCount = this.cutter.finish();
    if (frameCount * FEATURE_COUNT !== this.values.length) throw changedAudio();
    return { frameCount, values: this.values };
  }

  private addFrame(samples: Float64Array, centre: number): void {
    const row = this.frame * FEATURE_COUNT;
    if (row >= this.values.length) throw changedAudio();
    const rms = frameRms(samples, centre);
    this.melBands.compute(samples, centre, this.bands);
    const pitch = this.pitchTracker.next(samples, centre, rms);
    this.values.set(this.bands, row);
    this.values[row + FEATURE_COLUMNS.logF0] = pitch.frequencyHz > 0 ? (Math.log(pitch.frequencyHz) - Math.log(150)) / 0.5 : 0;
    this.values[row + FEATURE_COLUMNS.voicing] = pitch.voicing;
    this.values[row + FEATURE_COLUMNS.logRms] = (Math.log(rms + 1e-4) + 5) / 2.5;
    this.values[row + FEATURE_COLUMNS.flux] = this.frame === 0 ? 0 : meanRise(this.previousBands, this.bands);
    [this.bands, this.previousBands] = [this.previousBands, this.bands];
    this.frame++;
  }
}

function changedAudio(): AppError {
  return new AppError('damaged-audio', 'The recording changed while it was read.', 'Wait until it is written completely, then try again.');
}

function meanRise(before: Float64Array, after: Float64Array): number {
  let sum = 0;
  for (let band = 0; band < MEL_BAND_COUNT; band++) sum += Math.max(0, (after[band] as number) - (before[band] as number));
  return sum / MEL_BAND_COUNT;
}
