import type { Events } from '../../../shared/clip/clip-schema';
import type { Command } from '../store';
import { type TakeTarget, updateTake } from '../update';

/** Changes the eye and breath events of a take; streams, edits and locks stay the same objects. */
export function setEvents(target: TakeTarget, change: (events: Events) => Events, label: string): Command {
  return {
    label,
    run: (project) =>
      updateTake(project, target.clipId, target.takeId, (take) => {
        const events = change(take.events);
        return events === take.events ? take : { ...take, events };
      }),
  };
}
