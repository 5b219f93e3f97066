import { CODED_EXPRESSION_NAMES, DETAIL_NAMES, type DetailName, type ExpressionName } from './coefficients';

/** Parts of the face with an amount of their own: four of the mouth track, six of the wrinkles. */
export const REGION_IDS = ['jaw', 'lips', 'cheeks', 'brows', 'forehead', 'frown', 'nose', 'eyeLines', 'mouthLines', 'chin'] as const;
export type RegionId = (typeof REGION_IDS)[number];

/** The regions of each track that has some, from top to bottom of the studio. */
export const TRACK_REGIONS = {
  head: [],
  mouth: ['jaw', 'lips', 'cheeks', 'brows'],
  wrinkles: ['forehead', 'frown', 'nose', 'eyeLines', 'mouthLines', 'chin'],
  eyes: [],
} as const satisfies Readonly<Record<string, readonly RegionId[]>>;

/** The region of a coded coefficient. `mouthClose` only takes back what the jaw opens, so it goes with the jaw: alone it would push the lips through each other. */
export function regionOfExpression(name: ExpressionName): RegionId {
  if (name.startsWith('jaw') || name === 'mouthClose') return 'jaw';
  if (name.startsWith('brow') || name.startsWith('eyeWide')) return 'brows';
  if (name.startsWith('cheek') || name.startsWith('eyeSquint') || name.startsWith('noseSneer')) return 'cheeks';
  return 'lips';
}

const REGION_OF_DETAIL: Readonly<Record<DetailName, RegionId>> = {
  foreheadL: 'forehead',
  foreheadR: 'forehead',
  glabella: 'frown',
  noseBridge: 'nose',
  crowL: 'eyeLines',
  crowR: 'eyeLines',
  underEyeL: 'eyeLines',
  underEyeR: 'eyeLines',
  nasolabialL: 'mouthLines',
  nasolabialR: 'mouthLines',
  marionetteL: 'mouthLines',
  marionetteR: 'mouthLines',
  chin: 'chin',
  lipPurse: 'mouthLines',
};

/** The region of a wrinkle weight. */
export function regionOfDetail(name: DetailName): RegionId {
  return REGION_OF_DETAIL[name];
}

/** Region of each blended channel of the mouth stream, as a place in REGION_IDS: the 42 coefficients, then the 14 wrinkle weights. */
export const CHANNEL_REGIONS: readonly number[] = [...CODED_EXPRESSION_NAMES.map(regionOfExpression), ...DETAIL_NAMES.map(regionOfDetail)].map((region) =>
  REGION_IDS.indexOf(region),
);
