import { useView } from '../session/studio-context';

const HEIGHT_RANGE = { min: 180, max: 620 } as const;
const STEP = 16;

/** The bar above the timeline; drag it or use the arrow keys to make the timeline higher or lower. */
export function TimelineResizer() {
  const height = useView((view) => view.timelineHeight);
  const update = useView((view) => view.update);
  const set = (next: number): void =>
    update({ timelineHeight: Math.round(Math.min(HEIGHT_RANGE.max, window.innerHeight - 260, Math.max(HEIGHT_RANGE.min, next))) });
  return (
    <div
      className="timeline-resizer"
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label="Timeline height"
      aria-valuenow={height}
      aria-valuemin={HEIGHT_RANGE.min}
      aria-valuemax={HEIGHT_RANGE.max}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && set(height - event.movementY)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        set(height + (event.key === 'ArrowUp' ? STEP : -STEP));
      }}
    />
  );
}
