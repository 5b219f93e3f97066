import type { Curve } from '../../shared/clip/clip-schema';
import { curveValue } from '../../shared/clip/curve';
import { FRAME_RATE_HZ } from '../../shared/clip/timing';
import { secondsOfX, type TimeScale, xOfFrame } from './time-scale';

const BEND_PIXELS = 3;

/** The line of a keyed curve across the view, as points of an SVG polyline: straight pieces by their ends, bent ones every few pixels. */
export function curvePoints({ base, keys }: Curve, scale: TimeScale, yOf: (value: number) => number): string {
  const curve = { base, keys };
  const points: string[] = [];
  const add = (x: number, value: number): void => void points.push(`${x.toFixed(1)},${yOf(value).toFixed(1)}`);
  const at = (x: number): number => curveValue(curve, secondsOfX(scale, x) * FRAME_RATE_HZ);
  const end = scale.width + BEND_PIXELS;
  add(0, at(0));
  for (const [index, key] of keys.entries()) {
    const next = keys[index + 1];
    const x = xOfFrame(scale, key.frame);
    const nextX = next ? xOfFrame(scale, next.frame) : end;
    if (nextX < 0 || x > end) continue;
    if (x > 0) add(x, key.value);
    if (!next) continue;
    if (key.tangent === 'step') {
      if (nextX < end) add(nextX, key.value);
    } else if (isBent(key.tangent) || isBent(next.tangent)) {
      for (let bend = Math.max(0, x) + BEND_PIXELS; bend < Math.min(nextX, end); bend += BEND_PIXELS) add(bend, at(bend));
    }
  }
  add(end, at(end));
  return points.join(' ');
}

function isBent(tangent: Curve['keys'][number]['tangent']): boolean {
  return tangent === 'auto' || tangent === 'flat' || tangent === 'free';
}
