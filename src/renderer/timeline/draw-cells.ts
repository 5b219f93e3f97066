import type { Stream } from '../../shared/clip/clip-schema';
import type { CodeCell } from '../../shared/clip/code-cells';
import type { Ink } from '../ui/use-canvas';
import { boxOf, type StripLayout } from './code-rows';
import type { TimeScale } from './time-scale';

/** What is marked on a strip: selected cells, cut cells, and where a drag of `shift` tokens would put the selected ones. */
export interface CellMarks {
  readonly stream: Stream;
  readonly layout: StripLayout;
  readonly scale: TimeScale;
  readonly selected: readonly CodeCell[];
  readonly cut: readonly CodeCell[];
  readonly shift: number;
}

/** Outlines the selected cells in runs, cut ones dashed, and the place a drag leads to. */
export function drawCells(context: CanvasRenderingContext2D, ink: Ink, { stream, layout, scale, selected, cut, shift }: CellMarks): void {
  context.save();
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  const outline = (cells: readonly CodeCell[], by: number): void => {
    layout.rows.forEach(({ firstGroup, lastGroup }, row) => {
      const tokens = [...new Set(cells.filter(({ group }) => group >= firstGroup && group <= lastGroup).map(({ token }) => token))];
      for (const [start, end] of runsOf(tokens)) {
        const { left, top, width, height } = boxOf(layout, stream, scale, row, start + by, end + by);
        if (left + width >= 0 && left <= scale.width) context.strokeRect(left + 0.25, top + 0.75, width - 0.5, height - 1.5);
      }
    });
  };
  context.strokeStyle = ink('--text');
  outline(selected, 0);
  if (shift !== 0) {
    context.strokeStyle = ink('--accent');
    context.lineWidth = 2;
    outline(selected, shift);
  }
  context.strokeStyle = ink('--text');
  context.setLineDash([3, 3]);
  outline(cut, 0);
  context.restore();
}

/** Runs `[start, end)` of ascending tokens. */
function runsOf(tokens: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const token of tokens) {
    const last = runs.at(-1);
    if (last?.[1] === token) last[1] = token + 1;
    else runs.push([token, token + 1]);
  }
  return runs;
}
