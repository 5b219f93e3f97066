import { type PointerEvent, useRef } from 'react';
import { FRAME_RATE_HZ, nearestFrame } from '../../shared/clip/timing';
import { useStudio } from '../session/studio-context';
import { localPoint } from '../ui/local-point';
import { type LaneRow, rowAt } from './lane-layout';
import { secondsOfX, type TimeScale } from './time-scale';

const CLICK_PIXELS = 4;

/** Handlers of the lanes: a drag selects time, a click moves the playhead, both focus the track under the pointer. */
export function useTimeSelection(scale: TimeScale, rows: readonly LaneRow[], frameCount: number) {
  const { view, transport } = useStudio();
  const startX = useRef<number | null>(null);
  const xOf = (event: PointerEvent): number => localPoint(event.currentTarget, event).x;
  const frameOf = (x: number): number => Math.min(frameCount, Math.max(0, nearestFrame(secondsOfX(scale, x))));
  const isClick = (event: PointerEvent): boolean => startX.current !== null && Math.abs(xOf(event) - startX.current) < CLICK_PIXELS;
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      const row = rowAt(rows, localPoint(event.currentTarget, event).y);
      view.getState().update({ selectedEyeEvent: null, ...(row?.trackId ? { focusTrack: row.trackId } : {}) });
      startX.current = xOf(event);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (startX.current === null || isClick(event)) return;
      // Not before it is a drag: a captured pointer would take the double click away from the lane under it.
      event.currentTarget.setPointerCapture(event.pointerId);
      const [startFrame = 0, endFrame = 0] = [frameOf(startX.current), frameOf(xOf(event))].sort((a, b) => a - b);
      if (endFrame > startFrame) view.getState().update({ selection: { startFrame, endFrame } });
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (isClick(event)) transport.seek(frameOf(xOf(event)) / FRAME_RATE_HZ);
      startX.current = null;
    },
  };
}
