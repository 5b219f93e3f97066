import { type Finding, RULES } from '../../shared/qa/finding';
import { formatRange } from './describe';

/** What was measured and the limit it crosses, in the same unit: `yaw 52°, limit 45`. */
export function formatMeasured({ measure, value, unit, threshold }: Finding): string {
  const space = unit === '°' || unit.startsWith('%') ? '' : ' ';
  return `${measure} ${formatNumber(value)}${space}${unit}, limit ${formatNumber(threshold)}`;
}

/** A finding as one sentence. */
export function describeFinding(finding: Finding): string {
  return `${RULES[finding.rule].label}, ${formatRange(finding)}: ${formatMeasured(finding)}`;
}

function formatNumber(value: number): string {
  return value.toFixed(value < 10 && !Number.isInteger(value) ? 1 : 0);
}
