import { Canvas, useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { NeutralToneMapping, PerspectiveCamera } from 'three';
import type { Take } from '../../shared/clip/clip-schema';
import { FRAME_RATE_HZ } from '../../shared/clip/timing';
import { useStudio, useView } from '../session/studio-context';
import { drawHead, poseTake } from './draw-head';
import { lookAtHead } from './look-at-head';
import { StudioLights } from './studio-lights';
import { useHeadModel } from './use-head-model';

/** A row of small heads at the playhead, one a take, in columns of the same width; an undefined take leaves its column empty. One canvas and one light head draw them all. */
export function HeadStrip({ takes }: { takes: readonly (Take | undefined)[] }) {
  return (
    <Canvas
      className="head-strip"
      frameloop="demand"
      dpr={[1, 2]}
      gl={{ antialias: true, toneMapping: NeutralToneMapping, toneMappingExposure: 1.35 }}
      aria-hidden
    >
      <StudioLights isRaking={false} />
      <Heads takes={takes} />
    </Canvas>
  );
}

function Heads({ takes }: { takes: readonly (Take | undefined)[] }) {
  const { transient } = useStudio();
  const { invalidate, size } = useThree();
  const preset = useView((view) => view.camera);
  const model = useHeadModel('light', false);
  const width = size.width / Math.max(1, takes.length);
  const camera = useMemo(() => {
    const own = new PerspectiveCamera(24, width / size.height, 0.05, 10);
    lookAtHead(own, preset);
    return own;
  }, [preset, width, size.height]);

  useEffect(() => {
    // The motion has 30 frames a second; more pictures of it would only cost time.
    const frameOf = (seconds: number): number => Math.floor(seconds * FRAME_RATE_HZ);
    return transient.subscribe((state, before) => frameOf(state.playheadSeconds) !== frameOf(before.playheadSeconds) && invalidate());
  }, [transient, invalidate]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: everything that is drawn
  useEffect(() => invalidate(), [takes, model, camera, invalidate]);

  useFrame(({ gl, scene }) => {
    gl.clear();
    if (!model) return;
    takes.forEach((take, column) => {
      if (!take) return;
      poseTake(model, take, transient.getState().playheadSeconds);
      drawHead({ gl, scene, camera, model }, { x: column * width, y: 0, width, height: size.height });
    });
  }, 1);

  return model ? <primitive object={model.root} /> : null;
}
