import { type PointerEvent, useState } from 'react';
import type { Curve, Key } from '../../../shared/clip/clip-schema';
import { keySlope } from '../../../shared/clip/curve';
import { FRAME_RATE_HZ } from '../../../shared/clip/timing';
import { curveLimits, isInDegrees } from '../../document/curves';
import { setValues, unitOf } from '../../document/keys';
import { changeSelectedKeys } from '../../session/actions/edit-keys';
import { useStudio } from '../../session/studio-context';
import { curvePoints } from '../curve-points';
import { ExactValue } from '../exact-value';
import { type TimeScale, xOfFrame } from '../time-scale';
import type { useKeyGestures } from './use-key-gestures';

interface GraphCurveProps {
  readonly id: string;
  readonly label: string;
  readonly curve: Curve;
  readonly colour: string;
  readonly scale: TimeScale;
  readonly unitPixels: number;
  readonly selectedFrames: readonly number[];
  readonly gestures: ReturnType<typeof useKeyGestures>;
  yOf(value: number): number;
}

const HANDLE_PIXELS = 36;
const KEY_PIXELS = 4.5;

/** A curve of the graph with its keys; selected keys have handles. A right click on a key asks for its value. */
export function GraphCurve({ id, label, curve, colour, scale, unitPixels, selectedFrames, gestures, yOf }: GraphCurveProps) {
  const studio = useStudio();
  const [asked, setAsked] = useState<Key | null>(null);
  const isSeen = ({ frame }: Key): boolean => xOfFrame(scale, frame) > -HANDLE_PIXELS && xOfFrame(scale, frame) < scale.width + HANDLE_PIXELS;
  const unit = isInDegrees(id) ? '°' : '';
  return (
    <g className="graph-curve" style={{ color: colour }} role="list" aria-label={`${label} keys`} data-selected={selectedFrames.length > 0}>
      <polyline points={curvePoints(curve, scale, yOf)} />
      {curve.keys.map((key, index) => {
        if (!isSeen(key)) return null;
        const [x, y] = [xOfFrame(scale, key.frame), yOf(key.value)];
        const isSelected = selectedFrames.includes(key.frame);
        const place = { curveId: id, frame: key.frame };
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a dragged key changes its frame, and must stay the same element
          <g key={index}>
            {isSelected && key.tangent !== 'step' ? (
              <Handles
                slopes={[keySlope(curve.keys, index, 'before'), keySlope(curve.keys, index, 'after')]}
                steepness={(unitPixels / unitOf(id) / scale.pixelsPerSecond) * FRAME_RATE_HZ}
                x={x}
                y={y}
                onGrab={(event, side) => gestures.grabSlope(event, place, side, y)}
              />
            ) : null}
            <rect
              className="graph-key"
              role="listitem"
              aria-label={`${label} ${key.value.toFixed(2)}${unit} at frame ${key.frame}`}
              data-selected={isSelected}
              x={x - KEY_PIXELS}
              y={y - KEY_PIXELS}
              width={2 * KEY_PIXELS}
              height={2 * KEY_PIXELS}
              onPointerDown={(event) => gestures.grabKeys(event, [place])}
              onDoubleClick={(event) => event.stopPropagation()}
              onContextMenu={(event) => {
                event.preventDefault();
                studio.curves.setState({ selectedKeys: [place] });
                setAsked(key);
              }}
            />
          </g>
        );
      })}
      {asked ? (
        <foreignObject x={Math.min(scale.width - 66, xOfFrame(scale, asked.frame) + 8)} y={yOf(asked.value) - 12} width={64} height={26}>
          <ExactValue
            label={`${label} at frame ${asked.frame}`}
            value={asked.value}
            {...curveLimits(id)}
            left={0}
            top={1}
            onEnter={(value) => changeSelectedKeys(studio, `of ${label} set to ${value}`, (curves, places) => setValues(curves, places, value))}
            onClose={() => setAsked(null)}
          />
        </foreignObject>
      ) : null}
    </g>
  );
}

interface HandlesProps {
  /** Value per frame before and after the key. */
  readonly slopes: readonly [number, number];
  /** Pixels up for a pixel to the right, at a slope of one unit of the curve per frame. */
  readonly steepness: number;
  readonly x: number;
  readonly y: number;
  onGrab(event: PointerEvent, side: 1 | -1): void;
}

function Handles({ slopes, steepness, x, y, onGrab }: HandlesProps) {
  return ([-1, 1] as const).map((side) => {
    const rise = slopes[side === 1 ? 1 : 0] * steepness;
    const length = (side * HANDLE_PIXELS) / Math.hypot(1, rise);
    const [endX, endY] = [x + length, y - length * rise];
    return (
      <g key={side} className="graph-handle">
        <line x1={x} y1={y} x2={endX} y2={endY} />
        <circle
          cx={endX}
          cy={endY}
          r={4}
          aria-label={side === 1 ? 'Handle after the key' : 'Handle before the key'}
          onPointerDown={(event) => onGrab(event, side)}
        />
      </g>
    );
  });
}
