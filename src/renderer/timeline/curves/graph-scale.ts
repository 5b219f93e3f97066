/** How values lie on the screen: `max` is drawn at the top edge, `min` at the bottom, in units of curves (see unitOf). */
export interface GraphScale {
  readonly min: number;
  readonly max: number;
  readonly height: number;
}

const GRID_STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5];
const LEAST_GRID_PIXELS = 26;
const SPANS = { least: 0.02, most: 12 } as const;

/** Pixels of one unit. */
export function pixelsPerUnit({ min, max, height }: GraphScale): number {
  return height / (max - min);
}

/** Place of a value, pixels from the top. */
export function yOfUnits(scale: GraphScale, units: number): number {
  return (scale.max - units) * pixelsPerUnit(scale);
}

/** Value at a place. */
export function unitsOfY(scale: GraphScale, y: number): number {
  return scale.max - y / pixelsPerUnit(scale);
}

/** The range after zooming by a factor around a place that stays where it is. */
export function zoomValues(scale: GraphScale, factor: number, y: number): { min: number; max: number } {
  const span = Math.min(SPANS.most, Math.max(SPANS.least, (scale.max - scale.min) / factor));
  const max = unitsOfY(scale, y) + (span * y) / scale.height;
  return { min: max - span, max };
}

/** Values of grid lines, as close as their labels allow. */
export function gridValues(scale: GraphScale): number[] {
  const step = GRID_STEPS.find((candidate) => candidate * pixelsPerUnit(scale) >= LEAST_GRID_PIXELS) ?? 10;
  const first = Math.ceil(scale.min / step);
  return Array.from({ length: Math.max(0, Math.floor(scale.max / step) - first + 1) }, (_, index) => (first + index) * step);
}
