/** Model frame rate: frame i is at i / 30 s. */
export const FRAME_RATE_HZ = 30;

/** Half-open range of model frames `[startFrame, endFrame)`. */
export interface FrameRange {
  readonly startFrame: number;
  readonly endFrame: number;
}

/** Number of model frames that cover a duration (at least one). */
export function frameCountOf(durationSeconds: number): number {
  return Math.max(1, Math.ceil(durationSeconds * FRAME_RATE_HZ - 1e-6));
}

/** Frame nearest to a time, not clamped. */
export function nearestFrame(timeSeconds: number): number {
  return Math.round(timeSeconds * FRAME_RATE_HZ);
}

/** Time of a frame in seconds. */
export function secondsOfFrame(frame: number): number {
  return frame / FRAME_RATE_HZ;
}

/** Smallest range on the token grid that contains `range`, clamped to `[0, frameCount)`. The last token may reach past the end of the clip. */
export function snapToTokens(range: FrameRange, framesPerToken: number, frameCount: number): FrameRange {
  const start = Math.max(0, Math.floor(range.startFrame / framesPerToken) * framesPerToken);
  const end = Math.min(frameCount, Math.ceil(range.endFrame / framesPerToken) * framesPerToken);
  return { startFrame: start, endFrame: Math.max(start, end) };
}

/** An exact export rate: frames per `denominator` seconds is `numerator`. */
export interface ExportRate {
  readonly numerator: number;
  readonly denominator: number;
}

/** The export rates offered everywhere, by the label users know. */
export const EXPORT_RATES: Readonly<Record<string, ExportRate>> = {
  '24': { numerator: 24, denominator: 1 },
  '25': { numerator: 25, denominator: 1 },
  '29.97': { numerator: 30000, denominator: 1001 },
  '30': { numerator: 30, denominator: 1 },
  '50': { numerator: 50, denominator: 1 },
  '60': { numerator: 60, denominator: 1 },
};
