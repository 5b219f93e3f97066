import { damagedAudio } from './audio-errors';
import type { AudioSource } from './audio-source';
import type { ByteSource } from './byte-source';
import { createCompressedSource, type DecodedPiece, type PieceDecoder } from './compressed-source';
import { parseMp3Frame, statedMp3Samples } from './mp3-header';

const NOTHING: DecodedPiece = { channelData: [], samplesDecoded: 0, sampleRate: 0, errors: [] };

/** Opens MPEG audio layer III whose first frame is at byte `firstByte`. */
export async function openMp3(bytes: ByteSource, firstByte: number): Promise<AudioSource> {
  const head = await bytes.read(firstByte, 4096);
  const frame = parseMp3Frame(head, 0);
  if (!frame) throw damagedAudio('The MP3 file has no readable frame.');
  return createCompressedSource(bytes, {
    container: 'mp3',
    sampleRateHz: frame.sampleRateHz,
    channelCount: frame.channelCount,
    firstByte,
    statedSamples: statedMp3Samples(head.subarray(0, frame.frameBytes), frame),
    toleratedSamples: 2 * frame.samplesPerFrame,
    isTruncated: false,
    createDecoder,
  });
}

async function createDecoder(): Promise<PieceDecoder> {
  const { MPEGDecoder } = await import('mpg123-decoder');
  const decoder = new MPEGDecoder();
  await decoder.ready;
  return {
    decode: (chunk) => Promise.resolve(decoder.decode(chunk)),
    flush: () => Promise.resolve(NOTHING),
    free: () => decoder.free(),
  };
}
