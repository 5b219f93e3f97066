import type { StreamId } from '../../../shared/clip/clip-schema';
import { FRAME_RATE_HZ, type FrameRange } from '../../../shared/clip/timing';
import { AppError } from '../../../shared/contract/errors';
import { checkPart } from '../../../shared/qa/check-take';
import { type EditFix, findEditFix } from '../../../shared/qa/edit-fixes';
import { type Finding, RULES } from '../../../shared/qa/finding';
import { setAmountKeys } from '../../document/commands/set-amount-keys';
import { setSmoothing } from '../../document/commands/set-smoothing';
import { decodedStreamsOf } from '../../document/decoded-streams';
import { formatRange, TRACK_LABELS } from '../../document/describe';
import { overlapsLock } from '../../document/selectors';
import { mediaKey } from '../../workspace/media-store';
import { showError, showNotice } from '../../workspace/notice-store';
import { type Studio, shownTake } from '../studio';
import { selectFinding } from './go-to-finding';
import { playOnce, rerollFocusTrack } from './reroll';

/** The edit that would clear a finding of the shown take, tried out on its curves; null when there is none. */
export function editFixFor(studio: Studio, finding: Finding): EditFix | null {
  const shown = shownTake(studio);
  const heard = shown && studio.media.getState().audioByKey[mediaKey(shown.clip.audio)];
  return shown && heard ? findEditFix(shown.take, decodedStreamsOf(shown.take), heard, finding) : null;
}

/** Clears a finding by an edit, as one undo step; refused when it would change what is locked. */
export function applyEditFix(studio: Studio, finding: Finding, fix: EditFix): void {
  const shown = shownTake(studio);
  if (!shown) return;
  if (overlapsLock(shown.take, fix.stream, fix.range)) {
    showError(studio.notices, locked(fix.stream, fix.range));
    return;
  }
  const command = fix.kind === 'amount' ? setAmountKeys(shown.target, fix.stream, fix.edits.amount.keys) : setSmoothing(shown.target, fix.stream, fix.value);
  selectFinding(studio, finding);
  studio.document.getState().apply({ ...command, label: `${RULES[finding.rule].label} ${formatRange(finding)} fixed by ${fix.kind}` });
  playOnce(studio, finding.startFrame / FRAME_RATE_HZ, finding.endFrame / FRAME_RATE_HZ);
}

/** Re-rolls the stream of a finding around it; says so when the fault is still there. */
export async function rerollFinding(studio: Studio, finding: Finding): Promise<void> {
  selectFinding(studio, finding);
  const { stream, label } = RULES[finding.rule];
  const before = shownTake(studio)?.take;
  await rerollFocusTrack(studio);
  const shown = shownTake(studio);
  const heard = shown && studio.media.getState().audioByKey[mediaKey(shown.clip.audio)];
  if (!shown || !heard || shown.take.id !== before?.id || shown.take.streams[stream] === before.streams[stream]) return;
  const seen = { startFrame: Math.max(0, finding.startFrame - FRAME_RATE_HZ), endFrame: Math.min(shown.clip.frameCount, finding.endFrame + FRAME_RATE_HZ) };
  if (checkPart(shown.take, decodedStreamsOf(shown.take), heard, finding.rule, seen).length === 0) return;
  showNotice(studio.notices, 'warning', `${label} is still there.`, 'Re-roll once more, or undo it.');
}

function locked(stream: StreamId, range: FrameRange): AppError {
  return new AppError(
    'locked',
    `Part of ${TRACK_LABELS[stream].toLowerCase()} ${formatRange(range)} is locked, so it was not fixed.`,
    'Unlock it, or ignore the finding.',
  );
}
