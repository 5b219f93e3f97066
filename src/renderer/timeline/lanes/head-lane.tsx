import { useCanvas } from '../../ui/use-canvas';
import { drawCurve } from '../draw-curve';
import { FoldedStrip } from '../folded-strip';
import type { LaneProps } from './lane-props';

export const HEAD_STRIP = { top: 6, height: 16, hue: 38 } as const;
/** Pitch, yaw and roll differ in brightness and in dash, so that they can be told apart without colour. */
export const HEAD_CURVES = [
  { key: 'yaw', label: 'Yaw', colour: '--track-head', dash: [] },
  { key: 'pitch', label: 'Pitch', colour: '--track-head-pale', dash: [5, 3] },
  { key: 'roll', label: 'Roll', colour: '--track-head-deep', dash: [1.5, 2.5] },
] as const;

/** Head codes above, head angles below. */
export function HeadLane({ take, lanes, scale, height }: LaneProps) {
  const { muted } = take.edits.head;
  const canvas = useCanvas(
    scale.width,
    height,
    (context, ink) => {
      context.globalAlpha = muted ? 0.3 : 1;
      const top = HEAD_STRIP.top + HEAD_STRIP.height + 5;
      const bottom = height - 5;
      context.fillStyle = ink('--lane-line');
      context.fillRect(0, (top + bottom) / 2, scale.width, 1);
      context.fillStyle = ink('--lane-text');
      context.font = "9.5px 'Inter Variable', sans-serif";
      context.fillText(`+${lanes.headScaleDegrees}\u00b0`, 4, top + 8);
      context.fillText(`-${lanes.headScaleDegrees}\u00b0`, 4, bottom);
      for (const curve of HEAD_CURVES) {
        drawCurve(context, lanes[curve.key], scale, {
          top,
          bottom,
          minimum: -lanes.headScaleDegrees,
          maximum: lanes.headScaleDegrees,
          colour: ink(curve.colour),
          dash: curve.dash,
        });
      }
    },
    [lanes, scale, muted],
  );
  return (
    <>
      <canvas ref={canvas} className="lane-canvas" aria-hidden />
      <FoldedStrip streamId="head" take={take} scale={scale} place={HEAD_STRIP} isMuted={muted} />
    </>
  );
}
