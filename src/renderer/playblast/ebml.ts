/** A piece of an EBML file (RFC 8794), the container syntax of Matroska and WebM. */
export type EbmlPart = Uint8Array;

/** An element: its id as written in the specification (`0x1a45dfa3`), its size, its content. */
export function element(id: number, ...content: readonly EbmlPart[]): EbmlPart {
  const body = join(content);
  return join([idBytes(id), sizeBytes(body.length), body]);
}

/** An unsigned whole number; with `width` bytes, so that its size is known before its value is, or as few as hold it. */
export function unsigned(id: number, value: number, width?: number): EbmlPart {
  const bytes = bigEndian(value, width ?? Math.max(1, Math.ceil(Math.log2(value + 1) / 8)));
  return element(id, bytes);
}

/** A number in double precision. */
export function float(id: number, value: number): EbmlPart {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return element(id, bytes);
}

/** Text in UTF-8. */
export function text(id: number, value: string): EbmlPart {
  return element(id, new TextEncoder().encode(value));
}

/** Parts one after the other. */
export function join(parts: readonly EbmlPart[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function idBytes(id: number): Uint8Array {
  return bigEndian(id, Math.ceil(Math.log2(id + 1) / 8));
}

/** Sizes are always eight bytes long: 0x01 and seven bytes of the value. */
function sizeBytes(size: number): Uint8Array {
  const bytes = bigEndian(size, 8);
  bytes[0] = 1;
  return bytes;
}

function bigEndian(value: number, width: number): Uint8Array {
  const bytes = new Uint8Array(width);
  let rest = value;
  for (let index = width - 1; index >= 0; index--) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}
