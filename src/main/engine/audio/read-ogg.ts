import { damagedAudio, unsupportedAudio } from './audio-errors';
import type { AudioContainer, AudioSource } from './audio-source';
import type { ByteSource } from './byte-source';
import { createCompressedSource, type PieceDecoder } from './compressed-source';
import { createFlacDecoder, parseStreamInfo } from './read-flac';

const PAGE_HEADER_BYTES = 27;
const LAST_PAGE_FLAG = 4;
/** An Ogg page is at most 65307 bytes, so the last one starts within this many of the end. */
const TAIL_BYTES = 65536;
const OPUS_RATE_HZ = 48000;

interface OggCodec {
  readonly container: AudioContainer;
  readonly sampleRateHz: number;
  readonly channelCount: number;
  /** Opus samples (at 48 kHz) to leave out at the start; the end position counts them. */
  readonly preSkipSamples?: number;
  createDecoder(): Promise<PieceDecoder>;
}

interface LastPage {
  readonly isTruncated: boolean;
  /** Samples up to the end of the page, undefined when no packet ends on it. */
  readonly endSample: number | undefined;
  /** End of the last complete page: the packets of a cut-off page would decode to noise. */
  readonly endByte: number;
}

/** Opens Ogg with Vorbis, Opus or FLAC inside. */
export async function openOgg(bytes: ByteSource): Promise<AudioSource> {
  const { preSkipSamples, ...codec } = parseCodec(firstPacket(await bytes.read(0, 512)));
  const { isTruncated, endSample, endByte } = await readLastPage(bytes);
  return createCompressedSource(bytes, {
    ...codec,
    firstByte: 0,
    endByte,
    statedSamples: undefined,
    toleratedSamples: 0,
    isTruncated,
    // The Vorbis and FLAC decoders cut the padding themselves, the Opus decoder forgets the pre-skip in doing so.
    ...(preSkipSamples !== undefined && endSample !== undefined ? { endSample: endSample - preSkipSamples } : {}),
  });
}

function firstPacket(page: Uint8Array): Uint8Array {
  const segmentCount = page[PAGE_HEADER_BYTES - 1] ?? 0;
  return page.subarray(PAGE_HEADER_BYTES + segmentCount);
}

function parseCodec(packet: Uint8Array): OggCodec {
  const text = String.fromCharCode(...packet.subarray(0, 8));
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (text.startsWith('\x01vorbis') && packet.length >= 16) {
    return { container: 'ogg-vorbis', channelCount: view.getUint8(11), sampleRateHz: view.getUint32(12, true), createDecoder: createVorbisDecoder };
  }
  if (text === 'OpusHead' && packet.length >= 12) {
    const preSkipSamples = view.getUint16(10, true);
    return { container: 'ogg-opus', channelCount: view.getUint8(9), sampleRateHz: OPUS_RATE_HZ, preSkipSamples, createDecoder: createOpusDecoder };
  }
  if (text.startsWith('\x7fFLAC') && packet.length >= 17 + 34) {
    const { sampleRateHz, channelCount } = parseStreamInfo(packet.subarray(17));
    return { container: 'ogg-flac', sampleRateHz, channelCount, createDecoder: createFlacDecoder };
  }
  if (packet.length < 16) throw damagedAudio('The Ogg header is cut off.');
  throw unsupportedAudio('The Ogg file holds neither Vorbis nor Opus nor FLAC.');
}

/** Finds the last page that begins in the file; the sound is truncated when it is missing, unmarked or incomplete. */
async function readLastPage(bytes: ByteSource): Promise<LastPage> {
  const tailStart = Math.max(0, bytes.sizeBytes - TAIL_BYTES);
  const tail = await bytes.read(tailStart, TAIL_BYTES);
  for (let offset = tail.length - PAGE_HEADER_BYTES; offset >= 0; offset--) {
    if (String.fromCharCode(...tail.subarray(offset, offset + 4)) !== 'OggS') continue;
    const header = new DataView(tail.buffer, tail.byteOffset + offset, PAGE_HEADER_BYTES);
    const segmentCount = header.getUint8(PAGE_HEADER_BYTES - 1);
    const sizes = tail.subarray(offset + PAGE_HEADER_BYTES, offset + PAGE_HEADER_BYTES + segmentCount);
    const pageEnd = offset + PAGE_HEADER_BYTES + segmentCount + sizes.reduce((sum, size) => sum + size, 0);
    const isIncomplete = pageEnd > tail.length;
    const isTruncated = isIncomplete || (header.getUint8(5) & LAST_PAGE_FLAG) === 0;
    const position = header.getBigInt64(6, true);
    const endSample = isTruncated || position < 0n ? undefined : Number(position);
    return { isTruncated, endSample, endByte: tailStart + (isIncomplete ? offset : pageEnd) };
  }
  return { isTruncated: true, endSample: undefined, endByte: bytes.sizeBytes };
}

async function createVorbisDecoder(): Promise<PieceDecoder> {
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  return decoder;
}

async function createOpusDecoder(): Promise<PieceDecoder> {
  const { OggOpusDecoder } = await import('ogg-opus-decoder');
  const decoder = new OggOpusDecoder();
  await decoder.ready;
  return { decode: async (chunk) => decoder.decode(chunk), flush: () => decoder.flush(), free: () => decoder.free() };
}
