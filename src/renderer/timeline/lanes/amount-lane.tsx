import { type MouseEvent, type PointerEvent, useRef } from 'react';
import type { Clip, Take, TrackId } from '../../../shared/clip/clip-schema';
import { curveValue } from '../../../shared/clip/curve';
import { AMOUNT_RANGE, setAmount } from '../../document/commands/set-amount';
import { setAmountKeys } from '../../document/commands/set-amount-keys';
import { TRACK_LABELS } from '../../document/describe';
import { useDocument } from '../../session/studio-context';
import { localPoint } from '../../ui/local-point';
import { secondsOfX, type TimeScale, xOfFrame } from '../time-scale';

interface AmountLaneProps {
  readonly clip: Clip;
  readonly take: Take;
  readonly trackId: TrackId;
  readonly scale: TimeScale;
  readonly height: number;
}

const MARGIN = 6;
const STEP = 0.01;

/** The amount of a track over time, 0..2. Drag the line or a key; a double click adds a key, Delete or a right click removes it. */
export function AmountLane({ clip, take, trackId, scale, height }: AmountLaneProps) {
  const apply = useDocument((state) => state.apply);
  const begin = useDocument((state) => state.begin);
  const commit = useDocument((state) => state.commit);
  const draggedFrame = useRef<number | null>(null);
  const target = { clipId: clip.id, takeId: take.id };
  const curve = take.edits[trackId].amount;
  const yOf = (value: number): number => height - MARGIN - ((height - 2 * MARGIN) * value) / AMOUNT_RANGE.max;
  const amountOf = (event: MouseEvent, svg: Element): number => {
    const share = (height - MARGIN - localPoint(svg, event).y) / (height - 2 * MARGIN);
    return Math.min(AMOUNT_RANGE.max, Math.max(AMOUNT_RANGE.min, Math.round((share * AMOUNT_RANGE.max) / STEP) * STEP));
  };
  const frameOf = (event: MouseEvent, svg: Element): number =>
    Math.min(clip.frameCount - 1, Math.max(0, Math.round(secondsOfX(scale, localPoint(svg, event).x) * 30)));
  const removeKey = (frame: number): void =>
    apply(
      setAmountKeys(
        target,
        trackId,
        curve.keys.filter((key) => key.frame !== frame),
      ),
    );

  const drag = (event: PointerEvent<SVGElement>): void => {
    const svg = event.currentTarget.closest('svg');
    if (!svg || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const value = amountOf(event, svg);
    if (draggedFrame.current === null) {
      apply(setAmount(target, trackId, value));
      return;
    }
    const others = curve.keys.filter((key) => key.frame !== draggedFrame.current);
    const frame = frameOf(event, svg);
    if (others.some((key) => key.frame === frame)) return;
    draggedFrame.current = frame;
    apply(setAmountKeys(target, trackId, [...others, { frame, value }]));
  };
  const grab = (event: PointerEvent<SVGElement>, frame: number | null): void => {
    event.stopPropagation();
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    draggedFrame.current = frame;
    begin(`${TRACK_LABELS[trackId]} amount`);
  };

  const points = [
    `0,${yOf(curveValue(curve, secondsOfX(scale, 0) * 30))}`,
    ...curve.keys.map((key) => `${xOfFrame(scale, key.frame)},${yOf(key.value)}`),
    `${scale.width},${yOf(curveValue(curve, secondsOfX(scale, scale.width) * 30))}`,
  ];
  const line = curve.keys.length === 0 ? `0,${yOf(curve.base)} ${scale.width},${yOf(curve.base)}` : clipToView(points);
  return (
    <svg
      className="lane-canvas amount-lane"
      width={scale.width}
      height={height}
      role="list"
      aria-label={`${TRACK_LABELS[trackId]} amount keys`}
      onDoubleClick={(event) => {
        const frame = frameOf(event, event.currentTarget);
        apply(setAmountKeys(target, trackId, [...curve.keys, { frame, value: amountOf(event, event.currentTarget) }]));
      }}
    >
      <line className="amount-unit" x1={0} x2={scale.width} y1={yOf(1)} y2={yOf(1)} />
      <polyline className="amount-line" points={line} />
      <polyline className="amount-grip" points={line} onPointerDown={(event) => grab(event, null)} onPointerMove={drag} onPointerUp={commit} />
      {curve.keys.map((key) => (
        <circle
          key={key.frame}
          className="amount-key"
          role="listitem"
          tabIndex={0}
          aria-label={`Amount ${key.value.toFixed(2)} at frame ${key.frame}`}
          cx={xOfFrame(scale, key.frame)}
          cy={yOf(key.value)}
          r={4}
          onPointerDown={(event) => grab(event, key.frame)}
          onPointerMove={drag}
          onPointerUp={commit}
          onContextMenu={(event) => {
            event.preventDefault();
            removeKey(key.frame);
          }}
          onKeyDown={(event) => (event.key === 'Delete' || event.key === 'Backspace') && removeKey(key.frame)}
        />
      ))}
    </svg>
  );
}

/** Points left of the view come before the left edge point; a polyline must go left to right. */
function clipToView(points: readonly string[]): string {
  return [...points].sort((a, b) => Number(a.split(',')[0]) - Number(b.split(',')[0])).join(' ');
}
