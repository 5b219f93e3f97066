/**
 * Builds and runs the benchmark of generation: `node tools/bench/run.mjs [seconds of audio, default 60] [short]`.
 * It also animates 1, 5 and 10 minutes, to see that the cost is linear in the length, unless the second argument is `short`.
 * Its figures are only worth something together with the machine's load, which it prints first.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const outDir = resolve('node_modules/.cache/vividtalker-bench');
await build({
  configFile: false,
  logLevel: 'error',
  build: {
    outDir,
    emptyOutDir: true,
    ssr: true,
    target: 'node20',
    minify: false,
    rollupOptions: {
      input: { 'generation-bench': resolve('tools/bench/generation-bench.ts'), 'runner-process': resolve('src/main/engine/inference/runner-process.ts') },
      output: { format: 'es', entryFileNames: '[name].js' },
    },
  },
});
process.exitCode = spawnSync(process.execPath, [join(outDir, 'generation-bench.js'), ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
