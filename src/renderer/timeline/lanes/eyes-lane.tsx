import { type PointerEvent, useRef } from 'react';
import type { Blink } from '../../../shared/clip/clip-schema';
import { setBlinks } from '../../document/commands/set-blinks';
import { formatSeconds } from '../../document/describe';
import { useDocument, useView } from '../../session/studio-context';
import { localPoint, zoomOf } from '../../ui/local-point';
import { secondsOfX, xOfSeconds } from '../time-scale';
import type { LaneProps } from './lane-props';

const NEW_BLINK: Omit<Blink, 'startSeconds'> = { closeSeconds: 0.09, holdSeconds: 0.03, openSeconds: 0.17, strength: 1 };
const GAZE_TOP = 25;

/** Blinks as ticks that can be dragged, added by a double click and removed by Delete; gaze changes as dots below. */
export function EyesLane({ clip, take, scale, height }: LaneProps) {
  const apply = useDocument((state) => state.apply);
  const begin = useDocument((state) => state.begin);
  const commit = useDocument((state) => state.commit);
  const selected = useView((view) => view.selectedBlink);
  const update = useView((view) => view.update);
  const dragged = useRef<{ index: number; startX: number; blinks: readonly Blink[] } | null>(null);
  const target = { clipId: clip.id, takeId: take.id };
  const { blinks, gaze } = take.events;
  const seen = (seconds: number): boolean => Math.abs(xOfSeconds(scale, seconds) - scale.width / 2) < scale.width / 2 + 60;

  const move = (event: PointerEvent): void => {
    const drag = dragged.current;
    const blink = drag?.blinks[drag.index];
    if (!drag || !blink) return;
    const startSeconds = Math.max(0, blink.startSeconds + (event.clientX - drag.startX) / zoomOf(event.currentTarget) / scale.pixelsPerSecond);
    apply(setBlinks(target, drag.blinks.with(drag.index, { ...blink, startSeconds }), 'Blink moved'));
  };
  const add = (x: number): void => apply(setBlinks(target, [...blinks, { ...NEW_BLINK, startSeconds: Math.max(0, secondsOfX(scale, x)) }], 'Blink added'));

  return (
    <svg
      className="lane-canvas"
      width={scale.width}
      height={height}
      opacity={take.edits.eyes.muted ? 0.3 : 1}
      role="list"
      aria-label={`${blinks.length} blinks`}
      onDoubleClick={(event) => add(localPoint(event.currentTarget, event).x)}
    >
      {blinks.map((blink, index) => {
        if (!seen(blink.startSeconds)) return null;
        const left = xOfSeconds(scale, blink.startSeconds);
        const width = Math.max(4, (blink.closeSeconds + blink.holdSeconds + blink.openSeconds) * scale.pixelsPerSecond);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a blink has no identity but its place in time
            key={index}
            className="blink"
            role="listitem"
            tabIndex={0}
            aria-label={`Blink at ${formatSeconds(blink.startSeconds)}`}
            data-selected={selected === index}
            x={left}
            y={5}
            width={width}
            height={14}
            rx={Math.min(7, width / 2)}
            onFocus={() => update({ selectedBlink: index, focusTrack: 'eyes' })}
            onKeyDown={(event) => {
              if (event.key === 'Delete' || event.key === 'Backspace') apply(setBlinks(target, blinks.toSpliced(index, 1), 'Blink removed'));
            }}
            onPointerDown={(event) => {
              event.stopPropagation();
              event.currentTarget.setPointerCapture(event.pointerId);
              event.currentTarget.focus();
              begin('Blink moved');
              dragged.current = { index, startX: event.clientX, blinks };
            }}
            onPointerMove={move}
            onPointerUp={() => {
              dragged.current = null;
              commit();
            }}
          />
        );
      })}
      {gaze.map((look) =>
        seen(look.startSeconds) ? <circle key={look.startSeconds} className="gaze" cx={xOfSeconds(scale, look.startSeconds)} cy={GAZE_TOP} r={2} /> : null,
      )}
    </svg>
  );
}
