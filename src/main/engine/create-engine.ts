import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clip } from '../../shared/clip/clip-schema';
import { decodeTake } from '../../shared/clip/decoded-stream';
import { AppError } from '../../shared/contract/errors';
import type { Handlers, ListedModel, ModelInfo } from '../../shared/contract/methods';
import { spectrogramLevels } from './audio/spectrogram';
import { AudioStore, MAXIMUM_SOUND_SECONDS } from './audio-store';
import { loadHead } from './export/load-head';
import { EXPORTERS, findExporter } from './export/registry';
import { GenerationService } from './generation/generation-service';
import { type LibraryModel, ModelLibrary } from './inference/model-library';
import type { ModelManifest } from './inference/model-manifest';
import { ModelService } from './inference/model-service';
import type { ForkRunner } from './inference/process-port';
import { findInstallation } from './installation';
import type { Logger } from './logger';
import { ModelQueue } from './model-queue';
import { playableSound } from './playable-sound';
import { ProjectService } from './project/project-service';
import { UploadStore } from './upload-store';
import { userModelFolder } from './user-model-folder';

/** Everything from outside that the engine needs. */
export interface EngineOptions {
  /** Version of the studio; that of the installation by default. */
  readonly version?: string;
  readonly modelFolder: string;
  /** Holds the models the user brought in; the usual place by default. */
  readonly userModelFolder?: string;
  /** Holds `head/` and `samples/`. */
  readonly assetsFolder: string;
  /** Holds a folder of this engine's own, removed by `dispose`; the system's temporary folder will do. */
  readonly temporaryFolder: string;
  readonly forkRunner: ForkRunner;
  readonly logger: Logger;
  /** 'auto' (default), 'cpu', or a backend such as 'webgpu'. */
  readonly devicePreference?: string;
}

/** A running engine. `handlers` implements the contract; the services are for the command line, which has files instead of uploads. */
export interface Engine {
  readonly handlers: Handlers;
  readonly audioStore: AudioStore;
  readonly projects: ProjectService;
  readonly models: ModelService;
  /** Loads the model now, so that the first generation does not wait for it. A failure is only logged: whoever needs the model gets it again. */
  warmUp(): void;
  /** Ends the inference processes and removes the temporary files. */
  dispose(): Promise<void>;
}

/**
 * Puts the engine together.
 *
 *     const engine = createEngine({ ...findInstallation(), temporaryFolder, logger, forkRunner: () => forkProcess(runnerEntryPath()) });
 *     const info = await engine.handlers['app.info']({}, context);
 */
