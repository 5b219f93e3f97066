import { FRAME_RATE_HZ } from '../../clip/timing';
import type { Finding } from '../finding';
import { frameRuns } from '../frame-runs';
import type { CheckedScene } from '../scene';

/** Generated speech makes up to eight in a second, fast speech up to ten (docs/qa.md); a tremor makes more. */
const MOST_TURNS = 10;
/** Smaller movements are not seen. */
const SMALLEST_TURN_PERCENT = 1.5;
const WINDOW_FRAMES = FRAME_RATE_HZ;

/** The lips change direction more often in a second than speech does. */
export function chatter({ motion: { lipGap, frameCount } }: CheckedScene): Finding[] {
  const turns = turnsPerWindow(lipGap, frameCount);
  return frameRuns(frameCount, (frame) => (turns[frame] ?? 0) > MOST_TURNS, WINDOW_FRAMES).map(({ startFrame, endFrame }) => ({
    startFrame,
    endFrame: Math.min(frameCount, endFrame + WINDOW_FRAMES - 1),
    rule: 'chatter',
    measure: 'turns',
    value: Math.max(...turns.subarray(startFrame, endFrame)),
    threshold: MOST_TURNS,
    unit: 'per second',
  }));
}

/** Number of changes of direction in the second that starts at each frame. */
export function turnsPerWindow(lipGap: Float32Array, frameCount: number): Float32Array {
  const before = new Float32Array(frameCount + 1);
  for (const frame of turningFrames(lipGap)) before[frame + 1] = 1;
  for (let frame = 0; frame < frameCount; frame++) before[frame + 1] = (before[frame + 1] ?? 0) + (before[frame] ?? 0);
  return Float32Array.from({ length: frameCount }, (_, frame) => (before[Math.min(frameCount, frame + WINDOW_FRAMES)] ?? 0) - (before[frame] ?? 0));
}

function turningFrames(values: Float32Array): number[] {
  const frames: number[] = [];
  let extreme = 0;
  let direction = 0;
  for (let frame = 1; frame < values.length; frame++) {
    const change = (values[frame] ?? 0) - (values[extreme] ?? 0);
    if (direction * change > 0) extreme = frame;
    else if (Math.abs(change) >= SMALLEST_TURN_PERCENT) {
      if (direction !== 0) frames.push(extreme);
      direction = Math.sign(change);
      extreme = frame;
    }
  }
  return frames;
}
