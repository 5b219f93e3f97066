import type { StreamId } from '../../../shared/clip/clip-schema';
import { type DecodedStream, joinSegments } from '../../../shared/clip/decoded-stream';
import type { Variant } from '../../../shared/clip/generation';
import type { FrameRange } from '../../../shared/clip/timing';
import { BLENDED_MOUTH_CHANNELS } from './finish-decoded';
import { type RerollJob, rerollRange } from './reroll-range';

/** Windows in one batch; larger ones gain little and hold much memory. */
const BATCH_SIZE = 8;
const DEGREES_PER_RADIAN = 180 / Math.PI;

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

/** Root-mean-square distance of two curves of a stream over a range: degrees of head rotation, or coefficient units of the mouth. */
export function curveDistance(streamId: StreamId, a: DecodedStream, b: DecodedStream, range: FrameRange): number {
  const channels = streamId === 'head' ? 3 : BLENDED_MOUTH_CHANNELS;
  const scale = streamId === 'head' ? DEGREES_PER_RADIAN : 1;
  let sum = 0;
  for (let frame = range.startFrame; frame < range.endFrame; frame++) {
    for (let channel = 0; channel < channels; channel++) {
      const index = frame * a.channelCount + channel;
      sum += ((a.values[index] ?? 0) - (b.values[index] ?? 0)) ** 2;
    }
  }
  return scale * Math.sqrt(sum / ((range.endFrame - range.startFrame) * channels));
}
