import { animatedHead, SAMPLING_SHARE } from '../animated-head';
import { exportCheckpoint } from '../export-checkpoint';
import { headOptionsSchema } from '../export-options';
import { creatorName, exportProvenance } from '../export-provenance';
import { defineExporter } from '../exporter';
import { encodeFbx } from './fbx-binary';
import { buildFbxDocument } from './fbx-document';

const BUILT_SHARE = 0.5;

/** FBX 7.4 binary: mesh, bones, blend shapes, embedded pictures and one animation stack. */
export const fbxExporter = defineExporter({
  id: 'fbx',
  label: 'FBX',
  fileExtension: 'fbx',
  mimeType: 'application/octet-stream',
  options: headOptionsSchema,
  async write(input, options, context) {
    const { scene, take } = await animatedHead(input, options, context);
    const information = { creator: creatorName(input.applicationVersion), title: input.clip.name, provenance: exportProvenance(input, options) };
    const document = await buildFbxDocument(scene, [take], information, exportCheckpoint(context, SAMPLING_SHARE, BUILT_SHARE));
    return encodeFbx(document, exportCheckpoint(context, BUILT_SHARE, 1));
  },
});
