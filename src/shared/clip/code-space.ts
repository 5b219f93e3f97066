/** How the codes of a stream lie in space: per group the number of levels of every digit, the first digit counting fastest (finite scalar quantisation). */
export type GroupLevels = readonly (readonly number[])[];

/** A code that one group of a token could have instead. `distance` is Euclidean in what the decoder gets: every digit from -1 to 1. */
export interface NearCode {
  readonly group: number;
  readonly code: number;
  readonly distance: number;
}

/** Distances closer than this are the same: digits are rounded to float. */
const DISTANCE_STEP = 1e-6;

/** Place of a code in its group's space: one number -1..1 per digit. */
export function codePlace(levels: readonly number[], code: number): number[] {
  let rest = code;
  return levels.map((count) => {
    const digit = rest % count;
    rest = Math.floor(rest / count);
    return (2 * digit) / (count - 1) - 1;
  });
}

/** Euclidean distance of two codes of a group. */
export function codeDistance(levels: readonly number[], a: number, b: number): number {
  const other = codePlace(levels, b);
  return Math.hypot(...codePlace(levels, a).map((value, digit) => value - (other[digit] ?? 0)));
}

/**
 * Every code that one of the `groups` could have in place of its own, nearest first (ties by group, then by code). The first entry is the first group's own code, at distance 0.
 * `codes` are those of one token, one per group.
 */
export function nearestCodes(groupLevels: GroupLevels, codes: ArrayLike<number>, groups: readonly number[]): NearCode[] {
  const own: NearCode = { group: groups[0] ?? 0, code: codes[groups[0] ?? 0] ?? 0, distance: 0 };
  const others = groups.flatMap((group) => {
    const levels = groupLevels[group] ?? [];
    const size = levels.reduce((product, count) => product * count, 1);
    const current = codes[group] ?? 0;
    return Array.from({ length: size }, (_, code): NearCode => ({ group, code, distance: codeDistance(levels, current, code) })).filter(
      ({ code }) => code !== current,
    );
  });
  const rank = ({ distance }: NearCode): number => Math.round(distance / DISTANCE_STEP);
  return [own, ...others.sort((a, b) => rank(a) - rank(b) || a.group - b.group || a.code - b.code)];
}
