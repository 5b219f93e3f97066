import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../../shared/contract/errors';
import type { ProcessPort } from './process-port';

/** File name of the built inference process, beside the other built files of the main process. */
export const RUNNER_ENTRY = 'runner-process.js';

/** Path of the built inference process, looked for beside the running file and one folder up (shared chunks lie in a subfolder). */
export function runnerEntryPath(): string {
  const folder = dirname(fileURLToPath(import.meta.url));
  const found = [join(folder, RUNNER_ENTRY), join(folder, '..', RUNNER_ENTRY)].find((path) => existsSync(path));
  if (found === undefined) throw new AppError('inference-failed', `The program file ${RUNNER_ENTRY} is missing.`, 'Install the studio again.');
  return found;
}

/** Runs the entry file in a Node child process. */
export function forkProcess(entryPath: string, environment: NodeJS.ProcessEnv = process.env): ProcessPort {
  const child = fork(entryPath, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [], env: environment });
  return {
    post: (message) => {
      // A process that has just ended refuses messages; its exit event tells the owner.
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      let hasEnded = false;
      const end = (reason: string): void => {
        if (hasEnded) return;
        hasEnded = true;
        listener(reason);
      };
      child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`));
      child.on('error', (error) => end(error.message));
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
