import { AppError } from './errors';

/**
 * One message as bytes (little-endian):
 *
 *   0   u32 magic 'VTM1'
 *   4   u32 byte length of the JSON header
 *   8   JSON header in UTF-8: { value, arrays: [[kind, byteOffset, length, path, path, ...], ...] }
 *   ..  zero padding to a multiple of 8, then the body: the arrays, each at a multiple of 8
 *
 * `value` has null where an array belongs; a path names such a place as a list of keys. User data and the table never mix, so no value can pass for an array.
 * One array used in several places travels once and is one object again on the other side.
 */
const MAGIC = 0x314d5456;
const PREFIX_BYTES = 8;
const ALIGNMENT = 8;

/** No message may be longer than this (bytes); larger files travel in pieces. */
export const MAXIMUM_MESSAGE_BYTES = 512 * 1024 * 1024;
const MAXIMUM_DEPTH = 200;

const CONSTRUCTORS = { u8: Uint8Array, u16: Uint16Array, i32: Int32Array, f32: Float32Array, f64: Float64Array } as const;
type ArrayKind = keyof typeof CONSTRUCTORS;
type Transferable = InstanceType<(typeof CONSTRUCTORS)[ArrayKind]>;
type Path = (string | number)[];
type TableEntry = [kind: ArrayKind, byteOffset: number, length: number, ...paths: Path[]];

interface Collected {
  readonly entries: Map<Transferable, TableEntry>;
  bodyBytes: number;
}

const align = (byteCount: number): number => Math.ceil(byteCount / ALIGNMENT) * ALIGNMENT;

/**
 * Turns a value of plain objects, arrays, strings, finite numbers, booleans, null and typed arrays (Uint8, Uint16, Int32, Float32, Float64) into bytes.
 * Undefined properties are left out, as in JSON. Throws TypeError for anything else and AppError 'bad-input' when the message is too long.
 */
export function encodeMessage(value: unknown): Uint8Array {
  const collected: Collected = { entries: new Map(), bodyBytes: 0 };
  const plain = collect(value, [], collected);
  const header = new TextEncoder().encode(JSON.stringify({ value: plain ?? null, arrays: [...collected.entries.values()] }));
  const bodyStart = align(PREFIX_BYTES + header.byteLength);
  const totalBytes = bodyStart + collected.bodyBytes;
  if (totalBytes > MAXIMUM_MESSAGE_BYTES) throw new AppError('bad-input', 'This is too large to send in one piece.', 'Use a shorter clip or fewer takes.');
  const message = new Uint8Array(totalBytes);
  const prefix = new DataView(message.buffer);
  prefix.setUint32(0, MAGIC, true);
  prefix.setUint32(4, header.byteLength, true);
  message.set(header, PREFIX_BYTES);
  for (const [array, entry] of collected.entries) {
    message.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), bodyStart + entry[1]);
  }
  return message;
}

/**
 * The value of a message. Every array gets a buffer of its own, so nothing depends on where the bytes lay. Hostile or damaged bytes end in AppError 'bad-input', never in
 * a wrong value: offsets and lengths are checked against the message, ranges may not overlap, and a path must end at a null.
 */
export function decodeMessage(bytes: Uint8Array): unknown {
  if (bytes.byteLength < PREFIX_BYTES || bytes.byteLength > MAXIMUM_MESSAGE_BYTES) throw damaged('its length');
  const prefix = new DataView(bytes.buffer, bytes.byteOffset, PREFIX_BYTES);
  if (prefix.getUint32(0, true) !== MAGIC) throw damaged('its first bytes');
  const headerBytes = prefix.getUint32(4, true);
  if (headerBytes > bytes.byteLength - PREFIX_BYTES) throw damaged('its header length');
  const root = parseHeader(bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + headerBytes));
  const bodyStart = align(PREFIX_BYTES + headerBytes);
  const bodyBytes = bytes.byteLength - bodyStart;
  let usedBytes = 0;
  for (const entry of root.arrays) {
    const [kind, byteOffset, length, paths] = checkEntry(entry);
    const byteLength = length * CONSTRUCTORS[kind].BYTES_PER_ELEMENT;
    // Ascending, separate ranges: a small message cannot ask for more memory than it has bytes.
    if (byteOffset % ALIGNMENT !== 0 || byteOffset < usedBytes || byteOffset + byteLength > bodyBytes) throw damaged('an array range');
    usedBytes = byteOffset + byteLength;
    // A fresh Uint8Array, because a Node Buffer's own slice shares memory and may lie at an odd offset.
    const copy = new Uint8Array(bytes.subarray(bodyStart + byteOffset, bodyStart + byteOffset + byteLength));
    const array = new CONSTRUCTORS[kind](copy.buffer, 0, length);
    for (const path of paths) place(root, path, array);
  }
  return root.value;
}

