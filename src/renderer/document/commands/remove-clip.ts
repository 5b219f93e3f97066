import type { Command } from '../store';

/** Takes a clip out of the project. */
export function removeClip(clipId: string, clipName: string): Command {
  return {
    label: `Remove ${clipName}`,
    run: (project) => (project.clips.some((clip) => clip.id === clipId) ? { ...project, clips: project.clips.filter((clip) => clip.id !== clipId) } : project),
  };
}
