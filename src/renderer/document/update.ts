import type { Clip, Project, Take, TrackEdits, TrackId } from '../../shared/clip/clip-schema';

/** The project with one clip replaced; the same object when nothing changed. */
export function updateClip(project: Project, clipId: string, change: (clip: Clip) => Clip): Project {
  let changed = false;
  const clips = project.clips.map((clip) => {
    if (clip.id !== clipId) return clip;
    const next = change(clip);
    changed ||= next !== clip;
    return next;
  });
  return changed ? { ...project, clips } : project;
}

/** The project with one take replaced; the same object when nothing changed. */
export function updateTake(project: Project, clipId: string, takeId: string, change: (take: Take) => Take): Project {
  return updateClip(project, clipId, (clip) => {
    let changed = false;
    const takes = clip.takes.map((take) => {
      if (take.id !== takeId) return take;
      const next = change(take);
      changed ||= next !== take;
      return next;
    });
    return changed ? { ...clip, takes } : clip;
  });
}

/** Which take of which clip a command changes. */
export interface TakeTarget {
  readonly clipId: string;
  readonly takeId: string;
}

/** The project with the edits of one track replaced. */
export function updateEdits(project: Project, target: TakeTarget, trackId: TrackId, change: (edits: TrackEdits) => TrackEdits): Project {
  return updateTake(project, target.clipId, target.takeId, (take) => {
    const edits = take.edits[trackId];
    const next = change(edits);
    return next === edits ? take : { ...take, edits: { ...take.edits, [trackId]: next } };
  });
}
