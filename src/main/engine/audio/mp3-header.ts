/** The facts in the four header bytes of an MPEG audio layer III frame. */
export interface Mp3Frame {
  readonly offset: number;
  readonly sampleRateHz: number;
  readonly channelCount: number;
  readonly samplesPerFrame: number;
  readonly frameBytes: number;
  /** 1 for MPEG-1, 2 for the low-rate versions 2 and 2.5. */
  readonly version: 1 | 2;
}

const BIT_RATES_VERSION_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BIT_RATES_VERSION_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const SAMPLE_RATES_VERSION_1 = [44100, 48000, 32000];
const CONFIRMING_FRAMES = 2;
const LAYER_3 = 1;

/** First frame that is followed by `CONFIRMING_FRAMES` like it, or by the end of a whole file that short. */
export function findMp3Frame(bytes: Uint8Array): Mp3Frame | undefined {
  for (let offset = 0; offset + 4 <= bytes.length; offset++) {
    if (bytes[offset] !== 0xff) continue;
    const frame = parseMp3Frame(bytes, offset);
    if (frame && isConfirmed(bytes, frame)) return frame;
  }
  return undefined;
}

function isConfirmed(bytes: Uint8Array, first: Mp3Frame): boolean {
  let frame = first;
  for (let count = 0; count < CONFIRMING_FRAMES; count++) {
    const next = parseMp3Frame(bytes, frame.offset + frame.frameBytes);
    if (!next) return count > 0 && frame.offset + frame.frameBytes >= bytes.length;
    if (next.sampleRateHz !== first.sampleRateHz || next.version !== first.version) return false;
    frame = next;
  }
  return true;
}

/** Header at `offset`, or undefined when there is no layer III header with a known bit rate. */
export function parseMp3Frame(bytes: Uint8Array, offset: number): Mp3Frame | undefined {
  const [sync, flags, rates, mode] = bytes.subarray(offset, offset + 4);
  if (sync !== 0xff || flags === undefined || rates === undefined || mode === undefined) return undefined;
  const versionBits = (flags >> 3) & 3;
  if ((flags & 0xe0) !== 0xe0 || versionBits === 1 || ((flags >> 1) & 3) !== LAYER_3) return undefined;
  const version = versionBits === 3 ? 1 : 2;
  const baseRateHz = SAMPLE_RATES_VERSION_1[(rates >> 2) & 3];
  const kilobitRate = (version === 1 ? BIT_RATES_VERSION_1 : BIT_RATES_VERSION_2)[rates >> 4];
  if (!baseRateHz || !kilobitRate) return undefined;
  const sampleRateHz = baseRateHz / (versionBits === 3 ? 1 : versionBits === 2 ? 2 : 4);
  const samplesPerFrame = version === 1 ? 1152 : 576;
  const padding = (rates >> 1) & 1;
  const frameBytes = Math.floor((samplesPerFrame * kilobitRate * 125) / sampleRateHz) + padding;
  return { offset, sampleRateHz, channelCount: mode >> 6 === 3 ? 1 : 2, samplesPerFrame, frameBytes, version };
}

/**
 * Samples of the whole file as its Xing/Info header states them, encoder delay and padding taken off; undefined without one.
 * Header layout: http://gabriel.mp3-tech.org/mp3infotag.html
 */
export function statedMp3Samples(frameBytes: Uint8Array, frame: Mp3Frame): number | undefined {
  const sideInformation = frame.version === 1 ? (frame.channelCount === 1 ? 17 : 32) : frame.channelCount === 1 ? 9 : 17;
  const start = 4 + sideInformation;
  const view = new DataView(frameBytes.buffer, frameBytes.byteOffset, frameBytes.byteLength);
  if (view.byteLength < start + 12) return undefined;
  const name = String.fromCharCode(...frameBytes.subarray(start, start + 4));
  const flags = view.getUint32(start + 4, false);
  if ((name !== 'Xing' && name !== 'Info') || !(flags & 1)) return undefined;
  const frames = view.getUint32(start + 8, false);
  const encoder = start + 12 + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  const trim = view.byteLength >= encoder + 24 ? (view.getUint16(encoder + 21, false) << 8) | view.getUint8(encoder + 23) : 0;
  return frames * frame.samplesPerFrame - (trim >> 12) - (trim & 0xfff);
}
