/** The log-mel bands of a recording: how many, and the frequencies between which they lie (HTK mel scale, equal steps). */
export const MEL_BANDS = { count: 80, lowestHz: 60, highestHz: 7600 } as const;

/** Place of a frequency on the HTK mel scale. */
export function hertzToMel(frequencyHz: number): number {
  return 2595 * Math.log10(1 + frequencyHz / 700);
}

/** Frequency at a place on the HTK mel scale. */
export function melToHertz(mel: number): number {
  return 700 * (10 ** (mel / 2595) - 1);
}

/** Distance of neighbouring band centres in mel. */
export const MEL_STEP = (hertzToMel(MEL_BANDS.highestHz) - hertzToMel(MEL_BANDS.lowestHz)) / (MEL_BANDS.count + 1);

/** Height of a frequency in a picture of the bands, 0 at the bottom of the lowest one to 1 at the top of the highest. */
export function melHeight(frequencyHz: number): number {
  return ((hertzToMel(frequencyHz) - hertzToMel(MEL_BANDS.lowestHz)) / MEL_STEP - 0.5) / MEL_BANDS.count;
}
