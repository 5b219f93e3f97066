import { damagedAudio } from './audio-errors';
import type { AudioSource } from './audio-source';
import type { ByteSource } from './byte-source';
import { createCompressedSource, type PieceDecoder } from './compressed-source';

const STREAM_INFO_BYTES = 34;

interface FlacInfo {
  readonly sampleRateHz: number;
  readonly channelCount: number;
  readonly statedSamples: number | undefined;
}

/** Opens native FLAC whose `fLaC` mark is at byte `firstByte`. */
export async function openFlac(bytes: ByteSource, firstByte: number): Promise<AudioSource> {
  const info = parseStreamInfo(await bytes.read(firstByte + 8, STREAM_INFO_BYTES));
  return createCompressedSource(bytes, { container: 'flac', ...info, firstByte, toleratedSamples: 0, isTruncated: false, createDecoder: createFlacDecoder });
}

/** Facts of a STREAMINFO block (RFC 9639 section 8.2). Throws `damaged-audio` when it is cut off or impossible. */
export function parseStreamInfo(block: Uint8Array): FlacInfo {
  if (block.length < STREAM_INFO_BYTES) throw damagedAudio('The FLAC header is cut off.');
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const packed = view.getUint32(10, false);
  const sampleRateHz = packed >>> 12;
  if (sampleRateHz === 0) throw damagedAudio('The FLAC header names no sample rate.');
  const total = (view.getUint8(13) & 0x0f) * 2 ** 32 + view.getUint32(14, false);
  return { sampleRateHz, channelCount: ((packed >>> 9) & 7) + 1, statedSamples: total > 0 ? total : undefined };
}

/** Decoder for native FLAC and FLAC in Ogg. */
export async function createFlacDecoder(): Promise<PieceDecoder> {
  const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
  const decoder = new FLACDecoder();
  await decoder.ready;
  return decoder;
}
