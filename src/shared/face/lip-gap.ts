import { type ExpressionName, expressionIndex } from './coefficients';

/** Millimetres that the lips part per unit of each coefficient, measured on the shipped head: `lipResponse` of its manifest. */
export const LIP_RESPONSE_MILLIMETRES: Readonly<Partial<Record<ExpressionName, number>>> = {
  cheekPuff: -1.164,
  jawForward: 1.369,
  jawOpen: 33.845,
  mouthClose: -33.937,
  mouthDimpleLeft: 0.16,
  mouthDimpleRight: 0.16,
  mouthFrownLeft: 0.133,
  mouthFrownRight: 0.133,
  mouthFunnel: 11.913,
  mouthLeft: -1.431,
  mouthLowerDownLeft: 1.971,
  mouthLowerDownRight: 1.971,
  mouthPressLeft: -1.185,
  mouthPressRight: -1.185,
  mouthPucker: -2.264,
  mouthRight: -1.431,
  mouthRollLower: -2.877,
  mouthRollUpper: -1.419,
  mouthShrugLower: -4.756,
  mouthShrugUpper: 3.542,
  mouthSmileLeft: -1.416,
  mouthSmileRight: -1.416,
  mouthStretchLeft: 0.287,
  mouthStretchRight: 0.287,
  mouthUpperUpLeft: 2.463,
  mouthUpperUpRight: 2.463,
  noseSneerLeft: 0.087,
  noseSneerRight: 0.087,
  tongueOut: 1.38,
};

/** Width of the shipped head's mouth at rest. */
export const MOUTH_WIDTH_MILLIMETRES = 44.86;

const RESPONSE = (Object.entries(LIP_RESPONSE_MILLIMETRES) as [ExpressionName, number][]).map(
  ([name, millimetres]) => [expressionIndex(name), millimetres] as const,
);

/** Gap between the lips of an evaluated expression (contact applied), in percent of the mouth's width; 0 when they touch. */
export function lipGapPercent(expression: Float32Array): number {
  return (100 * Math.max(0, gapMillimetres(expression, RESPONSE))) / MOUTH_WIDTH_MILLIMETRES;
}

/** What a contact takes back by itself. */
const SEALED: readonly ExpressionName[] = [
  'jawOpen',
  'mouthClose',
  'mouthLowerDownLeft',
  'mouthLowerDownRight',
  'mouthUpperUpLeft',
  'mouthUpperUpRight',
  'mouthFunnel',
  'tongueOut',
];
const UNSEALED_RESPONSE = RESPONSE.filter(([index]) => !SEALED.some((name) => expressionIndex(name) === index));
const MOUTH_CLOSE = expressionIndex('mouthClose');
const CLOSE_MILLIMETRES = -(LIP_RESPONSE_MILLIMETRES.mouthClose ?? -1);

/** Closes what still parts the lips of a sealed mouth (`seal` 0..1) in place: amounts and layers can leave a raised lip that the contact itself does not know of. */
export function closeLipGap(expression: Float32Array, seal: number): void {
  const gap = seal > 0 ? Math.max(0, gapMillimetres(expression, UNSEALED_RESPONSE)) : 0;
  if (gap > 0) expression[MOUTH_CLOSE] = Math.min(1, (expression[MOUTH_CLOSE] ?? 0) + (seal * gap) / CLOSE_MILLIMETRES);
}

function gapMillimetres(expression: Float32Array, responses: typeof RESPONSE): number {
  let millimetres = 0;
  for (const [index, response] of responses) millimetres += (expression[index] ?? 0) * response;
  return millimetres;
}
