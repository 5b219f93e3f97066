import { type EbmlPart, element, float, join, text, unsigned } from './ebml';

/** One encoded picture or piece of sound; time in microseconds from the start of the film. */
export interface EncodedPiece {
  readonly timeMicroseconds: number;
  readonly isKey: boolean;
  readonly bytes: Uint8Array;
}

/** A film to write: VP8 or VP9 pictures and, if it has sound, Opus at 48 kHz with its `OpusHead`. */
export interface Film {
  readonly durationSeconds: number;
  readonly video: {
    readonly codec: 'V_VP8' | 'V_VP9';
    readonly width: number;
    readonly height: number;
    readonly frameSeconds: number;
    readonly pieces: readonly EncodedPiece[];
  };
  readonly audio: { readonly opusHead: Uint8Array; readonly channelCount: number; readonly pieces: readonly EncodedPiece[] } | null;
}

const OPUS_RATE_HZ = 48_000;
const VIDEO_TRACK = 1;
const AUDIO_TRACK = 2;
const NANOSECONDS = 1e9;
/** What a decoder reads before a place it jumps to, as RFC 7845 asks of Opus. */
const OPUS_PRE_ROLL_NANOSECONDS = 80_000_000;

/** The bytes of a WebM file, which can be jumped in: a cluster and a cue for each key picture. */
export function writeWebm(film: Film): Uint8Array<ArrayBuffer> {
  const header = element(
    0x1a45dfa3,
    unsigned(0x4286, 1),
    unsigned(0x42f7, 1),
    unsigned(0x42f2, 4),
    unsigned(0x42f3, 8),
    text(0x4282, 'webm'),
    unsigned(0x4287, 4),
    unsigned(0x4285, 2),
  );
  const info = element(
    0x1549a966,
    unsigned(0x2ad7b1, 1_000_000),
    float(0x4489, film.durationSeconds * 1000),
    text(0x4d80, 'VividTalker Studio'),
    text(0x5741, 'VividTalker Studio'),
  );
  const tracks = element(0x1654ae6b, videoTrack(film), ...(film.audio ? [audioTrack(film.audio)] : []));
  const clusters = clustersOf(film);
  // The positions in the cues have a fixed width, so that the cues are as long with them as without.
  const cuesLength = cues(clusters, 0).length;
  const firstPosition = info.length + tracks.length + cuesLength;
  return join([header, element(0x18538067, info, tracks, cues(clusters, firstPosition), ...clusters.map(({ bytes }) => bytes))]);
}

function videoTrack({ video }: Film): EbmlPart {
  return element(
    0xae,
    unsigned(0xd7, VIDEO_TRACK),
    unsigned(0x73c5, VIDEO_TRACK),
    unsigned(0x83, 1),
    unsigned(0x9c, 0),
    text(0x86, video.codec),
    unsigned(0x23e383, Math.round(video.frameSeconds * NANOSECONDS)),
    element(0xe0, unsigned(0xb0, video.width), unsigned(0xba, video.height)),
  );
}

function audioTrack({ opusHead, channelCount }: NonNullable<Film['audio']>): EbmlPart {
  const preSkipSamples = new DataView(opusHead.buffer, opusHead.byteOffset).getUint16(10, true);
  return element(
    0xae,
    unsigned(0xd7, AUDIO_TRACK),
    unsigned(0x73c5, AUDIO_TRACK),
    unsigned(0x83, 2),
    unsigned(0x9c, 0),
    text(0x86, 'A_OPUS'),
    element(0x63a2, opusHead),
    unsigned(0x56aa, Math.round((preSkipSamples * NANOSECONDS) / OPUS_RATE_HZ)),
    unsigned(0x56bb, OPUS_PRE_ROLL_NANOSECONDS),
    element(0xe1, float(0xb5, OPUS_RATE_HZ), unsigned(0x9f, channelCount)),
  );
}

interface Cluster {
  readonly timeMilliseconds: number;
  readonly bytes: EbmlPart;
}

/** Pictures and sound in order of time, cut before each key picture. */
function clustersOf({ video, audio }: Film): Cluster[] {
  const pieces = [
    ...video.pieces.map((piece) => ({ ...piece, track: VIDEO_TRACK })),
    ...(audio?.pieces ?? []).map((piece) => ({ ...piece, track: AUDIO_TRACK })),
  ].sort((a, b) => a.timeMicroseconds - b.timeMicroseconds || a.track - b.track);
  const groups: (typeof pieces)[] = [];
  for (const piece of pieces) {
    if (groups.length === 0 || (piece.track === VIDEO_TRACK && piece.isKey)) groups.push([]);
    groups.at(-1)?.push(piece);
  }
  return groups.map((group) => {
    const timeMilliseconds = Math.round((group[0]?.timeMicroseconds ?? 0) / 1000);
    const blocks = group.map(({ track, timeMicroseconds, isKey, bytes }) => {
      const head = new Uint8Array(4);
      head[0] = 0x80 | track;
      new DataView(head.buffer).setInt16(1, Math.round(timeMicroseconds / 1000) - timeMilliseconds);
      head[3] = isKey ? 0x80 : 0;
      return element(0xa3, head, bytes);
    });
    return { timeMilliseconds, bytes: element(0x1f43b675, unsigned(0xe7, timeMilliseconds), ...blocks) };
  });
}

function cues(clusters: readonly Cluster[], firstPosition: number): EbmlPart {
  let position = firstPosition;
  const points = clusters.map(({ timeMilliseconds, bytes }) => {
    const point = element(0xbb, unsigned(0xb3, timeMilliseconds, 8), element(0xb7, unsigned(0xf7, VIDEO_TRACK), unsigned(0xf1, position, 8)));
    position += bytes.length;
    return point;
  });
  return element(0x1c53bb6b, ...points);
}
