import { stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type Clip, NEUTRAL_EDITS, PROJECT_FORMAT_VERSION, type Project, type Take } from '../../shared/clip/clip-schema';
import { AppError } from '../../shared/contract/errors';
import { refuseExisting, writeFileWhole } from '../engine/project/write-file-whole';
import { type CommandContext, type CommandOptions, runCommand } from './command-context';
import { decimalNumber, parseChannel, type SecondsRange, sharedOptions, wholeNumber } from './option-parsers';
import { chooseFormat, extensionOfFormat, formatIds, PROJECT_FORMAT } from './output-format';
import { streamHash } from './project-access';
import { temperaturesOf, type VariationOptions } from './variation-options';

/** Options of `generate` after parsing. */
export interface GenerateOptions extends CommandOptions, VariationOptions {
  readonly output: string;
  readonly format?: string;
  readonly model?: string;
  readonly seed: number;
  readonly style: Record<string, number>;
  readonly channel: 'mix' | number;
  readonly variants: number;
  readonly range?: SecondsRange;
  readonly fps: string;
  readonly headAmount: number;
  readonly head: boolean;
  readonly force?: boolean;
}

/** `generate <audio>... -o <file or folder>`: audio to project or straight to an export format. */
export function addGenerateCommand(program: Command): void {
  program
    .command('generate')
    .description('animate recordings: to a project, or straight to an export format')
    .argument('<audio...>', 'WAV, AIFF, MP3, FLAC, Ogg Vorbis or Opus')
    .addOption(sharedOptions.output().makeOptionMandatory())
    .addOption(new Option('--format <name>', `format to write (default: by the extension of the output): ${formatIds().join(', ')}`))
    .addOption(sharedOptions.seed())
    .addOption(sharedOptions.style())
    .addOption(sharedOptions.headVariation())
    .addOption(sharedOptions.mouthVariation())
    .addOption(sharedOptions.clean())
    .addOption(new Option('--channel <name>', 'mix, or the number of a channel').argParser(parseChannel).default('mix'))
    .addOption(new Option('--variants <count>', 'takes per recording, with seeds counting up; for projects').argParser(wholeNumber(1, 32)).default(1))
    .addOption(sharedOptions.range())
    .addOption(sharedOptions.fps())
    .addOption(new Option('--head-amount <factor>', 'scale of the head motion, 0 to 2').argParser(decimalNumber(0, 2)).default(1))
    .addOption(new Option('--no-head', 'keep the head still'))
    .addOption(sharedOptions.device())
    .addOption(sharedOptions.model())
    .addOption(sharedOptions.models())
    .addOption(sharedOptions.force())
    .addOption(sharedOptions.json())
    .action((audio: string[], options: GenerateOptions) => runCommand(options, (context) => generate(audio, options, context)));
}

/** Animates recordings one after another and writes each to its place. */
export async function generate(paths: readonly string[], options: GenerateOptions, context: CommandContext): Promise<void> {
  const targets = await chooseTargets(paths, options);
  for (const [index, { audioPath, outputPath, format }] of targets.entries()) {
    await generateOne(audioPath, outputPath, format, options, context, [index / targets.length, (index + 1) / targets.length]);
  }
}

interface Target {
  readonly audioPath: string;
  readonly outputPath: string;
  readonly format: string;
}

/** Where each recording goes; everything that can be refused is refused before any work starts. */
async function chooseTargets(paths: readonly string[], options: GenerateOptions): Promise<Target[]> {
  const isFolder = /[/\\]$/.test(options.output) || (await isExistingFolder(options.output));
  if (!isFolder && paths.length > 1)
    throw new AppError('bad-input', `${paths.length} recordings need a folder as output.`, 'Give an existing folder, or a name that ends with a slash.');
  if (isFolder && !(await isExistingFolder(options.output)))
    throw new AppError('file-not-found', `The folder ${options.output} does not exist.`, 'Create it first.');
  const format = isFolder ? chooseFormat(`.${PROJECT_FORMAT}`, options.format ?? PROJECT_FORMAT) : chooseFormat(options.output, options.format);
  if (options.variants > 1 && format !== PROJECT_FORMAT)
    throw new AppError('bad-input', 'Only a project can hold several takes.', 'Write a .vividtalker project, then export its takes.');
  if (options.range && format === PROJECT_FORMAT)
    throw new AppError('bad-input', 'A project always holds the whole recording.', 'Use --range with an export format, or with the export command.');
  const targets = paths.map((audioPath) => {
    const name = `${basename(audioPath, extname(audioPath))}.${extensionOfFormat(format)}`;
    return { audioPath, outputPath: resolve(isFolder ? join(options.output, name) : options.output), format };
  });
  const doubled = targets.find((target, index) => targets.findIndex((other) => other.outputPath === target.outputPath) !== index);
  if (doubled) throw new AppError('bad-input', `Two recordings would be written to ${doubled.outputPath}.`, 'Write them to different folders.');
  if (!options.force) for (const target of targets) await refuseExisting(target.outputPath);
  return targets;
}

