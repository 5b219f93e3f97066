import type { Command } from '../store';
import { updateClip } from '../update';

/** Shows another take of a clip. */
export function selectTake(clipId: string, takeId: string): Command {
  return {
    label: 'Switch take',
    run: (project) =>
      updateClip(project, clipId, (clip) =>
        clip.activeTakeId === takeId || !clip.takes.some((take) => take.id === takeId) ? clip : { ...clip, activeTakeId: takeId },
      ),
  };
}
