import { Check, Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { type Finding, findingKey } from '../../shared/qa/finding';
import { useShownFindings } from '../session/shown-findings';
import { useShownTake } from '../session/studio-context';
import { IconButton } from '../ui/button';
import { FindingItem } from './finding-item';

/** What QA has found in the shown take: how many, when, which rule, what was measured. */
export function FindingList() {
  const take = useShownTake();
  const { open, ignored, isChecking } = useShownFindings();
  const [showsIgnored, setShowsIgnored] = useState(false);
  if (!take) return null;
  const item = (finding: Finding, isIgnored: boolean) => <FindingItem key={findingKey(finding)} finding={finding} isIgnored={isIgnored} />;
  const toggle = `${showsIgnored ? 'Hide' : 'Show'} ${ignored.length} ignored`;
  return (
    <section className="library-section" aria-label="QA">
      <div className="panel-head">
        <h2 className="panel-title">QA ({open.length})</h2>
        <span className="item-note" role="status">
          {isChecking ? 'checking' : ''}
        </span>
        {ignored.length > 0 ? (
          <IconButton
            label={toggle}
            isPressed={showsIgnored}
            icon={showsIgnored ? <Eye size={14} /> : <EyeOff size={14} />}
            onClick={() => setShowsIgnored(!showsIgnored)}
          />
        ) : null}
      </div>
      <ul className="item-list">
        {open.map((finding) => item(finding, false))}
        {open.length === 0 && !isChecking ? (
          <li className="finding-none">
            <Check size={13} aria-hidden /> Nothing found{ignored.length > 0 ? `, ${ignored.length} ignored` : ''}
          </li>
        ) : null}
        {showsIgnored ? ignored.map((finding) => item(finding, true)) : null}
      </ul>
    </section>
  );
}
