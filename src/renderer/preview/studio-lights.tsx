import { useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import { PMREMGenerator } from 'three';
import { RoomEnvironment } from 'three/examples/jsm/environments/RoomEnvironment.js';
import { isSoftwareRenderer } from './choose-detail';

/** A portrait set-up: warm key from the front left, cool fill, a rim from behind, and a soft room for reflections in eyes and skin (left out where the processor draws: it costs seconds). */
export function StudioLights({ isRaking }: { isRaking: boolean }) {
  const { gl, scene, invalidate } = useThree();
  const isSoftware = isSoftwareRenderer(gl.getContext());
  useEffect(() => {
    if (isSoftware) return;
    const generator = new PMREMGenerator(gl);
    const room = new RoomEnvironment();
    const environment = generator.fromScene(room, 0.06).texture;
    scene.environment = environment;
    scene.environmentIntensity = 0.28;
    invalidate();
    return () => {
      scene.environment = null;
      environment.dispose();
      room.dispose();
      generator.dispose();
    };
  }, [gl, scene, invalidate, isSoftware]);
  return (
    <>
      <directionalLight position={isRaking ? [0.9, 1.1, 0.25] : [0.7, 0.75, 0.9]} intensity={isRaking ? 2.6 : 2.1} color="#fff1e2" />
      <directionalLight position={[-0.9, 0.15, 0.7]} intensity={isRaking ? 0.25 : 0.65} color="#bcd2f5" />
      <directionalLight position={[-0.45, 0.8, -0.9]} intensity={1.8} color="#dfe8ff" />
      <hemisphereLight args={['#aebdd0', '#3a2f2a', isSoftware ? 0.9 : 0.35]} />
    </>
  );
}
