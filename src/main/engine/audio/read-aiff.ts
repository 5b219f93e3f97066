import { damagedAudio, unsupportedAudio } from './audio-errors';
import type { AudioSource } from './audio-source';
import type { ByteSource } from './byte-source';
import { A_LAW, floatEncoding, MU_LAW, type PcmEncoding, signedEncoding, UNSIGNED_8 } from './pcm-encoding';
import { createPcmSource } from './pcm-source';

const MAXIMUM_CHUNKS = 10_000;

interface AiffFormat {
  readonly encoding: PcmEncoding;
  readonly channelCount: number;
  readonly sampleRateHz: number;
  readonly statedFrames: number;
}

/** Opens AIFF, and AIFF-C with uncompressed, byte-swapped (`sowt`), float, mu-law or A-law samples. */
export async function openAiff(bytes: ByteSource): Promise<AudioSource> {
  let format: AiffFormat | undefined;
  let dataOffset: number | undefined;
  let offset = 12;
  for (let chunk = 0; chunk < MAXIMUM_CHUNKS && offset + 8 <= bytes.sizeBytes && !(format && dataOffset); chunk++) {
    const header = await bytes.read(offset, 8);
    if (header.length < 8) break;
    const id = text(header, 0, 4);
    const size = viewOf(header).getUint32(4, false);
    if (id === 'COMM') format = parseCommon(await bytes.read(offset + 8, Math.min(size, 22)));
    if (id === 'SSND') {
      const block = await bytes.read(offset + 8, 4);
      if (block.length < 4) break;
      dataOffset = offset + 16 + viewOf(block).getUint32(0, false);
    }
    offset += 8 + size + (size % 2);
  }
  if (!format) throw damagedAudio('The AIFF header is cut off or has no format.');
  if (dataOffset === undefined) throw damagedAudio('The AIFF file has no sound data.');
  const frameBytes = Math.max(1, format.encoding.bytesPerSample * format.channelCount);
  const available = Math.max(0, Math.floor((bytes.sizeBytes - dataOffset) / frameBytes));
  const frameCount = Math.min(available, format.statedFrames);
  return createPcmSource(bytes, { container: 'aiff', ...format, dataOffset, frameCount, isTruncated: available < format.statedFrames });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

function parseCommon(chunk: Uint8Array): AiffFormat {
  if (chunk.length < 18) throw damagedAudio('The AIFF header is cut off.');
  const view = viewOf(chunk);
  const compression = chunk.length >= 22 ? text(chunk, 18, 22) : 'NONE';
  const bytesPerSample = Math.ceil(view.getInt16(6, false) / 8);
  const encoding = encodingOf(compression, bytesPerSample);
  if (!encoding) throw unsupportedAudio(`The AIFF file holds a sample format that cannot be read (${compression}).`, 'Save it as uncompressed AIFF or WAV.');
  return { encoding, channelCount: view.getInt16(0, false), statedFrames: view.getUint32(2, false), sampleRateHz: extendedFloat(view, 8) };
}

/** 80-bit IEEE 754 extended precision, the sample rate's format in AIFF. */
function extendedFloat(view: DataView, offset: number): number {
  const exponent = view.getUint16(offset, false) & 0x7fff;
  const mantissa = Number(view.getBigUint64(offset + 2, false));
  return mantissa * 2 ** (exponent - 16383 - 63);
}

function encodingOf(compression: string, bytesPerSample: number): PcmEncoding | undefined {
  switch (compression.toLowerCase()) {
    case 'none':
    case 'twos':
      return signedEncoding(bytesPerSample, false);
    case 'sowt':
      return signedEncoding(bytesPerSample, true);
    case 'in24':
      return signedEncoding(3, false);
    case 'in32':
      return signedEncoding(4, false);
    case 'raw ':
      return UNSIGNED_8;
    case 'fl32':
      return floatEncoding(4, false);
    case 'fl64':
      return floatEncoding(8, false);
    case 'ulaw':
      return MU_LAW;
    case 'alaw':
      return A_LAW;
    default:
      return undefined;
  }
}
