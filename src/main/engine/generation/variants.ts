import { joinSegments } from '../../../shared/clip/decoded-stream';
import type { Variant } from '../../../shared/clip/generation';
import type { FrameRange } from '../../../shared/clip/timing';
import { curveDistance } from '../../../shared/face/stream-motion';
import { type RerollJob, rerollRange } from './reroll-range';

/** Windows in one batch; larger ones gain little and hold much memory. */
const BATCH_SIZE = 8;

/** Several re-rolls of one range, with the seeds `seed`, `seed + 1`, ..., nearest to the current curve first (ties by seed). */
export async function makeVariants(job: RerollJob, count: number): Promise<{ variants: Variant[]; affected: FrameRange }> {
  const seeds = Array.from({ length: count }, (_, index) => (job.settings.seed + index) >>> 0);
  const current = joinSegments(job.stream);
  const variants: Variant[] = [];
  let affected: FrameRange = job.range;
  for (let start = 0; start < count; start += BATCH_SIZE) {
    const batch = seeds.slice(start, start + BATCH_SIZE);
    const onProgress = (fraction: number): void => job.onProgress((start + fraction * batch.length) / count);
    const reroll = await rerollRange({ ...job, onProgress }, batch);
    affected = reroll.affected;
    reroll.streams.forEach((stream, index) => {
      variants.push({ seed: batch[index] ?? 0, stream, distance: curveDistance(job.streamId, current, joinSegments(stream), reroll.affected) });
    });
  }
  variants.sort((a, b) => a.distance - b.distance || a.seed - b.seed);
  return { variants, affected };
}