export function createEngine(options: EngineOptions): Engine {
  const { version = findInstallation().version, modelFolder, assetsFolder, forkRunner, logger, devicePreference = 'auto' } = options;
  const ownFolder = join(options.temporaryFolder, `vividtalker-${randomUUID()}`);
  const uploads = new UploadStore(join(ownFolder, 'uploads'));
  const audioStore = new AudioStore(join(ownFolder, 'audio'));
  const library = new ModelLibrary(modelFolder, options.userModelFolder ?? userModelFolder());
  const models = new ModelService({ library, forkRunner, devicePreference, logger: logger.child('models') });
  const generation = new GenerationService(audioStore, models, new ModelQueue(), logger.child('generation'));
  const projects = new ProjectService(audioStore);
  const handlers: Handlers = {
    'app.info': async () => ({ version, maximumAudioSeconds: MAXIMUM_SOUND_SECONDS, ...(await describeModel(models)) }),
    'models.list': async () => ({ models: (await library.list({ checkFiles: true })).map(listedModel) }),
    'upload.open': async ({ fileName, sizeBytes }) => ({ uploadId: await uploads.open(fileName, sizeBytes) }),
    'upload.append': async ({ uploadId, bytes }) => ({ receivedBytes: await uploads.append(uploadId, bytes) }),
    'upload.discard': async ({ uploadId }) => {
      await uploads.discard(uploadId);
      return {};
    },
    'audio.import': async ({ uploadId, channel }, { signal, reportProgress }) => {
      const file = await uploads.take(uploadId);
      return audioStore.importTemporary(file.path, file.fileName, channel, { signal, onProgress: (fraction) => reportProgress(fraction, 'Listening') });
    },
    'audio.playable': async ({ sha256 }, { signal }) => playableSound(audioStore.pathOf(sha256), signal),
    'audio.spectrogram': async ({ audio, ...part }, { signal }) => {
      const { features } = await audioStore.analyse(audio.sha256, audio.channel, { signal });
      return { levels: spectrogramLevels(features, part) };
    },
    'clip.generate': ({ audio, settings }, context) => generation.generate(audio, settings, context),
    'clip.resample': (input, context) => generation.resample(input, context),
    'clip.variants': ({ count, ...input }, context) => generation.variants(input, count, context),
    'clip.recode': (input, context) => generation.recode(input, context),
    'project.pack': async ({ project }) => ({ bytes: await projects.pack(project) }),
    'project.unpack': async ({ uploadId }, context) => projects.openTemporary((await uploads.take(uploadId)).path, context),
    'project.sample': async (_, context) => projects.open(await readAsset(assetsFolder, 'samples/sample.vividtalker', 'sample project'), context),
    'exporters.list': async () => ({
      exporters: EXPORTERS.map(({ id, label, fileExtension, mimeType, options: schema }) => ({
        id,
        label,
        fileExtension,
        mimeType,
        optionsJsonSchema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
      })),
    }),
    'clip.export': async ({ clip, takeId, exporterId, options: exportOptions }, { signal, reportProgress }) => {
      const exporter = findExporter(exporterId);
      const take = takeOf(clip, takeId);
      const input = {
        clip,
        take,
        decoded: decodeTake(take),
        applicationVersion: version,
        loadHead: async () => loadHead(await readAsset(assetsFolder, 'head/head.glb', 'head')),
      };
      const bytes = await exporter.export(input, exportOptions, { signal, onProgress: (fraction) => reportProgress(fraction, 'Exporting') });
      return { bytes: Uint8Array.from(bytes), fileName: `${safeFileName(clip.name)}.${exporter.fileExtension}`, mimeType: exporter.mimeType };
    },
    'head.load': async ({ detail }) => ({
      bytes: await readAsset(assetsFolder, detail === 'light' ? 'head/head-l0.glb' : 'head/head.glb', 'head'),
      manifest: z.record(z.string(), z.unknown()).parse(JSON.parse(new TextDecoder().decode(await readAsset(assetsFolder, 'head/head-manifest.json', 'head')))),
    }),
  };
  return {
    handlers,
    audioStore,
    projects,
    models,
    warmUp: () => {
      models.load().catch((error: unknown) => logger.warn('the model could not be loaded', { cause: String(error) }));
    },
    dispose: async () => {
      models.dispose();
      await uploads.dispose();
      await rm(ownFolder, { recursive: true, force: true });
    },
  };
}

function takeOf(clip: Clip, takeId: string) {
  const take = clip.takes.find((candidate) => candidate.id === takeId);
  if (!take) throw new AppError('bad-input', `The clip "${clip.name}" has no take ${takeId}.`, 'Generate it first, or choose another take.');
  return take;
}

async function readAsset(assetsFolder: string, name: string, what: string): Promise<Uint8Array<ArrayBuffer>> {
  const path = join(assetsFolder, name);
  try {
    return Uint8Array.from(await readFile(path));
  } catch (error) {
    throw new AppError('file-not-found', `The ${what} is missing: ${path}.`, 'Install the studio again.', { cause: error });
  }
}

async function describeModel(models: ModelService) {
  const none = { id: 'none', label: 'No device', reason: 'there is no model to run' };
  try {
    const manifest = await models.readManifest();
    return { model: modelInfo(manifest), modelProblem: '', device: await models.deviceInfo() };
  } catch (error) {
    if (error instanceof AppError) return { model: null, modelProblem: `${error.message} ${error.hint}`.trim(), device: none };
    throw error;
  }
}

function listedModel({ id, origin, manifest, problem }: LibraryModel): ListedModel {
  return { id, origin, problem, info: manifest && modelInfo(manifest) };
}

function modelInfo(manifest: ModelManifest): ModelInfo {
  const streamInfo = (id: 'head' | 'mouth') => {
    const { framesPerToken, groupSizes, groupNames, sampling, decoderRadiusFrames } = manifest.streams[id];
    return {
      framesPerToken,
      groupSizes,
      groupNames: groupNames ?? groupSizes.map((_, index) => `${id} ${index + 1}`),
      groupLevels: manifest.streams[id].groupLevels ?? groupSizes.map((size) => [size]),
      temperature: sampling.temperature,
      seamFrames: decoderRadiusFrames,
    };
  };
  return { id: manifest.id, licence: manifest.licence, style: manifest.style, streams: { head: streamInfo('head'), mouth: streamInfo('mouth') } };
}

/** A clip's name as the name of a file: without what some system refuses. */
export function safeFileName(name: string): string {
  const cleaned = name
    .replace(/[<>:"/\\|?*\p{Cc}]/gu, '_')
    .replace(/[. ]+$/, '')
    .slice(0, 120);
  return cleaned === '' ? 'clip' : cleaned;
}
