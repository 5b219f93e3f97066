import { z } from 'zod';
import { OFFSET_CHANNELS } from '../face/offset-channels';
import { REGION_IDS } from '../face/regions';
import { ruleIdSchema } from '../qa/finding';
import { TIMECODE_FORMATS } from './timecode';

/** Version of the project document; migrations lift older ones step by step. */
export const PROJECT_FORMAT_VERSION = 2;

const frame = z.number().int().min(0).max(100_000_000);
const identifier = z.string().min(1).max(200);
const seed = z.number().int().min(0).max(0xffffffff);

/** The two coded streams. */
export const streamIdSchema = z.enum(['head', 'mouth']);
export type StreamId = z.infer<typeof streamIdSchema>;

/** The tracks an animator sees: two coded streams, the wrinkle part of the mouth stream, and the eye events. */
export const trackIdSchema = z.enum(['head', 'mouth', 'wrinkles', 'eyes']);
export type TrackId = z.infer<typeof trackIdSchema>;

/** What made a segment; enough to make it again with the same weights. */
export const provenanceSchema = z.object({
  kind: z.enum(['generated', 'resampled', 'swapped', 'imported']),
  modelId: identifier,
  predictorSha256: z.string(),
  decoderSha256: z.string(),
  seed,
  temperature: z.number().min(0).max(4),
  guidance: z.number().min(0).max(20),
  steps: z.number().int().min(1).max(64),
  style: z.record(z.string(), z.number()),
});
export type Provenance = z.infer<typeof provenanceSchema>;

/**
 * One stored piece of a stream. `codes` is [tokens x groups] and may hold a few context tokens on either side of the range; its first row is
 * token `firstToken`. `curve` is [(endFrame - startFrame) x channels], the truth that opening, playing and exporting use.
 * `confidence` is the model's probability (0..1) of each chosen token, in the order of `codes`.
 */
export const segmentSchema = z
  .object({
    startFrame: frame,
    endFrame: frame,
    firstToken: frame,
    codes: z.instanceof(Uint16Array),
    confidence: z.instanceof(Float32Array),
    curve: z.instanceof(Float32Array),
    provenance: provenanceSchema,
  })
  .refine((segment) => segment.endFrame > segment.startFrame, 'a segment must have at least one frame');
export type Segment = z.infer<typeof segmentSchema>;

/** A coded stream: segments that follow each other without gap or overlap from frame 0 to the end of the clip. */
export const streamSchema = z.object({
  framesPerToken: z.number().int().min(1).max(64),
  groupSizes: z.array(z.number().int().min(2).max(65535)).min(1).max(16),
  channels: z.array(z.string()).min(1).max(256),
  segments: z.array(segmentSchema).min(1),
});
export type Stream = z.infer<typeof streamSchema>;

/** How a curve passes through a key: straight to its neighbours, smooth without overshoot, level, held until the next key, or with a slope of its own. */
export const tangentSchema = z.enum(['linear', 'auto', 'flat', 'step', 'free']);
export type Tangent = z.infer<typeof tangentSchema>;

/** A value at a frame. A key without a tangent is linear; `slope` (value per frame) belongs to 'free'. */
export const keySchema = z.object({ frame, value: z.number().finite(), tangent: tangentSchema.optional(), slope: z.number().finite().optional() });
export type Key = z.infer<typeof keySchema>;

/** A value over time: constant `base`, or through its keys when there are keys (frames ascending). */
export const curveSchema = z.object({ base: z.number().finite(), keys: z.array(keySchema) });
export type Curve = z.infer<typeof curveSchema>;

/** Non-destructive edits of one track. Amount 0..2 scales around rest; smoothing is the width (seconds) of a Gaussian. */
export const trackEditsSchema = z.object({
  muted: z.boolean(),
  amount: curveSchema,
  smoothingSeconds: z.number().min(0).max(1),
});
export type TrackEdits = z.infer<typeof trackEditsSchema>;

const offsetChannelSchema = z.string().refine((name) => OFFSET_CHANNELS.includes(name), 'unknown channel of an offset layer');

/**
 * Keys added on top of what the codes give, so that they stay when the codes change. Curves by channel (OFFSET_CHANNELS): degrees of the head, shares of a coefficient.
 * Lips that a stream seals stay sealed, unless `opensLips`.
 */
export const offsetLayerSchema = z.object({
  id: identifier,
  name: z.string().min(1).max(200),
  muted: z.boolean(),
  opensLips: z.boolean(),
  curves: z.record(offsetChannelSchema, curveSchema),
});
export type OffsetLayer = z.infer<typeof offsetLayerSchema>;

/** All non-destructive edits of a take. `regions` scale parts of the face on top of their tracks; `layers` come newest first. Absent: none. */
export const editsSchema = z.object({
  head: trackEditsSchema,
  mouth: trackEditsSchema,
  wrinkles: trackEditsSchema,
  eyes: trackEditsSchema,
  regions: z.partialRecord(z.enum(REGION_IDS), curveSchema).optional(),
  layers: z.array(offsetLayerSchema).max(200).optional(),
});
export type Edits = z.infer<typeof editsSchema>;

/** A blink: lids start to close at `startSeconds`. */
export const blinkSchema = z.object({
  startSeconds: z.number().min(0),
  closeSeconds: z.number().min(0.02).max(1),
  holdSeconds: z.number().min(0).max(60),
  openSeconds: z.number().min(0.02).max(1),
  strength: z.number().min(0).max(1),
});
export type Blink = z.infer<typeof blinkSchema>;

