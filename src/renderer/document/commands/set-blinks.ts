import type { Blink } from '../../../shared/clip/clip-schema';
import type { Command } from '../store';
import { type TakeTarget, updateTake } from '../update';

/** Replaces the blinks of a take, kept in time order; nothing else changes. */
export function setBlinks(target: TakeTarget, blinks: readonly Blink[], label: string): Command {
  const sorted = [...blinks].sort((a, b) => a.startSeconds - b.startSeconds);
  return { label, run: (project) => updateTake(project, target.clipId, target.takeId, (take) => ({ ...take, events: { ...take.events, blinks: sorted } })) };
}
