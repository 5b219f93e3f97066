import { type AudioFeatures, FEATURE_COLUMNS, FEATURE_COUNT, FEATURE_RATE_HZ } from '../audio/features/features';

/** Rate of the feature rows the networks take; two rows a frame. */
export const ROW_RATE_HZ = 60;
/** Feature rows per model frame. */
export const ROWS_PER_FRAME = 2;

const MEL_BANDS = FEATURE_COLUMNS.logF0;
const SILENT_MEL = (Math.log(1e-4) + 2) / 4;
const SILENT_LEVEL = (Math.log(1e-4) + 5) / 2.5;

/** Features at 60 Hz for rows `[firstRow, firstRow + rowCount)` of the clip, [rows x FEATURE_COUNT]: linear between feature frames, digital silence beyond the clip. */
export function windowFeatures(features: AudioFeatures, firstRow: number, rowCount: number): Float32Array {
  const rows = new Float32Array(rowCount * FEATURE_COUNT);
  const { frameCount, values } = features;
  for (let row = 0; row < rowCount; row++) {
    const position = ((firstRow + row) * FEATURE_RATE_HZ) / ROW_RATE_HZ;
    const out = row * FEATURE_COUNT;
    if (position < 0 || position >= frameCount) {
      rows.fill(SILENT_MEL, out, out + MEL_BANDS);
      rows[out + FEATURE_COLUMNS.logRms] = SILENT_LEVEL;
      continue;
    }
    const clamped = Math.min(position, frameCount - 1);
    const lower = Math.floor(clamped);
    const upper = Math.min(lower + 1, frameCount - 1);
    const weight = clamped - lower;
    for (let column = 0; column < FEATURE_COUNT; column++) {
      const before = values[lower * FEATURE_COUNT + column] ?? 0;
      rows[out + column] = before + weight * ((values[upper * FEATURE_COUNT + column] ?? 0) - before);
    }
  }
  return rows;
}
