import type { Command } from '../store';
import { updateClip } from '../update';

/** Deletes a take; the last take of a clip stays. A shown take gives way to its neighbour. */
export function removeTake(clipId: string, takeId: string): Command {
  return {
    label: 'Delete take',
    run: (project) =>
      updateClip(project, clipId, (clip) => {
        const index = clip.takes.findIndex((take) => take.id === takeId);
        if (index < 0 || clip.takes.length < 2) return clip;
        const takes = clip.takes.filter((take) => take.id !== takeId);
        const neighbour = takes[Math.min(index, takes.length - 1)];
        return { ...clip, takes, activeTakeId: clip.activeTakeId === takeId ? (neighbour?.id ?? null) : clip.activeTakeId };
      }),
  };
}
