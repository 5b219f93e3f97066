import { type TimeScale, visibleFrames, xOfFrame } from './time-scale';

/** How a curve lies in its row: `top` is where `maximum` is drawn, `bottom` where `minimum` is. */
export interface CurveStyle {
  readonly top: number;
  readonly bottom: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly colour: string;
  readonly dash?: readonly number[];
  /** Fills the space below the curve with a breath of its colour. */
  readonly isFilled?: boolean;
}

/** Draws one value per model frame; when frames are finer than pixels, the extremes of each pixel. */
export function drawCurve(context: CanvasRenderingContext2D, values: Float32Array, scale: TimeScale, style: CurveStyle): void {
  const { first, end } = visibleFrames(scale, values.length);
  if (end <= first) return;
  const yOf = (value: number): number => {
    const share = (Math.min(style.maximum, Math.max(style.minimum, value)) - style.minimum) / (style.maximum - style.minimum);
    return style.bottom + (style.top - style.bottom) * share;
  };
  const framesPerPixel = 30 / scale.pixelsPerSecond;
  const stride = Math.max(1, Math.floor(framesPerPixel));
  context.beginPath();
  for (let frame = first; frame < end; frame += stride) {
    let lowest = values[frame] ?? 0;
    let highest = lowest;
    for (let i = frame + 1; i < Math.min(end, frame + stride); i++) {
      lowest = Math.min(lowest, values[i] ?? 0);
      highest = Math.max(highest, values[i] ?? 0);
    }
    const x = xOfFrame(scale, frame);
    if (frame === first) context.moveTo(x, yOf(highest));
    else context.lineTo(x, yOf(highest));
    if (stride > 1) context.lineTo(x, yOf(lowest));
  }
  context.strokeStyle = style.colour;
  context.lineWidth = 1.4;
  context.lineJoin = 'round';
  context.setLineDash([...(style.dash ?? [])]);
  context.stroke();
  context.setLineDash([]);
  if (!style.isFilled) return;
  context.lineTo(xOfFrame(scale, end - 1), style.bottom);
  context.lineTo(xOfFrame(scale, first), style.bottom);
  context.save();
  context.globalAlpha *= 0.14;
  context.fillStyle = style.colour;
  context.fill();
  context.restore();
}
