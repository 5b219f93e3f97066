import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useStudio, useView } from '../session/studio-context';
import type { TimeScale } from './time-scale';

/** The timeline's zoom, scroll and width, and how to change the first two. */
export function useTimeScale(): { scale: TimeScale; setScale(scale: TimeScale): void } {
  const { transient } = useStudio();
  const width = useStore(transient, (state) => state.timelineWidth);
  const pixelsPerSecond = useView((view) => view.pixelsPerSecond);
  const scrollSeconds = useView((view) => view.scrollSeconds);
  const update = useView((view) => view.update);
  const scale = useMemo(() => ({ pixelsPerSecond, scrollSeconds, width }), [pixelsPerSecond, scrollSeconds, width]);
  return { scale, setScale: (next) => update({ pixelsPerSecond: next.pixelsPerSecond, scrollSeconds: next.scrollSeconds }) };
}
