import type { Stream } from '../../shared/clip/clip-schema';
import type { Ink } from '../ui/use-canvas';
import { type TimeScale, visibleFrames, xOfFrame } from './time-scale';

/** Where and in which colour a code strip is drawn: `hue` is the lane's, degrees. */
export interface CodeStripStyle {
  readonly top: number;
  readonly height: number;
  readonly hue: number;
}

const LEAST_CELL_PIXELS = 2;
const LEAST_LABEL_PIXELS = 26;

/** One cell per token, its shade from its place in the code space; numbers where they fit. Cells below two pixels are merged into a plain band. */
export function drawCodes(context: CanvasRenderingContext2D, ink: Ink, stream: Stream, scale: TimeScale, style: CodeStripStyle): void {
  const groupCount = stream.groupSizes.length;
  const cellPixels = (stream.framesPerToken / 30) * scale.pixelsPerSecond;
  const frameCount = stream.segments.at(-1)?.endFrame ?? 0;
  const { first, end } = visibleFrames(scale, frameCount);
  const lightness = Number(ink('--code-lightness'));
  context.save();
  context.font = "9.5px 'Inter Variable', sans-serif";
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const stride = Math.max(1, Math.ceil(LEAST_CELL_PIXELS / cellPixels));
  for (const segment of stream.segments) {
    const start = Math.max(first, segment.startFrame);
    const stop = Math.min(end, segment.endFrame);
    for (let token = Math.floor(start / stream.framesPerToken); token * stream.framesPerToken < stop; token += stride) {
      const row = token - segment.firstToken;
      const code = segment.codes[row * groupCount] ?? 0;
      const place = code / Math.max(1, (stream.groupSizes[0] ?? 2) - 1);
      const confidence = segment.confidence[row * groupCount] ?? 1;
      const left = Math.max(xOfFrame(scale, segment.startFrame), xOfFrame(scale, token * stream.framesPerToken));
      const right = Math.min(xOfFrame(scale, segment.endFrame), xOfFrame(scale, (token + stride) * stream.framesPerToken));
      const gap = cellPixels > 5 ? 1 : 0;
      context.fillStyle = `hsl(${style.hue - 26 + 52 * place} ${30 + 26 * place}% ${lightness + (18 * ((code * 7) % 11)) / 11}% / ${0.55 + 0.45 * confidence})`;
      context.fillRect(left, style.top, Math.max(0.5, right - left - gap), style.height);
      if (cellPixels >= LEAST_LABEL_PIXELS) {
        context.fillStyle = ink('--code-ink');
        context.fillText(String(code), (left + right) / 2, style.top + style.height / 2 + 0.5);
      }
    }
  }
  context.restore();
}
