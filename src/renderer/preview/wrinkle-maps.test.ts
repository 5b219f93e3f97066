import { Texture } from 'three';
import { expect, test } from 'vitest';
import manifestText from '../../../assets/head/head-manifest.json?raw';
import { DETAIL_NAMES } from '../../shared/face/coefficients';
import { wrinklePatch } from './wrinkle-maps';

interface HeadManifest {
  readonly wrinkles: {
    readonly masks: Readonly<Record<string, { readonly texture: string; readonly channel: string }>>;
    readonly normalMaps: Readonly<Record<string, readonly string[]>>;
  };
}

function compiledFragment(): string {
  const texture = new Texture();
  const { fragment } = wrinklePatch({ normals: [texture, texture], masks: [texture, texture, texture, texture] }, new Float32Array(14));
  return fragment?.['common'] ?? '';
}

test('the shader reads each region from the mask channel and normal map the head says', () => {
  const { masks, normalMaps } = (JSON.parse(manifestText) as HeadManifest).wrinkles;
  const fragment = compiledFragment();
  const lineOf = (share: string): string => fragment.split('\n').find((line) => line.includes(`float ${share} =`)) ?? '';
  const inMapB = normalMaps['textures/wrinkle_normal_b.jpg'] ?? [];
  for (const [index, name] of DETAIL_NAMES.entries()) {
    const mask = masks[name];
    const term = `wrinkleWeights[${index}] * masks[${mask?.texture.match(/wm_(\d)/)?.[1]}].${mask?.channel}`;
    expect(lineOf(inMapB.includes(name) ? 'shareB' : 'shareA')).toMatch(new RegExp(`${term.replace(/[[\].*]/g, '\\$&')}(?![0-9])`));
  }
});
