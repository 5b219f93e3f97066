import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { findElectron } from '../host/find-electron';
import { openBrowser } from '../host/open-browser';
import { startHost } from '../host/start-host';
import { type CommandContext, type CommandOptions, runCommand } from './command-context';
import { sharedOptions, wholeNumber } from './option-parsers';

interface ServeOptions extends CommandOptions {
  readonly port: number;
  readonly open?: boolean;
}

const port = (): Option => new Option('--port <number>', 'port on 127.0.0.1, 0 for any free one').argParser(wholeNumber(0, 65535)).default(0);

/** `serve`: the studio for a browser on this machine. */
export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('serve the studio to a browser on this machine')
    .addOption(port())
    .addOption(sharedOptions.device())
    .addOption(sharedOptions.models())
    .addOption(sharedOptions.json())
    .action((options: ServeOptions) => runCommand(options, (context) => serve({ ...options, open: false }, context)));
}

/** `studio`, also what runs without a command: Electron if its program is installed, otherwise `serve` and the browser. */
export function addStudioCommand(program: Command): void {
  program
    .command('studio', { isDefault: true })
    .description('open the studio: in its own window if Electron is installed, otherwise in the browser')
    .addOption(port())
    .addOption(new Option('--no-open', 'print the address and open nothing'))
    .addOption(sharedOptions.device())
    .addOption(sharedOptions.models())
    .action(async (options: ServeOptions) => {
      await runCommand(options, async (context) => {
        const electron = options.open === false ? null : findElectron(join(context.installation.programFolder, 'node_modules'));
        if (electron === null) return serve(options, context);
        return openElectron(electron, context);
      });
    });
}

async function serve(options: ServeOptions, { engine, installation, logger, signal, terminal }: CommandContext): Promise<void> {
  const host = await startHost({ engine, rendererFolder: installation.rendererFolder, logger: logger.child('host'), port: options.port });
  engine.warmUp();
  terminal.result(`VividTalker Studio runs at ${host.url}\nPress Ctrl-C to stop it.`, 'serving', { url: host.url, port: host.port });
  if (options.open !== false && !(await openBrowser(host.url))) terminal.warn('no browser could be opened; open the address above yourself');
  await new Promise<void>((done) => {
    if (signal.aborted) done();
    signal.addEventListener('abort', () => done(), { once: true });
  });
  await host.close();
}

function openElectron(program: string, { installation, signal }: CommandContext): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(program, [installation.programFolder], { stdio: 'inherit' });
    signal.addEventListener('abort', () => child.kill(), { once: true });
    child.once('error', fail);
    child.once('exit', () => done());
  });
}
