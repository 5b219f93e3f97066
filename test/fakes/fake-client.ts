import type { Clip, Lock, Project, Stream, StreamId } from '../../src/shared/clip/clip-schema';
import { cutSegments } from '../../src/shared/clip/cut-segments';
import { joinSegments } from '../../src/shared/clip/decoded-stream';
import { FRAME_RATE_HZ, type FrameRange, snapToTokens } from '../../src/shared/clip/timing';
import { AppError, throwIfCancelled } from '../../src/shared/contract/errors';
import type {
  CallContext,
  CallOptions,
  Client,
  ExporterInfo,
  Handlers,
  ImportedAudio,
  ListedModel,
  MethodInput,
  MethodName,
  MethodOutput,
} from '../../src/shared/contract/methods';
import { methods } from '../../src/shared/contract/methods';
import { curveDistance } from '../../src/shared/face/stream-motion';
import { syntheticClip, syntheticEvents, syntheticSegment, syntheticStream } from './synthetic-clip';
import { recodeSynthetic, SYNTHETIC_LEVELS } from './synthetic-codes';

/** What a fake engine should be like. `loadHead` gives GLB bytes; without a model every generation is refused. */
export interface FakeClientOptions {
  readonly hasModel?: boolean;
  /** What `models.list` answers. */
  readonly models?: readonly ListedModel[];
  readonly loadHead?: (detail: 'full' | 'light') => Promise<Uint8Array<ArrayBuffer>>;
  readonly sampleFrames?: number;
  /** Waits between progress steps, so that progress and cancel can be seen. */
  readonly pause?: () => Promise<void>;
}

const FILE_SECONDS = 4;
const PEAKS_PER_SECOND = 100;
const EXPORT_OPTIONS = {
  type: 'object',
  properties: {
    fps: { type: 'string', enum: ['24', '25', '29.97', '30', '50', '60'], default: '30', title: 'Frames per second' },
    streams: {
      type: 'object',
      title: 'Streams',
      properties: Object.fromEntries(['Head', 'Mouth', 'Wrinkles', 'Eyes'].map((title) => [title.toLowerCase(), { type: 'boolean', default: true, title }])),
    },
    neckShare: { type: 'number', minimum: 0, maximum: 1, default: 0.4, title: 'Neck share' },
  },
};
const EXPORTERS: ExporterInfo[] = [
  { id: 'glb', label: 'glTF binary (GLB)', fileExtension: 'glb', mimeType: 'model/gltf-binary', optionsJsonSchema: EXPORT_OPTIONS },
  { id: 'fbx', label: 'FBX', fileExtension: 'fbx', mimeType: 'application/octet-stream', optionsJsonSchema: EXPORT_OPTIONS },
  { id: 'json', label: 'Curves (JSON)', fileExtension: 'json', mimeType: 'application/json', optionsJsonSchema: EXPORT_OPTIONS },
];

/** An engine in memory: every method answers with made-up but valid data, so that the studio can be seen and tested alone. */
export function createFakeClient(options: FakeClientOptions = {}): Client & { loseConnection(): void } {
  const handlers = createHandlers(options);
  const closeListeners: (() => void)[] = [];
  return {
    call: async <M extends MethodName>(method: M, input: MethodInput<M>, callOptions: CallOptions = {}): Promise<MethodOutput<M>> => {
      const parsed = methods[method].input.parse(input);
      const context: CallContext = {
        signal: callOptions.signal ?? new AbortController().signal,
        reportProgress: (fraction, label) => callOptions.onProgress?.(fraction, label),
      };
      const handler = handlers[method] as (value: unknown, context: CallContext) => Promise<MethodOutput<M>>;
      return handler(parsed, context);
    },
    close: () => undefined,
    onClose: (listener) => {
      closeListeners.push(listener);
    },
    loseConnection: () => {
      for (const listener of closeListeners) listener();
    },
  };
}

