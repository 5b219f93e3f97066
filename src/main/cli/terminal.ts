import { AppError } from '../../shared/contract/errors';
import { EXIT_CODES, exitCodeOf } from './exit-codes';

const BAR_WIDTH = 28;
const REDRAW_MILLISECONDS = 80;

/** Where a command writes: results on stdout, everything else on stderr. With `isJson` every line on stdout is one JSON object. */
export class Terminal {
  private drawnAt = 0;
  private isBarShown = false;
  private reportedPercent = -1;

  constructor(
    readonly isJson: boolean,
    private readonly output: NodeJS.WriteStream = process.stdout,
    private readonly errors: NodeJS.WriteStream = process.stderr,
  ) {}

  /** A result: text for people, `event` and fields for scripts. */
  result(text: string, event: string, fields: Readonly<Record<string, unknown>>): void {
    this.clearBar();
    this.output.write(this.isJson ? `${JSON.stringify({ event, ...fields })}\n` : `${text}\n`);
  }

  warn(message: string): void {
    this.clearBar();
    this.errors.write(`Warning: ${message}\n`);
  }

  /** Progress of the running work, 0..1: a bar on a terminal, whole percents as JSON lines, nothing otherwise. */
  progress(fraction: number, label: string): void {
    const percent = Math.floor(100 * fraction);
    if (this.isJson) {
      if (percent === this.reportedPercent) return;
      this.reportedPercent = percent;
      this.output.write(`${JSON.stringify({ event: 'progress', fraction: percent / 100, label })}\n`);
      return;
    }
    const now = Date.now();
    if (!this.errors.isTTY || now - this.drawnAt < REDRAW_MILLISECONDS) return;
    this.drawnAt = now;
    const filled = Math.round(BAR_WIDTH * fraction);
    this.errors.write(`\r[${'█'.repeat(filled)}${'·'.repeat(BAR_WIDTH - filled)}] ${String(percent).padStart(3)} % ${label.padEnd(12)}`);
    this.isBarShown = true;
  }

  /** Shows a failure with its hint; returns the exit code. `logId` names the entry of an internal error in the log. */
  failure(error: unknown, log: (error: unknown) => string): number {
    this.clearBar();
    const shown = error instanceof AppError && error.code !== 'internal' ? error : undefined;
    if (shown) {
      const exitCode = exitCodeOf(shown.code);
      const where = exitCode === EXIT_CODES.internal ? ` (${log(error)})` : '';
      this.writeFailure(shown.code, shown.code === 'cancelled' ? 'Cancelled.' : `${shown.message}${where}`, shown.hint);
      return exitCode;
    }
    this.writeFailure('internal', `Something went wrong inside the program (${log(error)}).`, 'Please report it with that entry of the log.');
    return EXIT_CODES.internal;
  }

  private writeFailure(code: string, message: string, hint: string): void {
    if (this.isJson) this.output.write(`${JSON.stringify({ event: 'error', code, message, hint })}\n`);
    this.errors.write(`Error: ${message}\n${hint === '' ? '' : `Hint: ${hint}\n`}`);
  }

  private clearBar(): void {
    if (!this.isBarShown) return;
    this.errors.write(`\r${' '.repeat(BAR_WIDTH + 24)}\r`);
    this.isBarShown = false;
  }
}
