import { useCallback, useState } from 'react';
import { useCurves, useView } from '../session/studio-context';
import { Segmented } from '../ui/segmented';
import { type CameraPreset, LIGHTINGS, type Shading } from '../workspace/view-store';
import { CameraRig } from './camera-rig';
import { CompareTools } from './compare-tools';
import { HeadCanvas } from './head-canvas';
import { ChosenLights } from './head-lights';
import { HeadScene } from './head-scene';
import { LIGHT_SETUPS } from './light-setups';
import { PoseDrag } from './pose-drag';
import { PoseHint } from './pose-hint';
import './viewport.css';

const CAMERAS: readonly { readonly value: CameraPreset; readonly label: string }[] = [
  { value: 'front', label: 'Front' },
  { value: 'three-quarter', label: '3/4' },
  { value: 'side', label: 'Side' },
];
const SHADINGS: readonly { readonly value: Shading; readonly label: string }[] = [
  { value: 'shaded', label: 'Shaded' },
  { value: 'clay', label: 'Clay' },
  { value: 'wrinkle', label: 'Wrinkle' },
];

const LIGHTS = LIGHTINGS.map((value) => ({ value, label: LIGHT_SETUPS[value].label }));

/** The animated head, with camera, light and shading choices over it. */
export function Viewport() {
  const camera = useView((view) => view.camera);
  const cameraRequest = useView((view) => view.cameraRequest);
  const shading = useView((view) => view.shading);
  const lighting = useView((view) => view.lighting);
  const update = useView((view) => view.update);
  const isPosing = useCurves((curves) => curves.isPosing);
  const [isReady, setReady] = useState(false);
  const markReady = useCallback(() => setReady(true), []);
  return (
    <section className="viewport" aria-label="Viewport" data-ready={isReady} data-posing={isPosing}>
      <HeadCanvas camera={{ fov: 26, near: 0.05, far: 10, position: [0.4, 0.13, 0.7] }} aria-label="Animated head; drag to turn the camera">
        <CameraRig />
        <ChosenLights />
        {isPosing ? <PoseDrag /> : null}
        <HeadScene onReady={markReady} />
      </HeadCanvas>
      {isReady ? null : <div className="viewport-loading">Loading the head</div>}
      <CompareTools />
      {isPosing ? <PoseHint /> : null}
      <div className="viewport-tools">
        <Segmented label="Camera" value={camera} options={CAMERAS} onChange={(next) => update({ camera: next, cameraRequest: cameraRequest + 1 })} />
        <Segmented label="Light" value={shading === 'wrinkle' ? null : lighting} options={LIGHTS} onChange={(next) => update({ lighting: next })} />
        <Segmented label="Shading" value={shading} options={SHADINGS} onChange={(next) => update({ shading: next })} />
      </div>
    </section>
  );
}