function createHandlers({ hasModel = true, models = [], loadHead, sampleFrames = 240, pause = async () => undefined }: FakeClientOptions): Handlers {
  const uploads = new Map<string, string>();
  let packed: Project | null = null;
  const work = async (context: CallContext, label: string): Promise<void> => {
    for (let step = 0; step < 5; step++) {
      await pause();
      throwIfCancelled(context.signal);
      context.reportProgress(step / 5, label);
    }
    if (!hasModel) throw new AppError('missing-model', 'The model is missing.', 'Reinstall the studio.');
  };
  const sample: Clip = syntheticClip(sampleFrames);
  return {
    'app.info': async () => ({
      version: '0.0.0-fake',
      model: hasModel
        ? {
            id: 'synthetic-1',
            licence: 'MIT',
            style: [{ name: 'headMotion', label: 'Head motion', default: 0, min: -2, max: 2, streams: ['head'] }],
            streams: {
              head: { framesPerToken: 4, groupSizes: [1000], groupNames: ['pose'], groupLevels: SYNTHETIC_LEVELS.head, temperature: 1, seamFrames: 12 },
              mouth: {
                framesPerToken: 2,
                groupSizes: [1000, 1000, 240, 240],
                groupNames: ['jaw', 'lips', 'brows', 'detail'],
                groupLevels: SYNTHETIC_LEVELS.mouth,
                temperature: 0.8,
                seamFrames: 4,
              },
            },
          }
        : null,
      modelProblem: hasModel ? '' : 'The folder of the model is empty.',
      device: { id: 'cpu', label: 'CPU, 2 threads', reason: 'No other device is listed.' },
      maximumAudioSeconds: 14_400,
    }),
    'upload.open': async ({ fileName }) => {
      const uploadId = `upload-${uploads.size + 1}`;
      uploads.set(uploadId, fileName);
      return { uploadId };
    },
    'upload.append': async ({ bytes }) => ({ receivedBytes: bytes.length }),
    'upload.discard': async () => ({}),
    'audio.import': async ({ uploadId, channel }) => {
      const fileName = uploads.get(uploadId) ?? 'unknown.wav';
      if (fileName.endsWith('.txt.wav'))
        throw new AppError('unsupported-audio', `'${fileName}' is not a sound file.`, 'Accepted are WAV, AIFF, MP3, FLAC, Ogg and Opus.');
      const channelCount = fileName.includes('stereo') ? 2 : 1;
      return describeSound({ sha256: 'd'.repeat(64), fileName, durationSeconds: FILE_SECONDS, sampleRateHz: 44_100, channelCount, channel });
    },
    'audio.spectrogram': async ({ audio, firstColumn, columnCount, framesPerColumn }) => {
      const columns = Math.max(0, Math.min(columnCount, Math.ceil((audio.durationSeconds * PEAKS_PER_SECOND) / framesPerColumn) - firstColumn));
      return { levels: Uint8Array.from({ length: columns * 80 }, (_, index) => (index * 7) % 256) };
    },
    'audio.playable': async () => ({ bytes: silentWav(FILE_SECONDS), mimeType: 'audio/wav' }),
    'clip.generate': async ({ audio, settings }, context) => {
      await work(context, 'Predicting motion');
      const frameCount = Math.ceil(audio.durationSeconds * FRAME_RATE_HZ);
      return {
        streams: { head: syntheticStream('head', frameCount, settings.seed), mouth: syntheticStream('mouth', frameCount, settings.seed) },
        events: syntheticEvents(frameCount, settings.seed),
      };
    },
    'clip.resample': async ({ streamId, stream, range, settings, locks }, context) => {
      await work(context, 'Predicting motion');
      const affected = freeRange(streamId, stream, range, locks);
      return { stream: withRange(stream, streamId, affected, settings.seed), affected };
    },
    'clip.variants': async ({ streamId, stream, range, settings, locks, count }, context) => {
      await work(context, 'Predicting motion');
      const affected = freeRange(streamId, stream, range, locks);
      const variants = Array.from({ length: count }, (_, index) => {
        const seed = (settings.seed + index) >>> 0;
        const drawn = withRange(stream, streamId, affected, seed);
        return { seed, stream: drawn, distance: curveDistance(streamId, joinSegments(stream), joinSegments(drawn), affected) };
      });
      return { variants, affected };
    },
    'clip.recode': async (input, context) => {
      if (!hasModel) throw new AppError('missing-model', 'The model is missing.', 'Reinstall the studio.');
      return { stream: await recodeSynthetic(input, context.signal) };
    },
    'project.pack': async ({ project }) => {
      packed = project;
      return { bytes: new Uint8Array([80, 75]) };
    },
    'project.unpack': async () => {
      if (!packed) throw new AppError('damaged-project', 'This is not a project file.', 'Choose a .vividtalker file.');
      return { project: packed, audio: packed.clips.map((clip) => describeSound(clip.audio)), warnings: [] };
    },
    'models.list': async () => ({ models: [...models] }),
    'project.sample': async () => ({ project: { formatVersion: 2, modelId: null, clips: [sample] }, audio: [describeSound(sample.audio)], warnings: [] }),
    'exporters.list': async () => ({ exporters: EXPORTERS }),
    'clip.export': async ({ clip, exporterId }, context) => {
      await work(context, 'Writing');
      return { bytes: new Uint8Array([1, 2, 3]), fileName: `${clip.name}.${exporterId}`, mimeType: 'application/octet-stream' };
    },
    'head.load': async ({ detail }) => {
      if (!loadHead) throw new AppError('file-not-found', 'The head is missing.', 'Reinstall the studio.');
      return { bytes: await loadHead(detail), manifest: {} };
    },
  };
}

