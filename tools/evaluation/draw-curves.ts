import { CURVE_RATE_HZ } from './curve-rate';
import type { SheetData } from './sheet-data';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Strip {
  readonly label: string;
  readonly values: readonly number[];
  readonly perSecond: number;
  readonly range: readonly [number, number];
  readonly colour: string;
  /** Drawn dashed over the other. */
  readonly compared?: readonly number[];
}

const TITLE_HEIGHT = 26;
const LABEL_WIDTH = 120;
const LEAST_GAP_RANGE_MILLIMETRES = 8;
const LEAST_PITCH_RANGE_DEGREES = 6;

/** Draws sound, lip gap, jaw, rounding and head pitch above each other, with a line at every moment. */
export function drawCurves(context: CanvasRenderingContext2D, { title, durationSeconds, peaks, curves, ruleWrinkleSum, moments }: SheetData, box: Box): void {
  const pitchReach = Math.max(LEAST_PITCH_RANGE_DEGREES, ...curves.pitchDegrees.map(Math.abs));
  const gapReach = Math.max(LEAST_GAP_RANGE_MILLIMETRES, ...curves.lipGapMillimetres);
  const strips: Strip[] = [
    { label: 'sound', values: peaks.values, perSecond: peaks.perSecond, range: [0, Math.max(...peaks.values)], colour: '#8a94a0' },
    { label: `lip gap, 0-${gapReach.toFixed(0)} mm`, values: curves.lipGapMillimetres, perSecond: CURVE_RATE_HZ, range: [0, gapReach], colour: '#f2c14e' },
    { label: 'jawOpen, 0-0.6', values: curves.jawOpen, perSecond: CURVE_RATE_HZ, range: [0, 0.6], colour: '#e07a5f' },
    { label: 'pucker + funnel, 0-1', values: curves.rounding, perSecond: CURVE_RATE_HZ, range: [0, 1], colour: '#81b29a' },
    {
      label: `pitch, +-${pitchReach.toFixed(0)} deg`,
      values: curves.pitchDegrees,
      perSecond: CURVE_RATE_HZ,
      range: [pitchReach, -pitchReach],
      colour: '#8ecae6',
    },
  ];
  strips.push({
    label: 'wrinkles, rule dashed',
    values: curves.wrinkleSum,
    compared: ruleWrinkleSum,
    perSecond: CURVE_RATE_HZ,
    range: [0, Math.max(1, ...curves.wrinkleSum, ...ruleWrinkleSum)],
    colour: '#c8a2c8',
  });
  context.fillStyle = '#e8e4dc';
  context.font = '15px sans-serif';
  context.textAlign = 'left';
  context.fillText(title, box.x, box.y + 18);
  const stripHeight = (box.height - TITLE_HEIGHT) / strips.length;
  const plot = { x: box.x + LABEL_WIDTH, width: box.width - LABEL_WIDTH - 8 };
  const xAt = (seconds: number): number => plot.x + (plot.width * seconds) / durationSeconds;
  for (const { timeSeconds } of moments) {
    context.fillStyle = '#4a525c';
    context.fillRect(xAt(timeSeconds), box.y + TITLE_HEIGHT, 1, box.height - TITLE_HEIGHT);
  }
  strips.forEach((strip, index) => {
    const y = box.y + TITLE_HEIGHT + index * stripHeight;
    context.fillStyle = '#e8e4dc';
    context.font = '12px sans-serif';
    context.fillText(strip.label, box.x, y + stripHeight / 2);
    drawStrip(context, strip, xAt, { y: y + 3, height: stripHeight - 8 });
    if (!strip.compared) return;
    context.setLineDash([4, 4]);
    drawStrip(context, { ...strip, values: strip.compared, colour: '#e8e4dc' }, xAt, { y: y + 3, height: stripHeight - 8 });
    context.setLineDash([]);
  });
}

function drawStrip(
  context: CanvasRenderingContext2D,
  { values, perSecond, range, colour }: Strip,
  xAt: (seconds: number) => number,
  area: Pick<Box, 'y' | 'height'>,
): void {
  const [low, high] = range;
  context.strokeStyle = colour;
  context.lineWidth = 1.4;
  context.beginPath();
  values.forEach((value, index) => {
    const y = area.y + area.height * (1 - (value - low) / (high - low));
    if (index === 0) context.moveTo(xAt(0), y);
    else context.lineTo(xAt(index / perSecond), y);
  });
  context.stroke();
}
