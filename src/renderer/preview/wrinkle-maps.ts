import { type IUniform, NoColorSpace, type Texture, TextureLoader } from 'three';
import maskUrl0 from '../../../assets/head/textures/wm_0.png?url';
import maskUrl1 from '../../../assets/head/textures/wm_1.png?url';
import maskUrl2 from '../../../assets/head/textures/wm_2.png?url';
import maskUrl3 from '../../../assets/head/textures/wm_3.png?url';
import normalUrlA from '../../../assets/head/textures/wrinkle_normal_a.jpg?url';
import normalUrlB from '../../../assets/head/textures/wrinkle_normal_b.jpg?url';
import { DETAIL_COUNT, DETAIL_NAMES, type DetailName } from '../../shared/face/coefficients';
import type { ShaderPatch } from './shader-patch';

/** Wrinkles of the skin: two maps of slopes (red, green; blue is dark where folds are steep or deep), and four masks whose 14 channels say where each wrinkle region lies, in the order of DETAIL_NAMES. */
export interface WrinkleMaps {
  readonly normals: readonly Texture[];
  readonly masks: readonly Texture[];
}

/** Regions drawn in the second normal map; the others are in the first. */
const REGIONS_OF_MAP_B: readonly DetailName[] = ['glabella', 'marionetteL', 'marionetteR', 'chin', 'lipPurse'];
const STRENGTH = 0.55;
/** Colour that is left at the bottom of the deepest valley: little light gets there, and it comes out red. */
const CREVICE = 'vec3(0.62, 0.50, 0.46)';

/** Loads the maps that come with the head. */
export async function loadWrinkleMaps(): Promise<WrinkleMaps> {
  const loader = new TextureLoader();
  const load = async (url: string): Promise<Texture> => {
    const texture = await loader.loadAsync(url);
    // glTF counts v downwards.
    texture.flipY = false;
    texture.colorSpace = NoColorSpace;
    return texture;
  };
  const [normals, masks] = await Promise.all([
    Promise.all([normalUrlA, normalUrlB].map(load)),
    Promise.all([maskUrl0, maskUrl1, maskUrl2, maskUrl3].map(load)),
  ]);
  return { normals, masks };
}

/** Shows wrinkles by the 14 weights (0..1) of a frame: their slopes bend the normal, and little light comes out of them. At weight 0 they leave no trace. */
export function wrinklePatch(maps: WrinkleMaps, weights: Float32Array): ShaderPatch {
  const uniforms: Record<string, IUniform> = { wrinkleWeights: { value: weights } };
  for (const [index, texture] of maps.normals.entries()) uniforms[`wrinkleNormal${index}`] = { value: texture };
  for (const [index, texture] of maps.masks.entries()) uniforms[`wrinkleMask${index}`] = { value: texture };
  return {
    name: 'wrinkles',
    uniforms,
    vertex: { common: 'varying vec2 vWrinkleUv;', begin_vertex: 'vWrinkleUv = uv;' },
    fragment: {
      common: DECLARATIONS,
      color_fragment: 'vec3 wrinkle = wrinkleAt(vWrinkleUv);\ndiffuseColor.rgb *= pow(CREVICE, vec3(wrinkle.z));',
      normal_fragment_maps: 'normal = wrinkledNormal(normal, -vViewPosition, wrinkle.xy);',
    },
  };
}

const DECLARATIONS = `
varying vec2 vWrinkleUv;
uniform float wrinkleWeights[${DETAIL_COUNT}];
uniform sampler2D wrinkleNormal0;
uniform sampler2D wrinkleNormal1;
uniform sampler2D wrinkleMask0;
uniform sampler2D wrinkleMask1;
uniform sampler2D wrinkleMask2;
uniform sampler2D wrinkleMask3;

const vec3 CREVICE = ${CREVICE};

// Slope along u and v, and how much light is lost (0..1).
vec3 wrinkleAt(vec2 place) {
  vec4 masks[4] = vec4[4](texture2D(wrinkleMask0, place), texture2D(wrinkleMask1, place), texture2D(wrinkleMask2, place), texture2D(wrinkleMask3, place));
  float shareA = ${sumOfRegions((name) => !REGIONS_OF_MAP_B.includes(name))};
  float shareB = ${sumOfRegions((name) => REGIONS_OF_MAP_B.includes(name))};
  vec3 mapA = texture2D(wrinkleNormal0, place).xyz;
  vec3 mapB = texture2D(wrinkleNormal1, place).xyz;
  vec2 slope = (mapA.xy * 2.0 - 1.0) * min(1.0, shareA) + (mapB.xy * 2.0 - 1.0) * min(1.0, shareB);
  float valley = (1.0 - mapA.z) * min(1.0, shareA) + (1.0 - mapB.z) * min(1.0, shareB);
  return vec3(slope * vec2(${STRENGTH.toFixed(2)}, -${STRENGTH.toFixed(2)}), min(1.0, valley));
}

vec3 wrinkledNormal(vec3 surfaceNormal, vec3 position, vec2 slope) {
  vec3 positionDx = dFdx(position);
  vec3 positionDy = dFdy(position);
  vec2 uvDx = dFdx(vWrinkleUv);
  vec2 uvDy = dFdy(vWrinkleUv);
  vec3 acrossDy = cross(positionDy, surfaceNormal);
  vec3 acrossDx = cross(surfaceNormal, positionDx);
  vec3 tangent = acrossDy * uvDx.x + acrossDx * uvDy.x;
  vec3 bitangent = acrossDy * uvDx.y + acrossDx * uvDy.y;
  float size = max(dot(tangent, tangent), dot(bitangent, bitangent));
  float scale = size == 0.0 ? 0.0 : inversesqrt(size);
  return normalize(tangent * (slope.x * scale) + bitangent * (slope.y * scale) + surfaceNormal);
}
`;

/** GLSL for the sum of weight times mask over some regions. */
function sumOfRegions(isWanted: (name: DetailName) => boolean): string {
  const terms = DETAIL_NAMES.flatMap((name, index) =>
    isWanted(name) ? [`wrinkleWeights[${index}] * masks[${Math.floor(index / 4)}].${'rgba'[index % 4]}`] : [],
  );
  return terms.join(' + ');
}
