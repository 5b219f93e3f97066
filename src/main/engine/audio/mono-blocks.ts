import type { AudioSource } from './audio-source';
import { type ChannelSelection, mixChannels } from './mix-channels';
import { Resampler } from './resample';

/** A piece of mono sound at 16 kHz, and how many samples per channel of the source it used up. */
export interface MonoBlock {
  readonly samples: Float32Array;
  readonly sourceFrames: number;
}

/** Decodes a source to mono at 16 kHz, block by block. */
export async function* readMonoBlocks(source: AudioSource, channel: ChannelSelection): AsyncGenerator<MonoBlock, void, undefined> {
  const resampler = new Resampler(source.sampleRateHz);
  for await (const block of source.blocks()) {
    const mono = mixChannels(block, channel);
    yield { samples: resampler.push(mono), sourceFrames: mono.length };
  }
  yield { samples: resampler.flush(), sourceFrames: 0 };
}
