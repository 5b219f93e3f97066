import { type Material, MeshBasicMaterial, MeshStandardMaterial, type Object3D } from 'three';
import type { HeadModel } from '../../src/renderer/preview/load-head-model';
import type { WrinkleMaps } from '../../src/renderer/preview/wrinkle-maps';
import { DETAIL_COUNT } from '../../src/shared/face/coefficients';

/** Weights below this show nothing. */
const LEAST_WEIGHT = 0.02;

type WithMaterial = Object3D & { material: Material | Material[] };

/** Swaps the looks of a head: regions of wrinkles with a weight red, all of the head green, with the same cut-outs as the real materials. */
export function regionMaterials(model: HeadModel, maps: WrinkleMaps): { show(detail: Float32Array): void; hide(): void } {
  const used = new Float32Array(DETAIL_COUNT);
  const swaps: { readonly mesh: WithMaterial; readonly own: Material; readonly flat: Material }[] = [];
  model.root.traverse((node) => {
    const mesh = node as WithMaterial;
    if (mesh.material instanceof MeshStandardMaterial) swaps.push({ mesh, own: mesh.material, flat: flatMaterial(mesh.material, maps, used) });
  });
  return {
    show: (detail) => {
      used.set(detail.map((weight) => (weight >= LEAST_WEIGHT ? 1 : 0)));
      for (const { mesh, flat } of swaps) mesh.material = flat;
    },
    hide: () => {
      for (const { mesh, own } of swaps) mesh.material = own;
    },
  };
}

function flatMaterial(own: MeshStandardMaterial, maps: WrinkleMaps, used: Float32Array): MeshBasicMaterial {
  const { map, alphaTest, transparent, side, depthWrite } = own;
  const flat = new MeshBasicMaterial({ map, alphaTest, transparent, side, depthWrite, toneMapped: false });
  const isSkin = own.name === 'Skin';
  flat.onBeforeCompile = (shader) => {
    shader.uniforms['used'] = { value: used };
    for (const [index, texture] of maps.masks.entries()) shader.uniforms[`mask${index}`] = { value: texture };
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nvarying vec2 vRegionUv;')
      .replace('#include <begin_vertex>', '#include <begin_vertex>\nvRegionUv = uv;');
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>\n${DECLARATIONS}`)
      .replace('#include <opaque_fragment>', `outgoingLight = vec3(${isSkin ? REGION : '0.0'}, 1.0, 0.0);\n#include <opaque_fragment>`);
  };
  flat.customProgramCacheKey = () => `regions ${isSkin}`;
  return flat;
}

const DECLARATIONS = `
varying vec2 vRegionUv;
uniform float used[${DETAIL_COUNT}];
uniform sampler2D mask0;
uniform sampler2D mask1;
uniform sampler2D mask2;
uniform sampler2D mask3;
`;

/** GLSL for the strongest mask of the wrinkles in use. */
const REGION = Array.from(
  { length: DETAIL_COUNT },
  (_, index) => `used[${index}] * texture2D(mask${Math.floor(index / 4)}, vRegionUv).${'rgba'[index % 4]}`,
).reduce((all, one) => `max(${all}, ${one})`);
