import { OFFSET_CHANNELS } from '../../../shared/face/offset-channels';
import { AMOUNT_IDS, type CurveId } from '../../document/curves';

const PLACES: ReadonlyMap<string, number> = new Map([...OFFSET_CHANNELS, ...AMOUNT_IDS].map((name, place) => [name, place]));

/** Colour of a curve, always the same: channels that follow each other are far apart on the wheel, and mixed with the ink of the theme they can be seen on any lane. */
export function curveColour(curveId: CurveId): string {
  const place = PLACES.get(curveId.slice(curveId.lastIndexOf('/') + 1)) ?? 0;
  return `color-mix(in srgb, hsl(${(38 + place * 67) % 360} 80% 52%) 74%, var(--text))`;
}
