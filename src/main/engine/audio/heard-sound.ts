import type { AnalysedAudio } from './analyse-audio';
import { FEATURE_COLUMNS, FEATURE_COUNT } from './features/features';

/** What QA needs of a recording: its level and voicing per 10 ms. */
export function heardSound({ rmsDecibels, features }: Pick<AnalysedAudio, 'rmsDecibels' | 'features'>) {
  const voicing = Float32Array.from({ length: features.frameCount }, (_, frame) => features.values[frame * FEATURE_COUNT + FEATURE_COLUMNS.voicing] ?? 0);
  return { rmsDecibels: Float32Array.from(rmsDecibels), voicing };
}
