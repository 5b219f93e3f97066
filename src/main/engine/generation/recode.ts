import type { Segment, Stream } from '../../../shared/clip/clip-schema';
import { type CodeChange, effectiveChanges, findToken, framesOfTokens, tokenCountOf } from '../../../shared/clip/code-cells';
import { cutSegments } from '../../../shared/clip/cut-segments';
import { joinSegments } from '../../../shared/clip/decoded-stream';
import { type FrameRange, secondsOfFrame } from '../../../shared/clip/timing';
import { AppError } from '../../../shared/contract/errors';
import { decodeTokens } from './decode-tokens';
import { finishDecoded, limitMouth } from './finish-decoded';
import { checkedRange, decodeJoined, draftOf, type RangeJob } from './reroll-range';
import type { TokenDraft } from './token-draft';
import type { TokenRange } from './windows';

/** How changed codes meet what is around them: 'local' lets the decoder carry them as far as it reaches; 'seam' changes their own frames only and joins both ends by the seam recipe. */
export type RecodeJoin = 'local' | 'seam';

/** Codes of a stream to replace by others. `gate` is the silence gate, one value per frame of the clip. */
export interface RecodeJob extends Omit<RangeJob, 'range'> {
  readonly changes: readonly CodeChange[];
  readonly join: RecodeJoin;
  readonly gate: Float32Array;
  readonly signal: AbortSignal;
}

/**
 * The stream with some codes replaced by hand and only their surroundings decoded again; the same stream when no code changes. Outside the reach of the decoder
 * (`local`) or outside the changed tokens (`seam`) every stored number stays the same. AppError 'locked' when a lock touches what would change, 'bad-input' when codes do not fit.
 */
export async function recode(job: RecodeJob): Promise<Stream> {
  const { stream, network, join } = job;
  const { framesPerToken, decoderRadiusFrames, contextTokens } = network.stream;
  checkChanges(job);
  const changes = effectiveChanges(stream, job.changes);
  if (changes.length === 0) return stream;
  const reach = Math.ceil(decoderRadiusFrames / framesPerToken);
  const tokenCount = tokenCountOf(stream);
  const runs = tokenRuns(changes, join === 'local' ? 2 * reach : reach);
  const grow = join === 'local' ? reach : 0;
  const places = runs.map((run) => {
    const tokens: TokenRange = { start: Math.max(0, run.start - grow), end: Math.min(tokenCount, run.end + grow) };
    const range = framesOfTokens(stream, tokens.start, tokens.end);
    refuseLocked(job, range);
    return { run, tokens, affected: checkedRange({ ...job, range }) };
  });
  const before = wholeDraft(stream, contextTokens);
  const after = wholeDraft(stream, contextTokens);
  for (const { token, group, code } of changes) after.set(token, group, code);
  let result = stream;
  for (const { run, tokens, affected } of places) {
    const curve =
      join === 'local'
        ? await decodeDifference(job, before, after, tokens, run)
        : await decodeJoined(job, after, tokens, affected, joinSegments(result), job.gate);
    result = cutSegments(result, segmentOf(stream, after, tokens, affected, curve, contextTokens), contextTokens);
  }
  return result;
}

function checkChanges({ stream, changes, streamId }: RecodeJob): void {
  const tokenCount = tokenCountOf(stream);
  const wrong = changes.find(({ token, group, code }) => token >= tokenCount || code >= (stream.groupSizes[group] ?? 0));
  if (wrong)
    throw new AppError(
      'bad-input',
      `The ${streamId} has no code ${wrong.code} in group ${wrong.group + 1} of cell ${wrong.token}.`,
      `It has ${tokenCount} cells of codes below ${stream.groupSizes.join(', ')}.`,
    );
}

