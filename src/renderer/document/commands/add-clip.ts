import type { Clip } from '../../../shared/clip/clip-schema';
import type { Command } from '../store';

/** Puts a clip at the end of the list. */
export function addClip(clip: Clip): Command {
  return { label: `Import ${clip.name}`, run: (project) => ({ ...project, clips: [...project.clips, clip] }) };
}
