/** Where one window lies and what it decides, in tokens of the clip. */
export interface WindowPlan {
  readonly firstToken: number;
  /** Tokens before it are locked to what is known. */
  readonly drawStart: number;
  /** Tokens `[drawStart, commitEnd)` of the range are kept; later ones are drawn again by the next window. */
  readonly commitEnd: number;
}

/** Half-open range of tokens. */
export interface TokenRange {
  readonly start: number;
  readonly end: number;
}

/** Windows over a whole clip on the grid anchored at token 0: each starts `windowTokens - overlapTokens` after the one before. */
export function planClipWindows(tokenCount: number, windowTokens: number, overlapTokens: number): WindowPlan[] {
  const stride = windowTokens - overlapTokens;
  const count = Math.max(1, Math.ceil((tokenCount - overlapTokens) / stride));
  return Array.from({ length: count }, (_, index) => ({
    firstToken: index * stride,
    drawStart: index === 0 ? 0 : index * stride + overlapTokens,
    commitEnd: Math.min(tokenCount, index * stride + windowTokens),
  }));
}

/**
 * Windows over a range whose neighbours are locked. A range that leaves at least half of `contextTokens` in view on both sides lies in the middle of one window;
 * a longer one is drawn left to right, every window with `contextTokens` in view on both sides where the clip has them.
 */
export function planRangeWindows(range: TokenRange, tokenCount: number, windowTokens: number, contextTokens: number): WindowPlan[] {
  const context = Math.min(contextTokens, Math.floor((windowTokens - 1) / 3));
  const length = range.end - range.start;
  if (length + 2 * Math.floor(context / 2) <= windowTokens) {
    const centred = range.start - Math.floor((windowTokens - length) / 2);
    return [{ firstToken: Math.max(0, Math.min(centred, tokenCount - windowTokens)), drawStart: range.start, commitEnd: range.end }];
  }
  const plans: WindowPlan[] = [];
  const rightEnd = Math.min(range.end + context, tokenCount);
  let position = range.start;
  for (;;) {
    const firstToken = Math.max(0, position - context);
    const windowEnd = firstToken + windowTokens;
    if (windowEnd >= rightEnd) {
      plans.push({ firstToken, drawStart: position, commitEnd: range.end });
      return plans;
    }
    // The last window must see the right context, so this one keeps only what lies before that window's own left context.
    const lastWindowStart = rightEnd - windowTokens + context;
    const commitEnd = windowEnd >= range.end ? lastWindowStart : windowEnd;
    plans.push({ firstToken, drawStart: position, commitEnd });
    position = commitEnd;
  }
}
