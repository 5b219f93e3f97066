import { useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import { HEAD_OFFSETS } from '../../shared/face/offset-channels';
import { type Posing, startPosing } from '../session/actions/pose';
import { useStudio } from '../session/studio-context';
import { zoomOf } from '../ui/local-point';
import { FACE_CENTRE } from './look-at-head';
import { turnByDrag } from './pose-by-drag';

/** In pose mode: a drag turns the head (Shift: rolls it), as keys of the active layer at the playhead. */
export function PoseDrag() {
  const studio = useStudio();
  const { camera, gl } = useThree();
  useEffect(() => {
    const canvas = gl.domElement;
    let drag: { posing: Posing; startX: number; startY: number; turned: Set<(typeof HEAD_OFFSETS)[number]> } | null = null;
    const onDown = (event: PointerEvent): void => {
      const posing = event.button === 0 ? startPosing(studio, 'Head posed') : null;
      if (!posing) return;
      canvas.setPointerCapture(event.pointerId);
      drag = { posing, startX: event.clientX, startY: event.clientY, turned: new Set() };
    };
    const onMove = (event: PointerEvent): void => {
      if (!drag) return;
      const azimuth = Math.atan2(camera.position.x - FACE_CENTRE.x, camera.position.z - FACE_CENTRE.z);
      const zoom = zoomOf(canvas);
      const turn = turnByDrag((event.clientX - drag.startX) / zoom, (event.clientY - drag.startY) / zoom, azimuth, event.shiftKey);
      const { posing, turned } = drag;
      // An angle that was turned before is set again, also when it is back at zero.
      for (const channel of HEAD_OFFSETS) if (turn[channel] !== 0) turned.add(channel);
      posing.set(Object.fromEntries([...turned].map((channel) => [channel, posing.offsetOf(channel) + turn[channel]])));
    };
    const onUp = (): void => {
      drag?.posing.commit();
      drag = null;
    };
    const onCancel = (): void => {
      drag?.posing.cancel();
      drag = null;
    };
    canvas.addEventListener('pointerdown', onDown);
    canvas.addEventListener('pointermove', onMove);
    canvas.addEventListener('pointerup', onUp);
    canvas.addEventListener('pointercancel', onCancel);
    return () => {
      onUp();
      canvas.removeEventListener('pointerdown', onDown);
      canvas.removeEventListener('pointermove', onMove);
      canvas.removeEventListener('pointerup', onUp);
      canvas.removeEventListener('pointercancel', onCancel);
    };
  }, [studio, camera, gl]);
  return null;
}
