import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { AppError, cancelledError } from '../../../shared/contract/errors';
import { sampleWindow } from '../generation/sample-window';
import type { NetworkSignature, RunnerCommandName, RunnerCommands, SampleCommand, TensorData, TensorSignature } from './runner-protocol';

type Runtime = typeof import('onnxruntime-node');

/** Loads the library when it is first needed, so that a missing or broken file breaks inference and not the start of the studio. */
async function loadRuntime(): Promise<Runtime> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    throw new AppError(
      'inference-failed',
      `The inference library does not load: ${messageOf(error)}`,
      'Install the studio again. Intel Macs and 32-bit systems are not supported.',
      { cause: error },
    );
  }
}

/** Holds the onnxruntime sessions of one inference process and executes the owner's commands. */
export class SessionHost {
  private readonly sessions = new Map<string, InferenceSession>();

  /** Executes one command; `isCancelled` is asked between passes. */
  async execute<Name extends RunnerCommandName>(
    name: Name,
    input: RunnerCommands[Name]['input'],
    isCancelled: () => boolean,
  ): Promise<RunnerCommands[RunnerCommandName]['output']> {
    const handlers: { [N in RunnerCommandName]: (input: RunnerCommands[N]['input']) => Promise<RunnerCommands[N]['output']> } = {
      backends: async () => (await loadRuntime()).listSupportedBackends().map((backend) => backend.name),
      load: (command) => this.load(command),
      run: (command) => this.run(command),
      sample: (command) => this.sample(command, isCancelled),
      release: (command) => this.release(command.key),
    };
    return handlers[name](input);
  }

  private async load({ key, bytes, provider, threads }: RunnerCommands['load']['input']): Promise<NetworkSignature> {
    const { InferenceSession } = await loadRuntime();
    await this.release(key);
    const session = await InferenceSession.create(bytes, {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      graphOptimizationLevel: 'all',
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
    this.sessions.set(key, session);
    return { inputs: session.inputMetadata.map(signatureOf), outputs: session.outputMetadata.map(signatureOf) };
  }

  private async run({ key, feeds, output }: RunnerCommands['run']['input']): Promise<TensorData> {
    const { Tensor } = await loadRuntime();
    const tensors: Record<string, Tensor> = {};
    for (const [name, tensor] of Object.entries(feeds)) tensors[name] = toTensor(Tensor, tensor);
    const results = await this.sessionOf(key).run(tensors, [output]);
    return toData(results[output], output);
  }

  private async sample(
    { key, request, features, rowsPerToken, style }: SampleCommand,
    isCancelled: () => boolean,
  ): Promise<RunnerCommands['sample']['output']> {
    const { Tensor } = await loadRuntime();
    const session = this.sessionOf(key);
    const rows = request.tokenCount * rowsPerToken;
    const featureCount = features.length / rows;
    const isSoundShared = hasOwnBatch(session, 'features');
    const predict = async (codes: Int32Array, drops: readonly boolean[]): Promise<Float32Array> => {
      const batch = drops.length;
      const sounds = isSoundShared ? 1 : batch;
      const feeds = {
        codes: toTensor(Tensor, { type: 'int64', dims: [batch, request.tokenCount, request.groupSizes.length], data: codes }),
        features: new Tensor('float32', repeated(features, sounds), [sounds, rows, featureCount]),
        style: new Tensor('float32', repeated(style, sounds), [sounds, style.length]),
        drop: new Tensor('float32', Float32Array.from(drops.flatMap((dropped) => (dropped ? [1, 1] : [0, 0]))), [batch, 2]),
      };
      const results = await session.run(feeds, ['logits']);
      const { data } = toData(results.logits, 'logits');
      if (!(data instanceof Float32Array))
        throw new AppError('damaged-model', 'The network returned whole numbers instead of logits.', 'Install the models again.');
      return data;
    };
    return sampleWindow(predict, request, () => {
      if (isCancelled()) throw cancelledError();
    });
  }

  private async release(key: string): Promise<null> {
    const session = this.sessions.get(key);
    this.sessions.delete(key);
    await session?.release();
    return null;
  }

  private sessionOf(key: string): InferenceSession {
    const session = this.sessions.get(key);
    if (session === undefined) throw new AppError('inference-failed', `The network ${key} is not loaded.`);
    return session;
  }
}

/**
 * Whether a network takes one sound for a whole batch, so that it goes through the stem once: the batch dimension of that input has a name of its own.
 * Where names are equal onnxruntime relies on equal sizes.
 */
function hasOwnBatch(session: InferenceSession, name: string): boolean {
  const batchOf = (wanted: string): number | string | undefined => {
    const input = session.inputMetadata.find((candidate) => candidate.name === wanted);
    return input?.isTensor ? input.shape[0] : undefined;
  };
  return typeof batchOf(name) === 'string' && batchOf(name) !== batchOf('codes');
}

function repeated(values: Float32Array, times: number): Float32Array {
  const all = new Float32Array(values.length * times);
  for (let i = 0; i < times; i++) all.set(values, i * values.length);
  return all;
}

function toTensor(TensorClass: Runtime['Tensor'], { type, dims, data }: TensorData): Tensor {
  if (type === 'int64') return new TensorClass('int64', BigInt64Array.from(data, BigInt), [...dims]);
  return new TensorClass('float32', Float32Array.from(data), [...dims]);
}

function toData(tensor: Tensor | undefined, name: string): TensorData {
  if (tensor?.data instanceof Float32Array) return { type: 'float32', dims: tensor.dims, data: tensor.data };
  if (tensor?.data instanceof BigInt64Array) return { type: 'int64', dims: tensor.dims, data: Int32Array.from(tensor.data, Number) };
  throw new AppError('damaged-model', `The network has no output "${name}" of a known type.`, 'Install the models again.');
}

function signatureOf(value: InferenceSession.ValueMetadata): TensorSignature {
  if (!value.isTensor) return { name: value.name, type: 'other', dims: [] };
  return { name: value.name, type: value.type, dims: value.shape.map((size) => (typeof size === 'number' ? size : -1)) };
}

/** Text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
