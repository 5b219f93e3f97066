import type { Tangent } from '../../../shared/clip/clip-schema';
import { nearestFrame } from '../../../shared/clip/timing';
import { setCurves } from '../../document/commands/set-curves';
import { type CurveId, curveGroups, curveOf } from '../../document/curves';
import { type Curves, copyKeys, curvesOfKeys, type KeyPlace, moveKeys, pasteKeys, removeKeys, setTangents } from '../../document/keys';
import { type Studio, shownTake } from '../studio';

/** The selected keys that (still) exist in the shown take. */
export function selectedKeys(studio: Studio): readonly KeyPlace[] {
  const take = shownTake(studio)?.take;
  if (!take) return [];
  return studio.curves.getState().selectedKeys.filter(({ curveId, frame }) => curveOf(take, curveId)?.keys.some((key) => key.frame === frame));
}

/** Changes the curves of the selected keys as one step. */
export function changeSelectedKeys(studio: Studio, what: string, change: (curves: Curves, places: readonly KeyPlace[]) => Curves): void {
  const shown = shownTake(studio);
  const places = selectedKeys(studio);
  if (!shown || places.length === 0) return;
  studio.document.getState().apply(setCurves(shown.target, change(curvesOfKeys(shown.take, places), places), `${countKeys(places.length)} ${what}`));
}

/** Deletes the selected keys. */
export function deleteSelectedKeys(studio: Studio): void {
  changeSelectedKeys(studio, 'deleted', removeKeys);
  studio.curves.setState({ selectedKeys: [] });
}

/** Moves the selected keys by frames, and by a share of what their curves show as 1. */
export function nudgeSelectedKeys(studio: Studio, by: { readonly frames: number; readonly share: number }): void {
  const shown = shownTake(studio);
  const places = selectedKeys(studio);
  if (!shown || places.length === 0) return;
  const moved = moveKeys(curvesOfKeys(shown.take, places), places, by, shown.clip.frameCount);
  studio.document.getState().apply(setCurves(shown.target, moved.curves, `${countKeys(places.length)} moved`));
  studio.curves.setState({ selectedKeys: moved.places });
}

/** Gives the selected keys a tangent. */
export function setSelectedTangents(studio: Studio, tangent: Tangent): void {
  changeSelectedKeys(studio, `made ${tangent}`, (curves, places) => setTangents(curves, places, tangent));
}

/** Remembers the selected keys, to be pasted. */
export function copySelectedKeys(studio: Studio): void {
  const shown = shownTake(studio);
  const places = selectedKeys(studio);
  if (shown && places.length > 0) studio.curves.setState({ copiedKeys: copyKeys(shown.take, places) });
}

/** Pastes the remembered keys into their curves, the first one at the playhead, and selects them. */
export function pasteKeysAtPlayhead(studio: Studio): void {
  const shown = shownTake(studio);
  const { copiedKeys } = studio.curves.getState();
  if (!shown || copiedKeys.length === 0) return;
  const { curves, places } = pasteKeys(shown.take, copiedKeys, nearestFrame(studio.transport.positionSeconds), shown.clip.frameCount);
  studio.document.getState().apply(setCurves(shown.target, curves, `${countKeys(places.length)} pasted`));
  studio.curves.setState({ selectedKeys: places });
}

/** Selects every key of the curves that are shown. */
export function selectAllKeys(studio: Studio): void {
  const take = shownTake(studio)?.take;
  if (!take) return;
  const hidden = new Set<CurveId>(studio.curves.getState().hiddenCurves);
  const curves = curveGroups(take).flatMap((group) => group.curves.filter(({ id }) => !hidden.has(id)));
  studio.curves.setState({ selectedKeys: curves.flatMap(({ id, curve }) => curve.keys.map(({ frame }) => ({ curveId: id, frame }))) });
}

/** `1 key`, `3 keys`. */
export function countKeys(count: number): string {
  return count === 1 ? '1 key' : `${count} keys`;
}
