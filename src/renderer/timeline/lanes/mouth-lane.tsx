import { useMemo } from 'react';
import { useCanvas } from '../../ui/use-canvas';
import { foldedRows } from '../code-rows';
import { CodeStrip } from '../code-strip';
import { drawCurve } from '../draw-curve';
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
  const layout = useMemo(() => ({ rows: foldedRows(take.streams.mouth), rowHeight: MOUTH_STRIP.height, rowGap: 0 }), [take.streams.mouth]);
  return (
    <>
      <canvas ref={canvas} className="lane-canvas" aria-hidden />
      <CodeStrip
        streamId="mouth"
        stream={take.streams.mouth}
        takeId={take.id}
        scale={scale}
        layout={layout}
        top={MOUTH_STRIP.top}
        hue={MOUTH_STRIP.hue}
        isMuted={muted}
      />
    </>
  );
}
