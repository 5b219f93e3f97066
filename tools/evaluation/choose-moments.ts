import { CURVE_RATE_HZ } from './curve-rate';
import type { ClipMotion } from './read-motion';

/** Why a moment is on the sheet. */
export type MomentKind = 'lips closed' | 'lip at teeth' | 'open' | 'rounded' | 'wrinkles' | 'pause';

/** A moment to draw. */
export interface Moment {
  readonly timeSeconds: number;
  readonly kind: MomentKind;
}

/** Two moments lie at least this far apart, so that the sheet shows different faces. */
const LEAST_DISTANCE_SECONDS = 0.12;
/** Two of one kind lie further apart: they are not to be the same closure or vowel. */
const LEAST_DISTANCE_OF_KIND_SECONDS = 0.35;
/** A closure has lips this close, as a share of the widest gap, and comes between openings of at least half of it within this time. */
const CLOSED_SHARE = 0.1;
const OPENING_SECONDS = 0.2;
const QUIET_SHARE = 0.02;
const MOMENT_COUNT = 8;
const OPEN_COUNT = 2;

/** Picks the moments worth seeing from the curves alone: closures inside speech, lip to teeth, widest, roundest, most wrinkled, a pause. Eight where the clip is long enough, in order of time. */
export function chooseMoments({ curves, peaks }: ClipMotion): Moment[] {
  const gap = curves.lipGapMillimetres;
  const widest = Math.max(...gap);
  const loudest = Math.max(...peaks.values);
  const level = gap.map((_, row) => peaks.values[Math.round((row * peaks.perSecond) / CURVE_RATE_HZ)] ?? 0);
  const reach = Math.round(OPENING_SECONDS * CURVE_RATE_HZ);
  const opening = gap.map((_, row) => Math.min(Math.max(...gap.slice(Math.max(0, row - reach), row + 1)), Math.max(...gap.slice(row, row + reach + 1))));
  const moments: Moment[] = [];
  const take = (kind: MomentKind, count: number, score: (row: number) => number): void => {
    const rows = gap.map((_, row) => row).filter((row) => score(row) > 0);
    rows.sort((a, b) => score(b) - score(a) || a - b);
    for (const row of rows) {
      if (moments.filter((moment) => moment.kind === kind).length === count) return;
      const timeSeconds = row / CURVE_RATE_HZ;
      const isApart = (moment: Moment): boolean =>
        Math.abs(moment.timeSeconds - timeSeconds) >= (moment.kind === kind ? LEAST_DISTANCE_OF_KIND_SECONDS : LEAST_DISTANCE_SECONDS);
      if (moments.every(isApart)) moments.push({ timeSeconds, kind });
    }
  };
  const at = (curve: readonly number[], row: number): number => curve[row] ?? 0;
  take('lips closed', 2, (row) => (at(gap, row) <= CLOSED_SHARE * widest ? at(opening, row) - at(gap, row) * 10 - 0.2 * widest : 0));
  take('lip at teeth', 1, (row) => at(curves.toothContact, row) - 0.5);
  take('rounded', 1, (row) => at(curves.rounding, row));
  take('open', OPEN_COUNT, (row) => at(gap, row));
  take('wrinkles', 1, (row) => at(curves.wrinkleSum, row));
  take('pause', 1, (row) => QUIET_SHARE * loudest - at(level, row));
  // A clip without f and v, or without a pause, shows more of the rest.
  take('open', OPEN_COUNT + MOMENT_COUNT - moments.length, (row) => at(gap, row));
  return moments.sort((a, b) => a.timeSeconds - b.timeSeconds);
}
