import { useKeyHints } from '../keyboard/use-bindings';
import { activeLayerOf } from '../session/actions/layers';
import { togglePosing } from '../session/actions/pose';
import { useCurves, useShownTake, useStudio } from '../session/studio-context';
import { Button, Key } from '../ui/button';

/** Says that the head is being posed, on which layer, and how. */
export function PoseHint() {
  const studio = useStudio();
  const keyOf = useKeyHints();
  const take = useShownTake();
  const activeLayerId = useCurves((curves) => curves.activeLayerId);
  const layer = take && activeLayerOf(take, activeLayerId);
  return (
    <div className="pose-hint" role="status" aria-label="Pose mode">
      <span>
        <b>Pose mode</b>, {layer ? `layer ${layer.name}` : 'makes a layer'}. Drag turns the head, Shift rolls it, the right button turns the camera.
      </span>
      <Button kind="quiet" onClick={() => togglePosing(studio)}>
        Leave <Key keys={keyOf('animate.pose')} />
      </Button>
    </div>
  );
}
