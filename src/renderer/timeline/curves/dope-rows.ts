import type { CurveGroup } from '../../document/curves';
import type { KeyPlace } from '../../document/keys';

/** A diamond: the keys it stands for, all on one frame. */
export interface Diamond {
  readonly frame: number;
  readonly places: readonly KeyPlace[];
}

/** A row of the dope sheet: a group with the keys of all its curves, or one curve. */
export interface DopeRow {
  readonly id: string;
  readonly label: string;
  readonly isGroup: boolean;
  readonly isMuted: boolean;
  /** Pixels from the top of the first row. */
  readonly top: number;
  readonly diamonds: readonly Diamond[];
}

export const DOPE_ROW_HEIGHT = 22;

/** Every group followed by its curves. */
export function dopeRows(groups: readonly CurveGroup[]): DopeRow[] {
  const rows = groups.flatMap(({ label, layer, curves }) => {
    const isMuted = layer?.muted ?? false;
    const ofCurves = curves.map(({ id, label: name, curve }) => ({
      id,
      label: name,
      isGroup: false,
      isMuted,
      diamonds: curve.keys.map(({ frame }) => ({ frame, places: [{ curveId: id, frame }] })),
    }));
    const group = { id: layer?.id ?? 'amounts', label, isGroup: true, isMuted, diamonds: joinFrames(ofCurves.flatMap(({ diamonds }) => diamonds)) };
    return [group, ...ofCurves];
  });
  return rows.map((row, index) => ({ ...row, top: index * DOPE_ROW_HEIGHT }));
}

/** The keys whose diamonds lie in a box: frames from left to right, rows by their middle, both inclusive. Groups stand for their curves and are left out. */
export function keysInBox(rows: readonly DopeRow[], box: { firstFrame: number; lastFrame: number; top: number; bottom: number }): KeyPlace[] {
  return rows.flatMap((row) => {
    const middle = row.top + DOPE_ROW_HEIGHT / 2;
    if (row.isGroup || middle < box.top || middle > box.bottom) return [];
    return row.diamonds.filter(({ frame }) => frame >= box.firstFrame && frame <= box.lastFrame).flatMap(({ places }) => places);
  });
}

function joinFrames(diamonds: readonly Diamond[]): Diamond[] {
  const byFrame = new Map<number, KeyPlace[]>();
  for (const { frame, places } of diamonds) byFrame.set(frame, [...(byFrame.get(frame) ?? []), ...places]);
  return [...byFrame].map(([frame, places]) => ({ frame, places })).sort((a, b) => a.frame - b.frame);
}
