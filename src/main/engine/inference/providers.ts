import type { DeviceInfo } from '../../../shared/contract/methods';

/** What a trial run of a device gave: logits of the test window and the time of a warm run. */
export interface DeviceTrial {
  readonly logits: Float32Array;
  readonly milliseconds: number;
}

/** What the choice of a device depends on. */
export interface DeviceLadderOptions {
  readonly platform: NodeJS.Platform;
  /** Backends that this build of the inference library has. */
  readonly backends: readonly string[];
  /** 'auto', or the id of a device. */
  readonly preference: string;
  readonly threads: number;
  /** Sizes of the code groups in the logits, to compare the codes that two devices choose. */
  readonly groupSizes: readonly number[];
  /** Loads the test network on a device and runs it; rejects when the device does not work. */
  tryDevice(provider: string): Promise<DeviceTrial>;
}

const GPU_LABELS: Readonly<Record<string, string>> = { dml: 'GPU (DirectML)', webgpu: 'GPU (WebGPU)', coreml: 'GPU (Core ML)', cuda: 'GPU (CUDA)' };
const CANDIDATES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  win32: ['dml', 'webgpu'],
  darwin: ['coreml', 'webgpu'],
  linux: ['cuda', 'webgpu'],
};
const LOGIT_TOLERANCE = 1e-3;

/** Threads of one inference process: half of the cores, at most four, because two processes work side by side. */
export function threadCount(cores: number): number {
  return Math.min(4, Math.max(1, Math.floor(cores / 2)));
}

/**
 * Chooses the device: every listed GPU backend is tried, must choose the same codes as the CPU (logits within 1e-3) and must be faster; otherwise the CPU is used.
 * Never rejects for a GPU that fails: `reason` says why it is not used.
 */
export async function chooseDevice(options: DeviceLadderOptions): Promise<DeviceInfo> {
  const cpu = (reason: string): DeviceInfo => ({ id: 'cpu', label: `CPU, ${options.threads} ${options.threads === 1 ? 'thread' : 'threads'}`, reason });
  if (options.preference === 'cpu') return cpu('chosen in the settings');
  const wanted = (CANDIDATES[options.platform] ?? []).filter((provider) => options.preference === 'auto' || provider === options.preference);
  if (wanted.length === 0) {
    return cpu(options.preference === 'auto' ? 'no GPU support on this system' : `device "${options.preference}" is not known on this system`);
  }
  const problems: string[] = [];
  let reference: DeviceTrial | undefined;
  for (const provider of wanted) {
    const label = GPU_LABELS[provider] ?? provider;
    if (!options.backends.includes(provider)) {
      problems.push(`${label}: not part of this build`);
      continue;
    }
    reference ??= await options.tryDevice('cpu');
    try {
      const trial = await options.tryDevice(provider);
      const problem = compareTrials(reference, trial, options.groupSizes);
      if (problem === '')
        return { id: provider, label, reason: `${trial.milliseconds.toFixed(0)} ms against ${reference.milliseconds.toFixed(0)} ms on the CPU` };
      problems.push(`${label}: ${problem}`);
    } catch (error) {
      problems.push(`${label}: ${shortReason(error)}`);
    }
  }
  return cpu(`GPU not used. ${problems.join('; ')}`);
}

/** Why a device cannot replace the CPU, or '' when it can. */
export function compareTrials(cpu: DeviceTrial, trial: DeviceTrial, groupSizes: readonly number[]): string {
  if (cpu.logits.length !== trial.logits.length) return 'its results have another size';
  let difference = 0;
  for (let index = 0; index < cpu.logits.length; index++) difference = Math.max(difference, Math.abs((cpu.logits[index] ?? 0) - (trial.logits[index] ?? 0)));
  if (!(difference <= LOGIT_TOLERANCE)) return `its results differ from the CPU's by ${difference.toExponential(1)}`;
  const [expected, actual] = [bestCodes(cpu.logits, groupSizes), bestCodes(trial.logits, groupSizes)];
  if (expected.some((code, index) => code !== actual[index])) return 'it chooses other codes than the CPU';
  if (trial.milliseconds >= cpu.milliseconds) return `slower than the CPU (${trial.milliseconds.toFixed(0)} ms against ${cpu.milliseconds.toFixed(0)} ms)`;
  return '';
}

function bestCodes(logits: Float32Array, groupSizes: readonly number[]): number[] {
  const codes: number[] = [];
  for (let offset = 0; offset < logits.length; ) {
    for (const size of groupSizes) {
      let best = 0;
      for (let code = 1; code < size; code++) if ((logits[offset + code] ?? 0) > (logits[offset + best] ?? 0)) best = code;
      codes.push(best);
      offset += size;
    }
  }
  return codes;
}

function shortReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // The library puts source positions and failed conditions before what matters.
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/^.* was false\. /, '')
    .replace(/^The network could not run: /, '')
    .trim();
  return line.length > 140 ? `${line.slice(0, 139)}…` : line;
}
