import type { Clip, Take } from '../../../shared/clip/clip-schema';
import type { EvaluatedLanes } from '../evaluated-lanes';
import type { TimeScale } from '../time-scale';

/** What every lane gets to draw itself. */
export interface LaneProps {
  readonly clip: Clip;
  readonly take: Take;
  readonly lanes: EvaluatedLanes;
  readonly scale: TimeScale;
  readonly height: number;
}
