import { useThree } from '@react-three/fiber';
import { useEffect, useState } from 'react';
import { createEvaluatedFrame, evaluateTake } from '../../shared/face/evaluate';
import { decodedStreamsOf } from '../document/decoded-streams';
import { shownTake } from '../session/studio';
import { useStudio, useView } from '../session/studio-context';
import { showError } from '../workspace/notice-store';
import { chooseDetail, isSoftwareRenderer } from './choose-detail';
import { type HeadModel, loadHeadModel } from './load-head-model';
import { poseHead } from './pose-head';
import { shadeHead } from './shade-head';
import { loadWrinkleMaps } from './wrinkle-maps';

/** The head, posed at the playhead; drawn again only when something it shows has changed. */
export function HeadScene({ onReady }: { onReady(): void }) {
  const studio = useStudio();
  const { gl, scene, camera, invalidate } = useThree();
  const headDetail = useView((view) => view.headDetail);
  const shading = useView((view) => view.shading);
  const [model, setModel] = useState<HeadModel | null>(null);
  const detail = chooseDetail(headDetail, isSoftwareRenderer(gl.getContext()));

  useEffect(() => {
    let isWanted = true;
    let loaded: HeadModel | null = null;
    studio.client
      .call('head.load', { detail })
      .then(async ({ bytes }) => loadHeadModel(bytes, await loadWrinkleMaps()))
      .then(async (head) => {
        loaded = head;
        // Shaders are built beside the page, which stays usable meanwhile.
        if (isWanted) await gl.compileAsync(head.root, camera, scene);
        if (isWanted) setModel(head);
        else head.dispose();
      })
      .catch((error: unknown) => showError(studio.notices, error));
    return () => {
      isWanted = false;
      loaded?.dispose();
    };
  }, [studio, detail, gl, camera, scene]);

  useEffect(() => {
    if (!model) return;
    const frame = createEvaluatedFrame();
    const resting = createEvaluatedFrame();
    const pose = (): void => {
      const shown = shownTake(studio);
      const { playheadSeconds } = studio.transient.getState();
      poseHead(model, shown ? evaluateTake(shown.take, decodedStreamsOf(shown.take), playheadSeconds, frame) : resting);
      invalidate();
    };
    pose();
    // Two frames on, the first picture of the head is on screen.
    let frameRequest = requestAnimationFrame(() => {
      frameRequest = requestAnimationFrame(onReady);
    });
    const stops = [studio.transient.subscribe(pose), studio.document.subscribe(pose), studio.view.subscribe(pose)];
    return () => {
      cancelAnimationFrame(frameRequest);
      for (const stop of stops) stop();
    };
  }, [studio, model, invalidate, onReady]);

  useEffect(() => {
    if (model) shadeHead(model, shading);
    invalidate();
  }, [model, shading, invalidate]);

  return model ? <primitive object={model.root} /> : null;
}
