import type { CompareMode } from '../workspace/compare-store';

/** A rectangle in CSS pixels, from the lower left corner. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One picture of the head in the viewport. */
export interface HeadView {
  readonly take: 'before' | 'now';
  /** Where the camera's picture goes. */
  readonly frame: Rectangle;
  /** The part of the canvas that is drawn. */
  readonly visible: Rectangle;
  readonly isGhost: boolean;
}

/** How high a head is for its width, seen from any side. */
const NARROWEST_SHAPE = 0.8;

/** The pictures that a way of comparing needs, in the order they are drawn. */
export function headViews(mode: CompareMode, wipeShare: number, width: number, height: number): HeadView[] {
  const whole: Rectangle = { x: 0, y: 0, width, height };
  const now: HeadView = { take: 'now', frame: whole, visible: whole, isGhost: false };
  if (mode === 'one') return [now];
  if (mode === 'ghost') return [now, { ...now, take: 'before', isGhost: true }];
  const [left, right] = split(whole, mode === 'wipe' ? wipeShare : 0.5);
  return [
    { ...now, frame: mode === 'wipe' ? whole : right, visible: right },
    { take: 'before', frame: mode === 'wipe' ? whole : left, visible: left, isGhost: false },
  ];
}

/** The part of a camera's whole picture (in its pixels) that a frame beside another shows: the middle at the same size, or smaller where a head would not fit. */
export function middleOf(whole: { readonly width: number; readonly height: number }, frame: Rectangle): Rectangle {
  const scale = Math.max(1, (NARROWEST_SHAPE * whole.height) / frame.width);
  const width = frame.width * scale;
  const height = frame.height * scale;
  return { x: (whole.width - width) / 2, y: (whole.height - height) / 2, width, height };
}

function split({ x, y, width, height }: Rectangle, share: number): [Rectangle, Rectangle] {
  const middle = Math.round(width * share);
  return [
    { x, y, width: middle, height },
    { x: x + middle, y, width: width - middle, height },
  ];
}
