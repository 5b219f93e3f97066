import type { Stream, StreamId } from '../../../shared/clip/clip-schema';
import type { Command } from '../store';
import { type TakeTarget, updateTake } from '../update';

/** Puts a changed stream into a take; the other stream stays the same object. Those with the same `key` that follow each other are one step. */
export function replaceStream(target: TakeTarget, streamId: StreamId, stream: Stream, label: string, key?: string): Command {
  return {
    label,
    ...(key === undefined ? {} : { key }),
    run: (project) =>
      updateTake(project, target.clipId, target.takeId, (take) =>
        take.streams[streamId] === stream ? take : { ...take, streams: { ...take.streams, [streamId]: stream } },
      ),
  };
}
