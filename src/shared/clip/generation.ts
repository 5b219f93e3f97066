import { z } from 'zod';
import { streamSchema } from './clip-schema';

/** How a stream is sampled. Absent values take the model's own defaults from its manifest. */
export const generationSettingsSchema = z.object({
  seed: z.number().int().min(0).max(0xffffffff),
  /** Style inputs by name, see the model manifest; unknown names are refused. */
  style: z.record(z.string(), z.number()).default({}),
  headTemperature: z.number().min(0).max(2).optional(),
  mouthTemperature: z.number().min(0).max(2).optional(),
});
export type GenerationSettings = z.infer<typeof generationSettingsSchema>;

/** One candidate of a re-rolled range: the whole stream with only that range changed. */
export const variantSchema = z.object({
  seed: z.number().int().min(0).max(0xffffffff),
  stream: streamSchema,
  /** Root-mean-square distance to the current curve over the range: degrees for the head, coefficient units for the mouth. */
  distance: z.number().min(0),
});
export type Variant = z.infer<typeof variantSchema>;
