import { useThree } from '@react-three/fiber';
import { type Ref, useEffect, useImperativeHandle } from 'react';
import { PerspectiveCamera } from 'three';
import type { Take } from '../../shared/clip/clip-schema';
import { chooseDetail, isSoftwareRenderer } from '../preview/choose-detail';
import { drawHead, poseTake } from '../preview/draw-head';
import { shadeHead } from '../preview/shade-head';
import { useHeadModel } from '../preview/use-head-model';
import { useView } from '../session/studio-context';

/** Draws the head for a film, sharp at the size of the film whatever the size of the window. */
export interface FilmStage {
  /** Takes the canvas over at a size in pixels; call what it returns to give it back. */
  open(width: number, height: number): () => void;
  /** Draws a take at a time and returns the canvas, valid until the page draws again. */
  draw(take: Take, timeSeconds: number): HTMLCanvasElement;
}

/** The head inside a canvas of the playblast dialog, shaded as in the viewport and posed at one time until a film is drawn. */
export function FilmHead({ take, timeSeconds, onReady, ref }: { take: Take; timeSeconds: number; onReady(): void; ref: Ref<FilmStage> }) {
  const { gl, scene, camera, size, invalidate } = useThree();
  const shading = useView((view) => view.shading);
  const headDetail = useView((view) => view.headDetail);
  const model = useHeadModel(chooseDetail(headDetail, isSoftwareRenderer(gl.getContext())));
  useEffect(() => {
    if (!model) return;
    shadeHead(model, shading);
    poseTake(model, take, timeSeconds);
    invalidate();
    onReady();
  }, [model, shading, take, timeSeconds, invalidate, onReady]);
  useImperativeHandle(
    ref,
    () => ({
      open: (width, height) => {
        const ratio = gl.getPixelRatio();
        const setAspect = (aspect: number): void => {
          if (!(camera instanceof PerspectiveCamera)) return;
          camera.aspect = aspect;
          camera.updateProjectionMatrix();
        };
        gl.setPixelRatio(1);
        gl.setSize(width, height, false);
        setAspect(width / height);
        return () => {
          gl.setPixelRatio(ratio);
          gl.setSize(size.width, size.height, false);
          setAspect(size.width / size.height);
          invalidate();
        };
      },
      draw: (shown, seconds) => {
        if (model && camera instanceof PerspectiveCamera) {
          poseTake(model, shown, seconds);
          const { width, height } = gl.domElement;
          drawHead({ gl, scene, camera }, { x: 0, y: 0, width, height });
        }
        return gl.domElement;
      },
    }),
    [gl, scene, camera, size, model, invalidate],
  );
  return model ? <primitive object={model.root} /> : null;
}
