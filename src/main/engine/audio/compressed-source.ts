import type { AppError } from '../../../shared/contract/errors';
import { damagedAudio, emptyAudio, unsupportedAudio } from './audio-errors';
import type { AudioBlock, AudioContainer, AudioSource, ReadingState } from './audio-source';
import type { ByteSource } from './byte-source';

const CHUNK_BYTES = 16384;
/** Padding at the end is at most an Opus packet (120 ms) and its pre-skip; a larger surplus is another stream chained behind the first. */
const MAXIMUM_PADDING_SAMPLES = 11520;

/** What the WebAssembly decoders return for a piece of the file. */
export interface DecodedPiece {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
  readonly errors: readonly unknown[];
}

/** One running decoder; `free` releases its WebAssembly memory. */
export interface PieceDecoder {
  decode(bytes: Uint8Array): Promise<DecodedPiece>;
  /** The samples still held back at the end of the file. */
  flush(): Promise<DecodedPiece>;
  free(): void;
}

/** A compressed file whose headers have been read. */
export interface CompressedLayout {
  readonly container: AudioContainer;
  readonly sampleRateHz: number;
  readonly channelCount: number;
  readonly firstByte: number;
  /** Byte behind the last one worth decoding; the end of the file by default. */
  readonly endByte?: number;
  /** Samples per channel of the whole sound, when the file states them exactly. */
  readonly statedSamples: number | undefined;
  /** Sample at which the sound ends; what a decoder gives beyond it is padding. */
  readonly endSample?: number;
  /** Samples that may be missing before the file counts as truncated. */
  readonly toleratedSamples: number;
  readonly isTruncated: boolean;
  createDecoder(): Promise<PieceDecoder>;
}

/** Source that feeds a decoder piece by piece, so that hours of sound need little memory. */
export function createCompressedSource(bytes: ByteSource, layout: CompressedLayout): AudioSource {
  const { container, sampleRateHz, channelCount, statedSamples } = layout;
  const state: ReadingState = { progress: 0, isTruncated: layout.isTruncated, hasDamage: false };
  return {
    container,
    encoding: container,
    sampleRateHz,
    channelCount,
    durationSeconds: statedSamples === undefined ? undefined : statedSamples / sampleRateHz,
    state,
    blocks: () => readBlocks(bytes, layout, state),
    close: () => bytes.close(),
  };
}

async function* readBlocks(bytes: ByteSource, layout: CompressedLayout, state: ReadingState): AsyncGenerator<AudioBlock, void, undefined> {
  const decoder = await layout.createDecoder();
  try {
    let decodedSamples = 0;
    const endByte = layout.endByte ?? bytes.sizeBytes;
    let offset = layout.firstByte;
    let isFlushed = false;
    while (!isFlushed) {
      const chunk = await bytes.read(offset, Math.min(CHUNK_BYTES, endByte - offset));
      isFlushed = chunk.length === 0;
      offset += chunk.length;
      const piece = await decodePiece(decoder, isFlushed ? undefined : chunk);
      if (piece.errors.length > 0) state.hasDamage = true;
      state.progress = Math.min(1, offset / endByte);
      if (piece.samplesDecoded === 0) continue;
      checkFormat(piece, layout);
      decodedSamples += piece.samplesDecoded;
      const kept = piece.samplesDecoded - paddingSamples(decodedSamples, piece.samplesDecoded, layout.endSample);
      if (kept > 0) yield piece.channelData.slice(0, layout.channelCount).map((samples) => samples.subarray(0, kept));
    }
    if (decodedSamples === 0) throw nothingDecoded(layout, state);
    if (layout.statedSamples !== undefined && decodedSamples < layout.statedSamples - layout.toleratedSamples) state.isTruncated = true;
  } finally {
    decoder.free();
  }
}

function nothingDecoded(layout: CompressedLayout, state: ReadingState): AppError {
  const isEmpty = layout.statedSamples === undefined && !state.hasDamage && !state.isTruncated;
  return isEmpty ? emptyAudio('The file has no samples.') : damagedAudio('Nothing in the file could be decoded.');
}

/** How many of the piece's samples, the last of `decodedSamples`, lie in the padding. */
function paddingSamples(decodedSamples: number, pieceSamples: number, endSample = Number.POSITIVE_INFINITY): number {
  const surplus = decodedSamples - endSample;
  return surplus > 0 && surplus <= MAXIMUM_PADDING_SAMPLES ? Math.min(surplus, pieceSamples) : 0;
}

async function decodePiece(decoder: PieceDecoder, chunk: Uint8Array | undefined): Promise<DecodedPiece> {
  try {
    return await (chunk ? decoder.decode(chunk) : decoder.flush());
  } catch (error) {
    throw damagedAudio('The sound data is damaged and cannot be decoded.', error);
  }
}

function checkFormat(piece: DecodedPiece, layout: CompressedLayout): void {
  if (piece.sampleRate !== layout.sampleRateHz || piece.channelData.length < layout.channelCount) {
    throw unsupportedAudio('The sample rate or the channels change in the middle of the file.', 'Export the recording as one piece, for example as WAV.');
  }
}
