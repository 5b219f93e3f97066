import { useEffect, useRef } from 'react';
import type { Clip, Take } from '../../../shared/clip/clip-schema';
import type { EyeEventKind } from '../../../shared/eye-events/make-events';
import { EVENT_KINDS, type EventKindInfo } from '../../document/eye-event-kinds';
import { type EyeEventOf, eyeEventsOf } from '../../document/eye-events';
import { useView } from '../../session/studio-context';
import { secondsOfX, type TimeScale, xOfSeconds } from '../time-scale';
import { EventShape } from './event-shape';
import { EYE_ROWS } from './eye-rows';
import { useEventEdits } from './use-event-edits';

/** More events than this in view are drawn as plain ticks: they lie too close to be grabbed. */
const MOST_EDITABLE = 250;
const EDGE_PIXELS = 5;
/** A shorter event has its grips outside, so that its middle can still be grabbed. */
const ROOMY_PIXELS = 18;

interface EventRowProps<K extends EyeEventKind> {
  readonly kind: K;
  readonly clip: Clip;
  readonly take: Take;
  readonly scale: TimeScale;
  readonly isMuted: boolean;
  onOpen(index: number, anchor: Element): void;
}

/** The events of one kind, each of which can be moved, made longer or shorter, removed and opened, by pointer and by keys. */
export function EventRow<K extends EyeEventKind>({ kind, clip, take, scale, isMuted, onOpen }: EventRowProps<K>) {
  const row = useRef<SVGGElement>(null);
  const selected = useView((view) => (view.selectedEyeEvent?.kind === kind ? view.selectedEyeEvent.index : null));
  const update = useView((view) => view.update);
  const info: EventKindInfo<EyeEventOf[K]> = EVENT_KINDS[kind];
  const events = eyeEventsOf(take.events, kind, clip.audio.durationSeconds);
  const edits = useEventEdits({ kind, clip, take, events, scale, onOpen });
  const { top, height } = EYE_ROWS[kind];
  useEffect(() => {
    // An event that passes another one changes its place in the list: the focus goes with it.
    if (selected !== null && row.current?.contains(document.activeElement)) row.current.querySelector<SVGElement>(`[data-index="${selected}"]`)?.focus();
  }, [selected]);

  const visible = events.flatMap((event, index) => {
    const left = xOfSeconds(scale, event.startSeconds);
    const width = Math.max(4, info.lengthSeconds(event) * scale.pixelsPerSecond);
    return left + width > -EDGE_PIXELS && left < scale.width + EDGE_PIXELS ? [{ event, index, left, width }] : [];
  });
  const name = `${events.length} ${info.label.toLowerCase()}`;
  if (visible.length > MOST_EDITABLE) {
    const ticks = visible.map(({ left }) => `M${left.toFixed(1)} ${top}v${height}`).join('');
    return (
      <path
        className="eye-ticks"
        d={ticks}
        opacity={isMuted ? 0.3 : 1}
        role="img"
        aria-label={`${name} between ${secondsOfX(scale, 0).toFixed(0)} and ${secondsOfX(scale, scale.width).toFixed(0)} s: zoom in to edit them`}
      />
    );
  }
  return (
    <g ref={row} role="list" aria-label={name} opacity={isMuted ? 0.3 : 1}>
      {visible.map(({ event, index, left, width }) => {
        const inset = width >= ROOMY_PIXELS ? EDGE_PIXELS : 0;
        return (
          <g
            key={index}
            className="eye-event"
            role="listitem"
            tabIndex={0}
            data-kind={kind}
            data-index={index}
            data-selected={selected === index}
            aria-label={`${info.name} at ${event.startSeconds.toFixed(2)} s, ${info.lengthSeconds(event).toFixed(2)} s, ${info.describe(event)}`}
            onFocus={() => update({ selectedEyeEvent: { kind, index }, focusTrack: 'eyes' })}
            onKeyDown={(pressed) => edits.press(pressed, index)}
            onContextMenu={(pressed) => {
              pressed.preventDefault();
              onOpen(index, pressed.currentTarget);
            }}
            onDoubleClick={(pressed) => pressed.stopPropagation()}
          >
            <title>{`${info.name}: ${info.describe(event)}`}</title>
            <EventShape kind={kind} event={event} left={left} top={top} width={width} height={height} />
            <rect className="eye-grip" x={left} y={top} width={width} height={height} {...edits.grip(index, 'both')} />
            {inset ? <rect className="eye-edge" x={left - 2} y={top} width={inset} height={height} {...edits.grip(index, 'start')} /> : null}
            <rect className="eye-edge" data-edge="end" x={left + width - inset + 2} y={top} width={EDGE_PIXELS} height={height} {...edits.grip(index, 'end')} />
          </g>
        );
      })}
    </g>
  );
}
