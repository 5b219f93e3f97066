import { InvalidArgumentError, Option } from 'commander';
import type { StreamId } from '../../shared/clip/clip-schema';
import { VARIATION_RANGES } from '../../shared/clip/generation';
import { FRAME_RATE_HZ, type FrameRange } from '../../shared/clip/timing';
import { FRAME_RATE_LABELS } from '../../shared/export-model/frame-rate';

/** Range in seconds, `[startSeconds, endSeconds)`. */
export interface SecondsRange {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Reads `2.1:3.4` (seconds). */
export function parseRange(text: string): SecondsRange {
  const match = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(text);
  const [startSeconds, endSeconds] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || !(endSeconds > startSeconds)) throw new InvalidArgumentError('Give start and end in seconds with the start first, for example 2.1:3.4.');
  return { startSeconds, endSeconds };
}

/** Frames that a range in seconds touches. */
export function framesOf({ startSeconds, endSeconds }: SecondsRange): FrameRange {
  const startFrame = Math.floor(startSeconds * FRAME_RATE_HZ + 1e-6);
  return { startFrame, endFrame: Math.max(startFrame + 1, Math.ceil(endSeconds * FRAME_RATE_HZ - 1e-6)) };
}

/** Reads a seed: a whole number from 0 to 4294967295. */
export function parseSeed(text: string): number {
  return parseWhole(text, 0, 0xffffffff);
}

/** Parser of a whole number within limits, for commander. */
export function wholeNumber(lowest: number, highest: number): (text: string) => number {
  return (text) => parseWhole(text, lowest, highest);
}

function parseWhole(text: string, lowest: number, highest: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < lowest || value > highest) throw new InvalidArgumentError(`Give a whole number from ${lowest} to ${highest}.`);
  return value;
}

/** Parser of a decimal number within limits, for commander. */
export function decimalNumber(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= lowest && value <= highest)) throw new InvalidArgumentError(`Give a number from ${lowest} to ${highest}.`);
    return value;
  };
}

/** Collects `name=value` pairs given one by one or separated by commas. */
export function collectStyle(text: string, before: Readonly<Record<string, number>> = {}): Record<string, number> {
  const style: Record<string, number> = { ...before };
  for (const pair of text.split(',')) {
    const [name = '', value = '', ...rest] = pair.split('=').map((part) => part.trim());
    if (name === '' || value === '' || rest.length > 0 || !Number.isFinite(Number(value)))
      throw new InvalidArgumentError('Give name=value, for example headGain=1.2.');
    style[name] = Number(value);
  }
  return style;
}

/** Reads `mix` or the number of a channel, counted from 1 as audio editors do; the result counts from 0. */
export function parseChannel(text: string): 'mix' | number {
  return text === 'mix' ? 'mix' : parseWhole(text, 1, 8) - 1;
}

function variationOption(streamId: StreamId): Option {
  const { min, max } = VARIATION_RANGES[streamId];
  return new Option(`--${streamId}-variation <factor>`, `how freely the ${streamId} is drawn, ${min} to ${max} (default: the model's)`).argParser(
    decimalNumber(min, max),
  );
}

/** Options that several commands share. */
export const sharedOptions = {
  output: () => new Option('-o, --output <file>', 'file to write'),
  force: () => new Option('--force', 'overwrite an existing file'),
  json: () => new Option('--json', 'write JSON lines for scripts to stdout'),
  device: () => new Option('--device <name>', 'auto, cpu, or a GPU backend (webgpu, dml, coreml, cuda)').default('auto'),
  model: () => new Option('--model <id>', 'model to use, see `models`'),
  models: () => new Option('--models <folder>', 'start with the model of this folder instead of the one that comes with the studio'),
  seed: () => new Option('--seed <number>', 'the same seed gives the same motion').argParser(parseSeed).default(1),
  style: () =>
    new Option('--style <name=value>', 'style of the motion, see `models`; may be given several times')
      .argParser(collectStyle)
      .default({}, "the model's defaults"),
  headVariation: () => variationOption('head'),
  mouthVariation: () => variationOption('mouth'),
  clean: () => new Option('--clean', 'the most probable mouth, the same for every seed').conflicts('mouthVariation'),
  range: () => new Option('--range <start:end>', 'seconds, for example 2.1:3.4').argParser(parseRange),
  fps: () => new Option('--fps <rate>', 'frames per second of an export').choices(FRAME_RATE_LABELS).default('30'),
  track: () => new Option('--track <name>', 'stream to draw anew').choices(['head', 'mouth']).makeOptionMandatory(),
  take: () => new Option('--take <name>', 'name or id of a take (default: the active one)'),
  clip: () => new Option('--clip <name>', 'name or id of a clip (default: the first)'),
} as const;
