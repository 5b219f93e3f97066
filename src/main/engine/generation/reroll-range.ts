import type { Lock, Segment, Stream } from '../../../shared/clip/clip-schema';
import { cutSegments } from '../../../shared/clip/cut-segments';
import { type DecodedStream, joinSegments } from '../../../shared/clip/decoded-stream';
import { FRAME_RATE_HZ, type FrameRange, secondsOfFrame, snapToTokens } from '../../../shared/clip/timing';
import { AppError } from '../../../shared/contract/errors';
import { BLENDED_MOUTH_CHANNELS } from '../../../shared/face/coefficients';
import { decodeTokens } from './decode-tokens';
import { drawWindows } from './draw-windows';
import { finishDecoded, limitMouth } from './finish-decoded';
import { drawContext, type GenerationJob } from './generate-stream';
import { joinHead, joinMouth, type SeamNeighbours } from './seam';
import { silenceGate } from './silence-gate';
import { provenanceOf, samplingSettings, styleVector } from './stream-settings';
import { TokenDraft } from './token-draft';
import { planRangeWindows, type TokenRange } from './windows';

/** Seconds of locked neighbours that a re-roll sees on both sides; half of that where it saves a second window. */
const CONTEXT_SECONDS = 2;

/** A range of a stream to draw anew. */
export interface RerollJob extends GenerationJob {
  readonly stream: Stream;
  readonly locks: readonly Lock[];
  readonly range: FrameRange;
}

/** What must fit before a range of a stream can change. */
export type RangeJob = Pick<RerollJob, 'manifest' | 'network' | 'streamId' | 'stream' | 'locks' | 'range' | 'frameCount'>;

/** The stream with the range replaced, once per seed, and the range that changed. */
export interface Reroll {
  readonly streams: readonly Stream[];
  readonly affected: FrameRange;
}

/**
 * Draws a range of a stream anew, once per seed in one batch, with everything outside locked. The result differs from the given stream only inside the range snapped to tokens.
 * AppError 'locked' when a lock of this stream touches that range, 'bad-input' when the range or the stream does not fit the clip or the model.
 */
export async function rerollRange(job: RerollJob, seeds: readonly number[]): Promise<Reroll> {
  const { manifest, network, streamId, stream, frameCount } = job;
  const model = network.stream;
  const affected = checkedRange(job);
  const tokens: TokenRange = { start: affected.startFrame / model.framesPerToken, end: Math.ceil(affected.endFrame / model.framesPerToken) };
  const tokenCount = Math.ceil(frameCount / model.framesPerToken);
  const context = Math.max(model.overlapTokens, Math.ceil((CONTEXT_SECONDS * FRAME_RATE_HZ) / model.framesPerToken));
  const plans = planRangeWindows(tokens, tokenCount, model.windowTokens, context);
  const drafts = seeds.map(() => draftOf(stream, tokenCount, tokens, model.contextTokens));
  const style = styleVector(manifest, job.settings.style);
  const sampling = samplingSettings(streamId, model, job.settings);
  await drawWindows(drawContext(job, sampling, style, tokenCount, 0.9), plans, tokens.end, seeds, drafts);
  const stored = joinSegments(stream);
  const gate = silenceGate(job.audio.rmsDecibels, frameCount);
  const streams: Stream[] = [];
  for (const [index, seed] of seeds.entries()) {
    const draft = drafts[index] as TokenDraft;
    const first = Math.max(0, tokens.start - model.contextTokens);
    const last = draft.drawnEnd(tokens.end, tokens.end + model.contextTokens);
    const segment: Segment = {
      ...affected,
      firstToken: first,
      codes: Uint16Array.from(draft.codes.subarray(first * draft.groupCount, last * draft.groupCount)),
      confidence: draft.confidence.slice(first * draft.groupCount, last * draft.groupCount),
      curve: await decodeJoined(job, draft, tokens, affected, stored, gate),
      provenance: provenanceOf('resampled', manifest, model, sampling, style, seed),
    };
    streams.push(cutSegments(stream, segment, model.contextTokens));
    job.onProgress(0.9 + (0.1 * (index + 1)) / seeds.length);
  }
  return { streams, affected };
}

