import type { Command } from 'commander';
import { readNetwork } from '../engine/inference/model-manifest';
import { type CommandContext, type CommandOptions, runCommand } from './command-context';
import { sharedOptions } from './option-parsers';

/** `models`: which model is installed, whether its files are whole, and which device runs it and why. */
export function addModelsCommand(program: Command): void {
  program
    .command('models')
    .description('models, styles, and which device is used and why')
    .addOption(sharedOptions.device())
    .addOption(sharedOptions.models())
    .addOption(sharedOptions.json())
    .action((options: CommandOptions) => runCommand(options, showModels));
}

async function showModels({ engine, installation, terminal }: CommandContext): Promise<void> {
  const manifest = await engine.models.readManifest();
  const networks = Object.entries(manifest.streams).flatMap(([stream, { predictor, decoder, encoder }]) =>
    [predictor, decoder, ...(encoder ? [encoder] : [])].map((file) => ({ stream, ...file })),
  );
  for (const network of networks) await readNetwork(installation.modelFolder, network);
  const device = await engine.models.deviceInfo();
  const lines = [
    `Model ${manifest.id} in ${installation.modelFolder}`,
    `Licence: ${manifest.licence}`,
    ...networks.map(
      ({ stream, file, parameters, sha256 }) =>
        `  ${stream.padEnd(6)} ${file.padEnd(24)} ${(parameters / 1e6).toFixed(2)} M parameters, sha256 ${sha256.slice(0, 12)}… checked`,
    ),
    'Styles (--style name=value):',
    ...manifest.style.map((control) => `  ${control.name.padEnd(14)} ${control.label}, ${control.min} to ${control.max}, default ${control.default}`),
    `Device: ${device.label}${device.reason === '' ? '' : ` (${device.reason})`}`,
  ];
  terminal.result(lines.join('\n'), 'models', {
    id: manifest.id,
    licence: manifest.licence,
    folder: installation.modelFolder,
    networks,
    style: manifest.style,
    device,
  });
}
