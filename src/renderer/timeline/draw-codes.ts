import type { Stream } from '../../shared/clip/clip-schema';
import { codePlace, type GroupLevels } from '../../shared/clip/code-space';
import type { Ink } from '../ui/use-canvas';
import { type TimeScale, visibleFrames, xOfFrame } from './time-scale';

/** Groups that share one row of a strip, both included. */
export interface CodeRow {
  readonly firstGroup: number;
  readonly lastGroup: number;
}

/** Where and in which colour a row of codes is drawn: `hue` is the lane's, degrees. */
export interface CodeRowStyle extends CodeRow {
  readonly top: number;
  readonly height: number;
  readonly hue: number;
}

const LEAST_CELL_PIXELS = 2;
const LEAST_LABEL_PIXELS = 26;
/** How far a code's place turns the hue of its lane, degrees. */
const HUE_REACH = 34;

/** One cell per token, coloured by the place of its codes in their space, paler where the model was less sure; numbers where they fit. Cells below two pixels are merged into a plain band. */
export function drawCodes(context: CanvasRenderingContext2D, ink: Ink, stream: Stream, levels: GroupLevels, scale: TimeScale, style: CodeRowStyle): void {
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
      const offset = (token - segment.firstToken) * groupCount;
      const [turn = 0, vivid = 0, light = 0] = placeInRow(levels, style, segment.codes.subarray(offset, offset + groupCount));
      const confidence = segment.confidence[offset + style.firstGroup] ?? 1;
      const left = Math.max(xOfFrame(scale, segment.startFrame), xOfFrame(scale, token * stream.framesPerToken));
      const right = Math.min(xOfFrame(scale, segment.endFrame), xOfFrame(scale, (token + stride) * stream.framesPerToken));
      const gap = cellPixels > 5 ? 1 : 0;
      context.fillStyle = `hsl(${style.hue + HUE_REACH * turn} ${43 + 15 * vivid}% ${lightness + 9 + 9 * light}% / ${0.7 + 0.3 * Math.sqrt(confidence)})`;
      context.fillRect(left, style.top, Math.max(0.5, right - left - gap), style.height);
      if (cellPixels >= LEAST_LABEL_PIXELS) {
        context.fillStyle = ink('--code-ink');
        context.fillText(String(segment.codes[offset + style.firstGroup] ?? 0), (left + right) / 2, style.top + style.height / 2 + 0.5);
      }
    }
  }
  context.restore();
}

/** What colours a cell: the digits of its code, or the first digits of several groups' codes; each -1..1. */
function placeInRow(levels: GroupLevels, { firstGroup, lastGroup }: CodeRow, codes: ArrayLike<number>): number[] {
  if (firstGroup === lastGroup) return codePlace(levels[firstGroup] ?? [], codes[firstGroup] ?? 0);
  return Array.from({ length: lastGroup - firstGroup + 1 }, (_, index) => codePlace(levels[firstGroup + index] ?? [], codes[firstGroup + index] ?? 0)[0] ?? 0);
}
