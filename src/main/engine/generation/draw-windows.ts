import { throwIfCancelled } from '../../../shared/contract/errors';
import type { AudioFeatures } from '../audio/features/features';
import type { SamplingSettings } from './sample-window';
import type { StreamNetwork } from './stream-network';
import type { TokenDraft } from './token-draft';
import { ROWS_PER_FRAME, windowFeatures } from './window-features';
import type { WindowPlan } from './windows';

/** What the drawing of windows needs besides the plan. */
export interface DrawContext {
  readonly network: StreamNetwork;
  readonly streamNumber: number;
  readonly features: AudioFeatures;
  /** Tokens of the clip; later ones are padding. */
  readonly tokenCount: number;
  readonly style: Float32Array;
  readonly settings: SamplingSettings;
  readonly signal: AbortSignal;
  /** Called after each window with the share done, 0..1. */
  onProgress(fraction: number): void;
}

/** Draws the planned windows left to right, for several seeds at once; `drafts` (one per seed) hold what is locked and receive what is drawn. `rangeEnd` is the end of what may be drawn inside the clip. */
export async function drawWindows(
  context: DrawContext,
  plans: readonly WindowPlan[],
  rangeEnd: number,
  seeds: readonly number[],
  drafts: readonly TokenDraft[],
): Promise<void> {
  const { network, tokenCount, settings, signal } = context;
  const { windowTokens, groupSizes, framesPerToken } = network.stream;
  const rowsPerToken = framesPerToken * ROWS_PER_FRAME;
  const size = windowTokens * groupSizes.length;
  for (const [index, plan] of plans.entries()) {
    throwIfCancelled(signal);
    const isDrawn = (token: number): boolean => token >= plan.drawStart && (token < rangeEnd || token >= tokenCount);
    const codes = new Int32Array(seeds.length * size);
    drafts.forEach((draft, window) => {
      for (let offset = 0; offset < windowTokens; offset++) {
        const token = plan.firstToken + offset;
        const known = isDrawn(token) ? groupSizes : draft.codes.subarray(token * groupSizes.length, (token + 1) * groupSizes.length);
        codes.set(known, window * size + offset * groupSizes.length);
      }
    });
    const features = windowFeatures(context.features, plan.firstToken * rowsPerToken, windowTokens * rowsPerToken);
    const request = { streamNumber: context.streamNumber, groupSizes, firstToken: plan.firstToken, tokenCount: windowTokens, codes, seeds, settings };
    const sampled = await network.sample(request, features, context.style, signal);
    drafts.forEach((draft, window) => {
      for (let offset = 0; offset < windowTokens; offset++) {
        const token = plan.firstToken + offset;
        const isKept = isDrawn(token) && (token < plan.commitEnd || token >= tokenCount) && token < draft.capacity;
        if (isKept) draft.write(token, sampled.codes.subarray(window * size), sampled.confidence.subarray(window * size), offset);
      }
    });
    context.onProgress((index + 1) / plans.length);
  }
}
