import { animatedHead, SAMPLING_SHARE } from '../animated-head';
import { exportCheckpoint } from '../export-checkpoint';
import { headOptionsSchema } from '../export-options';
import { creatorName, exportProvenance } from '../export-provenance';
import { defineExporter } from '../exporter';
import { writeGlb } from './write-glb';

/** Binary glTF 2.0 with sparse blend shapes and one animation. */
export const gltfExporter = defineExporter({
  id: 'glb',
  label: 'glTF',
  fileExtension: 'glb',
  mimeType: 'model/gltf-binary',
  options: headOptionsSchema,
  async write(input, options, context) {
    const { scene, take } = await animatedHead(input, options, context);
    const information = { creator: creatorName(input.applicationVersion), provenance: exportProvenance(input, options) };
    return writeGlb(scene, [take], information, exportCheckpoint(context, SAMPLING_SHARE, 1));
  },
});
