import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../../shared/contract/errors';
import type { Checkpoint } from '../../../shared/export-model/sample-take';
import type { ExportContext } from './exporter';

/** Pause point for one stage of an export, which takes the share `from`..`to` of the whole: reports progress, lets other work run, throws when cancelled. */
export function exportCheckpoint(context: ExportContext, from: number, to: number): Checkpoint {
  return async (fraction) => {
    throwIfCancelled(context.signal);
    context.onProgress?.(from + (to - from) * fraction);
    await nextTurn();
    throwIfCancelled(context.signal);
  };
}
