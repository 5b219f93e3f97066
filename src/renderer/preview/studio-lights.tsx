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
  // Without the room the sky and ground lights have to fill in.
  const fill = isSoftware ? 2.1 : 0.5;
  return (
    <>
      <directionalLight position={isRaking ? [0.9, 1.1, 0.25] : [0.95, 0.7, 0.85]} intensity={isRaking ? 3.2 : 2.5} color="#fff1e2" />
      <directionalLight position={[-0.9, 0.15, 0.8]} intensity={isRaking ? 0.25 : 0.9} color="#bcd2f5" />
      <directionalLight position={[-0.45, 0.8, -0.9]} intensity={2.2} color="#dfe8ff" />
      <hemisphereLight args={['#c8d4e4', '#5b4a42', isRaking ? fill / 3 : fill]} />
    </>
  );
}
