import type { ByteSource } from './byte-source';
import { findMp3Frame } from './mp3-header';

/** What a file's first bytes say it is; `other` carries a name for the message. */
export type SniffedFormat =
  | { readonly kind: 'wav' | 'aiff' | 'ogg' }
  | { readonly kind: 'flac' | 'mp3'; readonly offset: number }
  | { readonly kind: 'studio-only' | 'other'; readonly label: string }
  | { readonly kind: 'unknown' };

/** How far into the file the first MPEG frame may lie, behind tags. */
const MP3_SEARCH_BYTES = 65536;

const FOREIGN: readonly { readonly label: string; readonly matches: (head: Uint8Array) => boolean }[] = [
  { label: 'a Sun/NeXT .au file', matches: (head) => hasText(head, 0, '.snd') },
  { label: 'a Core Audio (CAF) file', matches: (head) => hasText(head, 0, 'caff') },
  { label: 'a Sony Wave64 file', matches: (head) => hasText(head, 0, 'riff') },
  { label: 'a WMA file', matches: (head) => hasBytes(head, 0, [0x30, 0x26, 0xb2, 0x75]) },
  { label: 'an AMR file', matches: (head) => hasText(head, 0, '#!AMR') },
  { label: 'a MIDI file (notes, not sound)', matches: (head) => hasText(head, 0, 'MThd') },
  { label: 'a zip archive', matches: (head) => hasBytes(head, 0, [0x50, 0x4b, 0x03, 0x04]) },
  { label: 'a picture', matches: (head) => hasBytes(head, 0, [0x89, 0x50, 0x4e, 0x47]) || hasBytes(head, 0, [0xff, 0xd8, 0xff]) },
  { label: 'an AVI film', matches: (head) => hasText(head, 0, 'RIFF') && hasText(head, 8, 'AVI ') },
];

/** Looks at the content, never at the file's name. */
export async function sniffFormat(bytes: ByteSource): Promise<SniffedFormat> {
  const head = await bytes.read(0, 64);
  if ((hasText(head, 0, 'RIFF') || hasText(head, 0, 'RF64')) && hasText(head, 8, 'WAVE')) return { kind: 'wav' };
  if (hasText(head, 0, 'FORM') && (hasText(head, 8, 'AIFF') || hasText(head, 8, 'AIFC'))) return { kind: 'aiff' };
  if (hasText(head, 0, 'OggS')) return { kind: 'ogg' };
  if (hasText(head, 4, 'ftyp')) return { kind: 'studio-only', label: 'an MP4 or M4A file (AAC)' };
  if (hasBytes(head, 0, [0x1a, 0x45, 0xdf, 0xa3])) return { kind: 'studio-only', label: 'a WebM or Matroska file' };
  const foreign = FOREIGN.find((format) => format.matches(head));
  if (foreign) return { kind: 'other', label: foreign.label };
  return sniffBehindTag(bytes, tagBytes(head));
}

async function sniffBehindTag(bytes: ByteSource, offset: number): Promise<SniffedFormat> {
  const head = await bytes.read(offset, MP3_SEARCH_BYTES);
  if (hasText(head, 0, 'fLaC')) return { kind: 'flac', offset };
  // ADTS shares the MPEG sync word; its layer bits are 0.
  if (head.length >= 2 && head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0) return { kind: 'studio-only', label: 'an AAC file' };
  const frame = findMp3Frame(head);
  return frame ? { kind: 'mp3', offset: offset + frame.offset } : { kind: 'unknown' };
}

/** Bytes an ID3v2 tag takes at the start of the file, 0 without one. */
function tagBytes(head: Uint8Array): number {
  if (!hasText(head, 0, 'ID3') || head.length < 10) return 0;
  const size = head.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
  const footer = (head[5] ?? 0) & 0x10 ? 10 : 0;
  return 10 + size + footer;
}

function hasText(bytes: Uint8Array, offset: number, text: string): boolean {
  return hasBytes(
    bytes,
    offset,
    [...text].map((letter) => letter.charCodeAt(0)),
  );
}

function hasBytes(bytes: Uint8Array, offset: number, expected: readonly number[]): boolean {
  return expected.every((value, index) => bytes[offset + index] === value);
}
