import type { Stream } from '../../shared/clip/clip-schema';
import type { CodePlace } from '../workspace/codes-store';
import type { CodeRow } from './draw-codes';
import { secondsOfX, type TimeScale, xOfFrame } from './time-scale';

/** How the rows of a strip lie in it, in pixels from its top. */
export interface StripLayout {
  readonly rows: readonly CodeRow[];
  readonly rowHeight: number;
  readonly rowGap: number;
}

/** A rectangle in a strip. */
export interface StripBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One row for all groups. */
export function foldedRows(stream: Stream): readonly CodeRow[] {
  return [{ firstGroup: 0, lastGroup: stream.groupSizes.length - 1 }];
}

/** A row per group. */
export function groupRows(stream: Stream): readonly CodeRow[] {
  return stream.groupSizes.map((_, group) => ({ firstGroup: group, lastGroup: group }));
}

/** Height of all rows. */
export function stripHeight({ rows, rowHeight, rowGap }: StripLayout): number {
  return rows.length * (rowHeight + rowGap) - rowGap;
}

/** The place under a point of the strip, or null beside the stream. */
export function placeAt(layout: StripLayout, stream: Stream, scale: TimeScale, x: number, y: number): CodePlace | null {
  const row = layout.rows[Math.min(layout.rows.length - 1, Math.max(0, Math.floor(y / (layout.rowHeight + layout.rowGap))))];
  const token = tokenAt(stream, scale, x);
  const frameCount = stream.segments.at(-1)?.endFrame ?? 0;
  return row && token >= 0 && token * stream.framesPerToken < frameCount ? { token, ...row } : null;
}

/** The token at a place of the time axis, not clamped. */
export function tokenAt(stream: Stream, scale: TimeScale, x: number): number {
  return Math.floor((secondsOfX(scale, x) * 30) / stream.framesPerToken);
}

/** Where tokens `[startToken, endToken)` of a row are drawn. */
export function boxOf(layout: StripLayout, stream: Stream, scale: TimeScale, rowIndex: number, startToken: number, endToken: number): StripBox {
  const frameCount = stream.segments.at(-1)?.endFrame ?? 0;
  const left = xOfFrame(scale, startToken * stream.framesPerToken);
  const right = xOfFrame(scale, Math.min(frameCount, endToken * stream.framesPerToken));
  return { left, top: rowIndex * (layout.rowHeight + layout.rowGap), width: Math.max(2, right - left - 1), height: layout.rowHeight };
}

/** The row that shows a place; -1 when no row does. */
export function rowOfPlace(layout: StripLayout, { firstGroup, lastGroup }: Pick<CodePlace, 'firstGroup' | 'lastGroup'>): number {
  return layout.rows.findIndex((row) => row.firstGroup === firstGroup && row.lastGroup === lastGroup);
}
