import { type AudioFeatures, FeatureExtractor } from './features';
import { clipGain, LevelMeter } from './level';

/** Features of a whole mono sound at 16 kHz that is in memory. */
export function computeFeatures(samples: Float32Array): AudioFeatures {
  const meter = new LevelMeter();
  meter.push(samples);
  const extractor = new FeatureExtractor(clipGain(meter.finish()), samples.length);
  extractor.push(samples);
  return extractor.finish();
}
