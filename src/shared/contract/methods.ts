import { z } from 'zod';
import { audioReferenceSchema, clipSchema, eventsSchema, lockSchema, projectSchema, streamIdSchema, streamSchema } from '../clip/clip-schema';
import { generationSettingsSchema, variantSchema } from '../clip/generation';

const nothing = z.object({});
const identifier = z.string().min(1).max(200);
const bytes = z.instanceof(Uint8Array);
const channel = z.union([z.literal('mix'), z.number().int().min(0).max(7)]);
const frameRange = z
  .object({ startFrame: z.number().int().min(0), endFrame: z.number().int().min(1) })
  .refine((range) => range.endFrame > range.startFrame, 'the range must have at least one frame');

/**
 * Sound the engine holds, with what the timeline draws: `peaks` are absolute peaks 0..1, `peaksPerSecond` of them a second; and what QA hears:
 * levels before gain in dB of full scale and voicing 0..1, both per 10 ms.
 */
const importedAudio = z.object({
  audio: audioReferenceSchema,
  frameCount: z.number().int().min(1),
  peaks: z.instanceof(Float32Array),
  peaksPerSecond: z.number().positive(),
  rmsDecibels: z.instanceof(Float32Array),
  voicing: z.instanceof(Float32Array),
  warnings: z.array(z.string()),
});
export type ImportedAudio = z.infer<typeof importedAudio>;

const styleControl = z.object({
  name: z.string(),
  label: z.string(),
  default: z.number(),
  min: z.number(),
  max: z.number(),
  streams: z.array(streamIdSchema),
});
export type StyleControl = z.infer<typeof styleControl>;

/** The model in use, or why there is none. */
const modelInfo = z.object({
  id: z.string(),
  licence: z.string(),
  style: z.array(styleControl),
  streams: z.record(
    streamIdSchema,
    z.object({
      framesPerToken: z.number().int(),
      groupSizes: z.array(z.number().int()),
      groupNames: z.array(z.string()),
      /** How the codes of each group lie in space, see code-space.ts; one digit where the model does not say. */
      groupLevels: z.array(z.array(z.number().int())),
      temperature: z.number(),
      seamFrames: z.number().int(),
    }),
  ),
});
export type ModelInfo = z.infer<typeof modelInfo>;

/** A model that can be chosen; `info` is null when it cannot be used, and `problem` says why. */
const listedModel = z.object({ id: z.string(), origin: z.enum(['shipped', 'user']), problem: z.string(), info: modelInfo.nullable() });
export type ListedModel = z.infer<typeof listedModel>;

const deviceInfo = z.object({ id: z.string(), label: z.string(), reason: z.string() });
export type DeviceInfo = z.infer<typeof deviceInfo>;

const exporterInfo = z.object({
  id: identifier,
  label: z.string(),
  fileExtension: z.string(),
  mimeType: z.string(),
  optionsJsonSchema: z.record(z.string(), z.unknown()),
});
export type ExporterInfo = z.infer<typeof exporterInfo>;

/** A range of one stream to draw anew, with the locks it must respect. */
const reroll = z.object({
  audio: audioReferenceSchema,
  streamId: streamIdSchema,
  stream: streamSchema,
  locks: z.array(lockSchema),
  range: frameRange,
  settings: generationSettingsSchema,
});

/** A code set by hand: cell (group of a token) and its new code. */
const codeChange = z.object({
  token: z.number().int().min(0),
  group: z.number().int().min(0).max(15),
  code: z.number().int().min(0).max(65535),
});

const openedProject = z.object({ project: projectSchema, audio: z.array(importedAudio), warnings: z.array(z.string()) });
export type OpenedProject = z.infer<typeof openedProject>;

/**
 * Everything the studio can ask of the engine, as data. Long calls report progress (0..1) and stop at a cancel; both belong to the call itself, not to a method.
 * Adding one: an entry here, a handler in the engine service. Types force the rest.
 */