async function isExistingFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

async function generateOne(
  audioPath: string,
  outputPath: string,
  format: string,
  options: GenerateOptions,
  context: CommandContext,
  [from, to]: readonly [number, number],
): Promise<void> {
  const { engine, terminal, callContext } = context;
  const at = (fraction: number): number => from + (to - from) * fraction;
  const reading = callContext(at(0), at(0.2));
  const imported = await engine.audioStore.importFile(audioPath, options.channel, {
    signal: reading.signal,
    onProgress: (fraction) => reading.reportProgress(fraction, 'Listening'),
  });
  for (const warning of imported.warnings) terminal.warn(`${basename(audioPath)}: ${warning}`);
  const takes: Take[] = [];
  for (let index = 0; index < options.variants; index++) {
    const settings = { seed: (options.seed + index) >>> 0, style: options.style, ...temperaturesOf(options), modelId: options.model };
    const work = callContext(at(0.2 + (0.6 * index) / options.variants), at(0.2 + (0.6 * (index + 1)) / options.variants));
    const { streams, events } = await engine.handlers['clip.generate']({ audio: imported.audio, settings }, work);
    const head = { ...NEUTRAL_EDITS, muted: !options.head, amount: { base: options.headAmount, keys: [] } };
    takes.push({
      id: `take-${index + 1}`,
      name: `Take ${index + 1}`,
      streams,
      events,
      locks: [],
      ignoredFindings: [],
      edits: { head, mouth: NEUTRAL_EDITS, wrinkles: NEUTRAL_EDITS, eyes: NEUTRAL_EDITS },
    });
  }
  const name = basename(audioPath, extname(audioPath));
  const clip: Clip = {
    id: 'clip-1',
    name: name === '' ? 'Clip' : name,
    audio: imported.audio,
    frameCount: imported.frameCount,
    markers: [],
    takes,
    activeTakeId: 'take-1',
  };
  const bytes = await encodeClip(clip, format, options, context, at);
  await writeFileWhole(outputPath, bytes, { overwrite: options.force === true });
  const [take] = takes as [Take];
  terminal.result(
    `${outputPath}  (${imported.audio.durationSeconds.toFixed(2)} s, ${imported.frameCount} frames, ${(bytes.length / 1e6).toFixed(1)} MB)`,
    'done',
    {
      input: audioPath,
      output: outputPath,
      format,
      durationSeconds: imported.audio.durationSeconds,
      frameCount: imported.frameCount,
      sizeBytes: bytes.length,
      seed: options.seed,
      headSha256: streamHash(take.streams.head),
      mouthSha256: streamHash(take.streams.mouth),
    },
  );
}

async function encodeClip(
  clip: Clip,
  format: string,
  options: GenerateOptions,
  context: CommandContext,
  at: (fraction: number) => number,
): Promise<Uint8Array> {
  if (format === PROJECT_FORMAT) {
    const project: Project = { formatVersion: PROJECT_FORMAT_VERSION, modelId: options.model ?? null, clips: [clip] };
    return context.engine.projects.pack(project);
  }
  const exportOptions = { fps: options.fps, ...(options.range && { range: options.range }) };
  const { bytes } = await context.engine.handlers['clip.export'](
    { clip, takeId: 'take-1', exporterId: format, options: exportOptions },
    context.callContext(at(0.8), at(1)),
  );
  return bytes;
}
