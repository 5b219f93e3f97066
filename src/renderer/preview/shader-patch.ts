import type { IUniform, Material } from 'three';

/** Code for the built-in shader of a material: what goes in after which of its chunks (by the name of the chunk). */
export interface ShaderPatch {
  readonly name: string;
  readonly uniforms?: Readonly<Record<string, IUniform>>;
  readonly vertex?: Readonly<Record<string, string>>;
  readonly fragment?: Readonly<Record<string, string>>;
}

/** Puts patches into a material, in their order. */
export function patchShader(material: Material, patches: readonly ShaderPatch[]): void {
  material.onBeforeCompile = (shader) => {
    for (const { uniforms } of patches) Object.assign(shader.uniforms, uniforms);
    shader.vertexShader = insert(
      shader.vertexShader,
      patches.map(({ vertex }) => vertex ?? {}),
    );
    shader.fragmentShader = insert(
      shader.fragmentShader,
      patches.map(({ fragment }) => fragment ?? {}),
    );
  };
  material.customProgramCacheKey = () => patches.map(({ name }) => name).join();
}

function insert(shader: string, insertions: readonly Readonly<Record<string, string>>[]): string {
  const codeByChunk = new Map<string, string>();
  for (const [chunk, code] of insertions.flatMap(Object.entries<string>)) codeByChunk.set(chunk, `${codeByChunk.get(chunk) ?? ''}\n${code}`);
  let result = shader;
  for (const [chunk, code] of codeByChunk) {
    const include = `#include <${chunk}>`;
    if (!result.includes(include)) throw new Error(`The shader has no chunk '${chunk}'.`);
    result = result.replace(include, () => include + code);
  }
  return result;
}
