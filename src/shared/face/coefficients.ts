/** The 52 expression coefficients under their ARKit exchange names, in the order used by every array and file of the product. */
export const EXPRESSION_NAMES = [
  'browDownLeft',
  'browDownRight',
  'browInnerUp',
  'browOuterUpLeft',
  'browOuterUpRight',
  'cheekPuff',
  'cheekSquintLeft',
  'cheekSquintRight',
  'eyeBlinkLeft',
  'eyeBlinkRight',
  'eyeLookDownLeft',
  'eyeLookDownRight',
  'eyeLookInLeft',
  'eyeLookInRight',
  'eyeLookOutLeft',
  'eyeLookOutRight',
  'eyeLookUpLeft',
  'eyeLookUpRight',
  'eyeSquintLeft',
  'eyeSquintRight',
  'eyeWideLeft',
  'eyeWideRight',
  'jawForward',
  'jawLeft',
  'jawOpen',
  'jawRight',
  'mouthClose',
  'mouthDimpleLeft',
  'mouthDimpleRight',
  'mouthFrownLeft',
  'mouthFrownRight',
  'mouthFunnel',
  'mouthLeft',
  'mouthLowerDownLeft',
  'mouthLowerDownRight',
  'mouthPressLeft',
  'mouthPressRight',
  'mouthPucker',
  'mouthRight',
  'mouthRollLower',
  'mouthRollUpper',
  'mouthShrugLower',
  'mouthShrugUpper',
  'mouthSmileLeft',
  'mouthSmileRight',
  'mouthStretchLeft',
  'mouthStretchRight',
  'mouthUpperUpLeft',
  'mouthUpperUpRight',
  'noseSneerLeft',
  'noseSneerRight',
  'tongueOut',
] as const;

/** The 14 wrinkle regions of the detail stream; morph targets are called `wrinkle_<name>`. */
export const DETAIL_NAMES = [
  'foreheadL',
  'foreheadR',
  'glabella',
  'noseBridge',
  'crowL',
  'crowR',
  'underEyeL',
  'underEyeR',
  'nasolabialL',
  'nasolabialR',
  'marionetteL',
  'marionetteR',
  'chin',
  'lipPurse',
] as const;

export type ExpressionName = (typeof EXPRESSION_NAMES)[number];
export type DetailName = (typeof DETAIL_NAMES)[number];

export const EXPRESSION_COUNT = EXPRESSION_NAMES.length;
export const DETAIL_COUNT = DETAIL_NAMES.length;

/** Morph target name of a wrinkle region. */
export function wrinkleMorphName(name: DetailName): string {
  return `wrinkle_${name}`;
}

/** All 66 morph target names in export order: 52 expression names, then 14 wrinkle names. */
export const MORPH_NAMES: readonly string[] = [...EXPRESSION_NAMES, ...DETAIL_NAMES.map(wrinkleMorphName)];

const expressionIndexByName: ReadonlyMap<string, number> = new Map(EXPRESSION_NAMES.map((name, index) => [name, index]));

/** Index of an expression coefficient in EXPRESSION_NAMES. */
export function expressionIndex(name: ExpressionName): number {
  const index = expressionIndexByName.get(name);
  if (index === undefined) throw new RangeError(`no expression coefficient called ${name}`);
  return index;
}

/** True for blinks and eye looks, which are event tracks and never part of the mouth codes. */
export function isEyeEventName(name: ExpressionName): boolean {
  return name.startsWith('eyeBlink') || name.startsWith('eyeLook');
}

/** The 42 coefficients coded in the mouth stream, in order. */
export const CODED_EXPRESSION_NAMES: readonly ExpressionName[] = EXPRESSION_NAMES.filter((name) => !isEyeEventName(name));

/** Channels of the decoded mouth stream: 42 coefficients, 14 wrinkle weights, lip seal, lip-tooth contact. */
export const MOUTH_CHANNELS: readonly string[] = [...CODED_EXPRESSION_NAMES, ...DETAIL_NAMES, 'seal', 'labiodental'];

/** Channels of the mouth stream before the two contact channels. */
export const BLENDED_MOUTH_CHANNELS = MOUTH_CHANNELS.indexOf('seal');

/** Channels of the decoded head stream: rotation vector in radians, translation in centimetres. */
export const HEAD_CHANNELS = ['rotationX', 'rotationY', 'rotationZ', 'translationX', 'translationY', 'translationZ'] as const;
