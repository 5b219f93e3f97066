import type { Stream, StreamId } from '../../../shared/clip/clip-schema';
import type { GenerationSettings } from '../../../shared/clip/generation';
import { STREAM_NUMBERS } from '../../../shared/clip/random';
import type { AnalysedAudio } from '../audio/analyse-audio';
import type { ModelManifest } from '../inference/model-manifest';
import { decodeTokens } from './decode-tokens';
import { type DrawContext, drawWindows } from './draw-windows';
import { finishDecoded } from './finish-decoded';
import type { SamplingSettings } from './sample-window';
import { silenceGate } from './silence-gate';
import type { StreamNetwork } from './stream-network';
import { provenanceOf, samplingSettings, styleVector } from './stream-settings';
import { TokenDraft } from './token-draft';
import { planClipWindows } from './windows';

/** What every generation of a stream needs. */
export interface GenerationJob {
  readonly manifest: ModelManifest;
  readonly network: StreamNetwork;
  readonly streamId: StreamId;
  readonly audio: Pick<AnalysedAudio, 'features' | 'rmsDecibels'>;
  readonly frameCount: number;
  readonly settings: GenerationSettings;
  readonly signal: AbortSignal;
  onProgress(fraction: number): void;
}

/** What drawing needs of a job; its progress fills the first `share` (0..1) of the job's. */
export function drawContext(job: GenerationJob, settings: SamplingSettings, style: Float32Array, tokenCount: number, share: number): DrawContext {
  return {
    network: job.network,
    streamNumber: STREAM_NUMBERS[job.streamId],
    features: job.audio.features,
    tokenCount,
    style,
    settings,
    signal: job.signal,
    onProgress: (fraction) => job.onProgress(share * fraction),
  };
}

/** Animates one stream of a whole clip, left to right in windows: one segment over all frames. */
export async function generateStream(job: GenerationJob): Promise<Stream> {
  const { manifest, network, streamId, frameCount, settings, signal } = job;
  const model = network.stream;
  const tokenCount = Math.ceil(frameCount / model.framesPerToken);
  const plans = planClipWindows(tokenCount, model.windowTokens, model.overlapTokens);
  const capacity = Math.max(tokenCount, Math.min(tokenCount + model.contextTokens, (plans.at(-1)?.firstToken ?? 0) + model.windowTokens));
  const draft = new TokenDraft(capacity, model.groupSizes);
  const style = styleVector(manifest, settings.style);
  const sampling = samplingSettings(streamId, model, settings);
  await drawWindows(drawContext(job, sampling, style, tokenCount, 0.95), plans, tokenCount, [settings.seed], [draft]);
  const decoded = await decodeTokens(network, draft, { start: 0, end: tokenCount }, signal);
  finishDecoded(streamId, decoded, 0, silenceGate(job.audio.rmsDecibels, frameCount));
  job.onProgress(1);
  return {
    framesPerToken: model.framesPerToken,
    groupSizes: [...model.groupSizes],
    channels: [...model.channels],
    segments: [
      {
        startFrame: 0,
        endFrame: frameCount,
        firstToken: 0,
        codes: Uint16Array.from(draft.codes),
        confidence: draft.confidence,
        curve: decoded.slice(0, frameCount * model.channels.length),
        provenance: provenanceOf('generated', manifest, model, sampling, style, settings.seed),
      },
    ],
  };
}
