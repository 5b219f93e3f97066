import { LIGHT_SETUPS } from '../../src/renderer/preview/light-setups';
import { EXPRESSION_COUNT, MORPH_NAMES } from '../../src/shared/face/coefficients';
import { createEvaluatedFrame, type EvaluatedFrame } from '../../src/shared/face/evaluate';
import { createFaceRenderer, type View } from '../evaluation/face-renderer';
import type { Pose } from './contact-sheet-poses';
import { SHEETS } from './contact-sheet-poses';

declare global {
  interface Window {
    /** Draws some pictures (all, or those whose label contains `filter`) of a sheet; pictures are `height` pixels high. */
    drawHeadSheet?(name: string, columns: number, height: number, filter: string): { readonly count: number; readonly address: string };
  }
}

type Framing = Pick<View, 'target' | 'distanceMetres'> & { readonly aspect: number };

const FRAMES: Readonly<Record<NonNullable<Pose['frame']>, Framing>> = {
  head: { target: [0, 0.105, 0.02], distanceMetres: 1, aspect: 0.9 },
  face: { target: [0, 0.112, 0.09], distanceMetres: 0.56, aspect: 0.8 },
  mouth: { target: [0, 0.076, 0.12], distanceMetres: 0.22, aspect: 1.3 },
  eyes: { target: [0, 0.146, 0.11], distanceMetres: 0.26, aspect: 2 },
};
const JPEG_QUALITY = 0.84;
const LABEL_HEIGHT = 18;

const { draw, light } = await createFaceRenderer(location.search.includes('light') ? 'light' : 'full');

window.drawHeadSheet = (name, columns, height, filter) => {
  const poses = (SHEETS[name] ?? []).filter(({ label }) => label.includes(filter));
  const widest = Math.round(height * Math.max(...poses.map(({ frame = 'face' }) => FRAMES[frame].aspect)));
  const sheet = document.createElement('canvas');
  sheet.width = Math.min(columns, poses.length) * widest;
  sheet.height = Math.ceil(poses.length / columns) * (height + LABEL_HEIGHT);
  const context = sheet.getContext('2d');
  if (!context) throw new Error('this browser has no 2D canvas');
  context.fillStyle = '#262a30';
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.font = '12px sans-serif';
  let lit = '';
  poses.forEach((pose, index) => {
    const { label, angleDegrees = 0, frame = 'face', lighting = 'studio' } = pose;
    if (lighting !== lit) light(LIGHT_SETUPS[lighting]);
    lit = lighting;
    const { aspect, ...framing } = FRAMES[frame];
    const [x, y] = [(index % columns) * widest, Math.floor(index / columns) * (height + LABEL_HEIGHT)];
    const view: View = { ...framing, angleDegrees, width: Math.round(height * aspect), height, isFollowing: false, look: 'shaded' };
    context.drawImage(draw(faceOf(pose), view), x, y);
    context.fillStyle = '#e8e4dc';
    context.fillText(label, x + 6, y + height + 13);
  });
  return { count: poses.length, address: sheet.toDataURL('image/jpeg', JPEG_QUALITY) };
};

function faceOf({ weights, lookDegrees = 0 }: Pose): EvaluatedFrame {
  const face = createEvaluatedFrame();
  for (const [name, weight] of Object.entries(weights)) {
    const index = MORPH_NAMES.indexOf(name);
    if (index < 0) throw new Error(`no shape is called '${name}'`);
    if (index < EXPRESSION_COUNT) face.expression[index] = weight;
    else face.detail[index - EXPRESSION_COUNT] = weight;
  }
  const look = { yaw: (lookDegrees * Math.PI) / 180, pitch: 0 };
  return { ...face, leftEye: look, rightEye: look };
}
