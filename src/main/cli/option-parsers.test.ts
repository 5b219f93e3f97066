import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { collectStyle, decimalNumber, framesOf, parseChannel, parseRange, parseSeed, sharedOptions } from './option-parsers';
import { temperaturesOf } from './variation-options';

describe('options of the command line', () => {
  it('read ranges in seconds and turn them into the frames they touch', () => {
    expect(parseRange('2.1:3.4')).toEqual({ startSeconds: 2.1, endSeconds: 3.4 });
    expect(framesOf({ startSeconds: 2.1, endSeconds: 3.4 })).toEqual({ startFrame: 63, endFrame: 102 });
    expect(framesOf({ startSeconds: 0.5, endSeconds: 0.51 })).toEqual({ startFrame: 15, endFrame: 16 });
  });

  it.each(['', '1', '2:1', '1:1', 'a:b', '-1:2', '1:2:3', '1e3:2e3'])('refuse the range "%s"', (text) => {
    expect(() => parseRange(text)).toThrow(/for example 2.1:3.4/);
  });

  it('read seeds, channels and numbers within their limits', () => {
    expect(parseSeed('4294967295')).toBe(4294967295);
    for (const text of ['4294967296', '-1', '1.5', 'x', '']) expect(() => parseSeed(text)).toThrow(/whole number/);
    expect([parseChannel('mix'), parseChannel('1'), parseChannel('8')]).toEqual(['mix', 0, 7]);
    expect(() => parseChannel('0')).toThrow(/from 1 to 8/);
    expect(decimalNumber(0, 2)('0.75')).toBe(0.75);
    for (const text of ['2.1', '-0.1', '', 'half']) expect(() => decimalNumber(0, 2)(text)).toThrow(/from 0 to 2/);
  });

  it('collect styles given together or one by one', () => {
    expect(collectStyle('smile=0.4', collectStyle('headGain=1.3,nodRate=1'))).toEqual({ headGain: 1.3, nodRate: 1, smile: 0.4 });
    for (const text of ['smile', 'smile=', '=1', 'smile=much', 'smile=1=2']) expect(() => collectStyle(text)).toThrow(/name=value/);
  });

  it.each([
    ['', {}],
    ['--head-variation 0.7', { headTemperature: 0.7 }],
    ['--mouth-variation 1.1 --head-variation 1.3', { headTemperature: 1.3, mouthTemperature: 1.1 }],
    ['--clean', { mouthTemperature: 0 }],
  ])('turn the variation "%s" into temperatures', (text, expected) => {
    expect(temperaturesOf(parseVariation(text))).toEqual(expected);
  });

  it.each(['--head-variation 0.5', '--head-variation 1.4', '--mouth-variation 0', '--clean --mouth-variation 0.5'])('refuse the variation "%s"', (text) => {
    expect(() => parseVariation(text)).toThrow();
  });
});

function parseVariation(text: string): Record<string, unknown> {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  for (const option of [sharedOptions.headVariation(), sharedOptions.mouthVariation(), sharedOptions.clean()]) command.addOption(option);
  return command.parse(text.split(' ').filter(Boolean), { from: 'user' }).opts();
}
