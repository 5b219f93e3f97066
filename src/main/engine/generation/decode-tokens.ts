import { throwIfCancelled } from '../../../shared/contract/errors';
import type { StreamNetwork } from './stream-network';
import type { TokenDraft } from './token-draft';
import type { TokenRange } from './windows';

const CHUNK_TOKENS = 512;

/**
 * Decodes tokens `[range.start, range.end)` of a draft to motion [(tokens * framesPerToken) x channels], with `contextTokens` of drawn neighbours on either side.
 * Long ranges are decoded in chunks that overlap by the context, so memory does not grow with the clip.
 */
export async function decodeTokens(network: StreamNetwork, draft: TokenDraft, range: TokenRange, signal: AbortSignal): Promise<Float32Array> {
  const { framesPerToken, channels, contextTokens } = network.stream;
  const frameSize = framesPerToken * channels.length;
  const motion = new Float32Array((range.end - range.start) * frameSize);
  for (let start = range.start; start < range.end; start += CHUNK_TOKENS) {
    throwIfCancelled(signal);
    const end = Math.min(range.end, start + CHUNK_TOKENS);
    const first = Math.max(0, start - contextTokens);
    const last = draft.drawnEnd(end, end + contextTokens);
    const codes = draft.codes.slice(first * draft.groupCount, last * draft.groupCount);
    const decoded = await network.decode(codes, last - first, signal);
    motion.set(decoded.subarray((start - first) * frameSize, (end - first) * frameSize), (start - range.start) * frameSize);
  }
  return motion;
}
