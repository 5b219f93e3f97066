import { MeshStandardMaterial, ShaderLib } from 'three';
import { expect, test } from 'vitest';
import { CARD_LIGHT } from './card-light';
import { eyeLight } from './eye-light';
import { HEAD_SPACE } from './head-space';
import { mouthLight } from './mouth-light';
import { patchShader, type ShaderPatch } from './shader-patch';
import { skinLight } from './skin-light';
import { wrinklePatch } from './wrinkle-maps';

function compile(patches: readonly ShaderPatch[]): { uniforms: Record<string, unknown>; vertexShader: string; fragmentShader: string } {
  const material = new MeshStandardMaterial();
  patchShader(material, patches);
  const { vertexShader, fragmentShader } = ShaderLib.physical;
  const shader = { uniforms: {}, vertexShader, fragmentShader };
  Reflect.apply(material.onBeforeCompile, material, [shader, null]);
  return shader;
}

test('code of several patches follows the same chunk in their order', () => {
  const { fragmentShader, uniforms } = compile([
    { name: 'a', fragment: { common: 'first' }, uniforms: { one: { value: 1 } } },
    { name: 'b', fragment: { common: 'second' }, uniforms: { two: { value: 2 } } },
  ]);
  expect(fragmentShader).toContain('#include <common>\nfirst\nsecond');
  expect(uniforms).toEqual({ one: { value: 1 }, two: { value: 2 } });
});

test('a chunk that three no longer has is an error, not a look that silently goes missing', () => {
  expect(() => compile([{ name: 'old', fragment: { gone_fragment: 'code' } }])).toThrow("no chunk 'gone_fragment'");
});

test('every patch of the head finds its chunks in the shader of three', () => {
  const none = undefined as never;
  const mouth = mouthLight({ upper: none, lower: none, corner: none }, '1.0');
  const eyes = eyeLight({ centres: [], turns: [], lidsUpper: [], lidsLower: [] });
  const wrinkles = wrinklePatch({ normals: [], masks: [] }, new Float32Array(14));
  for (const patches of [[skinLight(none), wrinkles, mouth], [mouth], [eyes], [CARD_LIGHT]]) {
    expect(compile([HEAD_SPACE, ...patches]).fragmentShader).toContain('vRestPoint');
  }
});

test('materials with other patches do not share a program', () => {
  const [plain, patched] = [new MeshStandardMaterial(), new MeshStandardMaterial()];
  patchShader(plain, [HEAD_SPACE]);
  patchShader(patched, [HEAD_SPACE, CARD_LIGHT]);
  expect(plain.customProgramCacheKey()).not.toBe(patched.customProgramCacheKey());
});
