import { useEffect, useMemo, useRef } from 'react';
import { FRAME_RATE_HZ } from '../../shared/clip/timing';
import type { EditFix } from '../../shared/qa/edit-fixes';
import { type Finding, findingKey, RULES } from '../../shared/qa/finding';
import { setIgnored } from '../document/commands/set-ignored';
import { formatSeconds, TRACK_LABELS } from '../document/describe';
import { describeFinding, formatMeasured } from '../document/describe-finding';
import { applyEditFix, editFixFor, rerollFinding } from '../session/actions/fix-finding';
import { goToFinding } from '../session/actions/go-to-finding';
import { shownTake } from '../session/studio';
import { useShownTake, useStudio, useView } from '../session/studio-context';
import { Button } from '../ui/button';
import { FindingMark } from '../ui/finding-mark';

interface FindingItemProps {
  readonly finding: Finding;
  readonly isIgnored: boolean;
}

/** One finding; a click goes there and opens what can be done about it. */
export function FindingItem({ finding, isIgnored }: FindingItemProps) {
  const studio = useStudio();
  const isOpen = useView((view) => view.selectedFinding) === findingKey(finding);
  const { label, stream } = RULES[finding.rule];
  return (
    <li className="finding-item" data-ignored={isIgnored}>
      <button type="button" className="item" aria-current={isOpen} aria-label={describeFinding(finding)} onClick={() => goToFinding(studio, finding)}>
        <span className="item-name">
          <FindingMark stream={stream} /> {label}
        </span>
        <span className="item-note number">{formatSeconds(finding.startFrame / FRAME_RATE_HZ)}</span>
        <span className="item-note number finding-measured">{formatMeasured(finding)}</span>
      </button>
      {isOpen ? <FindingActions finding={finding} isIgnored={isIgnored} /> : null}
    </li>
  );
}

function FindingActions({ finding, isIgnored }: FindingItemProps) {
  const studio = useStudio();
  const take = useShownTake();
  // biome-ignore lint/correctness/useExhaustiveDependencies: an edit is tried out on the take that is shown
  const fix = useMemo(() => editFixFor(studio, finding), [studio, finding, take]);
  const { stream } = RULES[finding.rule];
  const reference = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Not returned: newer browsers answer with a promise, which React would take for a clean-up.
    reference.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const ignore = (): void => {
    const target = shownTake(studio)?.target;
    if (target) studio.document.getState().apply(setIgnored(target, finding, !isIgnored));
  };
  return (
    <div className="finding-actions" ref={reference}>
      <Button onClick={() => void rerollFinding(studio, finding)}>Fix: re-roll {TRACK_LABELS[stream].toLowerCase()}</Button>
      {fix ? <Button onClick={() => applyEditFix(studio, finding, fix)}>Fix: {describeFix(fix)}</Button> : null}
      <Button kind="quiet" onClick={ignore}>
        {isIgnored ? 'No longer ignore' : 'Ignore'}
      </Button>
    </div>
  );
}

function describeFix({ kind, stream, value }: EditFix): string {
  const track = TRACK_LABELS[stream].toLowerCase();
  return kind === 'amount' ? `${track} amount ${Math.round(100 * value)} %` : `smooth whole ${track} ${value.toFixed(2)} s`;
}
