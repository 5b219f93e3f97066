import { damagedAudio, emptyAudio, unsupportedAudio } from './audio-errors';
import type { AudioBlock, AudioContainer, AudioSource, ReadingState } from './audio-source';
import type { ByteSource } from './byte-source';
import { type PcmEncoding, readPcmSamples } from './pcm-encoding';

const BLOCK_FRAMES = 32768;
const MAXIMUM_CHANNELS = 32;
const MINIMUM_RATE_HZ = 1000;
const MAXIMUM_RATE_HZ = 384000;

/** Where the samples of an uncompressed file lie; `frameCount` counts only whole frames that are in the file. */
export interface PcmLayout {
  readonly container: AudioContainer;
  readonly encoding: PcmEncoding;
  readonly sampleRateHz: number;
  readonly channelCount: number;
  readonly dataOffset: number;
  readonly frameCount: number;
  readonly isTruncated: boolean;
}

/** Source over uncompressed samples. Errors: `empty-audio`, `damaged-audio` for impossible headers and for samples that are not numbers. */
export function createPcmSource(bytes: ByteSource, layout: PcmLayout): AudioSource {
  checkLayout(layout);
  const state: ReadingState = { progress: 0, isTruncated: layout.isTruncated, hasDamage: false };
  return {
    container: layout.container,
    encoding: layout.encoding.name,
    sampleRateHz: layout.sampleRateHz,
    channelCount: layout.channelCount,
    durationSeconds: layout.frameCount / layout.sampleRateHz,
    state,
    blocks: () => readBlocks(bytes, layout, state),
    close: () => bytes.close(),
  };
}

function checkLayout(layout: PcmLayout): void {
  const { channelCount, sampleRateHz } = layout;
  if (channelCount < 1) throw damagedAudio('The sound header names no channel.');
  if (channelCount > MAXIMUM_CHANNELS) throw unsupportedAudio(`The file has ${channelCount} channels.`, `At most ${MAXIMUM_CHANNELS} channels can be read.`);
  if (!(sampleRateHz >= MINIMUM_RATE_HZ && sampleRateHz <= MAXIMUM_RATE_HZ)) {
    throw damagedAudio(`The sound header names an impossible sample rate (${sampleRateHz} Hz).`);
  }
  if (layout.frameCount < 1) throw emptyAudio('The file has no samples.');
}

async function* readBlocks(bytes: ByteSource, layout: PcmLayout, state: ReadingState): AsyncGenerator<AudioBlock, void, undefined> {
  const { encoding, channelCount, frameCount } = layout;
  const frameBytes = encoding.bytesPerSample * channelCount;
  for (let frame = 0; frame < frameCount; ) {
    const wanted = Math.min(BLOCK_FRAMES, frameCount - frame);
    const chunk = await bytes.read(layout.dataOffset + frame * frameBytes, wanted * frameBytes);
    const count = Math.floor(chunk.length / frameBytes);
    if (count === 0) {
      state.isTruncated = true;
      return;
    }
    const block = deinterleave(chunk, count, layout);
    if (encoding.isFloat) checkFinite(block, frame, layout.sampleRateHz);
    frame += count;
    state.progress = frame / frameCount;
    yield block;
  }
}

function deinterleave(chunk: Uint8Array, count: number, layout: PcmLayout): Float32Array[] {
  const { encoding, channelCount } = layout;
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const frameBytes = encoding.bytesPerSample * channelCount;
  return Array.from({ length: channelCount }, (_, channel) => {
    const samples = new Float32Array(count);
    readPcmSamples(encoding, view, channel * encoding.bytesPerSample, frameBytes, samples);
    return samples;
  });
}

function checkFinite(block: AudioBlock, firstFrame: number, sampleRateHz: number): void {
  for (const samples of block) {
    const bad = samples.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      const seconds = ((firstFrame + bad) / sampleRateHz).toFixed(3);
      throw damagedAudio(`The recording contains values that are not numbers (first at ${seconds} s).`);
    }
  }
}
