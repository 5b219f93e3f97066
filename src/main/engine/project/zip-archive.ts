import { crc32, inflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { AppError } from '../../../shared/contract/errors';

/** One file of an archive. `isCompressed` false keeps the bytes as they are, for content that is compressed already. */
export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly isCompressed: boolean;
}

/** Limits that keep a small hostile file from filling the memory. */
export interface ArchiveLimits {
  readonly entryCount: number;
  /** Sum of all unpacked sizes. */
  readonly totalBytes: number;
}

// The DOS date of a zip entry starts in 1980; a fixed one makes equal projects equal bytes.
const FIXED_DATE = new Date(1980, 0, 1, 0, 0, 0);
const END_SIGNATURE = 0x06054b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;

/** A zip file of the entries in the given order: the same entries give the same bytes. */
export function writeArchive(entries: readonly ArchiveEntry[]): Uint8Array {
  return zipSync(Object.fromEntries(entries.map((entry) => [entry.name, [entry.bytes, { level: entry.isCompressed ? 4 : 0, mtime: FIXED_DATE }]])));
}

function damaged(detail: string): AppError {
  return new AppError('damaged-project', `The project file is damaged: ${detail}.`, 'Open a copy of it, or an earlier version.');
}

/**
 * Unpacks all files of a zip archive after checking names, sizes and checksums; nothing touches the disk.
 * AppError 'damaged-project' for anything that is not a whole, plain archive within the limits.
 */
export function readArchive(bytes: Uint8Array, limits: ArchiveLimits): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const entryCount = view.getUint16(end + 10, true);
  if (entryCount > limits.entryCount) throw damaged(`it lists ${entryCount} files`);
  const files = new Map<string, Uint8Array>();
  let position = view.getUint32(end + 16, true);
  let total = 0;
  for (let index = 0; index < entryCount; index++) {
    if (position + 46 > end || view.getUint32(position, true) !== CENTRAL_SIGNATURE) throw damaged('its table of contents is broken');
    const entry = readCentral(view, position);
    const name = new TextDecoder().decode(bytes.subarray(position + 46, position + 46 + entry.nameLength));
    total += entry.size;
    if (total > limits.totalBytes) throw damaged('it unpacks to more than a project can hold');
    if (!isPlainName(name)) throw damaged(`it holds a file with the name ${JSON.stringify(name.slice(0, 80))}`);
    if (files.has(name)) throw damaged(`it holds ${name} twice`);
    files.set(name, readEntry(bytes, view, entry, name));
    position += 46 + entry.nameLength + entry.extraLength + entry.commentLength;
  }
  return files;
}

interface CentralEntry {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly nameLength: number;
  readonly extraLength: number;
  readonly commentLength: number;
  readonly localOffset: number;
}

function readCentral(view: DataView, position: number): CentralEntry {
  return {
    flags: view.getUint16(position + 8, true),
    method: view.getUint16(position + 10, true),
    crc: view.getUint32(position + 16, true),
    packedSize: view.getUint32(position + 20, true),
    size: view.getUint32(position + 24, true),
    nameLength: view.getUint16(position + 28, true),
    extraLength: view.getUint16(position + 30, true),
    commentLength: view.getUint16(position + 32, true),
    localOffset: view.getUint32(position + 42, true),
  };
}

function readEntry(bytes: Uint8Array, view: DataView, entry: CentralEntry, name: string): Uint8Array {
  const { localOffset } = entry;
  if (localOffset + 30 > bytes.length || view.getUint32(localOffset, true) !== LOCAL_SIGNATURE) throw damaged(`${name} is missing`);
  const nameEnd = localOffset + 30 + view.getUint16(localOffset + 26, true);
  // No checksum covers the names, but each is there twice.
  if (new TextDecoder().decode(bytes.subarray(localOffset + 30, nameEnd)) !== name) throw damaged(`${name} has two names`);
  const start = nameEnd + view.getUint16(localOffset + 28, true);
  if (start + entry.packedSize > bytes.length) throw damaged(`${name} is cut off`);
  const packed = bytes.subarray(start, start + entry.packedSize);
  const content = unpack(entry, packed, name);
  if (content.length !== entry.size || crc32(content) !== entry.crc) throw damaged(`the checksum of ${name} is wrong`);
  return content;
}

function unpack(entry: CentralEntry, packed: Uint8Array, name: string): Uint8Array {
  if ((entry.flags & 1) !== 0) throw damaged(`${name} is encrypted`);
  if (entry.method === 0) return packed.slice();
  if (entry.method !== 8) throw damaged(`${name} is packed in an unknown way`);
  try {
    // One byte more than stated is allowed, so that a lying size shows in the length check instead of filling the memory.
    return new Uint8Array(inflateRawSync(packed, { maxOutputLength: entry.size + 1 }));
  } catch (error) {
    throw new AppError('damaged-project', `The project file is damaged: ${name} cannot be unpacked.`, 'Open a copy of it, or an earlier version.', {
      cause: error,
    });
  }
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let position = view.byteLength - END_BYTES; position >= first; position--) {
    if (view.getUint32(position, true) === END_SIGNATURE) return position;
  }
  throw damaged('it is not a VividTalker project, or its end is missing');
}

function isPlainName(name: string): boolean {
  return name !== '' && !name.startsWith('/') && !/[\\:\0]/.test(name) && !name.split('/').includes('..');
}
