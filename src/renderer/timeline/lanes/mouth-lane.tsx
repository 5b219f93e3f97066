import { useCanvas } from '../../ui/use-canvas';
import { drawCodes } from '../draw-codes';
import { drawCurve } from '../draw-curve';
import type { LaneProps } from './lane-props';

const STRIP = { top: 6, height: 14, hue: 172 } as const;

/** Mouth codes above, lip opening below. */
export function MouthLane({ take, lanes, scale, height }: LaneProps) {
  const { muted } = take.edits.mouth;
  const canvas = useCanvas(
    scale.width,
    height,
    (context, ink) => {
      context.globalAlpha = muted ? 0.3 : 1;
      drawCodes(context, ink, take.streams.mouth, scale, STRIP);
      drawCurve(context, lanes.lipOpening, scale, {
        top: STRIP.top + STRIP.height + 6,
        bottom: height - 4,
        minimum: 0,
        maximum: 0.6,
        colour: ink('--track-mouth'),
        isFilled: true,
      });
    },
    [take.streams.mouth, lanes, scale, muted],
  );
  return <canvas ref={canvas} className="lane-canvas" aria-hidden />;
}
