import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Clip, Take } from '../../../shared/clip/clip-schema';
import { FRAME_RATE_HZ } from '../../../shared/clip/timing';
import type { EyeEventKind } from '../../../shared/eye-events/make-events';
import { setEyeEvents } from '../../document/commands/set-eye-events';
import { EVENT_KINDS, type EventKindInfo } from '../../document/eye-event-kinds';
import { type EyeEventOf, inTimeOrder } from '../../document/eye-events';
import { useDocument, useView } from '../../session/studio-context';
import { zoomOf } from '../../ui/local-point';
import type { TimeScale } from '../time-scale';

/** What of an event is held: all of it, or one of its edges. */
type Grip = 'both' | 'start' | 'end';

interface EventEdits<K extends EyeEventKind> {
  readonly kind: K;
  readonly clip: Clip;
  readonly take: Take;
  readonly events: readonly EyeEventOf[K][];
  readonly scale: TimeScale;
  onOpen(index: number, anchor: Element): void;
}

const LARGE_STEP_FRAMES = 10;
const SHORTEST_SECONDS = 0.03;

/** The gestures of one row of events: drags as one undo step each (Escape puts back what was there), and keys. */
export function useEventEdits<K extends EyeEventKind>({ kind, clip, take, events, scale, onOpen }: EventEdits<K>) {
  const apply = useDocument((state) => state.apply);
  const begin = useDocument((state) => state.begin);
  const commit = useDocument((state) => state.commit);
  const cancel = useDocument((state) => state.cancel);
  const update = useView((view) => view.update);
  const drag = useRef<{ index: number; grip: Grip; startX: number; events: readonly EyeEventOf[K][] } | null>(null);
  const info: EventKindInfo<EyeEventOf[K]> = EVENT_KINDS[kind];
  const target = { clipId: clip.id, takeId: take.id };

  const replace = (list: readonly EyeEventOf[K][], index: number, event: EyeEventOf[K], label: string): void => {
    const next = list.with(index, event);
    apply(setEyeEvents(target, kind, next, label));
    update({ selectedEyeEvent: { kind, index: inTimeOrder(next).indexOf(event) } });
  };
  const changed = (event: EyeEventOf[K], grip: Grip, seconds: number): EyeEventOf[K] => {
    const length = info.lengthSeconds(event);
    if (grip === 'end') return info.withLength(event, Math.max(SHORTEST_SECONDS, length + seconds));
    const latest = grip === 'both' ? clip.audio.durationSeconds : event.startSeconds + length - SHORTEST_SECONDS;
    const startSeconds = Math.min(latest, Math.max(0, event.startSeconds + seconds));
    const moved = { ...event, startSeconds };
    return grip === 'both' ? moved : info.withLength(moved, length - (startSeconds - event.startSeconds));
  };
  const labelOf = (grip: Grip): string => `${info.name} ${grip === 'both' ? 'moved' : 'length'}`;

  return {
    grip: (index: number, grip: Grip) => ({
      onPointerDown: (event: PointerEvent<SVGElement>) => {
        event.stopPropagation();
        event.currentTarget.closest<SVGElement>('.eye-event')?.focus();
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        begin(labelOf(grip));
        drag.current = { index, grip, startX: event.clientX, events };
      },
      onPointerMove: (event: PointerEvent<SVGElement>) => {
        const held = drag.current;
        const original = held?.events[held.index];
        if (!held || !original) return;
        const seconds = (event.clientX - held.startX) / zoomOf(event.currentTarget) / scale.pixelsPerSecond;
        if (seconds !== 0) replace(held.events, held.index, changed(original, held.grip, seconds), labelOf(held.grip));
      },
      onPointerUp: () => {
        if (drag.current) commit();
        drag.current = null;
      },
    }),
    press: (pressed: KeyboardEvent<SVGElement>, index: number): void => {
      const event = events[index];
      if (!event) return;
      const take = (): void => {
        pressed.preventDefault();
        pressed.stopPropagation();
      };
      if (pressed.key === 'Delete' || pressed.key === 'Backspace') {
        take();
        apply(setEyeEvents(target, kind, events.toSpliced(index, 1), `${info.name} removed`));
      } else if (pressed.key === 'Enter') {
        take();
        onOpen(index, pressed.currentTarget);
      } else if (pressed.key === 'Escape' && drag.current) {
        take();
        drag.current = null;
        cancel();
      } else if (pressed.key === 'ArrowLeft' || pressed.key === 'ArrowRight') {
        take();
        const frames = (pressed.key === 'ArrowLeft' ? -1 : 1) * (pressed.shiftKey ? LARGE_STEP_FRAMES : 1);
        const grip = pressed.altKey ? 'end' : 'both';
        replace(events, index, changed(event, grip, frames / FRAME_RATE_HZ), labelOf(grip));
      }
    },
  };
}
