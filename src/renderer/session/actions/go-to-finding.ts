import { FRAME_RATE_HZ, nearestFrame } from '../../../shared/clip/timing';
import { type Finding, findingKey, RULES } from '../../../shared/qa/finding';
import { showNotice } from '../../workspace/notice-store';
import { shownFindings } from '../shown-findings';
import { type Studio, shownClip } from '../studio';
import { playOnce } from './reroll';
import { frameSelection } from './show-clip';

const MARGIN_FRAMES = nearestFrame(0.3);

/** Selects a finding with a margin of 0.3 s, zooms to it, sets the loop there and plays it once. */
export function goToFinding(studio: Studio, finding: Finding): void {
  selectFinding(studio, finding);
  frameSelection(studio);
  studio.view.getState().update({ isLooping: true });
  const { selection } = studio.view.getState();
  if (selection) playOnce(studio, selection.startFrame / FRAME_RATE_HZ, selection.endFrame / FRAME_RATE_HZ, 0);
}

/** Selects a finding with its margin and focuses the lane it is about. */
export function selectFinding(studio: Studio, finding: Finding): void {
  const clip = shownClip(studio);
  if (!clip) return;
  studio.view.getState().update({
    selectedFinding: findingKey(finding),
    focusTrack: RULES[finding.rule].stream,
    selection: { startFrame: Math.max(0, finding.startFrame - MARGIN_FRAMES), endFrame: Math.min(clip.frameCount, finding.endFrame + MARGIN_FRAMES) },
  });
}

/** Goes to the finding after (1) or before (-1) the selected one; without one, after or before the playhead. */
export function stepFinding(studio: Studio, direction: 1 | -1): void {
  const { open } = shownFindings(studio);
  const { selectedFinding } = studio.view.getState();
  const playhead = nearestFrame(studio.transport.positionSeconds);
  const selected = open.findIndex((finding) => findingKey(finding) === selectedFinding);
  const beside = direction > 0 ? open.findIndex((finding) => finding.startFrame >= playhead) : open.findLastIndex((finding) => finding.startFrame < playhead);
  const next = selected >= 0 ? open[selected + direction] : open[beside];
  if (next) goToFinding(studio, next);
  else if (open.length === 0) showNotice(studio.notices, 'success', 'QA has nothing to show in this take.');
  else showNotice(studio.notices, 'success', direction > 0 ? 'This is the last finding.' : 'This is the first finding.');
}
