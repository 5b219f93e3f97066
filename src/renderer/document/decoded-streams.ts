import type { Stream, Take } from '../../shared/clip/clip-schema';
import { type DecodedStream, type DecodedStreams, joinSegments } from '../../shared/clip/decoded-stream';

const joined = new WeakMap<Stream, DecodedStream>();

/** The curves of a take. */
export function decodedStreamsOf(take: Take): DecodedStreams {
  return { head: decodedStreamOf(take.streams.head), mouth: decodedStreamOf(take.streams.mouth) };
}

/** The curve of a stream; streams never change in place, so each is joined once. */
export function decodedStreamOf(stream: Stream): DecodedStream {
  const known = joined.get(stream);
  if (known) return known;
  const decoded = joinSegments(stream);
  joined.set(stream, decoded);
  return decoded;
}
