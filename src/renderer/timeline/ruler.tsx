import type { PointerEvent } from 'react';
import type { Clip } from '../../shared/clip/clip-schema';
import { formatSeconds } from '../document/describe';
import { useStudio } from '../session/studio-context';
import { localPoint } from '../ui/local-point';
import { type Ink, useCanvas } from '../ui/use-canvas';
import { RULER_HEIGHT } from './lane-layout';
import { labelStepSeconds, secondsOfX, type TimeScale, xOfFrame, xOfSeconds } from './time-scale';

/** The time axis; dragging on it scrubs with sound. */
export function Ruler({ clip, scale }: { clip: Clip; scale: TimeScale }) {
  const { transport } = useStudio();
  const canvas = useCanvas(scale.width, RULER_HEIGHT, (context, ink) => drawRuler(context, ink, scale, clip), [scale, clip.markers]);
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

function drawRuler(context: CanvasRenderingContext2D, ink: Ink, scale: TimeScale, clip: Clip): void {
  const step = labelStepSeconds(scale.pixelsPerSecond);
  const small = step / 5;
  context.font = "10px 'Inter Variable', sans-serif";
  context.textBaseline = 'top';
  const first = Math.floor(scale.scrollSeconds / small);
  for (let index = first; index * small <= secondsOfX(scale, scale.width); index++) {
    const x = Math.round(xOfSeconds(scale, index * small)) + 0.5;
    const isLabelled = index % 5 === 0;
    context.fillStyle = ink(isLabelled ? '--tick' : '--tick-small');
    context.fillRect(x, isLabelled ? 10 : 17, 1, RULER_HEIGHT);
    if (!isLabelled) continue;
    context.fillStyle = ink('--lane-text');
    const seconds = index * small;
    context.fillText(step < 1 ? formatSeconds(seconds) : formatSeconds(seconds).replace(/\.\d+$/, ''), x + 4, 4);
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
