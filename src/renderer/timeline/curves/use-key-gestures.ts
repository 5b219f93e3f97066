import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { Clip, Take } from '../../../shared/clip/clip-schema';
import { FRAME_RATE_HZ } from '../../../shared/clip/timing';
import { setCurves } from '../../document/commands/set-curves';
import { curvesOfKeys, type KeyPlace, moveKeys, setSlope, unitOf } from '../../document/keys';
import {
  copySelectedKeys,
  countKeys,
  deleteSelectedKeys,
  nudgeSelectedKeys,
  pasteKeysAtPlayhead,
  selectAllKeys,
  selectedKeys,
} from '../../session/actions/edit-keys';
import { useStudio } from '../../session/studio-context';
import { localPoint } from '../../ui/local-point';
import { type TimeScale, xOfFrame } from '../time-scale';

/** A rectangle in pixels of the surface. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Surface {
  readonly clip: Clip | undefined;
  readonly take: Take | undefined;
  readonly scale: TimeScale;
  /** Pixels of one unit of value; 0 where keys only move in time. */
  readonly unitPixels: number;
  keysIn(box: Box): readonly KeyPlace[];
}

interface Gesture {
  move(x: number, y: number, event: PointerEvent): void;
  end(): void;
}

const CLICK_PIXELS = 3;
/** What Alt and an arrow do to the selected keys. */
const NUDGES: Readonly<Record<string, { readonly frames: number; readonly share: number }>> = {
  ArrowLeft: { frames: -1, share: 0 },
  ArrowRight: { frames: 1, share: 0 },
  ArrowUp: { frames: 0, share: 0.01 },
  ArrowDown: { frames: 0, share: -0.01 },
};

