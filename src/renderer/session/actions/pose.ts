import type { Curve } from '../../../shared/clip/clip-schema';
import { curveValue } from '../../../shared/clip/curve';
import { nearestFrame } from '../../../shared/clip/timing';
import { setCurves } from '../../document/commands/set-curves';
import { type CurveId, channelLabel, curveLimits, curveOf, offsetCurveId } from '../../document/curves';
import { posedCurve } from '../../document/keys';
import { showNotice } from '../../workspace/notice-store';
import { type Studio, shownTake } from '../studio';
import { activeLayer, addOffsetLayer } from './layers';

/** Offsets of the active layer being set at the playhead, as one undo step. */
export interface Posing {
  /** The frame that is posed. */
  readonly frame: number;
  /** The offset of a channel at the playhead before this step. */
  offsetOf(channel: string): number;
  /** Keys channels at the playhead, eased over .3 s on both sides. The codes stay as they are. */
  set(offsets: Readonly<Record<string, number>>): void;
  commit(): void;
  cancel(): void;
}

/** Begins to pose at the playhead; the first offset that is set makes a layer when there is none. Null, with a notice, when what is posed could not be seen. */
export function startPosing(studio: Studio, label: string): Posing | null {
  const shown = shownTake(studio);
  const active = activeLayer(studio);
  if (!shown) return null;
  if (active?.muted) {
    showNotice(studio.notices, 'warning', `The layer ${active.name} is switched off.`, 'Switch it on, or choose another layer to pose on.');
    return null;
  }
  studio.transport.pause();
  const { clip, take, target } = shown;
  const { begin, apply, commit, cancel } = studio.document.getState();
  const frame = Math.min(clip.frameCount - 1, nearestFrame(studio.transport.positionSeconds));
  const before = (channel: string): Curve | undefined => active && curveOf(take, offsetCurveId(active.id, channel));
  let layerId: string | undefined;
  return {
    frame,
    offsetOf: (channel) => curveValue(before(channel) ?? { base: 0, keys: [] }, frame),
    set: (offsets) => {
      if (layerId === undefined) begin(label);
      layerId ??= active?.id ?? addOffsetLayer(studio)?.id ?? '';
      const curves = new Map<CurveId, Curve>();
      for (const [channel, value] of Object.entries(offsets)) {
        const id = offsetCurveId(layerId, channel);
        const { min, max } = curveLimits(id);
        curves.set(id, posedCurve(before(channel), frame, Math.min(max, Math.max(min, value)), clip.frameCount));
      }
      apply(setCurves(target, curves, label));
    },
    commit,
    cancel,
  };
}

/** Keys a channel of the active layer at the playhead with the offset it has there, and selects that key. */
export function keyChannel(studio: Studio, channel: string): void {
  const posing = startPosing(studio, `${channelLabel(channel)} keyed`);
  if (!posing) return;
  posing.set({ [channel]: posing.offsetOf(channel) });
  posing.commit();
  const layer = activeLayer(studio);
  if (layer) studio.curves.setState({ selectedKeys: [{ curveId: offsetCurveId(layer.id, channel), frame: posing.frame }] });
}

/** Enters or leaves pose mode. */
export function togglePosing(studio: Studio): void {
  studio.curves.setState(({ isPosing }) => ({ isPosing: !isPosing }));
}
