import { type RefObject, useEffect } from 'react';
import { fitTimeline } from '../session/actions/show-clip';
import { useStudio } from '../session/studio-context';
import { localPoint } from '../ui/local-point';
import { clampScroll, type TimeScale, zoomAt } from './time-scale';

/** Measures the lanes; the first time in a session the whole clip is shown. */
export function useLaneWidth(body: RefObject<HTMLDivElement | null>, hasFitted: RefObject<boolean>): void {
  const studio = useStudio();
  useEffect(() => {
    const lanes = body.current?.querySelector('.lanes');
    if (!lanes) return;
    const observer = new ResizeObserver(([entry]) => {
      studio.transient.setState({ timelineWidth: Math.max(50, Math.floor(entry?.contentRect.width ?? 800)) });
      if (!hasFitted.current) fitTimeline(studio);
      hasFitted.current = true;
    });
    observer.observe(lanes);
    return () => observer.disconnect();
  }, [studio, body, hasFitted]);
}

/** Ctrl+wheel zooms at the pointer, Shift+wheel and sideways wheels pan; a plain wheel scrolls the rows. */
export function useLaneWheel(body: RefObject<HTMLDivElement | null>, scale: TimeScale, setScale: (scale: TimeScale) => void, durationSeconds: number): void {
  useEffect(() => {
    const element = body.current;
    const onWheel = (event: WheelEvent): void => {
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const lanes = element?.querySelector('.lanes');
        if (lanes) setScale(zoomAt(scale, Math.exp(-event.deltaY * 0.002), localPoint(lanes, event).x, durationSeconds));
      } else if (sideways !== 0) {
        event.preventDefault();
        setScale(clampScroll({ ...scale, scrollSeconds: scale.scrollSeconds + sideways / scale.pixelsPerSecond }, durationSeconds));
      }
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [body, scale, setScale, durationSeconds]);
}
