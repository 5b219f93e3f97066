import type { Project } from '../../shared/clip/clip-schema';

/** One state of the document and what was done to reach it. */
export interface HistoryEntry {
  readonly project: Project;
  readonly label: string;
  /** Steps with the same key that follow each other are one: see `Command.key`. */
  readonly key?: string | undefined;
}

/** Document states in order; `index` is the one shown. States share what they have in common, so keeping many is cheap. */
export interface History {
  readonly entries: readonly HistoryEntry[];
  readonly index: number;
}

/** Steps kept; older ones are forgotten. */
export const HISTORY_LIMIT = 300;

/** A history that starts at a project and has nothing to undo. */
export function startHistory(project: Project, label: string): History {
  return { entries: [{ project, label }], index: 0 };
}

/** The state shown. */
export function currentEntry(history: History): HistoryEntry {
  const entry = history.entries[history.index];
  if (entry === undefined) throw new RangeError(`history has no entry ${history.index}`);
  return entry;
}

/** Adds a step after the current one; steps that were undone are dropped. */
export function pushEntry(history: History, entry: HistoryEntry): History {
  const kept = [...history.entries.slice(0, history.index + 1), entry].slice(-HISTORY_LIMIT - 1);
  return { entries: kept, index: kept.length - 1 };
}

/** The history after moving by `steps` (negative = undo), stopped at both ends. */
export function moveBy(history: History, steps: number): History {
  const index = Math.min(history.entries.length - 1, Math.max(0, history.index + steps));
  return index === history.index ? history : { ...history, index };
}
