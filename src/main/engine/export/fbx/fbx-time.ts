import type { FrameRate } from '../../../../shared/export-model/frame-rate';

/** FBX time units per second. */
const TICKS_PER_SECOND = 46_186_158_000n;

const TIME_MODES: Readonly<Record<string, number>> = { '60/1': 3, '50/1': 4, '30/1': 6, '25/1': 10, '24/1': 11, '30000/1001': 9 };
const CUSTOM_TIME_MODE = 14;

/** Time of a frame in FBX units, from the whole frame number so that no error adds up; rates over 1001 are rounded to the nearest unit. */
export function frameTicks(rate: FrameRate, frameIndex: number): bigint {
  const numerator = BigInt(rate.numerator);
  return (TICKS_PER_SECOND * BigInt(frameIndex) * BigInt(rate.denominator) * 2n + numerator) / (2n * numerator);
}

/** Frame rate as the file's settings store it: one of the format's modes, or a custom rate. */
export function timeMode(rate: FrameRate): { readonly mode: number; readonly customFrameRate: number } {
  const mode = TIME_MODES[`${rate.numerator}/${rate.denominator}`];
  return mode === undefined ? { mode: CUSTOM_TIME_MODE, customFrameRate: rate.numerator / rate.denominator } : { mode, customFrameRate: -1 };
}
