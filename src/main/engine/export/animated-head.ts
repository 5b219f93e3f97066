import { checkExport, safeName } from '../../../shared/export-model/check-scene';
import type { ExportScene, ExportTake } from '../../../shared/export-model/export-scene';
import { frameRateOf } from '../../../shared/export-model/frame-rate';
import { poseTake } from '../../../shared/export-model/pose-take';
import { sampleTake } from '../../../shared/export-model/sample-take';
import { exportCheckpoint } from './export-checkpoint';
import { exportRange, type HeadOptions } from './export-options';
import type { ExportContext, ExportInput } from './exporter';

/** Share of an export's time that sampling takes. */
export const SAMPLING_SHARE = 0.3;

/** The head with one take on its bones and shapes, checked and ready for a writer. */
export async function animatedHead(
  input: ExportInput,
  options: HeadOptions,
  context: ExportContext,
): Promise<{ readonly scene: ExportScene; readonly take: ExportTake }> {
  const checkpoint = exportCheckpoint(context, 0, SAMPLING_SHARE);
  const range = exportRange(input.clip, options);
  const face = await sampleTake(input.take, input.decoded, range, frameRateOf(options.fps), options.streams, checkpoint);
  const scene = await input.loadHead();
  const take = { ...poseTake(scene, face, options.neckShare), name: safeName(`${input.clip.name}_${input.take.name}`, 'take') };
  checkExport(scene, [take]);
  return { scene, take };
}
