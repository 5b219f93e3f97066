import type { Stream } from './clip-schema';

/** A code is doubtful when the model gave it less than this share of what it gives the codes of the stream at the median. */
const DOUBTFUL_SHARE = 1 / 3;

/** Neighbouring doubtful tokens, `[startToken, endToken)`, and the least sure of them. */
export interface DoubtfulSpot {
  readonly startToken: number;
  readonly endToken: number;
  readonly worstToken: number;
}

/** How sure the model was of every token, 0..1: the geometric mean of the stored confidences of its groups. Codes set by hand count as sure. */
export function tokenConfidences(stream: Stream): Float32Array {
  const groupCount = stream.groupSizes.length;
  const frameCount = stream.segments.at(-1)?.endFrame ?? 0;
  const sure = new Float32Array(Math.ceil(frameCount / stream.framesPerToken));
  for (const { startFrame, endFrame, firstToken, confidence } of stream.segments) {
    for (let token = Math.ceil(startFrame / stream.framesPerToken); token * stream.framesPerToken < endFrame; token++) {
      let logarithms = 0;
      for (let group = 0; group < groupCount; group++) logarithms += Math.log(Math.max(1e-9, confidence[(token - firstToken) * groupCount + group] ?? 1));
      sure[token] = Math.exp(logarithms / groupCount);
    }
  }
  return sure;
}

/** Where a stream's own codes are least sure, in order of time: what to look at first. */
export function doubtfulSpots(confidences: Float32Array): DoubtfulSpot[] {
  const limit = DOUBTFUL_SHARE * (confidences.toSorted()[Math.floor(confidences.length / 2)] ?? 0);
  const spots: DoubtfulSpot[] = [];
  confidences.forEach((confidence, token) => {
    if (confidence >= limit) return;
    const last = spots.at(-1);
    if (last?.endToken !== token) spots.push({ startToken: token, endToken: token + 1, worstToken: token });
    else spots[spots.length - 1] = { ...last, endToken: token + 1, worstToken: confidence < (confidences[last.worstToken] ?? 1) ? token : last.worstToken };
  });
  return spots;
}
