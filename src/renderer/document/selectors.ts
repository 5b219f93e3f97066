import { activeTake, type Clip, type Project, type Segment, type Stream, type StreamId, type Take, type TrackId } from '../../shared/clip/clip-schema';
import type { FrameRange } from '../../shared/clip/timing';

/** The clip with an id. */
export function findClip(project: Project, clipId: string | null): Clip | undefined {
  return project.clips.find((clip) => clip.id === clipId);
}

/** The take that a clip shows. */
export function findActiveTake(project: Project, clipId: string | null): Take | undefined {
  const clip = findClip(project, clipId);
  return clip && activeTake(clip);
}

/** The coded stream behind a track; wrinkles are part of the mouth stream, eyes have none. */
export function streamOfTrack(trackId: TrackId): StreamId | null {
  if (trackId === 'eyes') return null;
  return trackId === 'head' ? 'head' : 'mouth';
}

/** The segment that holds a frame. */
export function segmentAt(stream: Stream, frame: number): Segment | undefined {
  return stream.segments.find((segment) => frame >= segment.startFrame && frame < segment.endFrame);
}

/** True when a lock of the stream touches the range. */
export function overlapsLock(take: Take, streamId: StreamId, range: FrameRange): boolean {
  return take.locks.some((lock) => lock.stream === streamId && lock.startFrame < range.endFrame && lock.endFrame > range.startFrame);
}

/** True when the locks of a stream cover the whole range. */
export function isLocked(take: Take, streamId: StreamId, range: FrameRange): boolean {
  const locks = take.locks.filter((lock) => lock.stream === streamId).sort((a, b) => a.startFrame - b.startFrame);
  let reached = range.startFrame;
  for (const lock of locks) if (lock.startFrame <= reached) reached = Math.max(reached, lock.endFrame);
  return reached >= range.endFrame;
}
