import type { Take } from '../../../shared/clip/clip-schema';
import type { Command } from '../store';
import { updateClip } from '../update';

/** Adds a take and shows it. */
export function addTake(clipId: string, take: Take, label: string): Command {
  return { label, run: (project) => updateClip(project, clipId, (clip) => ({ ...clip, takes: [...clip.takes, take], activeTakeId: take.id })) };
}
