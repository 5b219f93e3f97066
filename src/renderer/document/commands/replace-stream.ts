import type { Stream, StreamId } from '../../../shared/clip/clip-schema';
import type { Command } from '../store';
import { type TakeTarget, updateTake } from '../update';

/** Puts a re-rolled stream into a take; the other stream stays the same object. */
export function replaceStream(target: TakeTarget, streamId: StreamId, stream: Stream, label: string): Command {
  return {
    label,
    run: (project) => updateTake(project, target.clipId, target.takeId, (take) => ({ ...take, streams: { ...take.streams, [streamId]: stream } })),
  };
}
