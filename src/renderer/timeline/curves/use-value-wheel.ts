import { type RefObject, useEffect } from 'react';
import { localPoint } from '../../ui/local-point';
import { RULER_HEIGHT } from '../lane-layout';
import { type GraphScale, pixelsPerUnit, zoomValues } from './graph-scale';

/** Alt+wheel zooms the values of the graph at the pointer, a plain wheel moves them. */
export function useValueWheel(body: RefObject<HTMLDivElement | null>, graph: GraphScale, setRange: (range: { min: number; max: number }) => void): void {
  useEffect(() => {
    const surface = body.current?.querySelector('.key-surface');
    const onWheel = (event: Event): void => {
      if (!(event instanceof WheelEvent) || event.ctrlKey || event.metaKey || event.shiftKey || !surface) return;
      event.preventDefault();
      if (event.altKey) {
        setRange(zoomValues(graph, Math.exp(-event.deltaY * 0.002), localPoint(surface, event).y - RULER_HEIGHT));
        return;
      }
      const moved = event.deltaY / pixelsPerUnit(graph);
      setRange({ min: graph.min - moved, max: graph.max - moved });
    };
    surface?.addEventListener('wheel', onWheel, { passive: false });
    return () => surface?.removeEventListener('wheel', onWheel);
  }, [body, graph, setRange]);
}
