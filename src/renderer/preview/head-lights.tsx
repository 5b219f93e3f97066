import { useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { isSoftwareRenderer } from './choose-detail';
import { createLights, createRoom } from './create-lights';
import type { LightSetup } from './light-setups';

/** Lamps, shadow and reflected room of a set-up. Room and shadow are left out where the processor draws: they cost seconds. */
export function HeadLights({ setup, hasShadow }: { setup: LightSetup; hasShadow: boolean }) {
  const { gl, scene, invalidate } = useThree();
  const isSoftware = isSoftwareRenderer(gl.getContext());
  const lights = useMemo(() => createLights(setup, !isSoftware, hasShadow && !isSoftware), [setup, hasShadow, isSoftware]);
  useEffect(() => {
    invalidate();
    if (isSoftware) return;
    const room = createRoom(gl, setup);
    scene.environment = room;
    scene.environmentIntensity = setup.roomIntensity;
    return () => {
      scene.environment = null;
      room.dispose();
    };
  }, [gl, scene, setup, invalidate, isSoftware]);
  return <primitive object={lights} />;
}
