import { damagedAudio, unsupportedAudio } from './audio-errors';
import type { AudioSource } from './audio-source';
import type { ByteSource } from './byte-source';
import { A_LAW, floatEncoding, MU_LAW, type PcmEncoding, signedEncoding, UNSIGNED_8 } from './pcm-encoding';
import { createPcmSource } from './pcm-source';

const UNKNOWN_SIZE = 0xffffffff;
const MAXIMUM_CHUNKS = 10_000;

interface WavFormat {
  readonly encoding: PcmEncoding;
  readonly channelCount: number;
  readonly sampleRateHz: number;
}

/** Opens RIFF or RF64 WAVE with integer, float, mu-law or A-law samples. */
export async function openWav(bytes: ByteSource): Promise<AudioSource> {
  const head = viewOf(await bytes.read(0, 12));
  const riffSize = head.getUint32(4, true);
  let format: WavFormat | undefined;
  let data: { offset: number; size: number } | undefined;
  let longDataSize: number | undefined;
  let offset = 12;
  for (let chunk = 0; chunk < MAXIMUM_CHUNKS && offset + 8 <= bytes.sizeBytes && !(format && data); chunk++) {
    const header = viewOf(await bytes.read(offset, 8));
    if (header.byteLength < 8) break;
    const id = header.getUint32(0, false);
    let size = header.getUint32(4, true);
    if (id === FMT) format = parseFormat(viewOf(await bytes.read(offset + 8, Math.min(size, 40))));
    if (id === DS64) longDataSize = parseLongDataSize(viewOf(await bytes.read(offset + 8, 24)));
    if (id === DATA) {
      if (size === UNKNOWN_SIZE && longDataSize !== undefined) size = longDataSize;
      data = { offset: offset + 8, size };
    }
    offset += 8 + size + (size % 2);
  }
  if (!format) throw damagedAudio('The WAV header is cut off or has no format.');
  if (!data) throw damagedAudio('The WAV file has no sound data.');
  return createPcmSource(bytes, { container: 'wav', ...format, ...extent(bytes.sizeBytes, riffSize, data, format) });
}

const FMT = fourCharacters('fmt ');
const DS64 = fourCharacters('ds64');
const DATA = fourCharacters('data');

function fourCharacters(text: string): number {
  return viewOf(new TextEncoder().encode(text)).getUint32(0, false);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whole frames that are really there. Recorders that stop abruptly leave size 0, pipes leave 0xffffffff: then all the rest is sound. */
function extent(fileSize: number, riffSize: number, data: { offset: number; size: number }, format: WavFormat) {
  const frameBytes = format.encoding.bytesPerSample * format.channelCount;
  const available = fileSize - data.offset;
  const isUnfinished = data.size === 0 && available > 0 && riffSize <= data.offset - 8;
  const isOpenEnded = data.size === UNKNOWN_SIZE;
  const isTruncated = isUnfinished || (!isOpenEnded && data.size > available);
  const size = isUnfinished || isOpenEnded ? available : Math.min(available, data.size);
  return { dataOffset: data.offset, frameCount: frameBytes > 0 ? Math.floor(size / frameBytes) : 0, isTruncated };
}

function parseLongDataSize(chunk: DataView): number | undefined {
  return chunk.byteLength >= 16 ? Number(chunk.getBigUint64(8, true)) : undefined;
}

function parseFormat(chunk: DataView): WavFormat {
  if (chunk.byteLength < 16) throw damagedAudio('The WAV header is cut off.');
  const stated = chunk.getUint16(0, true);
  // WAVE_FORMAT_EXTENSIBLE names the real format in the first two bytes of its GUID.
  const tag = stated === 0xfffe && chunk.byteLength >= 26 ? chunk.getUint16(24, true) : stated;
  const channelCount = chunk.getUint16(2, true);
  const sampleRateHz = chunk.getUint32(4, true);
  const bytesPerSample = Math.ceil(chunk.getUint16(14, true) / 8);
  const encoding = encodingOf(tag, bytesPerSample);
  if (!encoding)
    throw unsupportedAudio(
      `The WAV file holds a sample format that cannot be read (code ${tag}, ${bytesPerSample * 8} bits).`,
      'Save it as uncompressed WAV (PCM).',
    );
  return { encoding, channelCount, sampleRateHz };
}

function encodingOf(tag: number, bytesPerSample: number): PcmEncoding | undefined {
  switch (tag) {
    case 1:
      return bytesPerSample === 1 ? UNSIGNED_8 : signedEncoding(bytesPerSample, true);
    case 3:
      return floatEncoding(bytesPerSample, true);
    case 6:
      return A_LAW;
    case 7:
      return MU_LAW;
    default:
      return undefined;
  }
}
