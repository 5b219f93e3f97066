import type { TimecodeSettings } from '../../../shared/clip/clip-schema';
import { formatTimecode, timecodeOf } from '../../../shared/clip/timecode';
import type { Command } from '../store';
import { updateClip } from '../update';

/** Sets how a clip counts timecode and at which it starts. */
export function setTimecode(clipId: string, timecode: TimecodeSettings): Command {
  return {
    label: `Timecode starts at ${formatTimecode(timecode.format, timecode.startFrame)} (${timecode.format})`,
    run: (project) =>
      updateClip(project, clipId, (clip) => {
        const { format, startFrame } = timecodeOf(clip);
        return format === timecode.format && startFrame === timecode.startFrame ? clip : { ...clip, timecode };
      }),
  };
}
