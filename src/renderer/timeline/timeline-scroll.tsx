import { zoomOf } from '../ui/local-point';
import { clampScroll } from './time-scale';
import { useTimeScale } from './use-time-scale';

/** The bar under the lanes: which part of the clip is seen. */
export function TimelineScroll({ durationSeconds }: { durationSeconds: number }) {
  const { scale, setScale } = useTimeScale();
  const totalSeconds = Math.max(durationSeconds, scale.width / scale.pixelsPerSecond);
  const share = scale.width / scale.pixelsPerSecond / totalSeconds;
  return (
    <div className="timeline-scroll">
      <div
        className="timeline-scroll-thumb"
        style={{ left: `${(100 * scale.scrollSeconds) / totalSeconds}%`, width: `${100 * Math.min(1, share)}%` }}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
          const moved = event.movementX / zoomOf(event.currentTarget);
          setScale(clampScroll({ ...scale, scrollSeconds: scale.scrollSeconds + (moved * totalSeconds) / scale.width }, durationSeconds));
        }}
      />
    </div>
  );
}
