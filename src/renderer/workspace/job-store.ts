import { createStore, type StoreApi } from 'zustand/vanilla';

/** Long work under way. `fraction` is 0..1; `step` says what is being done. */
export interface Job {
  readonly id: number;
  readonly label: string;
  readonly clipId: string | null;
  readonly fraction: number;
  readonly step: string;
  cancel(): void;
}

export interface JobState {
  readonly jobs: readonly Job[];
}

export type JobStore = StoreApi<JobState>;

/** Makes the list of running work. */
export function createJobStore(): JobStore {
  return createStore<JobState>(() => ({ jobs: [] }));
}

/** What a running job may use. */
export interface JobContext {
  readonly signal: AbortSignal;
  onProgress(fraction: number, step: string): void;
}

let nextJobId = 1;

/** Runs work as a job that is listed while it runs and can be cancelled. */
export async function runJob<T>(store: JobStore, label: string, clipId: string | null, work: (context: JobContext) => Promise<T>): Promise<T> {
  const id = nextJobId++;
  const controller = new AbortController();
  store.setState(({ jobs }) => ({ jobs: [...jobs, { id, label, clipId, fraction: 0, step: '', cancel: () => controller.abort() }] }));
  try {
    return await work({
      signal: controller.signal,
      onProgress: (fraction, step) => store.setState(({ jobs }) => ({ jobs: jobs.map((job) => (job.id === id ? { ...job, fraction, step } : job)) })),
    });
  } finally {
    store.setState(({ jobs }) => ({ jobs: jobs.filter((job) => job.id !== id) }));
  }
}
