import { z } from 'zod';
import type { Clip } from '../../../shared/clip/clip-schema';
import { type TimecodeFormat, timecodeAt, timecodeOf } from '../../../shared/clip/timecode';
import { FRAME_RATE_HZ } from '../../../shared/clip/timing';
import { AppError } from '../../../shared/contract/errors';
import { FRAME_RATE_LABELS } from '../../../shared/export-model/frame-rate';
import type { SecondsRange } from '../../../shared/export-model/sample-take';
import { DEFAULT_NECK_SHARE } from '../../../shared/face/head-rig';

const stream = (title: string) => z.boolean().default(true).meta({ title });

/** Options every format has. `range` is in seconds of the clip; null is the whole clip. */
export const curveOptionsSchema = z.object({
  // Not z.enum, which would sort 29.97 behind the whole numbers.
  fps: z.literal(FRAME_RATE_LABELS).default('30').meta({ title: 'Frames per second' }),
  range: z
    .object({ startSeconds: z.number().min(0), endSeconds: z.number().min(0) })
    .nullable()
    .default(null)
    .meta({ title: 'Range', description: 'Part of the clip in seconds; empty for all of it.' }),
  streams: z
    .object({ head: stream('Head'), mouth: stream('Mouth'), wrinkles: stream('Wrinkles'), eyes: stream('Eyes') })
    .default({ head: true, mouth: true, wrinkles: true, eyes: true })
    .meta({ title: 'Streams', description: 'Streams that are left out stay at rest.' }),
});
export type CurveOptions = z.output<typeof curveOptionsSchema>;

/** Options of formats that contain the head. */
export const headOptionsSchema = curveOptionsSchema.extend({
  neckShare: z
    .number()
    .min(0)
    .max(1)
    .default(DEFAULT_NECK_SHARE)
    .meta({ title: 'Neck share', description: 'Part of the head turn that the neck bones take; 0 turns the head bone alone.' }),
});
export type HeadOptions = z.output<typeof headOptionsSchema>;

/** The chosen range, inside the clip. Throws AppError `bad-input` when nothing is left of it. */
export function exportRange(clip: Clip, options: CurveOptions): SecondsRange {
  const clipSeconds = clip.frameCount / FRAME_RATE_HZ;
  const startSeconds = options.range?.startSeconds ?? 0;
  const endSeconds = Math.min(options.range?.endSeconds ?? clipSeconds, clipSeconds);
  if (endSeconds <= startSeconds) {
    throw new AppError('bad-input', 'The export range is empty.', `Choose a start before the end, both between 0 and ${clipSeconds.toFixed(2)} s.`);
  }
  return { startSeconds, endSeconds };
}

/** Timecode of the first exported frame, and how the clip counts it. */
export function exportTimecode(clip: Clip, options: CurveOptions): { readonly start: string; readonly format: TimecodeFormat } {
  const settings = timecodeOf(clip);
  return { start: timecodeAt(settings, options.range?.startSeconds ?? 0), format: settings.format };
}
