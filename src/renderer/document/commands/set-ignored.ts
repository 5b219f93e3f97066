import type { IgnoredFinding } from '../../../shared/clip/clip-schema';
import { type Finding, RULES } from '../../../shared/qa/finding';
import { covers, isIgnored } from '../../../shared/qa/ignored';
import { formatRange } from '../describe';
import type { Command } from '../store';
import { type TakeTarget, updateTake } from '../update';

/** Says that a finding is no fault, or takes that back. The motion stays as it is. */
export function setIgnored(target: TakeTarget, finding: Finding, ignored: boolean): Command {
  const { rule, startFrame, endFrame } = finding;
  return {
    label: `${RULES[rule].label} ${formatRange(finding)} ${ignored ? 'ignored' : 'no longer ignored'}`,
    run: (project) =>
      updateTake(project, target.clipId, target.takeId, (take) => {
        if (isIgnored(take.ignoredFindings, finding) === ignored) return take;
        const others = take.ignoredFindings.filter((known: IgnoredFinding) => !covers(known, finding));
        return { ...take, ignoredFindings: ignored ? [...others, { rule, startFrame, endFrame }] : others };
      }),
  };
}
