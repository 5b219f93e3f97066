import type { Command } from '../store';
import { updateClip } from '../update';

/** Sets a marker at a frame, or takes it away when there is one. */
export function toggleMarker(clipId: string, frame: number): Command {
  return {
    label: 'Marker',
    run: (project) =>
      updateClip(project, clipId, (clip) => {
        const others = clip.markers.filter((marker) => marker.frame !== frame);
        if (others.length < clip.markers.length) return { ...clip, markers: others };
        const markers = [...others, { frame, name: `Marker ${clip.markers.length + 1}` }].sort((a, b) => a.frame - b.frame);
        return { ...clip, markers };
      }),
  };
}
