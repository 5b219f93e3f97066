import type { Take } from '../../../shared/clip/clip-schema';
import { NEUTRAL_EDITS } from '../../../shared/clip/clip-schema';
import { addTake } from '../../document/commands/add-take';
import { formatSeed } from '../../document/describe';
import { findClip } from '../../document/selectors';
import { newSeed, settingsFor } from '../../workspace/generation-store';
import { runJob } from '../../workspace/job-store';
import { showError } from '../../workspace/notice-store';
import { modelOrThrow } from '../chosen-model';
import type { Studio } from '../studio';

/** Animates a whole clip as a new take. What was there stays as it is until the new take is ready, and for ever when the user cancels. */
export async function generateClip(studio: Studio, clipId: string, seed = newSeed()): Promise<void> {
  const clip = findClip(studio.document.getState().project, clipId);
  if (!clip) return;
  try {
    const model = modelOrThrow(studio);
    const content = await runJob(studio.jobs, `Animate ${clip.name}`, clipId, ({ signal, onProgress }) =>
      studio.client.call('clip.generate', { audio: clip.audio, settings: settingsFor(studio.generation.getState(), seed, model) }, { signal, onProgress }),
    );
    const now = findClip(studio.document.getState().project, clipId);
    if (!now) return;
    const previous = now.takes.find((take) => take.id === now.activeTakeId);
    const take: Take = {
      id: crypto.randomUUID(),
      name: `Take ${now.takes.length + 1}`,
      streams: content.streams,
      events: content.events,
      locks: [],
      ignoredFindings: [],
      edits: previous?.edits ?? { head: NEUTRAL_EDITS, mouth: NEUTRAL_EDITS, wrinkles: NEUTRAL_EDITS, eyes: NEUTRAL_EDITS },
    };
    studio.document.getState().apply(addTake(clipId, take, `${clip.name} animated (seed ${formatSeed(seed)})`));
  } catch (error) {
    showError(studio.notices, error);
  }
}
