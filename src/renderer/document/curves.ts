import type { Curve, OffsetLayer, Take, TrackId } from '../../shared/clip/clip-schema';
import { OFFSET_CHANNELS, offsetLimit } from '../../shared/face/offset-channels';
import { REGION_IDS, type RegionId, TRACK_REGIONS } from '../../shared/face/regions';
import { REGION_LABELS, TRACK_LABELS } from './describe';

/** What has an amount: a track or a region of the face. */
export type AmountId = TrackId | RegionId;

/** Names a curve of a take: an amount by its track or region, an offset as `<layer id>/<channel>`. */
export type CurveId = string;

/** Amounts go from rest (0) to twice as strong (2). */
export const AMOUNT_RANGE = { min: 0, max: 2 } as const;

const TRACK_IDS = Object.keys(TRACK_LABELS) as TrackId[];
/** Everything that has an amount, from top to bottom of the studio. */
export const AMOUNT_IDS: readonly AmountId[] = TRACK_IDS.flatMap((trackId) => [trackId, ...TRACK_REGIONS[trackId]]);
const UNIT_AMOUNT: Curve = { base: 1, keys: [] };

/** Name of an amount as users read it. */
export function amountLabel(id: AmountId): string {
  return isRegion(id) ? REGION_LABELS[id] : TRACK_LABELS[id];
}

/** The amount curve of a track or region. */
export function amountOf(take: Take, id: AmountId): Curve {
  return isRegion(id) ? (take.edits.regions?.[id] ?? UNIT_AMOUNT) : take.edits[id].amount;
}

/** The id of a layer's curve. */
export function offsetCurveId(layerId: string, channel: string): CurveId {
  return `${layerId}/${channel}`;
}

/** The layers of a take, newest first. */
export function layersOf(take: Take): readonly OffsetLayer[] {
  return take.edits.layers ?? [];
}

/** A layer and a channel of it, or null when the id is that of an amount or its layer is gone. */
export function offsetOf(take: Take, id: CurveId): { layer: OffsetLayer; channel: string } | null {
  const slash = id.lastIndexOf('/');
  const layer = slash < 0 ? undefined : layersOf(take).find((candidate) => candidate.id === id.slice(0, slash));
  return layer ? { layer, channel: id.slice(slash + 1) } : null;
}

/** A curve of a take; undefined for a layer's channel without keys. */
export function curveOf(take: Take, id: CurveId): Curve | undefined {
  const offset = offsetOf(take, id);
  if (offset) return offset.layer.curves[offset.channel];
  return isAmount(id) ? amountOf(take, id) : undefined;
}

/** The take with one curve replaced; a layer's curve that says nothing is dropped. A curve that is already there, or an unknown id, changes nothing. */
export function withCurve(take: Take, id: CurveId, curve: Curve): Take {
  if (curveOf(take, id) === curve) return take;
  const offset = offsetOf(take, id);
  if (offset) {
    const { [offset.channel]: _replaced, ...others } = offset.layer.curves;
    const curves = curve.keys.length > 0 || curve.base !== 0 ? { ...others, [offset.channel]: curve } : others;
    return { ...take, edits: { ...take.edits, layers: layersOf(take).map((layer) => (layer === offset.layer ? { ...layer, curves } : layer)) } };
  }
  if (!isAmount(id)) return take;
  if (isRegion(id)) return { ...take, edits: { ...take.edits, regions: { ...take.edits.regions, [id]: curve } } };
  return { ...take, edits: { ...take.edits, [id]: { ...take.edits[id], amount: curve } } };
}

/** The values a curve may take: amounts, degrees of the head, or shares of a coefficient. */
export function curveLimits(id: CurveId): { readonly min: number; readonly max: number } {
  if (isAmount(id)) return AMOUNT_RANGE;
  const limit = offsetLimit(id.slice(id.lastIndexOf('/') + 1));
  return { min: -limit, max: limit };
}

/** True for curves in degrees. */
export function isInDegrees(id: CurveId): boolean {
  return curveLimits(id).max > AMOUNT_RANGE.max;
}

/** Name of a channel of a layer as users read it: coefficients keep the names that exports give them. */
export function channelLabel(channel: string): string {
  return channel.replace(/^head(?=[A-Z])/, 'Head ').replace(/^wrinkle_/, 'Wrinkle ');
}

/** Curves shown together: the amounts, or a layer. */
export interface CurveGroup {
  readonly label: string;
  readonly layer: OffsetLayer | null;
  readonly curves: readonly { readonly id: CurveId; readonly label: string; readonly curve: Curve }[];
}

/** All curves of a take that have keys, amounts first, then the layers from newest to oldest (also those without keys). */
export function curveGroups(take: Take): CurveGroup[] {
  const amounts = AMOUNT_IDS.map((id) => ({ id, label: amountLabel(id), curve: amountOf(take, id) })).filter(({ curve }) => curve.keys.length > 0);
  const layers = layersOf(take).map((layer) => ({
    label: layer.name,
    layer,
    curves: OFFSET_CHANNELS.flatMap((channel) => {
      const curve = layer.curves[channel];
      return curve ? [{ id: offsetCurveId(layer.id, channel), label: channelLabel(channel), curve }] : [];
    }),
  }));
  return [...(amounts.length > 0 ? [{ label: 'Amounts', layer: null, curves: amounts }] : []), ...layers];
}

function isRegion(id: string): id is RegionId {
  return REGION_IDS.some((region) => region === id);
}

function isAmount(id: string): id is AmountId {
  return AMOUNT_IDS.some((amount) => amount === id);
}
