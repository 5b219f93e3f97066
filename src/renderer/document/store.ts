import { createStore, type StoreApi } from 'zustand/vanilla';
import { PROJECT_FORMAT_VERSION, type Project } from '../../shared/clip/clip-schema';
import { currentEntry, type History, moveBy, pushEntry, startHistory } from './history';

/** A change of the document: what the user did, and the new document. Returning the same document means nothing changed. */
export interface Command {
  readonly label: string;
  /** A command takes the place of the last step when that has the same key: it runs on the document before that step, and when it changes nothing there, no step is left. */
  readonly key?: string;
  run(project: Project): Project;
}

interface Gesture {
  readonly label: string;
  readonly before: Project;
}

/** The undoable document. `project` is what is shown, also in the middle of a drag. */
export interface DocumentState {
  readonly project: Project;
  readonly history: History;
  readonly savedProject: Project;
  readonly gesture: Gesture | null;
  /** Runs a command as one undo step, or as part of the open gesture. */
  apply(command: Command): void;
  /** Opens a gesture: every command until `commit` becomes one step. */
  begin(label: string): void;
  commit(): void;
  /** Ends the gesture and puts back exactly what was there before. */
  cancel(): void;
  undo(): void;
  redo(): void;
  /** Shows the state at a place of the history list. */
  goTo(index: number): void;
  /** Replaces everything: a project was opened. */
  reset(project: Project, label: string): void;
  /** Remembers that `project` is on disk. */
  markSaved(project: Project): void;
}

export type DocumentStore = StoreApi<DocumentState>;

/** A project without clips. */
export function emptyProject(): Project {
  return { formatVersion: PROJECT_FORMAT_VERSION, modelId: null, clips: [] };
}

/** True when the document differs from what was last saved or opened. */
export function isModified(state: DocumentState): boolean {
  return state.project !== state.savedProject;
}

/** Makes the store of one document: `const store = createDocumentStore(); store.getState().apply(setMuted(...))`. */
export function createDocumentStore(initial: Project = emptyProject()): DocumentStore {
  return createStore<DocumentState>((set, get) => {
    const move = (steps: number): void => {
      get().commit();
      const history = moveBy(get().history, steps);
      set({ history, project: currentEntry(history).project });
    };
    return {
      project: initial,
      history: startHistory(initial, 'Start'),
      savedProject: initial,
      gesture: null,
      apply: (command) => {
        const { project, history, gesture } = get();
        const isAgain = !gesture && command.key !== undefined && history.index > 0 && currentEntry(history).key === command.key;
        const base = isAgain ? moveBy(history, -1) : history;
        const before = isAgain ? currentEntry(base).project : project;
        const next = command.run(before);
        if (next === project) return;
        if (gesture) set({ project: next });
        else if (next === before) set({ project: next, history: { ...base, entries: base.entries.slice(0, base.index + 1) } });
        else set({ project: next, history: pushEntry(base, { project: next, label: command.label, key: command.key }) });
      },
      begin: (label) => {
        get().commit();
        set({ gesture: { label, before: get().project } });
      },
      commit: () => {
        const { gesture, project, history } = get();
        if (!gesture) return;
        const changed = project !== gesture.before;
        set({ gesture: null, history: changed ? pushEntry(history, { project, label: gesture.label }) : history });
      },
      cancel: () => {
        const { gesture } = get();
        if (gesture) set({ gesture: null, project: gesture.before });
      },
      undo: () => move(-1),
      redo: () => move(1),
      goTo: (index) => move(index - get().history.index),
      reset: (project, label) => set({ project, savedProject: project, history: startHistory(project, label), gesture: null }),
      markSaved: (project) => set({ savedProject: project }),
    };
  });
}
