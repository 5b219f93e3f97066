import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type StreamId, streamIdSchema } from '../../../shared/clip/clip-schema';
import { AppError } from '../../../shared/contract/errors';
import { HEAD_CHANNELS, MOUTH_CHANNELS } from '../../../shared/face/coefficients';

const count = z.number().int().min(1);
const network = z.object({
  file: z.string().regex(/^[\w.-]+\.onnx$/, 'a plain file name'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  parameters: z.number().int().min(0),
});
export type NetworkFile = z.infer<typeof network>;

const modelStream = z.object({
  framesPerToken: count.max(64),
  groupSizes: z.array(z.number().int().min(2).max(65535)).min(1).max(16),
  groupNames: z.array(z.string()).optional(),
  groupLevels: z.array(z.array(z.number().int().min(2))).optional(),
  channels: z.array(z.string()).min(1).max(256),
  windowTokens: count.max(4096),
  overlapTokens: z.number().int().min(0),
  decoderRadiusFrames: z.number().int().min(0),
  contextTokens: z.number().int().min(0),
  sampling: z.object({
    steps: count.max(64),
    temperature: z.number().min(0).max(4),
    topP: z.number().gt(0).max(1),
    guidance: z.number().min(0).max(20),
    confidenceNoise: z.number().min(0),
    logitBias: z.array(z.number()),
  }),
  predictor: network,
  decoder: network,
  encoder: network.optional(),
});
/** One stream of a model: sizes, sampling defaults and network files. */
export type ModelStream = z.infer<typeof modelStream>;

const modelManifestSchema = z.object({
  format: z.literal('vividtalker-models'),
  version: z.literal(1),
  id: z.string().min(1),
  licence: z.string(),
  attribution: z.array(z.string()).default([]),
  frameRate: z.literal(30),
  featureCount: count,
  featureRateHz: z.literal(100),
  style: z.array(z.object({ name: z.string(), label: z.string(), default: z.number(), min: z.number(), max: z.number(), streams: z.array(streamIdSchema) })),
  streams: z.object({ head: modelStream, mouth: modelStream }),
});
/** A model folder's manifest.json, see docs/model-contract.md. */
export type ModelManifest = z.infer<typeof modelManifestSchema>;

const REINSTALL = 'Install the studio again, or run git checkout on its assets/models folder.';

/** Reads and checks the manifest of a model folder. AppError 'missing-model' when there is none, 'damaged-model' when it does not fit. */
export async function readModelManifest(folder: string): Promise<ModelManifest> {
  const text = (await readModelPart(folder, 'manifest.json')).toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new AppError('damaged-model', `The model manifest is not JSON: ${error instanceof Error ? error.message : error}`, REINSTALL, { cause: error });
  }
  const result = modelManifestSchema.safeParse(parsed);
  if (!result.success) throw new AppError('damaged-model', `The model manifest does not fit: ${z.prettifyError(result.error)}`, REINSTALL);
  checkStreams(result.data);
  return result.data;
}

/** All network files of a model with their streams. */
export function networksOf(manifest: ModelManifest): { readonly streamId: StreamId; readonly network: NetworkFile }[] {
  return streamIdSchema.options.flatMap((streamId) => {
    const { predictor, decoder, encoder } = manifest.streams[streamId];
    return [predictor, decoder, ...(encoder ? [encoder] : [])].map((network) => ({ streamId, network }));
  });
}

/** Reads a network file and checks its sha256 against the manifest. */
export async function readNetwork(folder: string, file: NetworkFile): Promise<Uint8Array> {
  const bytes = await readModelPart(folder, file.file);
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== file.sha256)
    throw new AppError(
      'damaged-model',
      `The model file ${file.file} is not the one its manifest names (sha256 ${actual.slice(0, 12)}… instead of ${file.sha256.slice(0, 12)}…).`,
      REINSTALL,
    );
  return bytes;
}

async function readModelPart(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    throw new AppError('missing-model', `The model file ${name} is missing in ${folder}.`, REINSTALL, { cause: error });
  }
}

function checkStreams({ streams }: ModelManifest): void {
  const expected = { head: HEAD_CHANNELS, mouth: MOUTH_CHANNELS } as const;
  for (const id of streamIdSchema.options) {
    const stream = streams[id];
    const problem =
      stream.channels.join() !== expected[id].join()
        ? `its channels are not the ${expected[id].length} of this version`
        : stream.overlapTokens >= stream.windowTokens
          ? 'its windows overlap completely'
          : stream.contextTokens * stream.framesPerToken < stream.decoderRadiusFrames
            ? 'its context is shorter than what the decoder sees'
            : !levelsFit(stream)
              ? 'the levels of its codes do not give its numbers of codes'
              : ![0, stream.groupSizes.at(-1)].includes(stream.sampling.logitBias.length)
                ? 'its logit bias does not fit the last group'
                : '';
    if (problem) throw new AppError('damaged-model', `The ${id} stream of the model does not fit: ${problem}.`, REINSTALL);
  }
}

function levelsFit({ groupLevels, groupSizes }: ModelStream): boolean {
  const sizes = groupLevels?.map((levels) => levels.reduce((product, count) => product * count, 1));
  return sizes === undefined || sizes.join() === groupSizes.join();
}
