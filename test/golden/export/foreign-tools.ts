import { execFile } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Runs `work` in a fresh temporary folder and removes it. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'vividtalker-export-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sdkConverter(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('fbx2gltf/package.json'));
  const path = join(folder, 'bin', 'Linux', 'FBX2glTF');
  if (!existsSync(path)) throw new Error('FBX2glTF is missing: install the development packages (npm ci) on Linux');
  try {
    accessSync(path, constants.X_OK);
  } catch {
    // The package ships the program without its execute bit.
    chmodSync(path, 0o755);
  }
  return path;
}

/** Converts an FBX with Autodesk's SDK. It exits 0 on files it rejects, so callers must look at the result. Throws when it crashes. */
export async function convertWithSdk(fbx: Uint8Array, bakeRateHz: 24 | 30 | 60): Promise<{ readonly glb: Uint8Array; readonly log: string }> {
  return inTemporaryFolder(async (folder) => {
    const input = join(folder, 'input.fbx');
    writeFileSync(input, fbx);
    const result = await run(sdkConverter(), ['-i', input, '-o', join(folder, 'output'), '--binary', '--anim-framerate', `bake${bakeRateHz}`, '-v'], {
      maxBuffer: MAX_OUTPUT_BYTES,
    });
    return { glb: readFileSync(join(folder, 'output.glb')), log: result.stdout + result.stderr };
  });
}

/** Runs an installed program. Fails, never skips, when it is missing; `debianPackage` says how to get it. */
export async function runInstalled(program: string, debianPackage: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run(program, [...args], { maxBuffer: MAX_OUTPUT_BYTES });
    return stdout + stderr;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error(`${program} is not installed; on Debian: apt-get install -y --no-install-recommends ${debianPackage}`, { cause: error });
    }
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    throw new Error(`${program} failed: ${output.slice(-2000)}`, { cause: error });
  }
}
