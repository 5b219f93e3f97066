import { FRAME_RATE_HZ } from '../../clip/timing';
import type { Finding } from '../finding';
import { frameRuns } from '../frame-runs';
import type { CheckedScene } from '../scene';

const CLOSED_PERCENT = 2;
const LOUD_DECIBELS = -8;
const VOICED = 0.6;
/** Natural m, b and p are shorter, or so quiet in their middle that they are not loud. */
const LONGEST_CLOSURE_SECONDS = 0.15;

/** Lips stay shut while the voice is loud: longer than any m, b or p. */
export function closedOnVowel({ motion: { lipGap, frameCount }, sound: { level, voicing } }: CheckedScene): Finding[] {
  const isFault = (frame: number): boolean => (lipGap[frame] ?? 0) < CLOSED_PERCENT && (level[frame] ?? 0) > LOUD_DECIBELS && (voicing[frame] ?? 0) > VOICED;
  return frameRuns(frameCount, isFault)
    .map((run) => ({ ...run, seconds: (run.endFrame - run.startFrame) / FRAME_RATE_HZ }))
    .filter(({ seconds }) => seconds > LONGEST_CLOSURE_SECONDS)
    .map(({ seconds, ...run }) => ({
      ...run,
      rule: 'closed-on-vowel',
      measure: 'shut for',
      value: 1000 * seconds,
      threshold: 1000 * LONGEST_CLOSURE_SECONDS,
      unit: 'ms',
    }));
}
