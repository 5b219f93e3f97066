import type { Blink, Breath, GazeTarget } from '../../../shared/clip/clip-schema';
import type { EyeEventKind } from '../../../shared/eye-events/make-events';
import { EVENT_KINDS } from '../../document/eye-event-kinds';
import type { EyeEventOf } from '../../document/eye-events';

const LEAST_LABEL_PIXELS = 30;

interface EventShapeProps<K extends EyeEventKind> {
  readonly kind: K;
  readonly event: EyeEventOf[K];
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How an event looks; each kind has a shape of its own, so that it is known without its colour. */
export function EventShape<K extends EyeEventKind>({ kind, event, left, top, width, height }: EventShapeProps<K>) {
  if (kind === 'blinks') {
    const tall = Math.max(4, height * (event as Blink).strength);
    return <rect className="eye-shape" x={left} y={top + height - tall} width={width} height={tall} rx={Math.min(5, width / 2)} />;
  }
  if (kind === 'darts') {
    const [middle, reach] = [top + height / 2, Math.min(4, height / 2)];
    return (
      <path
        className="eye-shape"
        d={`M${left} ${middle}l${Math.min(4, width / 2)} ${-reach}H${left + width}V${middle + reach}H${left + Math.min(4, width / 2)}z`}
      />
    );
  }
  if (kind === 'breaths') {
    const { inhaleSeconds, exhaleSeconds, depth } = event as Breath;
    const bottom = top + height;
    const peak = bottom - height * Math.min(1, 0.2 + 0.55 * depth);
    const peakX = left + (width * inhaleSeconds) / (inhaleSeconds + exhaleSeconds);
    return (
      <path
        className="eye-shape"
        d={`M${left} ${bottom}Q${peakX} ${bottom} ${peakX} ${peak}Q${peakX + (left + width - peakX) * 0.3} ${bottom - 2} ${left + width} ${bottom}z`}
      />
    );
  }
  const look = event as GazeTarget;
  return (
    <>
      <rect className="eye-shape" data-camera={look.atCamera === true} x={left} y={top} width={width} height={height} rx={2} />
      {width >= LEAST_LABEL_PIXELS ? (
        <text className="eye-label" data-camera={look.atCamera === true} x={Math.max(left, 0) + 5} y={top + height - 4}>
          {look.atCamera ? (width >= 66 ? '\u25c9 at camera' : '\u25c9') : EVENT_KINDS.gaze.describe(look)}
        </text>
      ) : null}
    </>
  );
}
