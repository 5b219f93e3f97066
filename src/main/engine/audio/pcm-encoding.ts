/** How one uncompressed sample is stored. */
export interface PcmEncoding {
  readonly name: string;
  readonly bytesPerSample: number;
  readonly isFloat: boolean;
  readonly decode: (view: DataView, offset: number) => number;
}

/** Fills `target` with every sample at `offset`, `offset + strideBytes`, ... as -1..1. */
export function readPcmSamples(encoding: PcmEncoding, view: DataView, offset: number, strideBytes: number, target: Float32Array): void {
  const { decode } = encoding;
  for (let index = 0, position = offset; index < target.length; index++, position += strideBytes) {
    target[index] = decode(view, position);
  }
}

/** Signed integers of 1 to 4 bytes; narrower samples lie in the high bits of their bytes, so the byte count is all that matters. */
export function signedEncoding(bytesPerSample: number, isLittleEndian: boolean): PcmEncoding | undefined {
  const name = `signed${bytesPerSample * 8}`;
  const shape = { name, bytesPerSample, isFloat: false };
  switch (bytesPerSample) {
    case 1:
      return { ...shape, decode: (view, offset) => view.getInt8(offset) / 128 };
    case 2:
      return { ...shape, decode: (view, offset) => view.getInt16(offset, isLittleEndian) / 32768 };
    case 3:
      return isLittleEndian
        ? { ...shape, decode: (view, offset) => (view.getInt16(offset + 1, true) * 256 + view.getUint8(offset)) / 8388608 }
        : { ...shape, decode: (view, offset) => (view.getInt16(offset, false) * 256 + view.getUint8(offset + 2)) / 8388608 };
    case 4:
      return { ...shape, decode: (view, offset) => view.getInt32(offset, isLittleEndian) / 2147483648 };
    default:
      return undefined;
  }
}

/** IEEE floats of 4 or 8 bytes, nominal range -1..1. */
export function floatEncoding(bytesPerSample: number, isLittleEndian: boolean): PcmEncoding | undefined {
  const shape = { name: `float${bytesPerSample * 8}`, bytesPerSample, isFloat: true };
  if (bytesPerSample === 4) return { ...shape, decode: (view, offset) => view.getFloat32(offset, isLittleEndian) };
  if (bytesPerSample === 8) return { ...shape, decode: (view, offset) => view.getFloat64(offset, isLittleEndian) };
  return undefined;
}

/** 8-bit samples with 128 as silence, as in WAV. */
export const UNSIGNED_8: PcmEncoding = {
  name: 'unsigned8',
  bytesPerSample: 1,
  isFloat: false,
  decode: (view, offset) => (view.getUint8(offset) - 128) / 128,
};

/** Telephone companding of ITU-T G.711, mu-law. */
export const MU_LAW: PcmEncoding = tableEncoding('mulaw', (code) => {
  const bits = ~code & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4);
  return (bits & 0x80 ? 0x84 - magnitude : magnitude - 0x84) / 32768;
});

/** Telephone companding of ITU-T G.711, A-law. */
export const A_LAW: PcmEncoding = tableEncoding('alaw', (code) => {
  const bits = code ^ 0x55;
  const segment = (bits & 0x70) >> 4;
  const mantissa = (bits & 0x0f) << 4;
  const magnitude = segment === 0 ? mantissa + 8 : (mantissa + 0x108) << (segment - 1);
  return (bits & 0x80 ? magnitude : -magnitude) / 32768;
});

function tableEncoding(name: string, expand: (code: number) => number): PcmEncoding {
  const table = Float32Array.from({ length: 256 }, (_, code) => expand(code));
  return { name, bytesPerSample: 1, isFloat: false, decode: (view, offset) => table[view.getUint8(offset)] ?? 0 };
}
