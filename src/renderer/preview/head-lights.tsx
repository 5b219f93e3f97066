import { useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { useView } from '../session/studio-context';
import { isSoftwareRenderer } from './choose-detail';
import { createLights, createRoom } from './create-lights';
import { LIGHT_SETUPS, type LightSetup, RAKING_SETUP } from './light-setups';

/** The light the user has chosen; the wrinkle view has its own. */
export function ChosenLights() {
  const shading = useView((view) => view.shading);
  const lighting = useView((view) => view.lighting);
  return <HeadLights setup={shading === 'wrinkle' ? RAKING_SETUP : LIGHT_SETUPS[lighting]} hasShadow />;
}

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
