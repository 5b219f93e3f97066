import { AppError } from '../../../shared/contract/errors';
import type { Exporter } from './exporter';
import { fbxExporter } from './fbx/fbx-exporter';
import { gltfExporter } from './gltf/gltf-exporter';
import { jsonExporter } from './json/json-exporter';

/** All export formats, in the order the dialog shows them. */
export const EXPORTERS: readonly Exporter[] = [gltfExporter, fbxExporter, jsonExporter];

/** The exporter with an id (`--format`). Throws AppError `not-supported`. */
export function findExporter(id: string): Exporter {
  const exporter = EXPORTERS.find((candidate) => candidate.id === id);
  if (exporter === undefined) {
    const known = EXPORTERS.map((candidate) => candidate.id).join(', ');
    throw new AppError('not-supported', `There is no export format called '${id}'.`, `Choose one of: ${known}.`);
  }
  return exporter;
}
