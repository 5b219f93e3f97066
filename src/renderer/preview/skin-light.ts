import { NoColorSpace, RepeatWrapping, type Texture, TextureLoader } from 'three';
import microUrl from '../../../assets/head/textures/skin_micro.jpg?url';
import type { ShaderPatch } from './shader-patch';

/** Repeats of the small normal map over the picture of the skin: one tile is about 9 mm of a cheek. */
const MICRO_REPEATS = 44;
const MICRO_STRENGTH = 0.22;

/** Loads the small normal map that repeats over the skin. */
export async function loadMicroNormal(): Promise<Texture> {
  const texture = await new TextureLoader().loadAsync(microUrl);
  texture.colorSpace = NoColorSpace;
  texture.wrapS = RepeatWrapping;
  texture.wrapT = RepeatWrapping;
  texture.anisotropy = 4;
  return texture;
}

/**
 * Light in skin: it spreads under the surface (red farther than green and blue, so that edges of shade are warm and soft), shines through thin parts
 * (blue of the roughness picture says how thin), and catches on fine down at grazing angles. Goes before `mouthLight`. Needs HEAD_SPACE.
 */
export function skinLight(microNormal: Texture): ShaderPatch {
  return {
    name: 'skin',
    uniforms: { microNormal: { value: microNormal } },
    fragment: {
      common: DECLARATIONS,
      roughnessmap_fragment: THINNESS,
      normal_fragment_begin: 'smoothNormal = normal;',
      lights_physical_pars_fragment: DIRECT,
      normal_fragment_maps: MICRO,
    },
  };
}

const DECLARATIONS = `
uniform sampler2D microNormal;
vec3 smoothNormal;
float thinness = 0.0;
`;

const THINNESS = `
#ifdef USE_ROUGHNESSMAP
  thinness = texelRoughness.b;
#endif
`;

const MICRO = `
#ifdef USE_NORMALMAP_TANGENTSPACE
  vec2 microSlope = texture2D(microNormal, vRestUv * ${MICRO_REPEATS.toFixed(1)}).xy * 2.0 - 1.0;
  normal = normalize(normal + tbn * vec3(microSlope * ${MICRO_STRENGTH}, 0.0));
#endif
`;

const DIRECT = `
const vec3 SPREAD = vec3(0.34, 0.13, 0.07);
const vec3 BLUR = vec3(0.75, 0.4, 0.2);
#define RE_DIRECT_SURFACE RE_Direct_Skin
void RE_Direct_Skin(const in IncidentLight lamp, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in PhysicalMaterial material, inout ReflectedLight reflectedLight) {
  ReflectedLight hard = ReflectedLight(vec3(0.0), vec3(0.0), vec3(0.0), vec3(0.0));
  RE_Direct_Physical(lamp, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, hard);
  float facing = dot(geometryNormal, lamp.direction);
  float smoothFacing = dot(smoothNormal, lamp.direction);
  vec3 bent = mix(vec3(facing), vec3(smoothFacing), BLUR);
  vec3 spread = clamp((bent + SPREAD) / ((1.0 + SPREAD) * (1.0 + SPREAD)), 0.0, 1.0);
  vec3 colour = material.diffuseContribution * RECIPROCAL_PI * lamp.color;
  float grazing = 1.0 - clamp(dot(smoothNormal, geometryViewDir), 0.0, 1.0);
  vec3 through = vec3(0.95, 0.24, 0.10) * thinness * clamp(0.25 - smoothFacing, 0.0, 1.0) * (0.4 + 0.6 * clamp(-dot(geometryViewDir, lamp.direction), 0.0, 1.0));
  reflectedLight.directDiffuse += colour * (spread + 1.6 * through) * (1.0 + 0.5 * grazing * grazing * grazing);
  reflectedLight.directSpecular += 0.75 * hard.directSpecular;
}
`;
