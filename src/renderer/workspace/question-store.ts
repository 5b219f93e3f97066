import { createStore, type StoreApi } from 'zustand/vanilla';

/** One answer the user can give. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description: string;
}

/** A question that must be answered before work goes on. */
export interface Question {
  readonly title: string;
  readonly text: string;
  readonly choices: readonly Choice[];
  answer(value: string | null): void;
}

export interface QuestionState {
  readonly question: Question | null;
}

export type QuestionStore = StoreApi<QuestionState>;

/** Makes the store that holds the open question. */
export function createQuestionStore(): QuestionStore {
  return createStore<QuestionState>(() => ({ question: null }));
}

/** Asks and waits; null when the user closes the question. A question that is already open is answered with null. */
export function ask(store: QuestionStore, question: Omit<Question, 'answer'>): Promise<string | null> {
  store.getState().question?.answer(null);
  return new Promise((done) => {
    const answer = (value: string | null): void => {
      store.setState({ question: null });
      done(value);
    };
    store.setState({ question: { ...question, answer } });
  });
}
