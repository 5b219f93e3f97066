import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTemporaryFolder, runInstalled } from './foreign-tools';

/** One file to open in Blender. */
export interface BlenderJob {
  readonly bytes: Uint8Array;
  readonly format: 'fbx' | 'glb';
  readonly take: string;
  /** Scene rate the glTF importer is told; FBX brings its own. */
  readonly framesPerSecond: number;
  /** Frames at which vertices are evaluated. */
  readonly frames: readonly number[];
}

/** A mesh as Blender has it; positions are flat, in centimetres, Y up. `curves` are [frame, value] keys by shape name. */
export interface BlenderMesh {
  readonly name: string;
  readonly shapeKeys: readonly string[];
  readonly curves: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  readonly rest: readonly number[];
  readonly deformed: readonly (readonly number[])[];
  readonly userProperties: Readonly<Record<string, string>>;
}

/** What Blender found in one file. */
export interface BlenderReport {
  readonly framesPerSecond: number;
  readonly bones: readonly string[];
  readonly actions: readonly string[];
  readonly lastKeyFrames: readonly number[];
  readonly images: readonly { readonly name: string; readonly size: readonly [number, number]; readonly packed: boolean }[];
  readonly meshes: readonly BlenderMesh[];
}

/** Opens all files in one headless Blender and reports what it sees of each. Fails when Blender is missing or cannot open one. */
export async function readWithBlender(jobs: readonly BlenderJob[]): Promise<BlenderReport[]> {
  return inTemporaryFolder(async (folder) => {
    const listed = jobs.map(({ bytes, ...job }, index) => {
      const file = join(folder, `file-${index}.${job.format}`);
      writeFileSync(file, bytes);
      return { ...job, file };
    });
    const [jobsPath, reportPath] = [join(folder, 'jobs.json'), join(folder, 'report.json')];
    writeFileSync(jobsPath, JSON.stringify(listed));
    const script = fileURLToPath(new URL('./blender_check.py', import.meta.url));
    await runInstalled('blender', 'blender python3-numpy', [
      '-b',
      '--factory-startup',
      '--python-exit-code',
      '3',
      '--python',
      script,
      '--',
      jobsPath,
      reportPath,
    ]);
    return JSON.parse(readFileSync(reportPath, 'utf8')) as BlenderReport[];
  });
}
