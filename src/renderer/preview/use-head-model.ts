import { useThree } from '@react-three/fiber';
import { useEffect, useState } from 'react';
import { useStudio } from '../session/studio-context';
import { showError } from '../workspace/notice-store';
import { loadHeadMaps } from './load-head-maps';
import { type HeadModel, loadHeadModel } from './load-head-model';

/** The head in one detail, ready to draw in the canvas around; null until it is loaded. Small pictures do without the maps of its wrinkles. */
export function useHeadModel(detail: 'full' | 'light', hasWrinkles = true): HeadModel | null {
  const studio = useStudio();
  const { gl, scene, camera } = useThree();
  const [model, setModel] = useState<HeadModel | null>(null);
  useEffect(() => {
    let isWanted = true;
    let loaded: HeadModel | null = null;
    studio.client
      .call('head.load', { detail })
      .then(async ({ bytes }) => loadHeadModel(bytes, await loadHeadMaps(hasWrinkles, detail === 'full')))
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
  }, [studio, detail, hasWrinkles, gl, camera, scene]);
  return model;
}
