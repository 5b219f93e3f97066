import { utilityProcess } from 'electron';
import type { ProcessPort } from '../engine/inference/process-port';

/** Runs the inference process as an Electron utility process, because a packaged app has no `child_process.fork`. */
export function forkUtilityProcess(entryPath: string): ProcessPort {
  const child = utilityProcess.fork(entryPath, [], { serviceName: 'VividTalker inference', stdio: 'ignore' });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener(`exit code ${code}`)),
    kill: () => void child.kill(),
  };
}
