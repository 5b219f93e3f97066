#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { findInstallation } from '../engine/installation';
import { addBatchCommand } from './batch-command';
import { EXIT_CODES } from './exit-codes';
import { addExportCommand } from './export-command';
import { addGenerateCommand } from './generate-command';
import { addInspectCommand } from './inspect-command';
import { addModelsCommand } from './models-command';
import { addResampleCommand } from './resample-command';
import { addServeCommand, addStudioCommand } from './serve-command';
import { addVariantsCommand } from './variants-command';

// Entry file of the command line: `vividtalker`, also `npm start -- <command>`.
const program = new Command('vividtalker')
  .description('Turns a voice recording into an editable 3D facial animation.')
  .version(findInstallation().version)
  .showHelpAfterError('(see --help)')
  .exitOverride();

const commands = [
  addStudioCommand,
  addGenerateCommand,
  addBatchCommand,
  addResampleCommand,
  addVariantsCommand,
  addExportCommand,
  addInspectCommand,
  addModelsCommand,
  addServeCommand,
];
for (const addCommand of commands) addCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.badInput;
}