export const methods = {
  /** Version, model and device; `model` is null with a reason when the weights are missing or damaged. */
  'app.info': {
    input: nothing,
    output: z.object({ version: z.string(), model: modelInfo.nullable(), modelProblem: z.string(), device: deviceInfo, maximumAudioSeconds: z.number() }),
  },
  /** Every model folder: the one the studio starts with first, then those of the user. */
  'models.list': { input: nothing, output: z.object({ models: z.array(listedModel) }) },
  /** Starts sending a file to the engine in pieces, so that no message is huge. */
  'upload.open': { input: z.object({ fileName: z.string().min(1).max(500), sizeBytes: z.number().int().min(0) }), output: z.object({ uploadId: identifier }) },
  'upload.append': { input: z.object({ uploadId: identifier, bytes }), output: z.object({ receivedBytes: z.number().int() }) },
  /** Forgets an upload that will not be used. */
  'upload.discard': { input: z.object({ uploadId: identifier }), output: nothing },
  /** Reads an uploaded sound file: decodes all of it once, so that every error shows here. */
  'audio.import': { input: z.object({ uploadId: identifier, channel }), output: importedAudio },
  /** Bytes a browser can play for a sound the engine holds. */
  'audio.playable': { input: z.object({ sha256: z.string() }), output: z.object({ bytes, mimeType: z.string() }) },
  /**
   * Part of the spectrogram of a sound the engine holds: levels 0..255 of the mel bands (src/shared/audio/mel-scale.ts), column after column, lowest band first.
   * A column is the loudest of `framesPerColumn` times 10 ms; the part ends with the sound.
   */
  'audio.spectrogram': {
    input: z.object({
      audio: audioReferenceSchema,
      firstColumn: z.number().int().min(0),
      columnCount: z.number().int().min(1).max(4096),
      framesPerColumn: z.number().int().min(1).max(65_536),
    }),
    output: z.object({ levels: bytes }),
  },
  /** Animates a whole clip. */
  'clip.generate': {
    input: z.object({ audio: audioReferenceSchema, settings: generationSettingsSchema }),
    output: z.object({ streams: z.object({ head: streamSchema, mouth: streamSchema }), events: eventsSchema }),
  },
  /** Re-rolls a range of one stream, both ends held. `affected` is the range (snapped to tokens) that changed; outside it every stored number is the same. */
  'clip.resample': {
    input: reroll,
    output: z.object({ stream: streamSchema, affected: frameRange }),
  },
  /** Several re-rolls of one range, nearest to the current curve first. */
  'clip.variants': {
    input: reroll.extend({ count: z.number().int().min(1).max(32) }),
    output: z.object({ variants: z.array(variantSchema), affected: frameRange }),
  },
  /**
   * Replaces codes by others and decodes only their surroundings. `local`: all frames the decoder carries a code to change; `seam`: only the frames of the changed
   * tokens, joined at both ends. Any model with the stream's decoder will do. The result is the same stream when no code changes.
   */
  'clip.recode': {
    input: reroll
      .omit({ range: true, settings: true })
      .extend({ changes: z.array(codeChange).max(1_000_000), join: z.enum(['local', 'seam']), modelId: identifier.optional() }),
    output: z.object({ stream: streamSchema }),
  },
  /** The bytes of a project file. */
  'project.pack': { input: z.object({ project: projectSchema }), output: z.object({ bytes }) },
  /** Reads an uploaded project file; never runs a model. */
  'project.unpack': { input: z.object({ uploadId: identifier }), output: openedProject },
  /** The project that comes with the studio. */
  'project.sample': { input: nothing, output: openedProject },
  'exporters.list': { input: nothing, output: z.object({ exporters: z.array(exporterInfo) }) },
  /** One take as a file of an exporter's format. */
  'clip.export': {
    input: z.object({ clip: clipSchema, takeId: identifier, exporterId: identifier, options: z.record(z.string(), z.unknown()) }),
    output: z.object({ bytes, fileName: z.string(), mimeType: z.string() }),
  },
  /** The shipped head: GLB bytes for the preview. */
  'head.load': { input: z.object({ detail: z.enum(['full', 'light']) }), output: z.object({ bytes, manifest: z.record(z.string(), z.unknown()) }) },
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type MethodInput<M extends MethodName> = z.input<Methods[M]['input']>;
export type MethodParsedInput<M extends MethodName> = z.output<Methods[M]['input']>;
export type MethodOutput<M extends MethodName> = z.output<Methods[M]['output']>;

/** What a running call can use: cancel signal and progress (fraction 0..1, short label). */
export interface CallContext {
  readonly signal: AbortSignal;
  reportProgress(fraction: number, label: string): void;
}

/** One function per method; the engine's services together implement it. */
export type Handlers = { readonly [M in MethodName]: (input: MethodParsedInput<M>, context: CallContext) => Promise<MethodOutput<M>> };

/** Per-call options on the client's side. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number, label: string) => void) | undefined;
}

/** The typed client: `client.call('clip.generate', input, options)`. Rejects with AppError. */
export interface Client {
  call<M extends MethodName>(method: M, input: MethodInput<M>, options?: CallOptions): Promise<MethodOutput<M>>;
  close(): void;
  /** Runs once when the engine goes away. */
  onClose(listener: () => void): void;
}
