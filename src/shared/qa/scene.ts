import type { MeasuredMotion } from './measured-motion';
import type { SoundFrames } from './sound-frames';

/** What every rule looks at: the motion of a take and its sound, per model frame. */
export interface CheckedScene {
  readonly motion: MeasuredMotion;
  readonly sound: SoundFrames;
}
