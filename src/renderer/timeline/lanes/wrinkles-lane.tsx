import { DETAIL_COUNT } from '../../../shared/face/coefficients';
import { useCanvas } from '../../ui/use-canvas';
import { visibleFrames, xOfFrame } from '../time-scale';
import type { LaneProps } from './lane-props';

const MARGIN = 4;

/** A heat strip: one line per wrinkle region, brighter where the wrinkle is deeper. */
export function WrinklesLane({ take, lanes, scale, height }: LaneProps) {
  const { muted } = take.edits.wrinkles;
  const canvas = useCanvas(
    scale.width,
    height,
    (context, ink) => {
      const { first, end } = visibleFrames(scale, lanes.frameCount);
      const stride = Math.max(1, Math.floor(60 / scale.pixelsPerSecond));
      const rowHeight = (height - 2 * MARGIN) / DETAIL_COUNT;
      context.fillStyle = ink('--track-wrinkles');
      for (let frame = first; frame < end; frame += stride) {
        const x = xOfFrame(scale, frame);
        const width = xOfFrame(scale, frame + stride) - x + 0.4;
        for (let region = 0; region < DETAIL_COUNT; region++) {
          const weight = lanes.wrinkles[frame * DETAIL_COUNT + region] ?? 0;
          if (weight < 0.02) continue;
          context.globalAlpha = (muted ? 0.3 : 1) * Math.min(1, 0.1 + 0.9 * weight);
          context.fillRect(x, MARGIN + region * rowHeight, width, rowHeight - 0.5);
        }
      }
    },
    [lanes, scale, muted],
  );
  return <canvas ref={canvas} className="lane-canvas" aria-hidden />;
}
