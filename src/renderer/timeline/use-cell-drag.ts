import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { Stream, StreamId } from '../../shared/clip/clip-schema';
import { cellKey, clampShift } from '../../shared/clip/code-cells';
import { dragCodes } from '../session/actions/carry-codes';
import { selectCodes } from '../session/actions/select-codes';
import type { Studio } from '../session/studio';
import { localPoint } from '../ui/local-point';
import type { CodePlace, CodeSelection } from '../workspace/codes-store';
import { placeAt, type StripLayout, tokenAt } from './code-rows';
import type { TimeScale } from './time-scale';

interface CellDragOptions {
  readonly studio: Studio;
  readonly streamId: StreamId;
  readonly stream: Stream;
  readonly layout: StripLayout;
  readonly scale: TimeScale;
  readonly selection: CodeSelection | null;
  onHover(place: CodePlace | null): void;
}

interface Press {
  readonly place: CodePlace;
  readonly pointerId: number;
  readonly wasSelected: boolean;
}

/** Clicks and drags on a code strip. `shift` is how many tokens the drag has come so far; Esc lets go without moving anything. */
export function useCellDrag({ studio, streamId, stream, layout, scale, selection, onHover }: CellDragOptions) {
  const press = useRef<Press | null>(null);
  const [shift, setShift] = useState(0);
  const release = (element: Element): void => {
    const { current } = press;
    press.current = null;
    setShift(0);
    if (current && element.hasPointerCapture?.(current.pointerId)) element.releasePointerCapture(current.pointerId);
  };
  const placeOf = (event: PointerEvent): CodePlace | null => {
    const point = localPoint(event.currentTarget, event);
    return placeAt(layout, stream, scale, point.x, point.y);
  };
  return {
    shift,
    /** True when a key ended a drag. */
    cancelOn: (event: KeyboardEvent): boolean => {
      if (event.key !== 'Escape' || !press.current) return false;
      release(event.currentTarget);
      return true;
    },
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        const place = placeOf(event);
        if (event.button !== 0 || !place) return;
        event.stopPropagation();
        event.preventDefault();
        event.currentTarget.focus({ preventScroll: true });
        const wasSelected = selection !== null && isInside(selection, place);
        if (event.shiftKey || event.ctrlKey || event.metaKey) selectCodes(studio, streamId, place, event.shiftKey ? 'extend' : 'toggle');
        else {
          if (!wasSelected) selectCodes(studio, streamId, place);
          press.current = { place, pointerId: event.pointerId, wasSelected };
          event.currentTarget.setPointerCapture?.(event.pointerId);
        }
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const { current } = press;
        if (!current) {
          onHover(placeOf(event));
          return;
        }
        const wanted = tokenAt(stream, scale, localPoint(event.currentTarget, event).x) - current.place.token;
        if (wanted !== 0) onHover(null);
        setShift(selection ? clampShift(stream, selection.cells, wanted) : 0);
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        const { current } = press;
        if (!current) return;
        release(event.currentTarget);
        if (shift !== 0) void dragCodes(studio, shift, event.altKey);
        else if (current.wasSelected) selectCodes(studio, streamId, current.place);
      },
      onPointerLeave: () => onHover(null),
      onPointerCancel: (event: PointerEvent<HTMLElement>) => release(event.currentTarget),
    },
  };
}

/** True when every cell of a place is selected. */
function isInside(selection: CodeSelection, { token, firstGroup, lastGroup }: CodePlace): boolean {
  const known = new Set(selection.cells.map(cellKey));
  for (let group = firstGroup; group <= lastGroup; group++) if (!known.has(cellKey({ token, group }))) return false;
  return true;
}
