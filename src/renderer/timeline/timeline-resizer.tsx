import { useView } from '../session/studio-context';
import { zoomOf } from '../ui/local-point';

const HEIGHT_RANGE = { min: 180, max: 620 } as const;
const STEP = 16;

/** The bar above the timeline; drag it or use the arrow keys to make the timeline higher or lower. */
export function TimelineResizer() {
  const height = useView((view) => view.timelineHeight);
  const update = useView((view) => view.update);
  const change = (bar: Element, pixels: number): void => {
    const windowHeight = window.innerHeight / zoomOf(bar);
    const most = Math.min(HEIGHT_RANGE.max, Math.max(0.5 * windowHeight, windowHeight - 260));
    update({ timelineHeight: Math.round(Math.min(most, Math.max(HEIGHT_RANGE.min, height + pixels))) });
  };
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
      onPointerMove={(event) =>
        event.currentTarget.hasPointerCapture(event.pointerId) && change(event.currentTarget, -event.movementY / zoomOf(event.currentTarget))
      }
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        change(event.currentTarget, event.key === 'ArrowUp' ? STEP : -STEP);
      }}
    />
  );
}