/** The range snapped to tokens. AppError 'locked' when a lock of the stream touches it, 'bad-input' when the stream does not belong to the model or the clip. */
export function checkedRange({ manifest, network, streamId, stream, locks, range, frameCount }: RangeJob): FrameRange {
  const model = network.stream;
  const isSameCode =
    stream.framesPerToken === model.framesPerToken && stream.groupSizes.join() === model.groupSizes.join() && stream.channels.join() === model.channels.join();
  if (!isSameCode)
    throw new AppError(
      'bad-input',
      'This clip was made with another model, whose codes do not fit the installed one.',
      'Generate the clip again to work on it with this model.',
    );
  const foreign = stream.segments.find(({ provenance }) => provenance.decoderSha256 !== model.decoder.sha256);
  if (foreign)
    throw new AppError(
      'bad-input',
      `The ${streamId} was made with the model "${foreign.provenance.modelId}", whose codes mean something else in the model "${manifest.id}".`,
      `Choose the model "${foreign.provenance.modelId}" to draw parts of it anew, or animate the whole clip with "${manifest.id}". The animation stays as it is.`,
    );
  const end = stream.segments.at(-1)?.endFrame ?? 0;
  if (end !== frameCount) throw new AppError('bad-input', `The ${streamId} stream has ${end} frames, its sound ${frameCount}.`, 'Generate the clip again.');
  const affected = snapToTokens(range, model.framesPerToken, frameCount);
  if (affected.endFrame <= affected.startFrame) {
    throw new AppError(
      'bad-input',
      `The range starts at ${secondsOfFrame(range.startFrame).toFixed(2)} s, after the end of the clip at ${secondsOfFrame(frameCount).toFixed(2)} s.`,
      'Choose a range inside the clip.',
    );
  }
  const lock = locks.find((candidate) => candidate.stream === streamId && candidate.startFrame < affected.endFrame && candidate.endFrame > affected.startFrame);
  if (lock) {
    throw new AppError(
      'locked',
      `The ${streamId} is locked from ${secondsOfFrame(lock.startFrame).toFixed(2)} s to ${secondsOfFrame(lock.endFrame).toFixed(2)} s, which the range touches.`,
      'Unlock that span, or choose a range beside it. A range grows to whole codes, so it may reach a lock that it only comes close to.',
    );
  }
  return affected;
}

/** All codes of a stream as a draft; the range and the padding past the end are masked. */
export function draftOf(stream: Stream, tokenCount: number, range: TokenRange, contextTokens: number): TokenDraft {
  const draft = new TokenDraft(tokenCount + contextTokens, stream.groupSizes);
  for (const segment of stream.segments) {
    const first = Math.floor(segment.startFrame / stream.framesPerToken);
    const last = Math.ceil(segment.endFrame / stream.framesPerToken);
    const stored = segment.firstToken + segment.codes.length / stream.groupSizes.length;
    for (let token = Math.max(first, segment.firstToken); token < Math.min(last, stored); token++)
      draft.write(token, segment.codes, segment.confidence, token - segment.firstToken);
  }
  draft.mask(range.start, range.end);
  return draft;
}

/** Frames of the range, decoded with their neighbours' codes and joined to the neighbours' stored curve. */
export async function decodeJoined(
  job: Pick<GenerationJob, 'network' | 'streamId' | 'frameCount' | 'signal'>,
  draft: TokenDraft,
  tokens: TokenRange,
  affected: FrameRange,
  stored: DecodedStream,
  gate: Float32Array,
): Promise<Float32Array<ArrayBuffer>> {
  const { network, streamId, frameCount, signal } = job;
  const { framesPerToken, channels, decoderRadiusFrames } = network.stream;
  // One more token on either side shows how the decoder itself goes on across the border.
  const reach: TokenRange = { start: Math.max(0, tokens.start - 1), end: draft.drawnEnd(tokens.end, tokens.end + 1) };
  const values = await decodeTokens(network, draft, reach, signal);
  const firstFrame = reach.start * framesPerToken;
  finishDecoded(streamId, values, firstFrame, gate);
  const frameAt = (frame: number): Float32Array => stored.values.slice(frame * channels.length, (frame + 1) * channels.length);
  const framesOf = (start: number, end: number): Float32Array[] => Array.from({ length: Math.max(0, end - start) }, (_, index) => frameAt(start + index));
  const decodedEnd = Math.min(frameCount, firstFrame + values.length / channels.length);
  const neighbours: SeamNeighbours = {
    left: framesOf(Math.max(firstFrame, affected.startFrame - 2), affected.startFrame),
    right: framesOf(affected.endFrame, Math.min(decodedEnd, affected.endFrame + 2)),
  };
  const piece = { firstFrame, channelCount: channels.length, values };
  if (streamId === 'head') return joinHead(piece, affected.startFrame, affected.endFrame, neighbours);
  const joined = joinMouth(piece, affected.startFrame, affected.endFrame, neighbours, BLENDED_MOUTH_CHANNELS, decoderRadiusFrames);
  limitMouth(joined);
  return joined;
}
