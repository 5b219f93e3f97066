import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Command, Option } from 'commander';
import { AppError } from '../../shared/contract/errors';
import { type CommandContext, runCommand } from './command-context';
import { type GenerateOptions, generate } from './generate-command';
import { sharedOptions } from './option-parsers';
import { formatIds, PROJECT_FORMAT } from './output-format';
import type { VariationOptions } from './variation-options';

const AUDIO_EXTENSIONS = /^\.(wav|aif|aiff|aifc|mp3|flac|ogg|oga|opus)$/i;

type BatchOptions = Pick<GenerateOptions, 'seed' | 'style' | 'model' | keyof VariationOptions | 'fps' | 'force' | 'json' | 'device' | 'models'> & {
  readonly out: string;
  readonly format: string;
};

/** `batch <folder> --out <folder>`: every recording of a folder, one after another, with the names kept. */
export function addBatchCommand(program: Command): void {
  program
    .command('batch')
    .description('animate every recording of a folder')
    .argument('<folder>', 'folder with recordings')
    .requiredOption('--out <folder>', 'existing folder for the results')
    .addOption(new Option('--format <name>', 'format to write').choices(formatIds()).default(PROJECT_FORMAT))
    .addOption(sharedOptions.seed())
    .addOption(sharedOptions.style())
    .addOption(sharedOptions.headVariation())
    .addOption(sharedOptions.mouthVariation())
    .addOption(sharedOptions.clean())
    .addOption(sharedOptions.fps())
    .addOption(sharedOptions.device())
    .addOption(sharedOptions.model())
    .addOption(sharedOptions.models())
    .addOption(sharedOptions.force())
    .addOption(sharedOptions.json())
    .action((folder: string, options: BatchOptions) => runCommand(options, (context) => batch(folder, options, context)));
}

async function batch(folder: string, { out, ...options }: BatchOptions, context: CommandContext): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new AppError('file-not-found', `The folder ${folder} cannot be read (${error.code}).`, 'Check its name.', { cause: error });
  });
  const recordings = names.filter((name) => AUDIO_EXTENSIONS.test(extname(name))).sort();
  if (recordings.length === 0)
    throw new AppError('bad-input', `There is no recording in ${folder}.`, 'Recordings end with .wav, .aiff, .mp3, .flac, .ogg or .opus.');
  const paths = recordings.map((name) => join(folder, name));
  await generate(paths, { ...options, output: join(out, '/'), channel: 'mix', variants: 1, headAmount: 1, head: true }, context);
}
