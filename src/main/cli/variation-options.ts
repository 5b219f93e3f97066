import { CLEAN_TEMPERATURE, type GenerationSettings } from '../../shared/clip/generation';

/** Options that say how freely the streams are drawn; absent ones leave it to the model. */
export interface VariationOptions {
  readonly headVariation?: number;
  readonly mouthVariation?: number;
  readonly clean?: boolean;
}

/** The temperatures the options ask for. */
export function temperaturesOf({ headVariation, mouthVariation, clean }: VariationOptions): Pick<GenerationSettings, 'headTemperature' | 'mouthTemperature'> {
  const mouthTemperature = clean ? CLEAN_TEMPERATURE : mouthVariation;
  return { ...(headVariation !== undefined && { headTemperature: headVariation }), ...(mouthTemperature !== undefined && { mouthTemperature }) };
}
