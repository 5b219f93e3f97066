import { soundingFrames } from '../../../shared/audio/silences';
import type { AudioReference, Events, Lock, Stream, StreamId } from '../../../shared/clip/clip-schema';
import type { CodeChange } from '../../../shared/clip/code-cells';
import { joinSegments } from '../../../shared/clip/decoded-stream';
import type { GenerationSettings, Variant } from '../../../shared/clip/generation';
import { type FrameRange, frameCountOf } from '../../../shared/clip/timing';
import type { CallContext } from '../../../shared/contract/methods';
import { makeEvents } from '../../../shared/eye-events/make-events';
import type { AudioStore } from '../audio-store';
import type { ModelService } from '../inference/model-service';
import type { Logger } from '../logger';
import type { ModelQueue } from '../model-queue';
import { type GenerationJob, generateStream } from './generate-stream';
import { type RecodeJoin, recode } from './recode';
import { type RerollJob, rerollRange } from './reroll-range';
import { silenceGate } from './silence-gate';
import { makeVariants } from './variants';

/** Share of the progress that reading the sound takes. */
const READING_SHARE = 0.15;
/** Shares of the work of both streams. */
const STREAM_SHARES: Readonly<Record<StreamId, number>> = { head: 0.4, mouth: 0.6 };

/** A range of one stream to draw anew. */
export interface RerollRequest {
  readonly audio: AudioReference;
  readonly streamId: StreamId;
  readonly stream: Stream;
  readonly locks: readonly Lock[];
  readonly range: FrameRange;
  readonly settings: GenerationSettings;
}

/** Codes of one stream to replace by others. */
export interface RecodeRequest extends Omit<RerollRequest, 'range' | 'settings'> {
  readonly changes: readonly CodeChange[];
  readonly join: RecodeJoin;
  readonly modelId?: string | undefined;
}

/** Streams and events of a clip. */
export interface GeneratedClip {
  readonly streams: { readonly head: Stream; readonly mouth: Stream };
  readonly events: Events;
}

/** Animates clips and re-rolls ranges with the loaded model, one request at a time. */
export class GenerationService {
  constructor(
    private readonly audioStore: AudioStore,
    private readonly models: ModelService,
    private readonly queue: ModelQueue,
    private readonly logger: Logger,
  ) {}

  generate(audio: AudioReference, settings: GenerationSettings, context: CallContext): Promise<GeneratedClip> {
    return this.timed('generate', context, async () => {
      const loading = this.models.load(settings.modelId);
      // The sound is read while the model loads; a model that does not load is reported after that.
      loading.catch(() => undefined);
      const analysis = await this.read(audio, context);
      const { manifest, networks } = await loading;
      const frameCount = frameCountOf(analysis.durationSeconds);
      const done: Record<StreamId, number> = { head: 0, mouth: 0 };
      const stop = new AbortController();
      const signal = AbortSignal.any([context.signal, stop.signal]);
      const job = (streamId: StreamId): GenerationJob => ({
        manifest,
        network: networks[streamId],
        streamId,
        audio: analysis,
        frameCount,
        settings,
        signal,
        onProgress: (fraction) => {
          done[streamId] = fraction;
          const share = done.head * STREAM_SHARES.head + done.mouth * STREAM_SHARES.mouth;
          context.reportProgress(READING_SHARE + (1 - READING_SHARE) * share, 'Animating');
        },
      });
      // Both streams are drawn at the same time, each in its own process; when one fails the other is stopped.
      const [head, mouth] = await allOrStop([generateStream(job('head')), generateStream(job('mouth'))], stop);
      const events = makeEvents({
        seed: settings.seed,
        durationSeconds: analysis.durationSeconds,
        sounding: soundingFrames(analysis.rmsDecibels),
        head: joinSegments(head),
      });
      return { streams: { head, mouth }, events };
    });
  }

  resample(request: RerollRequest, context: CallContext): Promise<{ stream: Stream; affected: FrameRange }> {
    return this.timed('resample', context, async () => {
      const { streams, affected } = await rerollRange(await this.rerollJob(request, context), [request.settings.seed]);
      return { stream: streams[0] as Stream, affected };
    });
  }

  variants(request: RerollRequest, count: number, context: CallContext): Promise<{ variants: Variant[]; affected: FrameRange }> {
    return this.timed('variants', context, async () => makeVariants(await this.rerollJob(request, context), count));
  }

  recode(request: RecodeRequest, context: CallContext): Promise<{ stream: Stream }> {
    return this.timed('recode', context, async () => {
      const { manifest, networks } = await this.models.load(request.modelId);
      const { durationSeconds, rmsDecibels } = await this.read(request.audio, context);
      const frameCount = frameCountOf(durationSeconds);
      const gate = silenceGate(rmsDecibels, frameCount);
      return { stream: await recode({ ...request, manifest, network: networks[request.streamId], frameCount, gate, signal: context.signal }) };
    });
  }

  private async rerollJob(request: RerollRequest, context: CallContext): Promise<RerollJob> {
    const { manifest, networks } = await this.models.load(request.settings.modelId);
    const audio = await this.read(request.audio, context);
    return {
      ...request,
      manifest,
      network: networks[request.streamId],
      audio,
      frameCount: frameCountOf(audio.durationSeconds),
      signal: context.signal,
      onProgress: (fraction) => context.reportProgress(READING_SHARE + (1 - READING_SHARE) * fraction, 'Drawing'),
    };
  }

  private read(audio: AudioReference, { signal, reportProgress }: CallContext) {
    return this.audioStore.analyse(audio.sha256, audio.channel, { signal, onProgress: (fraction) => reportProgress(READING_SHARE * fraction, 'Listening') });
  }

  private timed<Result>(what: string, context: CallContext, job: () => Promise<Result>): Promise<Result> {
    return this.queue.run(context.signal, async () => {
      const started = performance.now();
      const result = await job();
      this.logger.info(`${what} done`, { milliseconds: Math.round(performance.now() - started) });
      return result;
    });
  }
}

async function allOrStop<A, B>(jobs: readonly [Promise<A>, Promise<B>], stop: AbortController): Promise<[A, B]> {
  try {
    return await Promise.all(jobs);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(jobs);
    throw error;
  }
}
