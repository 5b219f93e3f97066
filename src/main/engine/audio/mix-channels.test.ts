import { describe, expect, it } from 'vitest';
import { checkChannelSelection, mixChannels } from './mix-channels';

const block = [Float32Array.of(1, 0, 0.5), Float32Array.of(0, -1, 0.5), Float32Array.of(0.5, 0.25, 0.5)];

describe('mixChannels', () => {
  it('averages all channels', () => {
    expect(mixChannels(block, 'mix')).toEqual(Float32Array.of(0.5, -0.25, 0.5));
  });

  it('takes one channel as it is', () => {
    expect(mixChannels(block, 1)).toBe(block[1]);
  });

  it.each([-1, 3, 0.5, Number.NaN])('refuses channel %d', (channel) => {
    expect(() => mixChannels(block, channel)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  it('says which channels there are', () => {
    expect(() => checkChannelSelection(1, 1)).toThrow(expect.objectContaining({ hint: expect.stringContaining('channel 0;') }));
  });
});
