import { useCanvas } from '../../ui/use-canvas';
import { drawCodes } from '../draw-codes';
import { drawCurve } from '../draw-curve';
import type { LaneProps } from './lane-props';

const STRIP = { top: 6, height: 16, hue: 38 } as const;
const LARGEST_DEGREES = 15;
/** Pitch, yaw and roll differ in brightness and in dash, so that they can be told apart without colour. */
export const HEAD_CURVES = [
  { key: 'yaw', label: 'Yaw', colour: '#e2a545', dash: [] },
  { key: 'pitch', label: 'Pitch', colour: '#f6dca8', dash: [5, 3] },
  { key: 'roll', label: 'Roll', colour: '#c4773b', dash: [1.5, 2.5] },
] as const;

/** Head codes above, head angles (degrees, +-15) below. */
export function HeadLane({ take, lanes, scale, height }: LaneProps) {
  const { muted } = take.edits.head;
  const canvas = useCanvas(
    scale.width,
    height,
    (context) => {
      context.globalAlpha = muted ? 0.3 : 1;
      drawCodes(context, take.streams.head, scale, STRIP);
      const top = STRIP.top + STRIP.height + 5;
      const bottom = height - 5;
      context.fillStyle = 'rgb(255 255 255 / 7%)';
      context.fillRect(0, (top + bottom) / 2, scale.width, 1);
      for (const curve of HEAD_CURVES) {
        drawCurve(context, lanes[curve.key], scale, {
          top,
          bottom,
          minimum: -LARGEST_DEGREES,
          maximum: LARGEST_DEGREES,
          colour: curve.colour,
          dash: curve.dash,
        });
      }
    },
    [take.streams.head, lanes, scale, muted],
  );
  return <canvas ref={canvas} className="lane-canvas" aria-hidden />;
}
