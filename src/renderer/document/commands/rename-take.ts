import type { Command } from '../store';
import { type TakeTarget, updateTake } from '../update';

/** Gives a take another name; blank names change nothing. */
export function renameTake(target: TakeTarget, name: string): Command {
  const trimmed = name.trim();
  return {
    label: `Rename take to ${trimmed}`,
    run: (project) =>
      updateTake(project, target.clipId, target.takeId, (take) => (trimmed === '' || trimmed === take.name ? take : { ...take, name: trimmed })),
  };
}