/** Selecting and moving keys on a surface of the class `key-surface`: click, Shift and Ctrl+click, marquee, drag (Alt copies, Shift keeps to one axis), Alt+arrows, Delete, copy and paste. */
export function useKeyGestures({ clip, take, scale, unitPixels, keysIn }: Surface) {
  const studio = useStudio();
  const gesture = useRef<Gesture | null>(null);
  const [marquee, setMarquee] = useState<Box | null>(null);
  const { begin, apply, commit, cancel } = studio.document.getState();
  const target = { clipId: clip?.id ?? '', takeId: take?.id ?? '' };
  const select = (keys: readonly KeyPlace[]): void => studio.curves.setState({ selectedKeys: keys });

  const start = (event: PointerEvent, begun: (x: number, y: number) => Gesture): void => {
    event.stopPropagation();
    const surface = event.currentTarget.closest<HTMLElement>('.key-surface');
    if (!surface || event.button !== 0) return;
    surface.setPointerCapture(event.pointerId);
    surface.focus({ preventScroll: true });
    const { x, y } = localPoint(surface, event);
    gesture.current = begun(x, y);
  };

  const grabKeys = (event: PointerEvent, places: readonly KeyPlace[]): void => {
    event.stopPropagation();
    if (!take || event.button !== 0) return;
    const before = selectedKeys(studio);
    const chosen = chooseKeys(before, places, event);
    select(chosen);
    const curves = curvesOfKeys(take, chosen);
    const copies = event.altKey;
    const label = `${countKeys(chosen.length)} ${copies ? 'copied' : 'moved'}`;
    start(event, (startX, startY) => {
      let isDragged = false;
      return {
        move: (x, y, { shiftKey }) => {
          let [right, down] = [x - startX, y - startY];
          if (!isDragged && Math.hypot(right, down) < CLICK_PIXELS) return;
          if (!isDragged) begin(label);
          isDragged = true;
          if (shiftKey && Math.abs(right) >= Math.abs(down)) down = 0;
          else if (shiftKey) right = 0;
          const frames = Math.round((right / scale.pixelsPerSecond) * FRAME_RATE_HZ);
          const moved = moveKeys(curves, chosen, { frames, share: unitPixels > 0 ? -down / unitPixels : 0, copies }, clip?.frameCount ?? 1);
          apply(setCurves(target, moved.curves, label));
          select(moved.places);
        },
        end: () => {
          if (isDragged) commit();
          else if (!event.shiftKey && !event.ctrlKey && !event.metaKey) select(places);
        },
      };
    });
  };

  /** Drags the handle of a key whose value is drawn at `keyY`. */
  const grabSlope = (event: PointerEvent, place: KeyPlace, side: 1 | -1, keyY: number): void => {
    event.stopPropagation();
    if (!take || event.button !== 0) return;
    const curves = curvesOfKeys(take, [place]);
    const pixelsPerFrame = scale.pixelsPerSecond / FRAME_RATE_HZ;
    const keyX = xOfFrame(scale, place.frame);
    begin('Tangent turned');
    start(event, () => ({
      move: (x, y) => {
        const frames = (side * Math.max(2, side * (x - keyX))) / pixelsPerFrame;
        const rise = ((keyY - y) / unitPixels) * unitOf(place.curveId);
        apply(setCurves(target, setSlope(curves, place, rise / frames), 'Tangent turned'));
      },
      end: commit,
    }));
  };

  const startMarquee = (event: PointerEvent): void => {
    const before = event.shiftKey ? selectedKeys(studio) : [];
    start(event, (startX, startY) => ({
      move: (x, y) => {
        const box = { left: Math.min(x, startX), right: Math.max(x, startX), top: Math.min(y, startY), bottom: Math.max(y, startY) };
        setMarquee(box);
        select(chooseKeys(before, keysIn(box), { shiftKey: true }));
      },
      end: () => setMarquee(null),
    }));
    if (gesture.current && !event.shiftKey) select([]);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const act = actionOf(event);
    if (!act) return;
    event.preventDefault();
    act();
  };
  const actionOf = (event: KeyboardEvent): (() => void) | undefined => {
    const isControl = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (event.key === 'Escape' && gesture.current) return drop;
    if ((event.key === 'Delete' || event.key === 'Backspace') && selectedKeys(studio).length > 0) return () => deleteSelectedKeys(studio);
    if (event.key === 'Escape' && selectedKeys(studio).length > 0) return () => select([]);
    const nudge = event.altKey ? NUDGES[event.key] : undefined;
    if (nudge) return () => nudgeSelectedKeys(studio, unitPixels > 0 ? nudge : { ...nudge, share: 0 });
    if (isControl && key === 'c') return () => copySelectedKeys(studio);
    if (isControl && key === 'v') return () => pasteKeysAtPlayhead(studio);
    if (isControl && key === 'a') return () => selectAllKeys(studio);
    return undefined;
  };
  const drop = (): void => {
    gesture.current = null;
    setMarquee(null);
    cancel();
  };
  const end = (): void => {
    gesture.current?.end();
    gesture.current = null;
  };

  return {
    marquee,
    grabKeys,
    grabSlope,
    surface: {
      onPointerDown: startMarquee,
      onPointerMove: (event: PointerEvent) => {
        const { x, y } = localPoint(event.currentTarget, event);
        gesture.current?.move(x, y, event);
      },
      onPointerUp: end,
      onPointerCancel: drop,
      onKeyDown,
    },
  };
}

/** The selection after keys were chosen: alone, with Shift as well, with Ctrl the other way round. */
function chooseKeys(
  before: readonly KeyPlace[],
  places: readonly KeyPlace[],
  { shiftKey, ctrlKey = false, metaKey = false }: { readonly shiftKey: boolean; readonly ctrlKey?: boolean; readonly metaKey?: boolean },
): readonly KeyPlace[] {
  const isIn = (place: KeyPlace, list: readonly KeyPlace[]): boolean => list.some(({ curveId, frame }) => curveId === place.curveId && frame === place.frame);
  const areIn = places.every((place) => isIn(place, before));
  if ((ctrlKey || metaKey) && areIn) return before.filter((place) => !isIn(place, places));
  if (shiftKey || ctrlKey || metaKey) return [...before, ...places.filter((place) => !isIn(place, before))];
  return areIn ? before : places;
}
