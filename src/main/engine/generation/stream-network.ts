import type { ModelStream } from '../inference/model-manifest';
import type { SampledWindow, SampleRequest } from './sample-window';

/** The networks of one stream, wherever they run. */
export interface StreamNetwork {
  readonly stream: ModelStream;
  /** Draws a batch of windows over the same audio. `features` is [tokens x rows x feature count], `style` the values of all style inputs. */
  sample(request: SampleRequest, features: Float32Array, style: Float32Array, signal: AbortSignal): Promise<SampledWindow>;
  /** Decodes codes [tokens x groups] to motion [tokens * framesPerToken x channels]. */
  decode(codes: Int32Array, tokenCount: number, signal: AbortSignal): Promise<Float32Array>;
}
