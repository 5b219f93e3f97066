import { type MeshStandardMaterial, NoColorSpace, type Texture, TextureLoader } from 'three';
import maskUrl0 from '../../../assets/head/textures/wm_0.png?url';
import maskUrl1 from '../../../assets/head/textures/wm_1.png?url';
import maskUrl2 from '../../../assets/head/textures/wm_2.png?url';
import maskUrl3 from '../../../assets/head/textures/wm_3.png?url';
import normalUrlA from '../../../assets/head/textures/wrinkle_normal_a.jpg?url';
import normalUrlB from '../../../assets/head/textures/wrinkle_normal_b.jpg?url';
import { DETAIL_COUNT, DETAIL_NAMES, type DetailName } from '../../shared/face/coefficients';

/** Wrinkle normals of the skin: two maps of slopes, and four masks whose 14 channels say where each wrinkle region lies, in the order of DETAIL_NAMES. */
export interface WrinkleMaps {
  readonly normals: readonly Texture[];
  readonly masks: readonly Texture[];
}

/** Regions drawn in the second normal map; the others are in the first. */
const REGIONS_OF_MAP_B: readonly DetailName[] = ['glabella', 'marionetteL', 'marionetteR', 'chin', 'lipPurse'];
const STRENGTH = 0.9;

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

/** Lets a skin material show wrinkles by weight. Write the 14 weights (0..1) of a frame into the array it returns. */
export function addWrinkleMaps(material: MeshStandardMaterial, maps: WrinkleMaps): Float32Array {
  const weights = new Float32Array(DETAIL_COUNT);
  material.onBeforeCompile = (shader) => {
    shader.uniforms['wrinkleWeights'] = { value: weights };
    for (const [index, texture] of maps.normals.entries()) shader.uniforms[`wrinkleNormal${index}`] = { value: texture };
    for (const [index, texture] of maps.masks.entries()) shader.uniforms[`wrinkleMask${index}`] = { value: texture };
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nvarying vec2 vWrinkleUv;')
      .replace('#include <begin_vertex>', '#include <begin_vertex>\nvWrinkleUv = uv;');
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>\n${DECLARATIONS}`)
      .replace('#include <normal_fragment_maps>', '#include <normal_fragment_maps>\nnormal = wrinkledNormal(normal, -vViewPosition);');
  };
  material.customProgramCacheKey = () => 'wrinkles';
  return weights;
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

vec3 wrinkledNormal(vec3 surfaceNormal, vec3 position) {
  vec4 masks[4] = vec4[4](texture2D(wrinkleMask0, vWrinkleUv), texture2D(wrinkleMask1, vWrinkleUv), texture2D(wrinkleMask2, vWrinkleUv), texture2D(wrinkleMask3, vWrinkleUv));
  float shareA = ${sumOfRegions((name) => !REGIONS_OF_MAP_B.includes(name))};
  float shareB = ${sumOfRegions((name) => REGIONS_OF_MAP_B.includes(name))};
  vec2 slope = (texture2D(wrinkleNormal0, vWrinkleUv).xy * 2.0 - 1.0) * min(1.0, shareA) + (texture2D(wrinkleNormal1, vWrinkleUv).xy * 2.0 - 1.0) * min(1.0, shareB);
  slope *= vec2(${STRENGTH.toFixed(2)}, -${STRENGTH.toFixed(2)});
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
