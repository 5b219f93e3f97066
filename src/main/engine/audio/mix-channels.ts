import { AppError } from '../../../shared/contract/errors';
import type { AudioBlock } from './audio-source';

/** Which part of a recording the engine listens to: the average of all channels, or one channel counted from 0. */
export type ChannelSelection = 'mix' | number;

/** Throws `bad-input` when the file has no such channel. */
export function checkChannelSelection(selection: ChannelSelection, channelCount: number): void {
  if (selection === 'mix') return;
  if (Number.isInteger(selection) && selection >= 0 && selection < channelCount) return;
  const choices = channelCount === 1 ? 'channel 0' : `channels 0 to ${channelCount - 1}`;
  throw new AppError('bad-input', `The recording has no channel ${selection}.`, `It has ${choices}; "mix" takes all of them.`);
}

/** One mono block from a block of any channel count; a single channel is returned as it is, not copied. */
export function mixChannels(block: AudioBlock, selection: ChannelSelection): Float32Array {
  checkChannelSelection(selection, block.length);
  const first = block[selection === 'mix' ? 0 : selection] ?? new Float32Array(0);
  if (selection !== 'mix' || block.length === 1) return first;
  const mono = new Float32Array(first.length);
  for (let frame = 0; frame < mono.length; frame++) {
    let sum = 0;
    for (const samples of block) sum += samples[frame] ?? 0;
    mono[frame] = sum / block.length;
  }
  return mono;
}
