import { Color, type MeshStandardMaterial, type Texture } from 'three';
import type { Shading } from '../workspace/view-store';
import type { HeadModel } from './load-head-model';

interface OwnLook {
  readonly map: Texture | null;
  readonly colour: Color;
  readonly roughness: number;
  readonly roughnessMap: Texture | null;
}

const ownLooks = new WeakMap<MeshStandardMaterial, OwnLook>();
const CLAY = new Color('#9a938c');
const WRINKLE_CLAY = new Color('#b3aaa2');

/** What turns to clay; hair, eyes and teeth keep their own look. */
const CLAY_PARTS = new Set(['Skin', 'Shirt']);

/** Shows the head with its own skin, as clay, or as shiny clay that brings out wrinkles. */
export function shadeHead(model: HeadModel, shading: Shading): void {
  for (const material of model.materials) {
    if (!CLAY_PARTS.has(material.name)) continue;
    const own = ownLooks.get(material) ?? {
      map: material.map,
      colour: material.color.clone(),
      roughness: material.roughness,
      roughnessMap: material.roughnessMap,
    };
    ownLooks.set(material, own);
    const isClay = shading !== 'shaded';
    material.map = isClay ? null : own.map;
    material.color.copy(isClay ? (shading === 'clay' ? CLAY : WRINKLE_CLAY) : own.colour);
    material.roughnessMap = isClay ? null : own.roughnessMap;
    material.roughness = shading === 'clay' ? 0.75 : shading === 'wrinkle' ? 0.36 : own.roughness;
    material.needsUpdate = true;
  }
}
