import type { Provenance, StreamId } from '../../../shared/clip/clip-schema';
import type { GenerationSettings } from '../../../shared/clip/generation';
import { AppError } from '../../../shared/contract/errors';
import type { ModelManifest, ModelStream } from '../inference/model-manifest';
import type { SamplingSettings } from './sample-window';

/** Values of all style inputs in the model's order: the user's, else the defaults. AppError 'bad-input' for an unknown name or a value out of range. */
export function styleVector(manifest: Pick<ModelManifest, 'style'>, style: Readonly<Record<string, number>>): Float32Array {
  for (const [name, value] of Object.entries(style)) {
    const control = manifest.style.find((candidate) => candidate.name === name);
    const known = manifest.style.map((candidate) => candidate.name).join(', ') || 'none';
    if (control === undefined) throw new AppError('bad-input', `The model has no style "${name}".`, `Known styles: ${known}.`);
    if (!(value >= control.min && value <= control.max))
      throw new AppError('bad-input', `Style "${name}" must lie between ${control.min} and ${control.max}, not ${value}.`);
  }
  return Float32Array.from(manifest.style, (control) => style[control.name] ?? control.default);
}

/** Sampling settings of a stream: the model's own, with the temperature the user asked for. */
export function samplingSettings(streamId: StreamId, stream: ModelStream, settings: GenerationSettings): SamplingSettings {
  const temperature = streamId === 'head' ? settings.headTemperature : settings.mouthTemperature;
  return { ...stream.sampling, temperature: temperature ?? stream.sampling.temperature };
}

/** What is recorded with every segment. */
export function provenanceOf(
  kind: Provenance['kind'],
  manifest: ModelManifest,
  stream: ModelStream,
  sampling: SamplingSettings,
  style: Float32Array,
  seed: number,
): Provenance {
  return {
    kind,
    modelId: manifest.id,
    predictorSha256: stream.predictor.sha256,
    decoderSha256: stream.decoder.sha256,
    seed,
    temperature: sampling.temperature,
    guidance: sampling.guidance,
    steps: sampling.steps,
    style: Object.fromEntries(manifest.style.map((control, index) => [control.name, style[index] ?? control.default])),
  };
}
