import { curveGroups } from '../../document/curves';
import { unitOf } from '../../document/keys';
import type { TimelinePanel } from '../../workspace/curve-store';
import { type Studio, shownTake } from '../studio';
import { selectedKeys } from './edit-keys';
import { fitTimeline, frameSelection, frameTime } from './show-clip';

const LEAST_SPAN = 0.5;
const VALUE_MARGIN = 0.15;

/** Shows the lanes, the graph or the dope sheet; asking for what is shown goes back to the lanes. */
export function showTimelinePanel(studio: Studio, panel: TimelinePanel): void {
  const next = studio.curves.getState().panel === panel ? 'lanes' : panel;
  studio.curves.setState({ panel: next });
  if (next === 'graph') fitGraph(studio);
}

/** Zooms to the selected keys in time and value; without any, as the lanes do. */
export function frameKeysOrSelection(studio: Studio): void {
  const places = studio.curves.getState().panel === 'lanes' ? [] : selectedKeys(studio);
  if (places.length === 0) {
    frameSelection(studio);
    return;
  }
  const frames = places.map(({ frame }) => frame);
  frameTime(studio, { startFrame: Math.min(...frames), endFrame: Math.max(...frames) + 1 });
  fitGraph(studio, (curveId, frame) => places.some((place) => place.curveId === curveId && place.frame === frame));
}

/** Zooms to the whole clip and to all values. */
export function frameEverything(studio: Studio): void {
  fitTimeline(studio);
  fitGraph(studio);
}

/** Fits the values of the graph to the keys of the curves that are shown, or to some of them. */
function fitGraph(studio: Studio, isWanted: (curveId: string, frame: number) => boolean = () => true): void {
  const take = shownTake(studio)?.take;
  if (!take) return;
  const { hiddenCurves } = studio.curves.getState();
  const curves = curveGroups(take).flatMap((group) => group.curves.filter(({ id }) => !hiddenCurves.includes(id)));
  const values = curves.flatMap(({ id, curve }) => curve.keys.filter(({ frame }) => isWanted(id, frame)).map(({ value }) => value / unitOf(id)));
  if (values.length === 0) return;
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const spare = Math.max(0, LEAST_SPAN - (highest - lowest)) / 2 + VALUE_MARGIN * Math.max(LEAST_SPAN, highest - lowest);
  studio.curves.setState({ graphRange: { min: lowest - spare, max: highest + spare } });
}