function freeRange(streamId: StreamId, stream: Stream, range: FrameRange, locks: readonly Lock[]): FrameRange {
  const affected = snapToTokens(range, stream.framesPerToken, stream.segments.at(-1)?.endFrame ?? 0);
  if (locks.some((lock) => lock.stream === streamId && lock.startFrame < affected.endFrame && lock.endFrame > affected.startFrame)) {
    throw new AppError('locked', 'Part of this range is locked.', 'Unlock it first.');
  }
  return affected;
}

function withRange(stream: Stream, streamId: StreamId, { startFrame, endFrame }: FrameRange, seed: number): Stream {
  return cutSegments(stream, syntheticSegment(streamId, startFrame, endFrame, seed, 'resampled'), 0);
}

function describeSound(audio: Clip['audio']): ImportedAudio {
  const peaks = Float32Array.from({ length: Math.ceil(audio.durationSeconds * PEAKS_PER_SECOND) }, (_, index) => {
    const seconds = index / PEAKS_PER_SECOND;
    return Math.max(0, Math.sin(seconds * 11)) * (0.5 + 0.4 * Math.sin(seconds * 1.7)) * (0.7 + 0.3 * Math.sin(index * 12.9));
  });
  return {
    audio,
    frameCount: Math.ceil(audio.durationSeconds * FRAME_RATE_HZ),
    peaks,
    peaksPerSecond: PEAKS_PER_SECOND,
    rmsDecibels: peaks.map((peak) => 20 * Math.log10(peak / 2 + 1e-4)),
    voicing: peaks.map((peak) => (peak > 0.1 ? 1 : 0)),
    warnings: [],
  };
}

function silentWav(seconds: number): Uint8Array<ArrayBuffer> {
  const dataBytes = seconds * 16_000;
  const bytes = new Uint8Array(44 + dataBytes).fill(128, 44);
  const view = new DataView(bytes.buffer);
  const write = (offset: number, text: string): void => bytes.set(new TextEncoder().encode(text), offset);
  write(0, 'RIFF');
  view.setUint32(4, 36 + dataBytes, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 16_000, true);
  view.setUint32(28, 16_000, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  write(36, 'data');
  view.setUint32(40, dataBytes, true);
  return bytes;
}
