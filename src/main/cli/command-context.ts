import { randomUUID } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallContext } from '../../shared/contract/methods';
import { createEngine, type Engine } from '../engine/create-engine';
import { forkProcess, runnerEntryPath } from '../engine/inference/fork-process';
import { findInstallation, type Installation } from '../engine/installation';
import { createFileLogger, type Logger } from '../engine/logger';
import { EXIT_CODES } from './exit-codes';
import { Terminal } from './terminal';

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly engine: Engine;
  readonly installation: Installation;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Context of one engine call; progress runs from `from` to `to` of the command's bar. */
  callContext(from?: number, to?: number): CallContext;
}

/** Options that decide how a command runs. */
export interface CommandOptions {
  readonly json?: boolean;
  readonly device?: string;
  readonly models?: string;
}

/** File of the log: the place the system has for logs of programs. */
export function logFilePath(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const name = join('VividTalker Studio', 'vividtalker.log');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Logs', name);
  if (platform === 'win32') return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), name);
  return join(environment.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'vividtalker', 'vividtalker.log');
}

/** Runs a command with an engine of its own; shows failures, cleans up, and sets the exit code. Ctrl-C cancels, a second one ends at once. */
export async function runCommand(options: CommandOptions, command: (context: CommandContext) => Promise<void>): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const logger = createFileLogger(logFilePath());
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_CODES.cancelled);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  let engine: Engine | undefined;
  try {
    const found = findInstallation();
    const installation = { ...found, modelFolder: options.models ?? found.modelFolder };
    engine = createEngine({
      ...installation,
      temporaryFolder: tmpdir(),
      forkRunner: () => forkProcess(runnerEntryPath()),
      logger,
      devicePreference: options.device ?? 'auto',
    });
    const callContext = (from = 0, to = 1): CallContext => ({
      signal: controller.signal,
      reportProgress: (fraction, label) => terminal.progress(from + (to - from) * fraction, label),
    });
    await command({ terminal, engine, installation, logger, signal: controller.signal, callContext });
  } catch (error) {
    process.exitCode = terminal.failure(error, (cause) => {
      const logId = randomUUID().slice(0, 8);
      logger.error('command failed', { logId, cause: cause instanceof Error ? cause.stack : String(cause) });
      return `log entry ${logId} in ${logFilePath()}`;
    });
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await engine?.dispose();
  }
}
