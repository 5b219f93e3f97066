import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { PerspectiveCamera } from 'three';
import type { Take } from '../../shared/clip/clip-schema';
import { FRAME_RATE_HZ } from '../../shared/clip/timing';
import { useStudio, useView } from '../session/studio-context';
import { isSoftwareRenderer } from './choose-detail';
import { clearPlace, drawHead, poseTake } from './draw-head';
import { HeadCanvas } from './head-canvas';
import { HeadLights } from './head-lights';
import { LIGHT_SETUPS } from './light-setups';
import { lookAtHead } from './look-at-head';
import { useHeadModel } from './use-head-model';

/** Heads drawn in one screen frame where the processor draws them: the row is then a little behind, and the big picture and the sound are not. */
const SOFTWARE_HEADS_A_FRAME = 2;

/** A row of small heads at the playhead, one a take, in columns of the same width; an undefined take leaves its column empty. One canvas and one light head draw them all. */
export function HeadStrip({ takes }: { takes: readonly (Take | undefined)[] }) {
  const lighting = useView((view) => view.lighting);
  return (
    <HeadCanvas className="head-strip" keepsParts aria-hidden>
      <HeadLights setup={LIGHT_SETUPS[lighting]} hasShadow={false} />
      <Heads takes={takes} />
    </HeadCanvas>
  );
}

function Heads({ takes }: { takes: readonly (Take | undefined)[] }) {
  const { transient } = useStudio();
  const { gl, invalidate, size } = useThree();
  const headsAFrame = isSoftwareRenderer(gl.getContext()) ? SOFTWARE_HEADS_A_FRAME : takes.length;
  // Columns whose picture is out of date, the one that waited longest first.
  const stale = useRef(new Set<number>());
  const preset = useView((view) => view.camera);
  const model = useHeadModel('light', false);
  const width = size.width / Math.max(1, takes.length);
  const camera = useMemo(() => {
    const own = new PerspectiveCamera(28, width / size.height, 0.05, 10);
    lookAtHead(own, preset);
    return own;
  }, [preset, width, size.height]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: everything that is drawn
  useEffect(() => {
    const redraw = (): void => {
      for (const column of takes.keys()) stale.current.add(column);
      invalidate();
    };
    redraw();
    // The motion has 30 frames a second; more pictures of it would only cost time.
    const frameOf = (seconds: number): number => Math.floor(seconds * FRAME_RATE_HZ);
    return transient.subscribe((state, before) => frameOf(state.playheadSeconds) !== frameOf(before.playheadSeconds) && redraw());
  }, [transient, takes, model, camera, invalidate]);

  useFrame(({ scene }) => {
    if (!model) return;
    for (const column of [...stale.current].slice(0, headsAFrame)) {
      stale.current.delete(column);
      const place = { x: column * width, y: 0, width, height: size.height };
      if (takes[column]) {
        poseTake(model, takes[column], transient.getState().playheadSeconds);
        drawHead({ gl, scene, camera }, place);
      } else clearPlace(gl, place);
    }
    if (stale.current.size > 0) invalidate();
  }, 1);

  return model ? <primitive object={model.root} /> : null;
}
