import type { Command } from '../store';
import { updateClip } from '../update';

/** Gives a clip another name; blank names change nothing. */
export function renameClip(clipId: string, name: string): Command {
  const trimmed = name.trim();
  return {
    label: `Rename clip to ${trimmed}`,
    run: (project) => updateClip(project, clipId, (clip) => (trimmed === '' || trimmed === clip.name ? clip : { ...clip, name: trimmed })),
  };
}
