import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { StreamId } from '../../../shared/clip/clip-schema';
import type { DeviceInfo } from '../../../shared/contract/methods';
import type { StreamNetwork } from '../generation/stream-network';
import { ROWS_PER_FRAME } from '../generation/window-features';
import type { Logger } from '../logger';
import type { ModelLibrary } from './model-library';
import { type ModelManifest, readModelManifest } from './model-manifest';
import type { ForkRunner } from './process-port';
import { chooseDevice, type DeviceTrial, threadCount } from './providers';
import { Runner } from './runner';
import { loadNetwork, type NetworkDevice, networkKey, RunnerNetwork } from './runner-network';

/** A model ready to run. */
export interface LoadedModel {
  readonly manifest: ModelManifest;
  readonly networks: Readonly<Record<StreamId, StreamNetwork>>;
}

/** What the model service needs. `devicePreference` is 'auto', 'cpu' or a backend's name. */
export interface ModelServiceOptions {
  readonly library: ModelLibrary;
  readonly forkRunner: ForkRunner;
  readonly devicePreference: string;
  readonly logger: Logger;
}

/** Owns the loaded models, the choice of the device and one inference process per stream, so that both streams are drawn at the same time. */
export class ModelService {
  private readonly runners: Readonly<Record<StreamId, Runner>>;
  private readonly threads = threadCount(availableParallelism());
  /** Loaded models by folder; networks that several share are loaded once. */
  private readonly loading = new Map<string, Promise<LoadedModel>>();
  private choosing: Promise<DeviceInfo> | undefined;
  private device: DeviceInfo | undefined;

  constructor(private readonly options: ModelServiceOptions) {
    const runner = (streamId: StreamId): Runner =>
      new Runner(options.forkRunner, (reason) => options.logger.error('inference process ended', { streamId, reason }));
    this.runners = { head: runner('head'), mouth: runner('mouth') };
  }

  /** The models to choose from. */
  get library(): ModelLibrary {
    return this.options.library;
  }

  /** The manifest of the model the studio starts with; starts no process. */
  readManifest(): Promise<ModelManifest> {
    return readModelManifest(this.library.shippedFolder);
  }

  /** Loads the networks of a model, by default the one the studio starts with, on the chosen device. A failure is not remembered: the next call tries again. */
  async load(modelId?: string): Promise<LoadedModel> {
    const folder = await this.library.folderOf(modelId);
    const loading =
      this.loading.get(folder) ??
      this.loadAll(folder).catch((error: unknown) => {
        this.loading.delete(folder);
        throw error;
      });
    this.loading.set(folder, loading);
    return loading;
  }

  /** The device in use; chooses it with the first call, by a trial of the given model. */
  async deviceInfo(folder = this.library.shippedFolder): Promise<DeviceInfo> {
    this.choosing ??= this.choose(folder).catch((error: unknown) => {
      this.choosing = undefined;
      throw error;
    });
    const chosen = await this.choosing;
    return this.device ?? chosen;
  }

  dispose(): void {
    for (const runner of Object.values(this.runners)) runner.dispose();
  }

  private async loadAll(folder: string): Promise<LoadedModel> {
    const manifest = await readModelManifest(folder);
    const chosen = await this.deviceInfo(folder);
    const started = performance.now();
    const network = (streamId: StreamId): RunnerNetwork => new RunnerNetwork(this.runners[streamId], folder, manifest, streamId, this.networkDevice(chosen));
    const networks = { head: network('head'), mouth: network('mouth') };
    await Promise.all([networks.head.load(), networks.mouth.load()]);
    this.options.logger.info('model loaded', { model: manifest.id, device: chosen.id, milliseconds: Math.round(performance.now() - started) });
    return { manifest, networks };
  }

  private networkDevice(chosen: DeviceInfo): NetworkDevice {
    return {
      provider: chosen.id,
      threads: this.threads,
      onFailure: (reason) => {
        this.options.logger.warn('device failed, falling back to the CPU', { device: chosen.id, reason });
        this.device = { id: 'cpu', label: `CPU, ${this.threads} ${this.threads === 1 ? 'thread' : 'threads'}`, reason: `${chosen.label} failed: ${reason}` };
      },
    };
  }

  private async choose(folder: string): Promise<DeviceInfo> {
    const manifest = await readModelManifest(folder);
    const { forkRunner, devicePreference, logger } = this.options;
    // Trials get a process of their own: a driver that crashes takes only that down.
    const runner = new Runner(forkRunner, (reason) => logger.warn('device trial ended its process', { reason }));
    try {
      const backends = devicePreference === 'cpu' ? [] : await runner.call('backends', {});
      const device = await chooseDevice({
        platform: process.platform,
        backends,
        preference: devicePreference,
        threads: this.threads,
        groupSizes: manifest.streams.mouth.groupSizes,
        tryDevice: (provider) => tryMouth(runner, folder, manifest, provider, this.threads),
      });
      logger.info('device chosen', { ...device });
      return device;
    } finally {
      runner.dispose();
    }
  }
}

/** Runs the mouth predictor on one window: twice, because the first run of a GPU compiles. */
async function tryMouth(runner: Runner, folder: string, manifest: ModelManifest, provider: string, threads: number): Promise<DeviceTrial> {
  const stream = manifest.streams.mouth;
  const [tokens, groups] = [stream.windowTokens, stream.groupSizes.length];
  const rows = tokens * stream.framesPerToken * ROWS_PER_FRAME;
  const features = Float32Array.from({ length: rows * manifest.featureCount }, (_, index) => Math.sin(index));
  const feeds = {
    codes: {
      type: 'int64',
      dims: [1, tokens, groups],
      data: Int32Array.from({ length: tokens * groups }, (_, index) => stream.groupSizes[index % groups] ?? 0),
    },
    features: { type: 'float32', dims: [1, rows, manifest.featureCount], data: features },
    style: { type: 'float32', dims: [1, manifest.style.length], data: Float32Array.from(manifest.style, (control) => control.default) },
    drop: { type: 'float32', dims: [1, 2], data: new Float32Array(2) },
  } as const;
  await loadNetwork(runner, folder, stream.predictor, provider, threads);
  const run = () => runner.call('run', { key: networkKey(stream.predictor), feeds, output: 'logits' });
  await run();
  const started = performance.now();
  const { data } = await run();
  return { logits: Float32Array.from(data), milliseconds: performance.now() - started };
}
