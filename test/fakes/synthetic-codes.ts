import { recode } from '../../src/main/engine/generation/recode';
import type { StreamId } from '../../src/shared/clip/clip-schema';
import { frameCountOf } from '../../src/shared/clip/timing';
import type { MethodParsedInput } from '../../src/shared/contract/methods';
import { fakeManifest, fakeNetwork, fakeStream } from '../fixtures/fake-model';
import { syntheticStream } from './synthetic-clip';

/** How the codes of made-up streams lie in space. */
export const SYNTHETIC_LEVELS: Readonly<Record<StreamId, number[][]>> = {
  head: [[10, 10, 10]],
  mouth: [
    [10, 10, 10],
    [10, 10, 10],
    [8, 6, 5],
    [8, 6, 5],
  ],
};

/** Sets codes of a made-up stream as the engine does, with a decoder that is a plain function. */
export function recodeSynthetic({ streamId, audio, ...input }: MethodParsedInput<'clip.recode'>, signal: AbortSignal) {
  const { provenance } = syntheticStream(streamId, 4, 1).segments[0] ?? {};
  const decoder = { file: 'none.onnx', sha256: provenance?.decoderSha256 ?? '', parameters: 0 };
  const stream = fakeStream(streamId, {
    groupSizes: SYNTHETIC_LEVELS[streamId].map((levels) => levels.reduce((product, count) => product * count, 1)),
    decoder,
  });
  const frameCount = frameCountOf(audio.durationSeconds);
  const network = fakeNetwork(stream, { looksAround: true });
  return recode({
    ...input,
    streamId,
    manifest: fakeManifest({ [streamId]: stream }),
    network,
    frameCount,
    gate: new Float32Array(frameCount).fill(1),
    signal,
  });
}
