import { findingKey, RULES } from '../../../shared/qa/finding';
import { describeFinding } from '../../document/describe-finding';
import { goToFinding } from '../../session/actions/go-to-finding';
import { useShownFindings } from '../../session/shown-findings';
import { useStudio, useView } from '../../session/studio-context';
import { FindingMark } from '../../ui/finding-mark';
import { type TimeScale, xOfFrame } from '../time-scale';

const ROWS = { mouth: 1, head: 18 } as const;
/** Room for the sign and its word, where the finding itself is shorter and no other one follows. */
const TEXT_PIXELS = 66;
const SIGN_PIXELS = 15;

/** What QA has found, mouth above and head below: a sign, a word and the length of each fault. A click goes there. */
export function QaLane({ scale }: { scale: TimeScale }) {
  const studio = useStudio();
  const { open } = useShownFindings();
  const selected = useView((view) => view.selectedFinding);
  return (
    <ul className="qa-lane" aria-label={`${open.length} QA findings`}>
      {open.map((finding) => {
        const { stream, mark } = RULES[finding.rule];
        const left = xOfFrame(scale, finding.startFrame);
        const length = xOfFrame(scale, finding.endFrame) - left;
        const following = open.find((other) => other.startFrame > finding.startFrame && RULES[other.rule].stream === stream);
        const room = following ? xOfFrame(scale, following.startFrame) - left : TEXT_PIXELS;
        const width = Math.max(SIGN_PIXELS, length, Math.min(TEXT_PIXELS, room));
        if (left + width < 0 || left > scale.width) return null;
        return (
          <li key={findingKey(finding)}>
            <button
              type="button"
              className="finding"
              data-selected={findingKey(finding) === selected}
              style={{ left, width, top: ROWS[stream] }}
              aria-label={describeFinding(finding)}
              title={describeFinding(finding)}
              onPointerDown={(event) => event.stopPropagation()}
              onClick={() => goToFinding(studio, finding)}
            >
              <span className="finding-length" style={{ width: Math.max(2, length) }} />
              <FindingMark stream={stream} />
              <span className="finding-word">{mark}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
