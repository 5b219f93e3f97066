import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogDetails = Readonly<Record<string, unknown>>;

/** Writes what happened for whoever looks for a fault later. Never audio, never what the user wrote. */
export interface Logger {
  debug(message: string, details?: LogDetails): void;
  info(message: string, details?: LogDetails): void;
  warn(message: string, details?: LogDetails): void;
  error(message: string, details?: LogDetails): void;
  /** A logger that names the service in every line. */
  child(scope: string): Logger;
}

/** A logger over one function per line. */
export function createLogger(write: (level: LogLevel, scope: string, message: string, details: LogDetails) => void, scope = 'engine'): Logger {
  const at =
    (level: LogLevel) =>
    (message: string, details: LogDetails = {}): void =>
      write(level, scope, message, details);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), child: (name) => createLogger(write, `${scope}.${name}`) };
}

/** Discards everything. */
export const SILENT_LOGGER: Logger = createLogger(() => undefined);

const LARGEST_LOG_BYTES = 2_000_000;

/** Appends JSON lines to a file; one older file is kept beside it (`.1`). A log that cannot be written is given up silently, because logging must not stop the work. */
export function createFileLogger(path: string): Logger {
  let isWritable = true;
  return createLogger((level, scope, message, details) => {
    if (!isWritable) return;
    const line = JSON.stringify({ time: new Date().toISOString(), level, scope, message, ...details });
    try {
      mkdirSync(dirname(path), { recursive: true });
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG_BYTES) renameSync(path, `${path}.1`);
      appendFileSync(path, `${line}\n`);
    } catch {
      isWritable = false;
    }
  });
}
