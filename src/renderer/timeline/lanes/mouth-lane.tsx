import { useCanvas } from '../../ui/use-canvas';
import { drawCurve } from '../draw-curve';
import { FoldedStrip } from '../folded-strip';
import type { LaneProps } from './lane-props';

export const MOUTH_STRIP = { top: 6, height: 14, hue: 172 } as const;

/** Mouth codes above, lip opening below. */
export function MouthLane({ take, lanes, scale, height }: LaneProps) {
  const { muted } = take.edits.mouth;
  const canvas = useCanvas(
    scale.width,
    height,
    (context, ink) => {
      context.globalAlpha = muted ? 0.3 : 1;
      drawCurve(context, lanes.lipOpening, scale, {
        top: MOUTH_STRIP.top + MOUTH_STRIP.height + 6,
        bottom: height - 4,
        minimum: 0,
        maximum: 0.6,
        colour: ink('--track-mouth'),
        isFilled: true,
      });
    },
    [lanes, scale, muted],
  );
  return (
    <>
      <canvas ref={canvas} className="lane-canvas" aria-hidden />
      <FoldedStrip streamId="mouth" take={take} scale={scale} place={MOUTH_STRIP} isMuted={muted} />
    </>
  );
}
