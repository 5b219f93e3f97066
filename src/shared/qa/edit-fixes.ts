import type { Curve, StreamId, Take, TrackEdits } from '../clip/clip-schema';
import { curveValue } from '../clip/curve';
import type { DecodedStreams } from '../clip/decoded-stream';
import { FRAME_RATE_HZ, type FrameRange } from '../clip/timing';
import { checkPart } from './check-take';
import { type Finding, RULES, type RuleId } from './finding';
import type { HeardSound } from './sound-frames';

/** A change of a track's edits that makes a finding go away. `range` is what it changes. */
export interface EditFix {
  readonly kind: 'amount' | 'smoothing';
  readonly stream: StreamId;
  readonly edits: TrackEdits;
  readonly range: FrameRange;
  /** For 'amount' what is left of the motion, 0..1; for 'smoothing' its width in seconds. */
  readonly value: number;
}

const EASE_FRAMES = Math.round(0.3 * FRAME_RATE_HZ);
/** Around a finding this much is looked at again, so that an edit that only moves the fault is no fix. */
const SEEN_FRAMES = FRAME_RATE_HZ;
const AMOUNT_FACTORS = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0];
/** Wider smoothing would take the speech out of the lips. */
const SMOOTHING_SECONDS: Readonly<Record<StreamId, readonly number[]>> = { head: [0.03, 0.05, 0.08, 0.12, 0.16, 0.2], mouth: [0.02, 0.03, 0.04, 0.05] };
const KINDS: Readonly<Partial<Record<RuleId, EditFix['kind']>>> = {
  'open-in-silence': 'amount',
  'head-limits': 'amount',
  chatter: 'smoothing',
  'head-jerk': 'smoothing',
};

/** The smallest edit after which the rule finds nothing at this place any more, or null when no edit helps. */
export function findEditFix(take: Take, decoded: DecodedStreams, heard: HeardSound, finding: Finding): EditFix | null {
  const fixes = candidates(take, decoded.head.frameCount, finding);
  const seen = widened(finding, SEEN_FRAMES + EASE_FRAMES, decoded.head.frameCount);
  return (
    fixes.find(({ stream, edits }) => checkPart({ ...take, edits: { ...take.edits, [stream]: edits } }, decoded, heard, finding.rule, seen).length === 0) ??
    null
  );
}

function candidates(take: Take, frameCount: number, finding: Finding): EditFix[] {
  const kind = KINDS[finding.rule];
  const { stream } = RULES[finding.rule];
  const edits = take.edits[stream];
  if (kind === 'amount') {
    const range = widened(finding, EASE_FRAMES, frameCount);
    return AMOUNT_FACTORS.map((value) => ({ kind, stream, range, value, edits: { ...edits, amount: scaleAmount(edits.amount, finding, value, frameCount) } }));
  }
  if (kind === 'smoothing') {
    const range = { startFrame: 0, endFrame: frameCount };
    const wider = SMOOTHING_SECONDS[stream].filter((seconds) => seconds > edits.smoothingSeconds);
    return wider.map((value) => ({ kind, stream, range, value, edits: { ...edits, smoothingSeconds: value } }));
  }
  return [];
}

/** An amount curve times `factor` in a range, eased on both sides; further away it keeps its values. */
export function scaleAmount(amount: Curve, range: FrameRange, factor: number, frameCount: number): Curve {
  const [first, last] = [range.startFrame, range.endFrame - 1];
  const around = widened(range, EASE_FRAMES, frameCount);
  const key = (frame: number, share: number) => ({ frame, value: curveValue(amount, frame) * share });
  const keys = [
    ...amount.keys.filter(({ frame }) => frame < around.startFrame),
    ...(around.startFrame < first ? [key(around.startFrame, 1)] : []),
    key(first, factor),
    ...amount.keys.filter(({ frame }) => frame > first && frame < last).map(({ frame }) => key(frame, factor)),
    ...(last > first ? [key(last, factor)] : []),
    ...(around.endFrame - 1 > last ? [key(around.endFrame - 1, 1)] : []),
    ...amount.keys.filter(({ frame }) => frame >= around.endFrame),
  ];
  return { ...amount, keys };
}

function widened({ startFrame, endFrame }: FrameRange, frames: number, frameCount: number): FrameRange {
  return { startFrame: Math.max(0, startFrame - frames), endFrame: Math.min(frameCount, endFrame + frames) };
}
