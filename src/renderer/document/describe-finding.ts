import { type Finding, RULES } from '../../shared/qa/finding';
import { formatRange } from './describe';

/** Measured value of a finding with its unit: `yaw 52°`. */
export function formatMeasured({ measure, value, unit }: Finding): string {
  return `${measure} ${withUnit(value, unit)}`;
}

/** The limit that a finding crosses, with its unit. */
export function formatThreshold({ threshold, unit }: Finding): string {
  return withUnit(threshold, unit);
}

/** A finding as one sentence. */
export function describeFinding(finding: Finding): string {
  return `${RULES[finding.rule].label}, ${formatRange(finding)}: ${formatMeasured(finding)} (limit ${formatThreshold(finding)})`;
}

function withUnit(value: number, unit: string): string {
  const digits = value < 10 && !Number.isInteger(value) ? 1 : 0;
  return `${value.toFixed(digits)}${unit === '°' || unit.startsWith('%') ? '' : ' '}${unit}`;
}
