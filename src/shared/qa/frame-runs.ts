import type { FrameRange } from '../clip/timing';

/** Maximal ranges of frames that meet a condition; gaps of up to `bridgedFrames` between two of them are closed. */
export function frameRuns(frameCount: number, meets: (frame: number) => boolean, bridgedFrames = 0): FrameRange[] {
  const runs: { startFrame: number; endFrame: number }[] = [];
  for (let frame = 0; frame < frameCount; frame++) {
    if (!meets(frame)) continue;
    const last = runs.at(-1);
    if (last && frame - last.endFrame <= bridgedFrames) last.endFrame = frame + 1;
    else runs.push({ startFrame: frame, endFrame: frame + 1 });
  }
  return runs;
}

/** The frame of a range with the highest score. */
export function highestFrame({ startFrame, endFrame }: FrameRange, score: (frame: number) => number): number {
  let best = startFrame;
  for (let frame = startFrame + 1; frame < endFrame; frame++) if (score(frame) > score(best)) best = frame;
  return best;
}
