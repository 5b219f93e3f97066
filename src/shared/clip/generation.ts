import { z } from 'zod';
import { type Provenance, type StreamId, streamSchema } from './clip-schema';

/** How a stream is sampled. Absent values take the model's own defaults from its manifest. */
export const generationSettingsSchema = z.object({
  seed: z.number().int().min(0).max(0xffffffff),
  /** Style inputs by name, see the model manifest; unknown names are refused. */
  style: z.record(z.string(), z.number()).default({}),
  headTemperature: z.number().min(0).max(4).optional(),
  mouthTemperature: z.number().min(0).max(4).optional(),
  /** Id of the model that draws; absent = the one the studio comes with. */
  modelId: z.string().min(1).max(200).optional(),
});
export type GenerationSettings = z.infer<typeof generationSettingsSchema>;

/** Temperatures that a user chooses as the variation of a stream: below, the motion is flat; above, it is erratic. */
export const VARIATION_RANGES: Readonly<Record<StreamId, { readonly min: number; readonly max: number }>> = {
  head: { min: 0.6, max: 1.3 },
  mouth: { min: 0.1, max: 1.3 },
};

/** Temperature of a clean mouth: always the most probable codes, the same for every seed. */
export const CLEAN_TEMPERATURE = 0;

/** The settings that draw a segment of a stream again. */
export function settingsOf(streamId: StreamId, { seed, style, temperature, modelId }: Provenance): GenerationSettings {
  return { seed, style: { ...style }, modelId, [streamId === 'head' ? 'headTemperature' : 'mouthTemperature']: temperature };
}

/** One candidate of a re-rolled range: the whole stream with only that range changed. */
export const variantSchema = z.object({
  seed: z.number().int().min(0).max(0xffffffff),
  stream: streamSchema,
  /** Root-mean-square distance to the current curve over the range: degrees for the head, coefficient units for the mouth. */
  distance: z.number().min(0),
});
export type Variant = z.infer<typeof variantSchema>;
