import type { EvaluatedFrame } from '../../src/shared/face/evaluate';
import { addDifferences, compareImages, greyDifference, NO_DIFFERENCE, type Pixels } from './compare-images';
import { drawCurves } from './draw-curves';
import type { View } from './face-renderer';
import type { DrawnSheet, MomentFace, SheetData } from './sheet-data';

const LABEL_WIDTH = 32;
const CURVES_HEIGHT = 300;
const CAPTION_HEIGHT = 20;
/** The difference row shows grey levels times this. */
const DIFFERENCE_GAIN = 6;
/** The best quality of these that keeps the file small enough for a repository. */
const JPEG_QUALITIES = [0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.5];
const LARGEST_ADDRESS_LENGTH = (250_000 * 4) / 3;

const FACE: View = { width: 196, height: 236, target: [0, 0.112, 0.09], isFollowing: false, distanceMetres: 0.54, angleDegrees: 12, look: 'shaded' };
const MOUTH: View = { width: 196, height: 120, target: [0, 0.076, 0.12], isFollowing: true, distanceMetres: 0.2, angleDegrees: 12, look: 'shaded' };
const STRIP_MOUTH: View = { ...MOUTH, width: 98, height: 70, distanceMetres: 0.24, angleDegrees: 0 };

type Render = (face: EvaluatedFrame, view: View) => HTMLCanvasElement;
/** `either`: of rule and predicted the larger weight. */
type Variant = 'off' | 'rule' | 'predicted' | 'either';

const ROWS = [
  { label: 'wrinkles off', height: FACE.height },
  { label: 'strain rule', height: FACE.height },
  { label: 'predicted', height: FACE.height },
  { label: `predicted - off, x${DIFFERENCE_GAIN}`, height: FACE.height },
  { label: 'mouth', height: MOUTH.height },
  { label: 'closure', height: STRIP_MOUTH.height },
];
const TOPS = ROWS.map((_, row) => CURVES_HEIGHT + CAPTION_HEIGHT + ROWS.slice(0, row).reduce((sum, { height }) => sum + height, 0));

/** Draws curves, then one column per moment: wrinkles off, by the rule, predicted, where the last differs from the first, the mouth; below, frame after frame of one closure. */
export function drawSheet(data: SheetData, render: Render): DrawnSheet {
  const sheet = document.createElement('canvas');
  sheet.width = LABEL_WIDTH + FACE.width * data.moments.length;
  sheet.height = (TOPS.at(-1) ?? 0) + STRIP_MOUTH.height;
  const context = sheet.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this browser has no 2D canvas');
  context.fillStyle = '#16191d';
  context.fillRect(0, 0, sheet.width, sheet.height);
  drawCurves(context, data, { x: LABEL_WIDTH, y: 0, width: sheet.width - LABEL_WIDTH, height: CURVES_HEIGHT });
  ROWS.forEach(({ label, height }, row) => {
    drawRowLabel(context, label, (TOPS[row] ?? 0) + height / 2);
  });
  const differences = { rule: NO_DIFFERENCE, predicted: NO_DIFFERENCE };
  data.moments.forEach((moment, column) => {
    const x = LABEL_WIDTH + column * FACE.width;
    drawCaption(context, moment, x);
    const draw = (variant: Variant, view: View, row: number): Pixels => {
      const y = TOPS[row] ?? 0;
      context.drawImage(render(faceOf(moment, variant), view), x, y);
      return context.getImageData(x, y, view.width, view.height).data;
    };
    const [off, rule, predicted] = [draw('off', FACE, 0), draw('rule', FACE, 1), draw('predicted', FACE, 2)];
    const regions = draw('either', { ...FACE, look: 'regions' }, 3);
    differences.rule = addDifferences(differences.rule, compareImages(off, rule, regions));
    differences.predicted = addDifferences(differences.predicted, compareImages(off, predicted, regions));
    context.putImageData(differenceImage(off, predicted, regions), x, TOPS[3] ?? 0);
    draw('predicted', MOUTH, 4);
  });
  data.closure.forEach((moment, index) => {
    context.drawImage(render(faceOf(moment, 'predicted'), STRIP_MOUTH), LABEL_WIDTH + index * STRIP_MOUTH.width, TOPS[5] ?? 0);
  });
  return { jpegAddress: jpegOf(sheet), differences };
}

function jpegOf(sheet: HTMLCanvasElement): string {
  const addresses = JPEG_QUALITIES.map((quality) => sheet.toDataURL('image/jpeg', quality));
  return addresses.find(({ length }) => length <= LARGEST_ADDRESS_LENGTH) ?? addresses.at(-1) ?? '';
}

function faceOf({ face, ruleDetail }: MomentFace, variant: Variant): EvaluatedFrame {
  const either = face.detail.map((weight, index) => Math.max(weight, ruleDetail[index] ?? 0));
  const detail = { off: face.detail.map(() => 0), rule: ruleDetail, predicted: face.detail, either }[variant];
  return {
    expression: Float32Array.from(face.expression),
    detail: Float32Array.from(detail),
    headRotation: Float32Array.from(face.headRotation),
    headTranslation: Float32Array.from(face.headTranslation),
    leftEye: face.leftEye,
    rightEye: face.rightEye,
  };
}

/** White: difference; blue: the wrinkle regions as seen from here. */
function differenceImage(off: Pixels, predicted: Pixels, regions: Pixels): ImageData {
  const image = new ImageData(FACE.width, FACE.height);
  for (let offset = 0; offset < off.length; offset += 4) {
    const value = DIFFERENCE_GAIN * greyDifference(off, predicted, offset);
    image.data.set([value, value, value + 0.35 * (regions[offset] ?? 0) + ((regions[offset + 1] ?? 0) > 0 ? 24 : 0), 255], offset);
  }
  return image;
}

function drawCaption(context: CanvasRenderingContext2D, { kind, timeSeconds }: MomentFace, x: number): void {
  context.fillStyle = '#e8e4dc';
  context.font = '13px sans-serif';
  context.textAlign = 'center';
  context.fillText(`${timeSeconds.toFixed(2)} s: ${kind}`, x + FACE.width / 2, CURVES_HEIGHT + 14);
}

function drawRowLabel(context: CanvasRenderingContext2D, label: string, y: number): void {
  context.save();
  context.translate(20, y);
  context.rotate(-Math.PI / 2);
  context.fillStyle = '#e8e4dc';
  context.font = '14px sans-serif';
  context.textAlign = 'center';
  context.fillText(label, 0, 0);
  context.restore();
}
