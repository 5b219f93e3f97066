import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { buildIfChanged } from '../../../scripts/build-if-changed.mjs';

/** A studio served by the real program in a process of its own. */
export interface StudioHost {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts `vividtalker serve` with the model of a folder, and those of the user in another. Rejects with what the program said when it ends early. */
export function startStudioHost(modelFolder: string, userModelFolder = 'test/fixtures/no-models'): Promise<StudioHost> {
  buildIfChanged(resolve('.'));
  const program = spawn(process.execPath, [resolve('out/main/cli.js'), 'serve', '--json', '--models', resolve(modelFolder)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, VIVIDTALKER_MODELS: resolve(userModelFolder) },
  });
  let complaints = '';
  program.stderr.on('data', (text: Buffer) => {
    complaints += text.toString();
  });
  return new Promise((done, fail) => {
    program.once('exit', (code) => fail(new Error(`the studio's host ended with ${code}: ${complaints}`)));
    createInterface({ input: program.stdout }).on('line', (line) => {
      const event = JSON.parse(line) as { event: string; url?: string };
      if (event.event !== 'serving' || !event.url) return;
      program.once('exit', (code, signal) => process.stderr.write(`the studio's host ended with ${code ?? signal}: ${complaints}\n`));
      done({ url: event.url, stop: () => stop(program) });
    });
  });
}

function stop(program: ChildProcess): Promise<void> {
  return new Promise((done) => {
    program.removeAllListeners('exit');
    if (program.exitCode !== null || program.signalCode !== null) return done();
    program.once('exit', () => done());
    program.kill('SIGINT');
  });
}
