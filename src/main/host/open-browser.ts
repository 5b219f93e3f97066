import { spawn } from 'node:child_process';

/** Asks the system to open an address. Resolves to false when there is nothing to open it with; the caller then shows the address. */
export function openBrowser(url: string): Promise<boolean> {
  const [command, ...parameters] = openCommand(process.platform, url);
  return new Promise((done) => {
    const child = spawn(command, parameters, { stdio: 'ignore', detached: true });
    child.once('error', () => done(false));
    child.once('spawn', () => {
      child.unref();
      done(true);
    });
  });
}

/** The command that opens an address on a platform. No shell takes part, so nothing in the address can be a command. */
export function openCommand(platform: NodeJS.Platform, url: string): [string, ...string[]] {
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}
