import { useState } from 'react';
import { EYE_EVENT_KINDS, type EyeEventKind } from '../../../shared/eye-events/make-events';
import { EVENT_KINDS } from '../../document/eye-event-kinds';
import { addEyeEvent } from '../../session/actions/add-eye-event';
import { useStudio } from '../../session/studio-context';
import { localPoint } from '../../ui/local-point';
import { secondsOfX } from '../time-scale';
import { EventRow } from './event-row';
import { EventValues } from './event-values';
import { EYE_ROWS } from './eye-rows';
import type { LaneProps } from './lane-props';
import './eyes-lane.css';

/** The event whose exact values are open, and the drawing they belong to. */
interface OpenEvent {
  readonly kind: EyeEventKind;
  readonly index: number;
  readonly anchor: Element;
}

/** Blinks, gaze, eye darts and breaths, a row each. A double click adds an event, a drag moves it, its edges change its length; a right click or Enter opens exact values. */
export function EyesLane({ clip, take, scale, height }: LaneProps) {
  const studio = useStudio();
  const [open, setOpen] = useState<OpenEvent | null>(null);
  const add = (kind: EyeEventKind, x: number): void => {
    const startSeconds = Math.min(clip.audio.durationSeconds, Math.max(0, secondsOfX(scale, x)));
    addEyeEvent(studio, kind, EVENT_KINDS[kind].usual(startSeconds));
  };
  return (
    <>
      <svg
        className="lane-canvas eyes-lane"
        width={scale.width}
        height={height}
        aria-label="Eye events"
        onDoubleClick={(event) => {
          const { x, y } = localPoint(event.currentTarget, event);
          add(EYE_EVENT_KINDS.findLast((kind) => y >= EYE_ROWS[kind].top - 2) ?? 'blinks', x);
        }}
      >
        {EYE_EVENT_KINDS.map((kind) => (
          <EventRow
            key={kind}
            kind={kind}
            clip={clip}
            take={take}
            scale={scale}
            isMuted={kind === 'breaths' ? take.edits.head.muted : take.edits.eyes.muted}
            onOpen={(index, anchor) => setOpen({ kind, index, anchor })}
          />
        ))}
      </svg>
      {open ? <EventValues kind={open.kind} index={open.index} anchor={open.anchor} clip={clip} take={take} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
