import { expect, test } from 'vitest';
import { chooseDetail, isSoftwareRendererName } from './choose-detail';

test('the light head is chosen only where the processor draws, and never against the wish of the user', () => {
  expect(isSoftwareRendererName('ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)')).toBe(true);
  expect(isSoftwareRendererName('llvmpipe (LLVM 15.0.6, 256 bits)')).toBe(true);
  expect(isSoftwareRendererName('ANGLE (NVIDIA, NVIDIA GeForce RTX 4070 Direct3D11)')).toBe(false);
  expect(isSoftwareRendererName('')).toBe(false);
  expect(chooseDetail('auto', true)).toBe('light');
  expect(chooseDetail('auto', false)).toBe('full');
  expect(chooseDetail('full', true)).toBe('full');
});
