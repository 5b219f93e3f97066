import { useFrame, useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import { PerspectiveCamera } from 'three';
import { isBeforeAlone, takeBefore, takeNow } from '../session/seen-takes';
import { usePreferences, useStudio, useView } from '../session/studio-context';
import { inkOf } from '../ui/use-canvas';
import { chooseDetail, isSoftwareRenderer } from './choose-detail';
import { drawView, poseTake, tintGhosts } from './draw-head';
import { headViews } from './head-views';
import { shadeHead } from './shade-head';
import { useHeadModel } from './use-head-model';

/** The head, posed at the playhead, once or twice where takes are compared; drawn again only when something it shows has changed. */
export function HeadScene({ onReady }: { onReady(): void }) {
  const studio = useStudio();
  const { gl, invalidate } = useThree();
  const headDetail = useView((view) => view.headDetail);
  const shading = useView((view) => view.shading);
  const theme = usePreferences((preferences) => preferences.theme);
  const model = useHeadModel(chooseDetail(headDetail, isSoftwareRenderer(gl.getContext())));

  useEffect(() => {
    if (!model) return;
    const redraw = (): void => invalidate();
    redraw();
    // Two frames on, the first picture of the head is on screen.
    let frameRequest = requestAnimationFrame(() => {
      frameRequest = requestAnimationFrame(onReady);
    });
    const stops = [studio.transient, studio.document, studio.view, studio.variants, studio.compare].map((store) => store.subscribe(redraw));
    return () => {
      cancelAnimationFrame(frameRequest);
      for (const stop of stops) stop();
    };
  }, [studio, model, invalidate, onReady]);

  useEffect(() => {
    if (model) shadeHead(model, shading);
    invalidate();
  }, [model, shading, invalidate]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the ink is that of the theme
  useEffect(() => {
    tintGhosts(inkOf(gl.domElement));
    invalidate();
  }, [gl, theme, invalidate]);

  // A priority above 0 takes the drawing over from the canvas.
  useFrame(({ gl: renderer, scene, camera, size }) => {
    if (!model || !(camera instanceof PerspectiveCamera)) return;
    const compare = studio.compare.getState();
    const { playheadSeconds } = studio.transient.getState();
    const before = takeBefore(studio)?.take;
    const now = before && isBeforeAlone(compare) ? before : takeNow(studio);
    const isAlone = !before || isBeforeAlone(compare);
    for (const view of headViews(isAlone ? 'one' : compare.mode, compare.wipeShare, size.width, size.height)) {
      poseTake(model, view.take === 'now' ? now : before, playheadSeconds);
      drawView({ gl: renderer, scene, camera }, view, size);
    }
  }, 1);

  return model ? <primitive object={model.root} /> : null;
}
