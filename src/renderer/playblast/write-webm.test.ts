import { describe, expect, test } from 'vitest';
import { type EncodedPiece, type Film, writeWebm } from './write-webm';

/** An element of the file: where its content lies. */
interface Found {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/** The elements in a part of an EBML file; written from the specification, not from the writer. */
function elementsIn(bytes: Uint8Array, start: number, end: number): Found[] {
  const found: Found[] = [];
  let at = start;
  const vint = (keepsMarker: boolean): number => {
    const first = bytes[at] ?? 0;
    const width = Math.clz32(first) - 23;
    let value = keepsMarker ? first : first & (0xff >> width);
    for (let index = 1; index < width; index++) value = value * 256 + (bytes[at + index] ?? 0);
    at += width;
    return value;
  };
  while (at < end) {
    const id = vint(true);
    const size = vint(false);
    found.push({ id, start: at, end: at + size });
    at += size;
  }
  return found;
}

const numberOf = (bytes: Uint8Array, { start, end }: Found): number => bytes.subarray(start, end).reduce((value, byte) => value * 256 + byte, 0);

function piece(seconds: number, isKey: boolean, length: number): EncodedPiece {
  return { timeMicroseconds: Math.round(seconds * 1e6), isKey, bytes: new Uint8Array(length).fill(length % 256) };
}

const opusHead = new Uint8Array(19);
new DataView(opusHead.buffer).setUint16(10, 312, true);
const film: Film = {
  durationSeconds: 3,
  video: {
    codec: 'V_VP9',
    width: 640,
    height: 360,
    frameSeconds: 1 / 30,
    pieces: Array.from({ length: 90 }, (_, frame) => piece(frame / 30, frame % 60 === 0, 300 + frame)),
  },
  audio: { opusHead, channelCount: 1, pieces: Array.from({ length: 150 }, (_, index) => piece(index / 50, true, 40)) },
};

describe('the WebM file', () => {
  const bytes = writeWebm(film);
  const [header, segment] = elementsIn(bytes, 0, bytes.length);
  const children = segment ? elementsIn(bytes, segment.start, segment.end) : [];
  const clusters = children.filter(({ id }) => id === 0x1f43b675);

  test('has a header and one segment that ends with the file', () => {
    expect([header?.id, segment?.id, segment?.end]).toEqual([0x1a45dfa3, 0x18538067, bytes.length]);
    expect(children.map(({ id }) => id)).toEqual([0x1549a966, 0x1654ae6b, 0x1c53bb6b, 0x1f43b675, 0x1f43b675]);
  });

  test('holds every picture and sound in order of time, a cluster for each key picture', () => {
    const blocks = clusters.flatMap((cluster) => {
      const [time, ...rest] = elementsIn(bytes, cluster.start, cluster.end);
      const base = time ? numberOf(bytes, time) : Number.NaN;
      return rest.map(({ start, end }) => ({
        track: (bytes[start] ?? 0) & 0x7f,
        time: base + new DataView(bytes.buffer).getInt16(start + 1),
        isKey: (bytes[start + 3] ?? 0) >= 0x80,
        length: end - start - 4,
      }));
    });
    expect(blocks.filter(({ track }) => track === 1).map(({ length }) => length)).toEqual(film.video.pieces.map(({ bytes: { length } }) => length));
    expect(blocks.filter(({ track }) => track === 2)).toHaveLength(150);
    expect(blocks.map(({ time }) => time)).toEqual([...blocks.map(({ time }) => time)].sort((a, b) => a - b));
    expect(blocks.filter(({ track, isKey }) => track === 1 && isKey).map(({ time }) => time)).toEqual([0, 2000]);
  });

  test('its cues point at the clusters', () => {
    const points = children.filter(({ id }) => id === 0x1c53bb6b).flatMap(({ start, end }) => elementsIn(bytes, start, end));
    const positions = points.map((point) => {
      const [, place] = elementsIn(bytes, point.start, point.end);
      const [, position] = place ? elementsIn(bytes, place.start, place.end) : [];
      return position ? numberOf(bytes, position) : Number.NaN;
    });
    // Id and size of a cluster take twelve bytes.
    expect(positions).toEqual(clusters.map(({ start }) => start - 12 - (segment?.start ?? 0)));
  });

  test('without sound there is one track', () => {
    const silent = writeWebm({ ...film, audio: null });
    const inside = elementsIn(silent, 0, silent.length)[1];
    const tracks = inside && elementsIn(silent, inside.start, inside.end)[1];
    expect(tracks && elementsIn(silent, tracks.start, tracks.end)).toHaveLength(1);
  });
});
