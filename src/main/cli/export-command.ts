import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { AppError } from '../../shared/contract/errors';
import { EXPORTERS } from '../engine/export/registry';
import { refuseExisting, writeFileWhole } from '../engine/project/write-file-whole';
import { type CommandContext, type CommandOptions, runCommand } from './command-context';
import { type SecondsRange, sharedOptions } from './option-parsers';
import { chooseFormat, PROJECT_FORMAT } from './output-format';
import { chooseClip, chooseTake, openProject } from './project-access';

interface ExportOptions extends CommandOptions {
  readonly output: string;
  readonly format?: string;
  readonly take?: string;
  readonly clip?: string;
  readonly range?: SecondsRange;
  readonly fps: string;
  readonly force?: boolean;
}

/** `export <project> -o <file>`: one take as a file of an export format. */
export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description('write one take of a project as GLB, FBX or JSON')
    .argument('<project>', '.vividtalker file')
    .addOption(sharedOptions.output().makeOptionMandatory())
    .addOption(
      new Option('--format <name>', `format to write (default: by the extension of the output): ${EXPORTERS.map((exporter) => exporter.id).join(', ')}`),
    )
    .addOption(sharedOptions.take())
    .addOption(sharedOptions.clip())
    .addOption(sharedOptions.range())
    .addOption(sharedOptions.fps())
    .addOption(sharedOptions.force())
    .addOption(sharedOptions.json())
    .action((project: string, options: ExportOptions) => runCommand(options, (context) => exportTake(project, options, context)));
}

async function exportTake(path: string, options: ExportOptions, context: CommandContext): Promise<void> {
  const { engine, terminal, callContext } = context;
  const output = resolve(options.output);
  const format = chooseFormat(output, options.format);
  if (format === PROJECT_FORMAT) throw new AppError('bad-input', 'A project is not an export format.', 'Copy the file instead, or choose .glb, .fbx or .json.');
  if (!options.force) await refuseExisting(output);
  const project = await openProject(path, context);
  const clip = chooseClip(project, options.clip);
  const take = chooseTake(clip, options.take);
  const exportOptions = { fps: options.fps, ...(options.range && { range: options.range }) };
  const { bytes } = await engine.handlers['clip.export']({ clip, takeId: take.id, exporterId: format, options: exportOptions }, callContext(0.2, 1));
  await writeFileWhole(output, bytes, { overwrite: options.force === true });
  terminal.result(`${output}  (${(bytes.length / 1e6).toFixed(1)} MB)`, 'done', { output, format, take: take.id, sizeBytes: bytes.length });
}
