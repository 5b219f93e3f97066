import type { StreamId } from '../../../shared/clip/clip-schema';
import { type CodeCell, cellKey, sortedCells, tokenCountOf } from '../../../shared/clip/code-cells';
import { nearestFrame, secondsOfFrame } from '../../../shared/clip/timing';
import type { CodePlace, CodeSelection } from '../../workspace/codes-store';
import { type Studio, shownTake } from '../studio';

/** How a click changes the selection: alone, with Shift from where it started, or with Ctrl one cell more or less. */
export type SelectMode = 'replace' | 'extend' | 'toggle';

/** The selected cells of the shown take, or null; those of another take do not count. */
export function selectedCodes(studio: Studio): CodeSelection | null {
  const { selection } = studio.codes.getState();
  return selection && selection.takeId === shownTake(studio)?.take.id ? selection : null;
}

/** The place under the playhead, over all groups of a stream. */
export function placeAtPlayhead(studio: Studio, streamId: StreamId): CodePlace | null {
  const stream = shownTake(studio)?.take.streams[streamId];
  if (!stream) return null;
  const token = Math.floor(nearestFrame(studio.transport.positionSeconds) / stream.framesPerToken);
  return { token: Math.min(tokenCountOf(stream) - 1, token), firstGroup: 0, lastGroup: stream.groupSizes.length - 1 };
}

/**
 * Selects a place of a strip and focuses its lane. The playhead goes to a place selected alone, so that the viewport shows what the code does, and stays while the selection
 * grows, so that what is copied then would be pasted in place.
 */
export function selectCodes(studio: Studio, streamId: StreamId, place: CodePlace, mode: SelectMode = 'replace'): void {
  const shown = shownTake(studio);
  if (!shown) return;
  const earlier = selectedCodes(studio);
  const same = earlier?.streamId === streamId ? earlier : null;
  const anchor = mode === 'extend' && same ? same.anchor : place;
  const cells = mode === 'toggle' && same ? toggled(same.cells, cellsBetween(place, place)) : cellsBetween(anchor, place);
  // A cell taken out by Ctrl is active no longer: the last one left is.
  const left = mode === 'toggle' ? (cells.findLast(({ token }) => token === place.token) ?? cells.at(-1)) : undefined;
  const active = left && !cells.some((cell) => cellKey(cell) === cellKey({ token: place.token, group: place.firstGroup })) ? placeOf(cells, left.token) : place;
  studio.codes.setState({ selection: cells.length === 0 ? null : { takeId: shown.take.id, streamId, cells, anchor, active } });
  studio.view.getState().update({ focusTrack: streamId });
  showToken(studio, streamId, place.token, mode === 'replace');
}

/** Selects exactly these cells; the first is the active one. */
export function selectCells(studio: Studio, streamId: StreamId, cells: readonly CodeCell[]): void {
  const shown = shownTake(studio);
  const [first] = cells;
  if (!shown || !first) return;
  const place = placeOf(cells, first.token);
  studio.codes.setState({ selection: { takeId: shown.take.id, streamId, cells, anchor: place, active: place } });
  showToken(studio, streamId, first.token, true);
}

/** Moves the selection from the active place, as arrows do; with `mode` extend it grows. It stops at the ends. */
export function moveSelection(studio: Studio, selection: CodeSelection, tokens: number, groups: number, mode: SelectMode): void {
  const stream = shownTake(studio)?.take.streams[selection.streamId];
  if (!stream) return;
  const { token, firstGroup, lastGroup } = selection.active;
  const down = Math.max(-firstGroup, Math.min(stream.groupSizes.length - 1 - lastGroup, groups));
  const place = { token: Math.max(0, Math.min(tokenCountOf(stream) - 1, token + tokens)), firstGroup: firstGroup + down, lastGroup: lastGroup + down };
  selectCodes(studio, selection.streamId, place, mode);
}

/** Moves the timeline to where a token is seen, and the playhead to its middle if asked. While playing, both stay with the sound. */
function showToken(studio: Studio, streamId: StreamId, token: number, withPlayhead: boolean): void {
  const stream = shownTake(studio)?.take.streams[streamId];
  if (!stream || studio.transient.getState().isPlaying) return;
  const seconds = secondsOfFrame(token * stream.framesPerToken + Math.floor(stream.framesPerToken / 2));
  if (withPlayhead) studio.transport.seek(seconds);
  const { scrollSeconds, pixelsPerSecond, update } = studio.view.getState();
  const seenSeconds = studio.transient.getState().timelineWidth / pixelsPerSecond;
  if (seconds < scrollSeconds || seconds > scrollSeconds + seenSeconds) update({ scrollSeconds: Math.max(0, seconds - seenSeconds / 2) });
}

/** The place that holds the cells of a token. */
function placeOf(cells: readonly CodeCell[], token: number): CodePlace {
  const groups = cells.filter((cell) => cell.token === token).map(({ group }) => group);
  return { token, firstGroup: Math.min(...groups), lastGroup: Math.max(...groups) };
}

function cellsBetween(a: CodePlace, b: CodePlace): CodeCell[] {
  const cells: CodeCell[] = [];
  for (let token = Math.min(a.token, b.token); token <= Math.max(a.token, b.token); token++)
    for (let group = Math.min(a.firstGroup, b.firstGroup); group <= Math.max(a.lastGroup, b.lastGroup); group++) cells.push({ token, group });
  return cells;
}

/** Cells without those of a place, or with them when not all were there. */
function toggled(cells: readonly CodeCell[], place: readonly CodeCell[]): CodeCell[] {
  const known = new Set(cells.map(cellKey));
  const gone = new Set(place.map(cellKey));
  return place.every((cell) => known.has(cellKey(cell))) ? cells.filter((cell) => !gone.has(cellKey(cell))) : sortedCells([...cells, ...place]);
}
