import type { Command } from 'commander';
import type { LibraryModel } from '../engine/inference/model-library';
import { networksOf } from '../engine/inference/model-manifest';
import { type CommandContext, type CommandOptions, runCommand } from './command-context';
import { sharedOptions } from './option-parsers';

interface AddOptions extends CommandOptions {
  readonly force?: boolean;
}

/** `models`: all models, whether their files are whole, and which device runs them and why. `models add <folder>`: brings one in. */
export function addModelsCommand(program: Command): void {
  const models = program
    .command('models')
    .description('models, styles, and which device is used and why')
    .addOption(sharedOptions.device())
    .addOption(sharedOptions.models())
    .addOption(sharedOptions.json())
    .action((options: CommandOptions) => runCommand(options, showModels));
  models
    .command('add')
    .description('bring a model folder in, checked file by file; projects and --model then know it by its id')
    .argument('<folder>', 'folder with a manifest.json, for example made by training/finetune.py')
    .addOption(sharedOptions.force())
    .addOption(sharedOptions.json())
    .action((folder: string, _: AddOptions, command: Command) => {
      const options = command.optsWithGlobals<AddOptions>();
      return runCommand(options, (context) => addModel(folder, options.force === true, context));
    });
}

async function showModels({ engine, terminal }: CommandContext): Promise<void> {
  const models = await engine.models.library.list({ checkFiles: true });
  // The one the studio starts with must work; the others are listed with what is wrong.
  const manifest = await engine.models.readManifest();
  const device = await engine.models.deviceInfo();
  const lines = [
    ...models.flatMap(describeModel),
    `A project without a choice of its own uses ${manifest.id}. Other models: ${engine.models.library.userFolder}`,
    'Styles (--style name=value):',
    ...manifest.style.map((control) => `  ${control.name.padEnd(14)} ${control.label}, ${control.min} to ${control.max}, default ${control.default}`),
    `Device: ${device.label}${device.reason === '' ? '' : ` (${device.reason})`}`,
  ];
  terminal.result(lines.join('\n'), 'models', {
    id: manifest.id,
    licence: manifest.licence,
    folder: engine.models.library.shippedFolder,
    networks: networksOf(manifest).map(({ streamId, network }) => ({ stream: streamId, ...network })),
    style: manifest.style,
    device,
    userFolder: engine.models.library.userFolder,
    models: models.map(({ id, origin, folder, problem }) => ({ id, origin, folder, problem })),
  });
}

function describeModel({ id, origin, folder, manifest, problem }: LibraryModel): string[] {
  const title = `Model ${id} (${origin === 'shipped' ? 'comes with the studio' : 'brought in'}) in ${folder}`;
  if (!manifest) return [title, `  CANNOT BE USED: ${problem}`];
  return [
    title,
    `  Licence: ${manifest.licence}`,
    ...networksOf(manifest).map(
      ({ streamId, network: { file, parameters, sha256 } }) =>
        `  ${streamId.padEnd(6)} ${file.padEnd(24)} ${(parameters / 1e6).toFixed(2)} M parameters, sha256 ${sha256.slice(0, 12)}… checked`,
    ),
  ];
}

async function addModel(folder: string, overwrite: boolean, { engine, terminal }: CommandContext): Promise<void> {
  const { id, folder: target } = await engine.models.library.add(folder, { overwrite });
  terminal.result(`The model ${id} is now in ${target}.\nUse it with --model ${id}, or choose it in the studio.`, 'added', { id, folder: target });
}
