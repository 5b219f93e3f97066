import { type AudioFeatures, FEATURE_COUNT } from './features/features';
import { MEL_BAND_COUNT } from './features/mel';

/** Scaled log-mel values shown as 0 and 255: about 55 dB, from the noise of a quiet room to loud speech. */
const QUIET = -1.6;
const LOUD = 1.6;

/** A part of a spectrogram: `columnCount` columns of `framesPerColumn` feature frames (10 ms) each, the first at column `firstColumn`. */
export interface SpectrogramPart {
  readonly firstColumn: number;
  readonly columnCount: number;
  readonly framesPerColumn: number;
}

/** Levels 0..255 of the mel bands, column after column, lowest band first; a column shows the loudest of its frames. It ends with the sound. */
export function spectrogramLevels(
  { frameCount, values }: AudioFeatures,
  { firstColumn, columnCount, framesPerColumn }: SpectrogramPart,
): Uint8Array<ArrayBuffer> {
  const present = Math.max(0, Math.min(columnCount, Math.ceil(frameCount / framesPerColumn) - firstColumn));
  const levels = new Uint8Array(present * MEL_BAND_COUNT);
  for (let column = 0; column < present; column++) {
    const start = (firstColumn + column) * framesPerColumn;
    const end = Math.min(frameCount, start + framesPerColumn);
    for (let frame = start; frame < end; frame++) {
      for (let band = 0; band < MEL_BAND_COUNT; band++) {
        const level = (255 * ((values[frame * FEATURE_COUNT + band] ?? QUIET) - QUIET)) / (LOUD - QUIET);
        const index = column * MEL_BAND_COUNT + band;
        levels[index] = Math.max(levels[index] ?? 0, Math.min(255, Math.max(0, Math.round(level))));
      }
    }
  }
  return levels;
}
