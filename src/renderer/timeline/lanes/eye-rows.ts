import type { EyeEventKind } from '../../../shared/eye-events/make-events';

/** Where each kind of event lies in the eyes lane, pixels. */
export const EYE_ROWS: Readonly<Record<EyeEventKind, { readonly top: number; readonly height: number }>> = {
  blinks: { top: 4, height: 14 },
  gaze: { top: 22, height: 14 },
  darts: { top: 40, height: 9 },
  breaths: { top: 52, height: 14 },
};

/** Height of the eyes lane that holds all rows. */
export const EYES_LANE_HEIGHT = 70;
