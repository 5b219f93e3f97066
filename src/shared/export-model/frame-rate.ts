/** Frames per second as a fraction, so that 29.97 is exact. */
export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

/** Frame rates an export can have, by the label the user sees. */
export const FRAME_RATE_LABELS = ['24', '25', '29.97', '30', '50', '60'] as const;
export type FrameRateLabel = (typeof FRAME_RATE_LABELS)[number];

/** The exact rate behind a label. */
export function frameRateOf(label: FrameRateLabel): FrameRate {
  return label === '29.97' ? { numerator: 30_000, denominator: 1001 } : { numerator: Number(label), denominator: 1 };
}

/** Time of an export frame in seconds. */
export function exportFrameSeconds(rate: FrameRate, frameIndex: number): number {
  return (frameIndex * rate.denominator) / rate.numerator;
}

/** Number of export frames that start inside a duration; at least two, because importers drop curves with one key. */
export function exportFrameCount(rate: FrameRate, durationSeconds: number): number {
  return Math.max(2, Math.ceil((durationSeconds * rate.numerator) / rate.denominator - 1e-6));
}
