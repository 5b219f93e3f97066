import type { PointerEvent } from 'react';
import type { Clip } from '../../shared/clip/clip-schema';
import { timecodeOf } from '../../shared/clip/timecode';
import { useStudio, useView } from '../session/studio-context';
import { localPoint } from '../ui/local-point';
import { type Ink, useCanvas } from '../ui/use-canvas';
import type { RulerUnit } from '../workspace/view-store';
import { RULER_HEIGHT } from './lane-layout';
import { secondTicks, timecodeTicks } from './ruler-ticks';
import { secondsOfX, type TimeScale, xOfFrame, xOfSeconds } from './time-scale';

/** The time axis; dragging on it scrubs with sound. */
export function Ruler({ clip, scale }: { clip: Clip; scale: TimeScale }) {
  const { transport } = useStudio();
  const rulerUnit = useView((view) => view.rulerUnit);
  const canvas = useCanvas(scale.width, RULER_HEIGHT, (context, ink) => drawRuler(context, ink, scale, clip, rulerUnit), [
    scale,
    clip.markers,
    clip.timecode,
    rulerUnit,
  ]);
  const scrub = (event: PointerEvent): void => transport.scrub(secondsOfX(scale, localPoint(event.currentTarget, event).x));
  return (
    <div
      className="ruler"
      style={{ height: RULER_HEIGHT }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        scrub(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && scrub(event)}
    >
      <canvas ref={canvas} className="lane-canvas" aria-hidden />
    </div>
  );
}

function drawRuler(context: CanvasRenderingContext2D, ink: Ink, scale: TimeScale, clip: Clip, rulerUnit: RulerUnit): void {
  context.font = "10px 'Inter Variable', sans-serif";
  context.textBaseline = 'top';
  for (const { seconds, label } of rulerUnit === 'timecode' ? timecodeTicks(scale, timecodeOf(clip)) : secondTicks(scale)) {
    const x = Math.round(xOfSeconds(scale, seconds)) + 0.5;
    context.fillStyle = ink(label === null ? '--tick-small' : '--tick');
    context.fillRect(x, label === null ? 17 : 10, 1, RULER_HEIGHT);
    if (label === null) continue;
    context.fillStyle = ink('--lane-text');
    context.fillText(label, x + 4, 4);
  }
  context.fillStyle = ink('--marker');
  for (const marker of clip.markers) {
    const x = xOfFrame(scale, marker.frame);
    context.beginPath();
    context.moveTo(x - 4, 12);
    context.lineTo(x + 4, 12);
    context.lineTo(x, 20);
    context.fill();
  }
}
