import { EXPRESSION_NAMES } from '../../src/shared/face/coefficients';

/** One picture of a sheet: weights of shapes and wrinkles, angle of the camera in degrees from the front, and what is in view. */
export interface Pose {
  readonly label: string;
  readonly weights: Readonly<Record<string, number>>;
  readonly angleDegrees?: number;
  readonly frame?: 'head' | 'face' | 'mouth' | 'eyes';
  readonly lighting?: 'studio' | 'outdoor' | 'game';
  readonly lookDegrees?: number;
}

type Weights = Pose['weights'];

const both = (name: string, weight: number): Weights => ({ [`${name}Left`]: weight, [`${name}Right`]: weight });
const wrinkles = (...names: string[]): Weights => Object.fromEntries(names.map((name) => [`wrinkle_${name}`, 1]));
const sides = (name: string): string[] => [`${name}L`, `${name}R`];

const VISEMES: Readonly<Record<string, Weights>> = {
  sil: {},
  PP: { ...both('mouthPress', 0.6), mouthRollUpper: 0.2, mouthRollLower: 0.2 },
  FF: { jawOpen: 0.08, mouthRollLower: 0.6, ...both('mouthUpperUp', 0.35) },
  TH: { jawOpen: 0.18, tongueOut: 0.35, ...both('mouthLowerDown', 0.2) },
  DD: { jawOpen: 0.14, ...both('mouthLowerDown', 0.35), ...both('mouthUpperUp', 0.15) },
  kk: { jawOpen: 0.22, ...both('mouthLowerDown', 0.25) },
  CH: { jawOpen: 0.1, mouthFunnel: 0.7, ...both('mouthLowerDown', 0.2) },
  SS: { jawOpen: 0.06, ...both('mouthStretch', 0.35), ...both('mouthLowerDown', 0.3), ...both('mouthUpperUp', 0.2) },
  nn: { jawOpen: 0.16, ...both('mouthLowerDown', 0.2), ...both('mouthUpperUp', 0.1) },
  RR: { jawOpen: 0.16, mouthFunnel: 0.45 },
  aa: { jawOpen: 0.6, ...both('mouthLowerDown', 0.3) },
  E: { jawOpen: 0.3, ...both('mouthStretch', 0.4), ...both('mouthUpperUp', 0.15) },
  ih: { jawOpen: 0.18, ...both('mouthSmile', 0.35), ...both('mouthLowerDown', 0.2) },
  oh: { jawOpen: 0.35, mouthFunnel: 0.6 },
  ou: { jawOpen: 0.12, mouthPucker: 0.8 },
};

/** Expressions with the wrinkles that go with them. */
const EXPRESSIONS: readonly (readonly [string, Weights, Weights])[] = [
  ['brows up', { browInnerUp: 1, ...both('browOuterUp', 1), ...both('eyeWide', 0.4) }, wrinkles(...sides('forehead'))],
  ['frown', { ...both('browDown', 1), ...both('noseSneer', 0.25), ...both('eyeSquint', 0.4) }, wrinkles('glabella', 'noseBridge')],
  [
    'smile',
    { ...both('mouthSmile', 0.9), ...both('cheekSquint', 0.8), ...both('mouthUpperUp', 0.35), jawOpen: 0.1 },
    wrinkles(...sides('crow'), ...sides('underEye'), ...sides('nasolabial')),
  ],
  [
    'sneer',
    { ...both('noseSneer', 1), ...both('mouthUpperUp', 0.6), ...both('browDown', 0.5) },
    wrinkles('noseBridge', 'glabella', ...sides('nasolabial'), ...sides('underEye')),
  ],
  ['purse', { mouthPucker: 1 }, wrinkles('lipPurse', 'chin')],
  ['sad', { ...both('mouthFrown', 1), mouthShrugLower: 0.6, browInnerUp: 0.9 }, wrinkles('chin', ...sides('marionette'), ...sides('forehead'))],
  ['anger', { ...both('browDown', 1), ...both('mouthPress', 0.8), jawForward: 0.2, ...both('eyeSquint', 0.6) }, wrinkles('glabella', 'chin', 'lipPurse')],
  ['surprise', { browInnerUp: 0.8, ...both('browOuterUp', 0.9), ...both('eyeWide', 1), jawOpen: 0.5 }, wrinkles(...sides('forehead'))],
];

const LIGHTINGS = ['studio', 'outdoor', 'game'] as const;
const ANGLES = [0, 35, 90];

/** The sheets by name. */
export const SHEETS: Readonly<Record<string, readonly Pose[]>> = {
  looks: LIGHTINGS.flatMap((lighting) =>
    ANGLES.map((angleDegrees): Pose => ({ label: `${lighting} ${angleDegrees}°`, weights: {}, angleDegrees, frame: 'head', lighting })),
  ),
  wrinkles: EXPRESSIONS.flatMap(([label, weights, wrinkled]): Pose[] => [
    { label: `${label}, wrinkles off`, weights, angleDegrees: 15 },
    { label: `${label}, wrinkles on`, weights: { ...weights, ...wrinkled }, angleDegrees: 15 },
  ]),
  visemes: Object.entries(VISEMES).map(([label, weights]) => ({ label, weights, angleDegrees: 12, frame: 'mouth' as const })),
  shapes: EXPRESSION_NAMES.map((name) => ({ label: name, weights: { [name]: 1 }, angleDegrees: 12 })),
  close: [
    { label: 'eyes', weights: {}, angleDegrees: 10, frame: 'eyes' },
    { label: 'eyes aside', weights: both('eyeSquint', 0.3), angleDegrees: 25, frame: 'eyes', lookDegrees: 18 },
    { label: 'mouth open', weights: { jawOpen: 0.5 }, angleDegrees: 15, frame: 'mouth' },
    { label: 'teeth', weights: { ...both('mouthSmile', 0.7), ...both('mouthUpperUp', 0.6), jawOpen: 0.1 }, angleDegrees: 25, frame: 'mouth' },
    { label: 'tongue', weights: { jawOpen: 0.35, tongueOut: 0.7 }, angleDegrees: 20, frame: 'mouth' },
    { label: 'side', weights: { jawOpen: 0.4 }, angleDegrees: 60, frame: 'mouth' },
  ],
};
