/** Signal-to-noise ratio in decibels of `actual` against `expected`; both must have the same length. */
export function signalToNoise(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) throw new Error(`lengths differ: ${actual.length} and ${expected.length}`);
  let signal = 0;
  let noise = 0;
  for (let index = 0; index < expected.length; index++) {
    const wanted = expected[index] ?? 0;
    signal += wanted ** 2;
    noise += ((actual[index] ?? 0) - wanted) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}
