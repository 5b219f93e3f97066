import type { Stream } from '../../../shared/clip/clip-schema';
import type { ProvenanceRecord } from '../../../shared/export-model/export-scene';
import { type CurveOptions, exportTimecode } from './export-options';
import type { ExportInput } from './exporter';

/** Name and version of the program, as files carry it. */
export function creatorName(applicationVersion: string): string {
  return `VividTalker Studio ${applicationVersion}`;
}

/** Where an exported animation comes from: sound, models, seeds, edits and export options; enough to make it again. No dates and no paths. */
export function exportProvenance({ clip, take, applicationVersion }: ExportInput, options: CurveOptions): ProvenanceRecord {
  return {
    application: creatorName(applicationVersion),
    clip: clip.name,
    take: take.name,
    ...(clip.timecode && { timecode: exportTimecode(clip, options) }),
    audio: { fileName: clip.audio.fileName, sha256: clip.audio.sha256, durationSeconds: clip.audio.durationSeconds },
    streams: { head: segmentOrigins(take.streams.head), mouth: segmentOrigins(take.streams.mouth) },
    eventSeed: take.events.seed,
    edits: take.edits,
    options,
  };
}

function segmentOrigins(stream: Stream): readonly unknown[] {
  return stream.segments.map(({ startFrame, endFrame, provenance }) => ({ startFrame, endFrame, ...provenance }));
}
