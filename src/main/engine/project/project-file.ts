import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PROJECT_FORMAT_VERSION, type Project, projectSchema, type Segment, type Stream } from '../../../shared/clip/clip-schema';
import { joinSegments } from '../../../shared/clip/decoded-stream';
import { AppError } from '../../../shared/contract/errors';
import { ArrayTableReader, ArrayTableWriter, arrayEntrySchema } from './array-table';
import { migrateProject } from './migrations';
import { type ArchiveEntry, readArchive, writeArchive } from './zip-archive';

const LIMITS = { entryCount: 5000, totalBytes: 2 ** 31 - 1 };
const DOCUMENT_NAME = 'project.json';
const STREAMS_NAME = 'streams.bin';
const AUDIO_NAME = /^audio\/([0-9a-f]{64})\.([a-z0-9]{1,8})$/;
/** Formats that gain nothing from being packed again. */
const COMPRESSED_AUDIO = /^(mp3|flac|ogg|oga|opus|m4a|aac|webm)$/;

/** A sound file as imported, in a project file. `fileExtension` is lower case and without a dot. */
export interface PackedAudio {
  readonly sha256: string;
  readonly fileExtension: string;
  readonly bytes: Uint8Array;
}

/** What a project file holds. */
export interface ProjectContent {
  readonly project: Project;
  readonly audio: readonly PackedAudio[];
}

const storedDocumentSchema = z.object({
  format: z.literal('vividtalker-project'),
  version: z.number().int().min(1),
  arrays: z.array(arrayEntrySchema),
  project: z.unknown(),
});

/**
 * The bytes of a `.vividtalker` file: a zip of project.json, the sounds as imported, and one binary with all arrays, each stored once.
 * The same content gives the same bytes; no clock and no random number takes part.
 */
export function packProject({ project, audio }: ProjectContent): Uint8Array {
  const arrays = new ArrayTableWriter();
  const storeSegment = (segment: Segment) => ({
    ...segment,
    codes: arrays.add(segment.codes),
    confidence: arrays.add(segment.confidence),
    curve: arrays.add(segment.curve),
  });
  const stored = mapStreams(project, (stream) => ({ ...stream, segments: stream.segments.map(storeSegment) }));
  const document = { format: 'vividtalker-project', version: PROJECT_FORMAT_VERSION, arrays: arrays.entries, project: stored };
  const sounds = [...audio].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  const entries: ArchiveEntry[] = [
    { name: DOCUMENT_NAME, bytes: new TextEncoder().encode(JSON.stringify(document)), isCompressed: true },
    { name: STREAMS_NAME, bytes: arrays.bytes(), isCompressed: true },
    ...sounds.map((sound) => ({
      name: `audio/${sound.sha256}.${sound.fileExtension}`,
      bytes: sound.bytes,
      isCompressed: !COMPRESSED_AUDIO.test(sound.fileExtension),
    })),
  ];
  return writeArchive(entries);
}

/** Reads a project file. AppError 'damaged-project' or 'project-too-new'; never runs a model. */
export function unpackProject(bytes: Uint8Array): ProjectContent {
  const files = readArchive(bytes, LIMITS);
  const document = parseDocument(files.get(DOCUMENT_NAME));
  const arrays = new ArrayTableReader(document.arrays, files.get(STREAMS_NAME) ?? new Uint8Array(0));
  const withArrays = restoreArrays(migrateProject(document.project, document.version), arrays);
  const parsed = projectSchema.safeParse(withArrays);
  if (!parsed.success) throw damaged(z.prettifyError(parsed.error).slice(0, 300), parsed.error);
  checkStreams(parsed.data);
  const audio: PackedAudio[] = [];
  for (const [name, content] of files) {
    const [, sha256, fileExtension] = AUDIO_NAME.exec(name) ?? [];
    if (sha256 === undefined || fileExtension === undefined) continue;
    if (createHash('sha256').update(content).digest('hex') !== sha256) throw damaged(`the sound ${name} has been changed`);
    audio.push({ sha256, fileExtension, bytes: content });
  }
  for (const clip of parsed.data.clips) {
    if (!audio.some((sound) => sound.sha256 === clip.audio.sha256)) throw damaged(`the sound of "${clip.name}" is missing`);
  }
  return { project: parsed.data, audio };
}

function parseDocument(bytes: Uint8Array | undefined): z.infer<typeof storedDocumentSchema> {
  if (bytes === undefined) throw damaged(`it has no ${DOCUMENT_NAME}`);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw damaged(`${DOCUMENT_NAME} is not JSON`, error);
  }
  const parsed = storedDocumentSchema.safeParse(json);
  if (!parsed.success) throw damaged(z.prettifyError(parsed.error).slice(0, 300), parsed.error);
  if (parsed.data.version > PROJECT_FORMAT_VERSION) {
    throw new AppError(
      'project-too-new',
      `This project was saved by a newer version of the studio (format ${parsed.data.version}, this one reads up to ${PROJECT_FORMAT_VERSION}).`,
      'Update the studio to open it.',
    );
  }
  return parsed.data;
}

const arrayNumber = z.number().int().min(0);
const storedStreamsSchema = z.looseObject({
  clips: z.array(
    z.looseObject({
      takes: z.array(
        z.looseObject({
          streams: z.record(
            z.string(),
            z.looseObject({ segments: z.array(z.looseObject({ codes: arrayNumber, confidence: arrayNumber, curve: arrayNumber })) }),
          ),
        }),
      ),
    }),
  ),
});

/** Puts the arrays in place of their numbers. */
function restoreArrays(document: unknown, arrays: ArrayTableReader): unknown {
  const parsed = storedStreamsSchema.safeParse(document);
  if (!parsed.success) throw damaged(z.prettifyError(parsed.error).slice(0, 300), parsed.error);
  const restore = (segment: { codes: number; confidence: number; curve: number }) => ({
    ...segment,
    codes: arrays.uint16(segment.codes),
    confidence: arrays.float32(segment.confidence),
    curve: arrays.float32(segment.curve),
  });
  return {
    ...parsed.data,
    clips: parsed.data.clips.map((clip) => ({
      ...clip,
      takes: clip.takes.map((take) => ({
        ...take,
        streams: Object.fromEntries(Object.entries(take.streams).map(([id, stream]) => [id, { ...stream, segments: stream.segments.map(restore) }])),
      })),
    })),
  };
}

function mapStreams(project: Project, map: (stream: Stream) => unknown): unknown {
  return {
    ...project,
    clips: project.clips.map((clip) => ({
      ...clip,
      takes: clip.takes.map((take) => ({ ...take, streams: { head: map(take.streams.head), mouth: map(take.streams.mouth) } })),
    })),
  };
}

function checkStreams(project: Project): void {
  for (const clip of project.clips) {
    for (const take of clip.takes) {
      for (const stream of [take.streams.head, take.streams.mouth]) {
        try {
          if (joinSegments(stream).frameCount !== clip.frameCount) throw new RangeError('the length of a stream is not that of its clip');
        } catch (error) {
          throw damaged(`the take "${take.name}" of "${clip.name}" does not fit together`, error);
        }
        const isWhole = stream.segments.every(
          (segment) => segment.codes.length % stream.groupSizes.length === 0 && segment.confidence.length === segment.codes.length,
        );
        if (!isWhole) throw damaged(`the codes of the take "${take.name}" of "${clip.name}" do not fit`);
      }
    }
  }
}

function damaged(detail: string, cause?: unknown): AppError {
  return new AppError('damaged-project', `The project file is damaged: ${detail}.`, 'Open a copy of it, or an earlier version.', { cause });
}
