import type { IgnoredFinding } from '../clip/clip-schema';

/** True when an ignored finding covers at least half of this one: after small edits a fault is still the same fault. */
export function covers(ignored: IgnoredFinding, finding: IgnoredFinding): boolean {
  const shared = Math.min(ignored.endFrame, finding.endFrame) - Math.max(ignored.startFrame, finding.startFrame);
  return ignored.rule === finding.rule && shared >= (finding.endFrame - finding.startFrame) / 2;
}

/** True when the user has said to ignore this finding. */
export function isIgnored(ignoredFindings: readonly IgnoredFinding[], finding: IgnoredFinding): boolean {
  return ignoredFindings.some((ignored) => covers(ignored, finding));
}