/** A lock within reach: the message says how far the change would go, which nobody sees in the cell alone. */
function refuseLocked({ streamId, locks, network, join }: RecodeJob, range: FrameRange): void {
  const lock = locks.find((candidate) => candidate.stream === streamId && candidate.startFrame < range.endFrame && candidate.endFrame > range.startFrame);
  if (!lock) return;
  const words = ({ startFrame, endFrame }: FrameRange): string => `${secondsOfFrame(startFrame).toFixed(2)} s to ${secondsOfFrame(endFrame).toFixed(2)} s`;
  throw new AppError(
    'locked',
    `The ${streamId} would change from ${words(range)}, and it is locked from ${words(lock)}.`,
    join === 'local'
      ? `A code moves ${network.stream.decoderRadiusFrames} frames before and after its own. Unlock that span, or choose a cell farther from it.`
      : 'Unlock that span, or choose another place.',
  );
}

/** Runs of changed tokens; those with fewer than `gap` tokens between them are one. */
function tokenRuns(changes: readonly CodeChange[], gap: number): TokenRange[] {
  const runs: TokenRange[] = [];
  for (const token of [...new Set(changes.map((change) => change.token))].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && token - last.end < gap) runs[runs.length - 1] = { start: last.start, end: token + 1 };
    else runs.push({ start: token, end: token + 1 });
  }
  return runs;
}

/** All stored codes of a stream, also those that the decoder saw past its end. */
function wholeDraft(stream: Stream, contextTokens: number): TokenDraft {
  const tokenCount = tokenCountOf(stream);
  const draft = draftOf(stream, tokenCount, { start: tokenCount, end: tokenCount + contextTokens }, contextTokens);
  const last = stream.segments.at(-1);
  if (!last) return draft;
  const stored = last.firstToken + last.codes.length / stream.groupSizes.length;
  for (let token = tokenCount; token < Math.min(stored, draft.capacity); token++) draft.write(token, last.codes, last.confidence, token - last.firstToken);
  return draft;
}

/**
 * The stored frames plus what the new codes decode to minus what the old ones did, within reach of the changed tokens. What the stored curve has beside its codes, such as the
 * correction of a seam, stays.
 */
async function decodeDifference(
  job: RecodeJob,
  before: TokenDraft,
  after: TokenDraft,
  tokens: TokenRange,
  run: TokenRange,
): Promise<Float32Array<ArrayBuffer>> {
  const { network, streamId, stream, frameCount, gate, signal } = job;
  const { framesPerToken, channels, decoderRadiusFrames } = network.stream;
  const firstFrame = tokens.start * framesPerToken;
  const endFrame = Math.min(frameCount, tokens.end * framesPerToken);
  const [old, fresh] = [await decodeTokens(network, before, tokens, signal), await decodeTokens(network, after, tokens, signal)];
  for (const decoded of [old, fresh]) finishDecoded(streamId, decoded, firstFrame, gate);
  const channelCount = channels.length;
  const curve = joinSegments(stream).values.slice(firstFrame * channelCount, endFrame * channelCount);
  const reachStart = Math.max(firstFrame, run.start * framesPerToken - decoderRadiusFrames);
  const reachEnd = Math.min(endFrame, run.end * framesPerToken + decoderRadiusFrames);
  for (let index = (reachStart - firstFrame) * channelCount; index < (reachEnd - firstFrame) * channelCount; index++)
    curve[index] = (curve[index] ?? 0) + ((fresh[index] ?? 0) - (old[index] ?? 0));
  if (streamId === 'mouth') limitMouth(curve);
  return curve;
}

/** The new piece. It says that its codes were set by hand, and otherwise how the piece was made that they stand in. */
function segmentOf(
  stream: Stream,
  draft: TokenDraft,
  tokens: TokenRange,
  affected: FrameRange,
  curve: Float32Array<ArrayBuffer>,
  contextTokens: number,
): Segment {
  const first = Math.max(0, tokens.start - contextTokens);
  const last = draft.drawnEnd(tokens.end, tokens.end + contextTokens);
  const origin = findToken(stream, tokens.start)?.segment ?? stream.segments[0];
  if (!origin) throw new RangeError('a stream has at least one segment');
  return {
    ...affected,
    firstToken: first,
    codes: Uint16Array.from(draft.codes.subarray(first * draft.groupCount, last * draft.groupCount)),
    confidence: draft.confidence.slice(first * draft.groupCount, last * draft.groupCount),
    curve,
    provenance: { ...origin.provenance, kind: 'swapped' },
  };
}
