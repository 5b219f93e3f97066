import type { Stream, StreamId } from '../../../shared/clip/clip-schema';
import { type CodeChange, effectiveChanges } from '../../../shared/clip/code-cells';
import { AppError } from '../../../shared/contract/errors';
import type { MethodInput } from '../../../shared/contract/methods';
import { replaceStream } from '../../document/commands/replace-stream';
import { runJob } from '../../workspace/job-store';
import { modelOrThrow } from '../chosen-model';
import { type Studio, shownTake } from '../studio';

/** Codes to set in the shown take, and what the step is called. */
export interface CodeEdit {
  readonly streamId: StreamId;
  readonly changes: readonly CodeChange[];
  readonly join: MethodInput<'clip.recode'>['join'];
  readonly label: string;
  /** The stream the changes start from, when it is not the shown one, and the key that makes several edits one step. */
  readonly base?: Stream;
  readonly key?: string;
}

/** Sets codes by hand: the engine decodes their surroundings, and the result is one undo step. False when no code changes. Rejects with AppError, then nothing has changed. */
export async function setCodes(studio: Studio, { streamId, changes, join, label, base, key }: CodeEdit): Promise<boolean> {
  const shown = shownTake(studio);
  if (!shown) return false;
  const { clip, take, target } = shown;
  const current = take.streams[streamId];
  const stream = base ?? current;
  const effective = effectiveChanges(stream, changes);
  if (effective.length === 0 && stream === current) return false;
  const modelId = modelOrThrow(studio).id;
  const recoded =
    effective.length === 0
      ? stream
      : (
          await runJob(studio.jobs, 'Set codes', clip.id, ({ signal, onProgress }) =>
            studio.client.call(
              'clip.recode',
              { audio: clip.audio, streamId, stream, locks: take.locks, changes: effective, join, modelId },
              { signal, onProgress },
            ),
          )
        ).stream;
  if (shownTake(studio)?.take.streams[streamId] !== current) throw new AppError('cancelled', 'The stream changed while codes were set.');
  studio.document.getState().apply(replaceStream(target, streamId, recoded, label, key));
  return true;
}
