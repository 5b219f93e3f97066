import type { ErrorShape } from '../../../shared/contract/errors';
import type { SampledWindow, SampleRequest } from '../generation/sample-window';

/** A tensor on its way to or from the inference process. 64-bit integers travel as Int32Array. */
export interface TensorData {
  readonly type: 'float32' | 'int64';
  readonly dims: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** One input or output of a loaded network; free dimensions are -1. */
export interface TensorSignature {
  readonly name: string;
  readonly type: string;
  readonly dims: readonly number[];
}

/** What a loaded network really takes and gives. */
export interface NetworkSignature {
  readonly inputs: readonly TensorSignature[];
  readonly outputs: readonly TensorSignature[];
}

/** Draws the masked tokens of a batch of windows. `features` is [tokens x rowsPerToken x featureCount] and `style` [styles], both shared by the batch. */
export interface SampleCommand {
  readonly key: string;
  readonly request: SampleRequest;
  readonly features: Float32Array;
  readonly rowsPerToken: number;
  readonly style: Float32Array;
}

/** What the owner can ask of an inference process, and what it gets back. `key` names a loaded network. */
export interface RunnerCommands {
  backends: { input: Record<string, never>; output: readonly string[] };
  load: { input: { key: string; bytes: Uint8Array; provider: string; threads: number }; output: NetworkSignature };
  run: { input: { key: string; feeds: Readonly<Record<string, TensorData>>; output: string }; output: TensorData };
  sample: { input: SampleCommand; output: SampledWindow };
  release: { input: { key: string }; output: null };
}

export type RunnerCommandName = keyof RunnerCommands;

/** Owner to process: a command, or the cancel of a running one (looked at between passes of the network). */
export type RunnerRequest =
  | { [Name in RunnerCommandName]: { readonly id: number; readonly name: Name; readonly input: RunnerCommands[Name]['input'] } }[RunnerCommandName]
  | { readonly id: number; readonly name: 'cancel' };

/** Process to owner. */
export type RunnerReply =
  | { readonly id: number; readonly result: RunnerCommands[RunnerCommandName]['output'] }
  | { readonly id: number; readonly error: ErrorShape };
