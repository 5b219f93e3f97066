import type { Command } from '../store';
import { updateClip } from '../update';

/** Copies a take under a new id and shows the copy; both share their arrays until one changes. */
export function duplicateTake(clipId: string, takeId: string, newTakeId: string): Command {
  return {
    label: 'Duplicate take',
    run: (project) =>
      updateClip(project, clipId, (clip) => {
        const take = clip.takes.find((candidate) => candidate.id === takeId);
        if (!take) return clip;
        return { ...clip, takes: [...clip.takes, { ...take, id: newTakeId, name: `${take.name} copy` }], activeTakeId: newTakeId };
      }),
  };
}
