import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { Checkpoint } from '../../../../shared/export-model/sample-take';
import type { FbxNode, FbxProperty } from './fbx-node';

const VERSION = 7400;
const HEADER = Buffer.concat([Buffer.from('Kaydara FBX Binary  ', 'latin1'), Buffer.from([0x00, 0x1a, 0x00])]);
const NULL_RECORD_BYTES = 13;
const DEFLATE_FROM_BYTES = 128;
const FOOTER_MAGIC = Buffer.from('f85a8c6adef5d97eece90ce3758f290b', 'hex');
// The footer code is derived from the creation time; readers check the three against each other, so all three are fixed.
const FOOTER_CODE = Buffer.from('fabcab09d0c8d466b176fb831cf7267e', 'hex');
/** File id that belongs to CREATION_TIME. */
export const FILE_ID = Buffer.from('28b32aebb624ccc2bfc8b02aa92bfcf1', 'hex');
/** The only creation time that fits FILE_ID and the footer. */
export const CREATION_TIME = '1970-01-01 10:00:00:000';

const deflateAsync = promisify(deflate);

/** Numbers of an array as they are stored, deflated where that pays. */
interface StoredArray {
  readonly count: number;
  readonly encoding: 0 | 1;
  readonly bytes: Uint8Array;
}
type ArrayValue = Int32Array | BigInt64Array | Float32Array | Float64Array;

/** Encodes a document as binary FBX 7.4. The same document always gives the same bytes. Files must stay below 2 GiB. */
export async function encodeFbx(nodes: readonly FbxNode[], checkpoint: Checkpoint): Promise<Uint8Array> {
  const arrays = await storeArrays(nodes, checkpoint);
  const sizes = new Map<FbxNode, number>();
  let bodyBytes = HEADER.length + 4;
  for (const top of nodes) bodyBytes += measure(top, arrays, sizes);
  bodyBytes += NULL_RECORD_BYTES;
  const footer = footerBytes(bodyBytes);
  const target = Buffer.alloc(bodyBytes + footer.length);
  HEADER.copy(target, 0);
  target.writeUInt32LE(VERSION, HEADER.length);
  let offset = HEADER.length + 4;
  for (const top of nodes) offset = write(top, target, offset, arrays, sizes);
  footer.copy(target, offset + NULL_RECORD_BYTES);
  return target;
}

function footerBytes(bodyBytes: number): Buffer {
  const codeEnd = bodyBytes + FOOTER_CODE.length + 4;
  const padding = 16 - (codeEnd % 16);
  const version = Buffer.alloc(4);
  version.writeUInt32LE(VERSION);
  return Buffer.concat([FOOTER_CODE, Buffer.alloc(4 + padding), version, Buffer.alloc(120), FOOTER_MAGIC]);
}

/** Deflates all arrays first, so that the work can pause and stop; equal array objects are stored once in memory. */
async function storeArrays(nodes: readonly FbxNode[], checkpoint: Checkpoint): Promise<Map<ArrayValue, StoredArray>> {
  const pending = new Set<ArrayValue>();
  const collect = (current: FbxNode): void => {
    for (const property of current.properties) if (isArrayProperty(property)) pending.add(property.value);
    current.children.forEach(collect);
  };
  nodes.forEach(collect);
  const stored = new Map<ArrayValue, StoredArray>();
  for (const values of pending) {
    await checkpoint(stored.size / pending.size);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const encoding = bytes.length >= DEFLATE_FROM_BYTES ? 1 : 0;
    stored.set(values, { count: values.length, encoding, bytes: encoding === 1 ? await deflateAsync(bytes) : bytes });
  }
  return stored;
}

type ArrayProperty = Extract<FbxProperty, { readonly value: ArrayValue }>;

function isArrayProperty(property: FbxProperty): property is ArrayProperty {
  return property.type === 'i' || property.type === 'l' || property.type === 'f' || property.type === 'd';
}

function storedArray(arrays: Map<ArrayValue, StoredArray>, property: ArrayProperty): StoredArray {
  const stored = arrays.get(property.value);
  if (stored === undefined) throw new RangeError('an array was not stored before writing');
  return stored;
}

function hasEndMarker(current: FbxNode): boolean {
  return current.endMarker ?? (current.children.length > 0 || current.properties.length === 0);
}

function propertyBytes(property: FbxProperty, arrays: Map<ArrayValue, StoredArray>): number {
  switch (property.type) {
    case 'C':
      return 2;
    case 'I':
    case 'F':
      return 5;
    case 'D':
    case 'L':
      return 9;
    case 'S':
      return 5 + Buffer.byteLength(property.value, 'utf8');
    case 'R':
      return 5 + property.value.length;
    default:
      return 13 + storedArray(arrays, property).bytes.length;
  }
}

function measure(current: FbxNode, arrays: Map<ArrayValue, StoredArray>, sizes: Map<FbxNode, number>): number {
  let bytes = NULL_RECORD_BYTES + Buffer.byteLength(current.name, 'latin1');
  for (const property of current.properties) bytes += propertyBytes(property, arrays);
  for (const child of current.children) bytes += measure(child, arrays, sizes);
  if (hasEndMarker(current)) bytes += NULL_RECORD_BYTES;
  sizes.set(current, bytes);
  return bytes;
}

function write(current: FbxNode, target: Buffer, start: number, arrays: Map<ArrayValue, StoredArray>, sizes: Map<FbxNode, number>): number {
  const end = start + (sizes.get(current) ?? 0);
  const nameBytes = Buffer.byteLength(current.name, 'latin1');
  let offset = start + NULL_RECORD_BYTES + nameBytes;
  const propertiesStart = offset;
  for (const property of current.properties) offset = writeProperty(property, target, offset, arrays);
  target.writeUInt32LE(end, start);
  target.writeUInt32LE(current.properties.length, start + 4);
  target.writeUInt32LE(offset - propertiesStart, start + 8);
  target.writeUInt8(nameBytes, start + 12);
  target.write(current.name, start + 13, 'latin1');
  for (const child of current.children) offset = write(child, target, offset, arrays, sizes);
  // The empty record is zero bytes, which the fresh buffer already holds.
  return end;
}

function writeProperty(property: FbxProperty, target: Buffer, start: number, arrays: Map<ArrayValue, StoredArray>): number {
  let offset = target.writeUInt8(property.type.charCodeAt(0), start);
  switch (property.type) {
    case 'C':
      return target.writeUInt8(property.value, offset);
    case 'I':
      return target.writeInt32LE(property.value, offset);
    case 'F':
      return target.writeFloatLE(property.value, offset);
    case 'D':
      return target.writeDoubleLE(property.value, offset);
    case 'L':
      return target.writeBigInt64LE(property.value, offset);
    case 'S': {
      const length = target.write(property.value, offset + 4, 'utf8');
      target.writeUInt32LE(length, offset);
      return offset + 4 + length;
    }
    case 'R':
      offset = target.writeUInt32LE(property.value.length, offset);
      target.set(property.value, offset);
      return offset + property.value.length;
    default: {
      const stored = storedArray(arrays, property);
      offset = target.writeUInt32LE(stored.count, offset);
      offset = target.writeUInt32LE(stored.encoding, offset);
      offset = target.writeUInt32LE(stored.bytes.length, offset);
      target.set(stored.bytes, offset);
      return offset + stored.bytes.length;
    }
  }
}
