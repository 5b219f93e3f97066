import type { Lock, StreamId } from '../../../shared/clip/clip-schema';
import type { FrameRange } from '../../../shared/clip/timing';
import { formatRange, TRACK_LABELS } from '../describe';
import type { Command } from '../store';
import { type TakeTarget, updateTake } from '../update';

/** Locks or unlocks a range of a stream. Touching locks are joined; unlocking the middle of one leaves both ends locked. */
export function setLocked(target: TakeTarget, streamId: StreamId, range: FrameRange, locked: boolean): Command {
  return {
    label: `${TRACK_LABELS[streamId]} ${formatRange(range)} ${locked ? 'locked' : 'unlocked'}`,
    run: (project) =>
      updateTake(project, target.clipId, target.takeId, (take) => {
        const others = take.locks.filter((lock) => lock.stream !== streamId);
        const own = take.locks.filter((lock) => lock.stream === streamId).flatMap((lock) => withoutRange(lock, range));
        const locks = [...others, ...joinTouching(locked ? [...own, { stream: streamId, ...range }] : own)];
        return JSON.stringify(locks) === JSON.stringify(take.locks) ? take : { ...take, locks };
      }),
  };
}

function withoutRange(lock: Lock, range: FrameRange): Lock[] {
  if (range.endFrame <= lock.startFrame || range.startFrame >= lock.endFrame) return [lock];
  const pieces = [
    { ...lock, endFrame: range.startFrame },
    { ...lock, startFrame: range.endFrame },
  ];
  return pieces.filter((piece) => piece.endFrame > piece.startFrame);
}

function joinTouching(locks: readonly Lock[]): Lock[] {
  const joined: Lock[] = [];
  for (const lock of [...locks].sort((a, b) => a.startFrame - b.startFrame)) {
    const last = joined.at(-1);
    if (last && lock.startFrame <= last.endFrame) joined[joined.length - 1] = { ...last, endFrame: Math.max(last.endFrame, lock.endFrame) };
    else joined.push(lock);
  }
  return joined;
}
