import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const alias = { electron: resolve('test/fakes/electron.ts') };

/** Four layers, cheap ones first; `npx vitest --project unit` runs one. */
export default defineConfig({
  test: {
    projects: [
      { plugins: [react()], resolve: { alias }, test: { name: 'unit', include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'], testTimeout: 30_000 } },
      { resolve: { alias }, test: { name: 'conformance', include: ['test/conformance/**/*.test.ts'], testTimeout: 30_000 } },
      { resolve: { alias }, test: { name: 'golden', include: ['test/golden/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 180_000 } },
      { resolve: { alias }, test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false } },
    ],
  },
});
