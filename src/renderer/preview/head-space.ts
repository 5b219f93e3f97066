import type { ShaderPatch } from './shader-patch';

const VARYINGS = `
varying vec3 vRestPoint;
varying vec3 vRestX;
varying vec3 vRestY;
varying vec3 vRestZ;
varying vec2 vRestUv;
`;

/** Gives the fragment its place on the posed but unturned head (`vRestPoint`, metres) and on its pictures (`vRestUv`), and turns directions of the view into those axes (`toRest`). */
export const HEAD_SPACE: ShaderPatch = {
  name: 'head-space',
  vertex: {
    common: VARYINGS,
    skinnormal_vertex: `
#ifdef USE_SKINNING
  vRestX = normalMatrix * (skinMatrix * vec4(1.0, 0.0, 0.0, 0.0)).xyz;
  vRestY = normalMatrix * (skinMatrix * vec4(0.0, 1.0, 0.0, 0.0)).xyz;
  vRestZ = normalMatrix * (skinMatrix * vec4(0.0, 0.0, 1.0, 0.0)).xyz;
#endif`,
    morphtarget_vertex: 'vRestPoint = transformed;\nvRestUv = uv;',
  },
  fragment: {
    common: `${VARYINGS}
vec3 toRest(vec3 direction) {
  return vec3(dot(direction, vRestX), dot(direction, vRestY), dot(direction, vRestZ));
}`,
  },
};
