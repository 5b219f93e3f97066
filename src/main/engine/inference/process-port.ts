/** A child process as the runner's owner sees it: Node's `fork` and Electron's `utilityProcess` both fit. Messages are structured clones. */
export interface ProcessPort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Runs once when the process has ended; `reason` names the exit code or signal. */
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}

/** Starts one inference process. */
export type ForkRunner = () => ProcessPort;
