import { FRAME_RATE_HZ } from '../../shared/clip/timing';

/** How time lies on the screen: x = (seconds - scrollSeconds) * pixelsPerSecond. */
export interface TimeScale {
  readonly pixelsPerSecond: number;
  readonly scrollSeconds: number;
  /** Width of the lanes in CSS pixels. */
  readonly width: number;
}

export const ZOOM_RANGE = { min: 2, max: 1200 } as const;

/** Place of a time, in pixels from the left edge of the lanes. */
export function xOfSeconds(scale: TimeScale, seconds: number): number {
  return (seconds - scale.scrollSeconds) * scale.pixelsPerSecond;
}

/** Place of the start of a frame. */
export function xOfFrame(scale: TimeScale, frame: number): number {
  return xOfSeconds(scale, frame / FRAME_RATE_HZ);
}

/** Time at a place. */
export function secondsOfX(scale: TimeScale, x: number): number {
  return scale.scrollSeconds + x / scale.pixelsPerSecond;
}

/** First and last (exclusive) frame that are at least partly seen. */
export function visibleFrames(scale: TimeScale, frameCount: number): { first: number; end: number } {
  return {
    first: Math.max(0, Math.floor(scale.scrollSeconds * FRAME_RATE_HZ)),
    end: Math.min(frameCount, Math.ceil(secondsOfX(scale, scale.width) * FRAME_RATE_HZ) + 1),
  };
}

/** The scale after zooming by a factor around a place that stays where it is. */
export function zoomAt(scale: TimeScale, factor: number, x: number, durationSeconds: number): TimeScale {
  const pixelsPerSecond = Math.min(ZOOM_RANGE.max, Math.max(ZOOM_RANGE.min, scale.pixelsPerSecond * factor));
  const scrollSeconds = secondsOfX(scale, x) - x / pixelsPerSecond;
  return clampScroll({ ...scale, pixelsPerSecond, scrollSeconds }, durationSeconds);
}

/** The scale with its scroll kept within the clip. */
export function clampScroll(scale: TimeScale, durationSeconds: number): TimeScale {
  const seenSeconds = scale.width / scale.pixelsPerSecond;
  const most = Math.max(0, durationSeconds + 24 / scale.pixelsPerSecond - seenSeconds);
  return { ...scale, scrollSeconds: Math.min(most, Math.max(0, scale.scrollSeconds)) };
}

const TICK_STEPS_SECONDS = [1 / 30, 1 / 10, 1 / 5, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800];
const LEAST_LABEL_PIXELS = 72;

/** Distance of labelled ticks in seconds: the finest step whose labels do not touch. */
export function labelStepSeconds(pixelsPerSecond: number): number {
  return TICK_STEPS_SECONDS.find((step) => step * pixelsPerSecond >= LEAST_LABEL_PIXELS) ?? 3600;
}
