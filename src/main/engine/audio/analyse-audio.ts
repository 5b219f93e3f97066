import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../../shared/contract/errors';
import { audioTooLong, MAXIMUM_AUDIO_SECONDS } from './audio-errors';
import type { AudioSource } from './audio-source';
import { type AudioFeatures, FeatureExtractor } from './features/features';
import { clipGain, LevelMeter, rmsToDecibel } from './features/level';
import { type ChannelSelection, checkChannelSelection } from './mix-channels';
import { readMonoBlocks } from './mono-blocks';
import { type AudioInput, openAudio } from './read-audio';
import { ENGINE_SAMPLE_RATE_HZ } from './resample';
import { PeakCollector } from './waveform-peaks';

const DEFAULT_KEPT_SECONDS = 600;
/** Share of the work that the first pass takes. */
const FIRST_PASS_SHARE = 0.5;

export interface AnalyseAudioOptions {
  readonly channel?: ChannelSelection;
  readonly signal?: AbortSignal;
  /** Sound up to this length stays in memory between the two passes; longer sound is decoded twice. Default 600 s (38 MB). */
  readonly keptSeconds?: number;
  /** Called with the share done, 0..1, never falling. */
  readonly onProgress?: (share: number) => void;
}

/** Everything the engine and the timeline need to know of a recording. Arrays have one entry per 10 ms. */
export interface AnalysedAudio {
  readonly sampleRateHz: number;
  readonly channelCount: number;
  /** Length of the decoded sound at its own rate. */
  readonly durationSeconds: number;
  readonly features: AudioFeatures;
  /** Level before gain in dB of full scale, -120 for digital silence; for the silence gate. */
  readonly rmsDecibels: Float32Array;
  /** Absolute peaks, 0..1. */
  readonly peaks: Float32Array;
  readonly isTruncated: boolean;
  /** Whole sentences for the user. */
  readonly warnings: readonly string[];
}

/**
 * Decodes a recording once or twice and computes what the networks hear.
 * Errors: those of `openAudio`, `bad-input` for a missing channel, `audio-too-long` above 4 hours, `cancelled`.
 */
export async function analyseAudio(input: AudioInput, options: AnalyseAudioOptions = {}): Promise<AnalysedAudio> {
  const source = await openAudio(input);
  try {
    return await analyseSource(source, options);
  } finally {
    await source.close();
  }
}

async function analyseSource(source: AudioSource, options: AnalyseAudioOptions): Promise<AnalysedAudio> {
  const { channel = 'mix', signal, keptSeconds = DEFAULT_KEPT_SECONDS, onProgress = () => {} } = options;
  checkChannelSelection(channel, source.channelCount);
  if ((source.durationSeconds ?? 0) > MAXIMUM_AUDIO_SECONDS) throw audioTooLong();
  const first = await measure(source, { channel, signal, keptSeconds, onProgress: (share) => onProgress(FIRST_PASS_SHARE * share) });
  const extractor = new FeatureExtractor(clipGain(first.rms), first.sampleCount);
  const durationSeconds = first.sourceFrames / source.sampleRateHz;
  let fed = 0;
  for await (const { samples } of first.kept ? replay(first.kept) : readMonoBlocks(source, channel)) {
    throwIfCancelled(signal);
    extractor.push(samples);
    fed += samples.length;
    onProgress(FIRST_PASS_SHARE + (1 - FIRST_PASS_SHARE) * Math.min(1, fed / first.sampleCount));
  }
  return {
    sampleRateHz: source.sampleRateHz,
    channelCount: source.channelCount,
    durationSeconds,
    features: extractor.finish(),
    rmsDecibels: Float32Array.from(first.rms, rmsToDecibel),
    peaks: first.peaks,
    isTruncated: source.state.isTruncated,
    warnings: warningsOf(source, durationSeconds),
  };
}

interface FirstPassOptions {
  readonly channel: ChannelSelection;
  readonly signal: AbortSignal | undefined;
  readonly keptSeconds: number;
  readonly onProgress: (share: number) => void;
}

interface FirstPass {
  /** Linear RMS before gain, per 10 ms. */
  readonly rms: Float64Array;
  readonly peaks: Float32Array;
  readonly sampleCount: number;
  readonly sourceFrames: number;
  /** The 16-kHz samples, unless the sound is long. */
  readonly kept: readonly Float32Array[] | undefined;
}

async function measure(source: AudioSource, { channel, signal, keptSeconds, onProgress }: FirstPassOptions): Promise<FirstPass> {
  const meter = new LevelMeter();
  const peaks = new PeakCollector();
  let kept: Float32Array[] | undefined = [];
  let sampleCount = 0;
  let sourceFrames = 0;
  for await (const block of readMonoBlocks(source, channel)) {
    throwIfCancelled(signal);
    meter.push(block.samples);
    peaks.push(block.samples);
    sampleCount += block.samples.length;
    sourceFrames += block.sourceFrames;
    if (sampleCount > MAXIMUM_AUDIO_SECONDS * ENGINE_SAMPLE_RATE_HZ) throw audioTooLong();
    if (sampleCount > keptSeconds * ENGINE_SAMPLE_RATE_HZ) kept = undefined;
    kept?.push(block.samples);
    onProgress(source.state.progress);
  }
  return { rms: meter.finish(), peaks: peaks.finish(), sampleCount, sourceFrames, kept };
}

/** Gives kept blocks again; the event loop turns between them, so that cancelling and progress work. */
async function* replay(blocks: readonly Float32Array[]): AsyncGenerator<{ samples: Float32Array }, void, undefined> {
  for (const samples of blocks) {
    await nextTurn();
    yield { samples };
  }
}

function warningsOf(source: AudioSource, readSeconds: number): string[] {
  const { isTruncated, hasDamage } = source.state;
  if (!isTruncated && !hasDamage) return [];
  const statedSeconds = source.durationSeconds ?? 0;
  const whole = statedSeconds > readSeconds + 0.05 ? ` of ${statedSeconds.toFixed(1)} s` : '';
  return [`The file is cut off or damaged; ${readSeconds.toFixed(1)} s${whole} could be read and are used.`];
}