/**
 * The eyes look somewhere from `startSeconds` on. A direction is in radians in the world (yaw + = its own left, pitch + = down); `atCamera` holds the viewer instead,
 * however the head turns. Without `durationSeconds` (projects from before gaze had spans) the look lasts until the next one. `easeSeconds` is the least time the
 * eyes take to get there and back; without it, or at 0, they jump as fast as eyes do.
 */
export const gazeTargetSchema = z.object({
  startSeconds: z.number().min(0),
  durationSeconds: z.number().min(0.03).max(3600).optional(),
  yaw: z.number().min(-1).max(1),
  pitch: z.number().min(-1).max(1),
  atCamera: z.boolean().optional(),
  easeSeconds: z.number().min(0).max(2).optional(),
});
export type GazeTarget = z.infer<typeof gazeTargetSchema>;

/** An eye dart: a small jump away from where the eyes look, radians, and back after its duration. */
export const eyeDartSchema = z.object({
  startSeconds: z.number().min(0),
  durationSeconds: z.number().min(0.03).max(5),
  yaw: z.number().min(-0.5).max(0.5),
  pitch: z.number().min(-0.5).max(0.5),
});
export type EyeDart = z.infer<typeof eyeDartSchema>;

/** A breath in and out. Depth 1 is a quiet breath. */
export const breathSchema = z.object({
  startSeconds: z.number().min(0),
  inhaleSeconds: z.number().min(0.1).max(10),
  exhaleSeconds: z.number().min(0.1).max(20),
  depth: z.number().min(0).max(3),
});
export type Breath = z.infer<typeof breathSchema>;

const perMinute = z.number().min(0).max(120);

/** Eye and breath events; made once from a seed, then editable. Each list is in order of time. Micro-saccades follow from the seed. */
export const eventsSchema = z.object({
  seed,
  blinks: z.array(blinkSchema),
  gaze: z.array(gazeTargetSchema),
  /** Projects saved before eye darts have none. */
  darts: z.array(eyeDartSchema).default([]),
  /** Without them (projects from before breaths were events) the breath goes on steadily at `breathsPerMinute`. */
  breaths: z.array(breathSchema).optional(),
  /** How many events a minute were asked for when they were made; without it the events themselves are counted. */
  rates: z.object({ blinks: perMinute, gaze: perMinute, darts: perMinute }).optional(),
  breathsPerMinute: z.number().min(0).max(60),
  breathAmount: z.number().min(0).max(4),
});
export type Events = z.infer<typeof eventsSchema>;

/** A protected range of one stream: no generation changes it. */
export const lockSchema = z.object({ stream: streamIdSchema, startFrame: frame, endFrame: frame });
export type Lock = z.infer<typeof lockSchema>;

/** A QA finding the user wants to hear no more of: those of this rule around this place. */
export const ignoredFindingSchema = z.object({ rule: ruleIdSchema, startFrame: frame, endFrame: frame });
export type IgnoredFinding = z.infer<typeof ignoredFindingSchema>;

/** A named alternative of a clip. Takes share the arrays of what they do not change. */
export const takeSchema = z.object({
  id: identifier,
  name: z.string().min(1).max(200),
  streams: z.object({ head: streamSchema, mouth: streamSchema }),
  events: eventsSchema,
  locks: z.array(lockSchema),
  /** Projects saved before QA have none. */
  ignoredFindings: z.array(ignoredFindingSchema).default([]),
  edits: editsSchema,
});
export type Take = z.infer<typeof takeSchema>;

/** Which sound a clip belongs to. `channel` is the mix of all channels or one channel (0-based). */
export const audioReferenceSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  fileName: z.string().min(1).max(500),
  durationSeconds: z.number().positive(),
  sampleRateHz: z.number().positive(),
  channelCount: z.number().int().min(1).max(8),
  channel: z.union([z.literal('mix'), z.number().int().min(0).max(7)]),
});
export type AudioReference = z.infer<typeof audioReferenceSchema>;

export const markerSchema = z.object({ frame, name: z.string().max(200) });
export type Marker = z.infer<typeof markerSchema>;

/** How a clip counts SMPTE timecode, and the frame (counted from 00:00:00:00) at which its sound starts. */
export const timecodeSettingsSchema = z.object({ format: z.enum(TIMECODE_FORMATS), startFrame: z.number().int().min(0).max(100_000_000) });
export type TimecodeSettings = z.infer<typeof timecodeSettingsSchema>;

/** One voice line and its animation. A clip that is not generated yet has no takes. */
export const clipSchema = z
  .object({
    id: identifier,
    name: z.string().min(1).max(500),
    audio: audioReferenceSchema,
    frameCount: z.number().int().min(1),
    markers: z.array(markerSchema),
    /** Clips from before timecode have none: they count from zero at 30 fps. */
    timecode: timecodeSettingsSchema.optional(),
    takes: z.array(takeSchema),
    activeTakeId: identifier.nullable(),
  })
  .refine((clip) => clip.activeTakeId === null || clip.takes.some((take) => take.id === clip.activeTakeId), 'the active take must exist');
export type Clip = z.infer<typeof clipSchema>;

/** The whole document. `modelId` is the model that new takes and re-rolls use; null = the one the studio comes with. */
export const projectSchema = z.object({
  formatVersion: z.literal(PROJECT_FORMAT_VERSION),
  modelId: identifier.nullable(),
  clips: z.array(clipSchema),
});
export type Project = z.infer<typeof projectSchema>;

/** Edits that change nothing. */
export const NEUTRAL_EDITS: TrackEdits = { muted: false, amount: { base: 1, keys: [] }, smoothingSeconds: 0 };

/** The take a clip shows, or undefined before it is generated. */
export function activeTake(clip: Clip): Take | undefined {
  return clip.takes.find((take) => take.id === clip.activeTakeId);
}
