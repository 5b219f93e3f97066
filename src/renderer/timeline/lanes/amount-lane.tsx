import { type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import type { Clip, Key, Take } from '../../../shared/clip/clip-schema';
import { setAmount } from '../../document/commands/set-amount';
import { setAmountKeys } from '../../document/commands/set-amount-keys';
import { AMOUNT_RANGE, type AmountId, amountLabel, amountOf as curveOfAmount } from '../../document/curves';
import { useDocument } from '../../session/studio-context';
import { localPoint } from '../../ui/local-point';
import { curvePoints } from '../curve-points';
import { ExactValue } from '../exact-value';
import { secondsOfX, type TimeScale, xOfFrame } from '../time-scale';

interface AmountLaneProps {
  readonly clip: Clip;
  readonly take: Take;
  readonly amountId: AmountId;
  readonly scale: TimeScale;
  readonly height: number;
}

const MARGIN = 6;
const STEP = 0.01;
const FINE_STEP = 0.001;

/** The amount of a track or region over time, 0..2. Drag the line or a key (Shift: finer steps); a double click adds a key, Delete removes it, a right click asks for its value. */
export function AmountLane({ clip, take, amountId, scale, height }: AmountLaneProps) {
  const apply = useDocument((state) => state.apply);
  const begin = useDocument((state) => state.begin);
  const commit = useDocument((state) => state.commit);
  const draggedFrame = useRef<number | null>(null);
  const target = { clipId: clip.id, takeId: take.id };
  const curve = curveOfAmount(take, amountId);
  const name = amountLabel(amountId);
  const [asked, setAsked] = useState<Key | null>(null);
  const yOf = (value: number): number => height - MARGIN - ((height - 2 * MARGIN) * value) / AMOUNT_RANGE.max;
  const amountOf = (event: MouseEvent, svg: Element): number => {
    const share = (height - MARGIN - localPoint(svg, event).y) / (height - 2 * MARGIN);
    const step = event.shiftKey ? FINE_STEP : STEP;
    return Math.min(AMOUNT_RANGE.max, Math.max(AMOUNT_RANGE.min, Math.round((share * AMOUNT_RANGE.max) / step) * step));
  };
  const frameOf = (event: MouseEvent, svg: Element): number =>
    Math.min(clip.frameCount - 1, Math.max(0, Math.round(secondsOfX(scale, localPoint(svg, event).x) * 30)));
  const removeKey = (frame: number): void =>
    apply(
      setAmountKeys(
        target,
        amountId,
        curve.keys.filter((key) => key.frame !== frame),
      ),
    );

  const drag = (event: PointerEvent<SVGElement>): void => {
    const svg = event.currentTarget.closest('svg');
    if (!svg || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const value = amountOf(event, svg);
    if (draggedFrame.current === null) {
      apply(setAmount(target, amountId, value));
      return;
    }
    const key = curve.keys.find((candidate) => candidate.frame === draggedFrame.current);
    const others = curve.keys.filter((candidate) => candidate !== key);
    const frame = frameOf(event, svg);
    if (others.some((other) => other.frame === frame)) return;
    draggedFrame.current = frame;
    apply(setAmountKeys(target, amountId, [...others, { ...key, frame, value }]));
  };
  const grab = (event: PointerEvent<SVGElement>, frame: number | null): void => {
    event.stopPropagation();
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    draggedFrame.current = frame;
    begin(`${name} amount`);
  };

  const line = curvePoints(curve, scale, yOf);
  return (
    <>
      <svg
        className="lane-canvas amount-lane"
        width={scale.width}
        height={height}
        role="list"
        aria-label={`${name} amount keys`}
        onDoubleClick={(event) => {
          const frame = frameOf(event, event.currentTarget);
          apply(setAmountKeys(target, amountId, [...curve.keys, { frame, value: amountOf(event, event.currentTarget) }]));
        }}
      >
        <line className="amount-unit" x1={0} x2={scale.width} y1={yOf(1)} y2={yOf(1)} />
        <polyline className="amount-line" points={line} />
        <polyline className="amount-grip" points={line} onPointerDown={(event) => grab(event, null)} onPointerMove={drag} onPointerUp={commit} />
        {curve.keys.map((key, index) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: a dragged key changes its frame, and must stay the same element
            key={index}
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
              setAsked(key);
            }}
            onKeyDown={(event) => (event.key === 'Delete' || event.key === 'Backspace') && removeKey(key.frame)}
          />
        ))}
      </svg>
      {asked ? (
        <ExactValue
          label={`${name} amount at frame ${asked.frame}`}
          value={asked.value}
          {...AMOUNT_RANGE}
          left={Math.min(scale.width - 60, Math.max(0, xOfFrame(scale, asked.frame) + 6))}
          top={3}
          onEnter={(value) => apply(setAmountKeys(target, amountId, [...curve.keys, { ...asked, value }]))}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </>
  );
}
