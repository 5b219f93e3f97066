import type { StreamId } from '../../../shared/clip/clip-schema';
import { AppError } from '../../../shared/contract/errors';
import type { SampledWindow, SampleRequest } from '../generation/sample-window';
import type { StreamNetwork } from '../generation/stream-network';
import { ROWS_PER_FRAME } from '../generation/window-features';
import { type ModelManifest, type ModelStream, type NetworkFile, readNetwork } from './model-manifest';
import type { Runner } from './runner';
import type { NetworkSignature, RunnerCommandName, RunnerCommands } from './runner-protocol';

const REINSTALL = 'Install the studio again, or run git checkout on its assets/models folder.';

/** What the networks of one stream run on; `provider` may change to the CPU when a device fails. */
export interface NetworkDevice {
  provider: string;
  readonly threads: number;
  /** Called when the device failed and the CPU takes over. */
  onFailure(reason: string): void;
}

/** The networks of one stream in an inference process. Loads them when they are first needed, and again after the process was restarted. */
export class RunnerNetwork implements StreamNetwork {
  readonly stream: ModelStream;
  private readonly loaded = new Map<string, { generation: number; provider: string }>();

  constructor(
    private readonly runner: Runner,
    private readonly modelFolder: string,
    private readonly manifest: ModelManifest,
    private readonly streamId: StreamId,
    private readonly device: NetworkDevice,
  ) {
    this.stream = manifest.streams[streamId];
  }

  async sample(request: SampleRequest, features: Float32Array, style: Float32Array, signal: AbortSignal): Promise<SampledWindow> {
    const rowsPerToken = this.stream.framesPerToken * ROWS_PER_FRAME;
    return this.callNetwork(this.stream.predictor, 'sample', (key) => ({ key, request, features, rowsPerToken, style }), signal);
  }

  async decode(codes: Int32Array, tokenCount: number, signal: AbortSignal): Promise<Float32Array> {
    const feeds = { codes: { type: 'int64', dims: [1, tokenCount, this.stream.groupSizes.length], data: codes } } as const;
    const { data } = await this.callNetwork(this.stream.decoder, 'run', (key) => ({ key, feeds, output: 'motion' }), signal);
    const expected = tokenCount * this.stream.framesPerToken * this.stream.channels.length;
    if (!(data instanceof Float32Array) || data.length !== expected)
      throw new AppError('damaged-model', `The ${this.streamId} decoder returned ${data.length} numbers instead of ${expected}.`, REINSTALL);
    return data;
  }

  /** Loads both networks now, so that the first generation does not wait for it. */
  async load(): Promise<void> {
    await this.ensureLoaded(this.stream.predictor);
    await this.ensureLoaded(this.stream.decoder);
  }

  private async callNetwork<Name extends 'sample' | 'run'>(
    file: NetworkFile,
    name: Name,
    input: (key: string) => RunnerCommands[Name]['input'],
    signal: AbortSignal,
  ): Promise<RunnerCommands[Name]['output']> {
    try {
      await this.ensureLoaded(file);
      return await this.runner.call(name, input(networkKey(file)), signal);
    } catch (error) {
      const canFallBack = this.device.provider !== 'cpu' && error instanceof AppError && error.code === 'inference-failed';
      if (!canFallBack) throw error;
      this.device.provider = 'cpu';
      this.device.onFailure(error.message);
      await this.ensureLoaded(file);
      return this.runner.call(name, input(networkKey(file)), signal);
    }
  }

  private async ensureLoaded(file: NetworkFile): Promise<void> {
    const known = this.loaded.get(file.file);
    if (this.runner.isRunning && known?.generation === this.runner.generationNumber && known.provider === this.device.provider) return;
    const { provider, threads } = this.device;
    const signature = await loadNetwork(this.runner, this.modelFolder, file, provider, threads);
    checkSignature(this.manifest, this.streamId, file, signature);
    this.loaded.set(file.file, { generation: this.runner.generationNumber, provider });
  }
}

/** Name of a loaded network in an inference process: its content, so that models do not mix up files of the same name and share equal ones. */
export function networkKey(file: NetworkFile): string {
  return file.sha256;
}

/** Reads, checks and loads a network file under its key. A file that onnxruntime refuses on the CPU is 'damaged-model'. */
export async function loadNetwork(runner: Runner, folder: string, file: NetworkFile, provider: string, threads: number): Promise<NetworkSignature> {
  const bytes = await readNetwork(folder, file);
  return runner.call('load' satisfies RunnerCommandName, { key: networkKey(file), bytes, provider, threads });
}

/** Compares what a network really takes and gives with the manifest. AppError 'damaged-model' when they differ. */
export function checkSignature(manifest: ModelManifest, streamId: StreamId, file: NetworkFile, signature: NetworkSignature): void {
  const stream = manifest.streams[streamId];
  const groups = stream.groupSizes.length;
  const logits = stream.groupSizes.reduce((sum, size) => sum + size, 0);
  const expected =
    file === stream.predictor
      ? { inputs: { codes: groups, features: manifest.featureCount, style: manifest.style.length, drop: 2 }, outputs: { logits } }
      : { inputs: { codes: groups }, outputs: { motion: stream.channels.length } };
  for (const side of ['inputs', 'outputs'] as const) {
    for (const [name, size] of Object.entries(expected[side])) {
      const found = signature[side].find((tensor) => tensor.name === name);
      const last = found?.dims.at(-1);
      // A free last dimension (-1) can only be checked when the network runs.
      if (found === undefined || (last !== size && last !== -1)) {
        const actual = found === undefined ? 'is missing' : `has ${last} columns instead of ${size}`;
        throw new AppError(
          'damaged-model',
          `The model file ${file.file} does not fit its manifest: ${side === 'inputs' ? 'input' : 'output'} "${name}" ${actual}.`,
          REINSTALL,
        );
      }
    }
  }
}