function collect(value: unknown, path: Path, collected: Collected): unknown {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`cannot send ${value} at ${describe(path)}`);
    return value;
  }
  if (typeof value !== 'object') throw new TypeError(`cannot send a ${typeof value} at ${describe(path)}`);
  if (path.length > MAXIMUM_DEPTH) throw new TypeError('cannot send a value this deep, or one that holds itself');
  const kind = kindOf(value);
  if (kind) {
    register(value as Transferable, kind, path, collected);
    return null;
  }
  if (Array.isArray(value)) return value.map((item, index) => collect(item, [...path, index], collected));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`cannot send a ${value.constructor?.name ?? 'class instance'} at ${describe(path)}`);
  // fromEntries defines properties, so a key such as __proto__ stays data.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, collect(item, [...path, key], collected)]));
}

function register(array: Transferable, kind: ArrayKind, path: Path, collected: Collected): void {
  const known = collected.entries.get(array);
  if (known) {
    known.push(path);
    return;
  }
  collected.entries.set(array, [kind, collected.bodyBytes, array.length, path]);
  collected.bodyBytes += align(array.byteLength);
}

function kindOf(value: object): ArrayKind | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  for (const kind of Object.keys(CONSTRUCTORS) as ArrayKind[]) if (value instanceof CONSTRUCTORS[kind]) return kind;
  return undefined;
}

function parseHeader(bytes: Uint8Array): { value: unknown; arrays: unknown[] } {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged('its header');
  }
  if (!isRecord(header) || !Object.hasOwn(header, 'value') || !Object.hasOwn(header, 'arrays') || !Array.isArray(header['arrays'])) throw damaged('its header');
  return { value: header['value'], arrays: header['arrays'] };
}

function checkEntry(entry: unknown): [ArrayKind, number, number, unknown[]] {
  if (!Array.isArray(entry) || entry.length < 4) throw damaged('its array table');
  const [kind, byteOffset, length, ...paths] = entry as unknown[];
  if (typeof kind !== 'string' || !Object.hasOwn(CONSTRUCTORS, kind)) throw damaged('an array kind');
  if (!isCount(byteOffset) || !isCount(length)) throw damaged('an array range');
  return [kind as ArrayKind, byteOffset, length, paths];
}

/** Puts an array where a path points; only an own property that is null will take it. */
function place(root: { value: unknown }, path: unknown, array: Transferable): void {
  if (!Array.isArray(path)) throw damaged('an array path');
  let holder: unknown = root;
  let key: string | number = 'value';
  for (const step of path as unknown[]) {
    if (typeof step !== 'string' && !isCount(step)) throw damaged('an array path');
    holder = ownProperty(holder, key);
    key = step;
  }
  if (ownProperty(holder, key) !== null) throw damaged('an array path');
  Object.defineProperty(holder as object, key, { value: array, writable: true, enumerable: true, configurable: true });
}

function ownProperty(holder: unknown, key: string | number): unknown {
  if (typeof holder !== 'object' || holder === null || ArrayBuffer.isView(holder) || !Object.hasOwn(holder, key)) throw damaged('an array path');
  return (holder as Record<string | number, unknown>)[key];
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const describe = (path: Path): string => (path.length === 0 ? 'the top' : path.join('.'));

function damaged(what: string): AppError {
  return new AppError('bad-input', `A message cannot be read: ${what} is wrong.`, 'Close the studio and start it again.');
}
