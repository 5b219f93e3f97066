import type { EvaluatedFrame } from '../../src/shared/face/evaluate';
import type { Moment } from './choose-moments';
import type { ImageDifference } from './compare-images';
import type { ClipMotion } from './read-motion';

/** The face of one moment as plain numbers, for the way into the page. */
export interface MomentFace extends Moment {
  readonly face: { readonly [Key in keyof EvaluatedFrame]: EvaluatedFrame[Key] extends Float32Array ? readonly number[] : EvaluatedFrame[Key] };
  /** Wrinkle weights of the strain rule, in the order of DETAIL_NAMES. */
  readonly ruleDetail: readonly number[];
}

/** What one sheet is drawn from. */
export interface SheetData extends Pick<ClipMotion, 'durationSeconds' | 'peaks' | 'curves'> {
  readonly title: string;
  /** Sum of the wrinkle weights by the rule, 60 per second like the other curves. */
  readonly ruleWrinkleSum: readonly number[];
  readonly moments: readonly MomentFace[];
  /** One closure, frame after frame at 30 fps. */
  readonly closure: readonly MomentFace[];
}

/** A drawn sheet, and the picture differences against wrinkles off, summed over its moments. */
export interface DrawnSheet {
  readonly jpegAddress: string;
  readonly differences: Readonly<Record<'rule' | 'predicted', ImageDifference>>;
}
