import { FRAME_RATE_HZ } from '../../clip/timing';
import type { Finding } from '../finding';
import { frameRuns, highestFrame } from '../frame-runs';
import type { CheckedScene } from '../scene';

const OPEN_PERCENT = 8;
/** A mouth may take this long to settle after a sound, or to prepare the next one. */
const LONGEST_OPEN_SECONDS = 0.3;

/** Lips stay apart in a long silence. */
export function openInSilence({ motion: { lipGap, frameCount }, sound }: CheckedScene): Finding[] {
  const gap = (frame: number): number => lipGap[frame] ?? 0;
  return frameRuns(frameCount, (frame) => sound.isSilent[frame] === 1 && gap(frame) > OPEN_PERCENT)
    .filter((run) => run.endFrame - run.startFrame > LONGEST_OPEN_SECONDS * FRAME_RATE_HZ)
    .map((run) => ({
      ...run,
      rule: 'open-in-silence',
      measure: 'lip gap',
      value: gap(highestFrame(run, gap)),
      threshold: OPEN_PERCENT,
      unit: '% of the mouth',
    }));
}
