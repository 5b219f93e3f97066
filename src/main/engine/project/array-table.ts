import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors';

/** Where an array lies in the binary streams file: element type, first byte, number of elements. */
export const arrayEntrySchema = z.object({
  type: z.enum(['uint16', 'float32']),
  offset: z.number().int().min(0),
  length: z.number().int().min(0),
});
export type ArrayEntry = z.infer<typeof arrayEntrySchema>;

const ALIGNMENT = 4;

/** Collects arrays into one little-endian binary; an array that was added before, by identity or by content, is stored once. */
export class ArrayTableWriter {
  readonly entries: ArrayEntry[] = [];
  private readonly parts: Uint8Array[] = [];
  private readonly indexByArray = new Map<object, number>();
  private readonly indexByContent = new Map<string, number>();
  private size = 0;

  /** Adds an array; returns its number in the table. */
  add(array: Uint16Array | Float32Array): number {
    const known = this.indexByArray.get(array);
    if (known !== undefined) return known;
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const type = array instanceof Uint16Array ? 'uint16' : 'float32';
    const content = `${type} ${array.length} ${createHash('sha256').update(bytes).digest('hex')}`;
    let index = this.indexByContent.get(content);
    if (index === undefined) {
      index = this.entries.length;
      this.entries.push({ type, offset: this.size, length: array.length });
      const padded = new Uint8Array(Math.ceil(bytes.length / ALIGNMENT) * ALIGNMENT);
      padded.set(bytes);
      this.parts.push(padded);
      this.size += padded.length;
      this.indexByContent.set(content, index);
    }
    this.indexByArray.set(array, index);
    return index;
  }

  bytes(): Uint8Array {
    const all = new Uint8Array(this.size);
    let offset = 0;
    for (const part of this.parts) {
      all.set(part, offset);
      offset += part.length;
    }
    return all;
  }
}

/** Arrays of a binary streams file by number; each is made once, so that what shared an array shares it again. AppError 'damaged-project' for what does not fit. */
export class ArrayTableReader {
  private readonly arrays = new Map<number, Uint16Array | Float32Array>();

  constructor(
    private readonly entries: readonly ArrayEntry[],
    private readonly bytes: Uint8Array,
  ) {}

  uint16(index: number): Uint16Array {
    const array = this.at(index);
    if (!(array instanceof Uint16Array)) throw damagedArray(index);
    return array;
  }

  float32(index: number): Float32Array {
    const array = this.at(index);
    if (!(array instanceof Float32Array)) throw damagedArray(index);
    return array;
  }

  private at(index: number): Uint16Array | Float32Array {
    const known = this.arrays.get(index);
    if (known) return known;
    const entry = this.entries[index];
    if (entry === undefined) throw damagedArray(index);
    const size = entry.length * (entry.type === 'uint16' ? 2 : 4);
    if (entry.offset + size > this.bytes.length) throw damagedArray(index);
    // A copy of its own: aligned, and it does not keep the whole file in memory.
    const own = this.bytes.slice(entry.offset, entry.offset + size).buffer;
    const array = entry.type === 'uint16' ? new Uint16Array(own) : new Float32Array(own);
    this.arrays.set(index, array);
    return array;
  }
}

function damagedArray(index: number): AppError {
  return new AppError(
    'damaged-project',
    `The project file is damaged: array ${index} of its streams does not fit.`,
    'Open a copy of it, or an earlier version.',
  );
}
