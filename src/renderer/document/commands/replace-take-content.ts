import type { Events, Take } from '../../../shared/clip/clip-schema';
import type { Command } from '../store';
import { type TakeTarget, updateTake } from '../update';

/** Puts newly generated streams and events into a take; edits and locks stay. */
export function replaceTakeContent(target: TakeTarget, content: { streams: Take['streams']; events: Events }, label: string): Command {
  return { label, run: (project) => updateTake(project, target.clipId, target.takeId, (take) => ({ ...take, ...content })) };
}
