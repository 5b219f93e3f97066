import { createStore, type StoreApi } from 'zustand/vanilla';
import { AppError } from '../../shared/contract/errors';

/** Something to tell the user: what happened, and what to do. */
export interface Notice {
  readonly id: number;
  readonly kind: 'error' | 'warning' | 'success';
  readonly message: string;
  readonly hint: string;
}

export interface NoticeState {
  readonly notices: readonly Notice[];
}

export type NoticeStore = StoreApi<NoticeState>;

const MOST_SHOWN = 4;
let nextNoticeId = 1;

/** Makes the list of notices on screen. */
export function createNoticeStore(): NoticeStore {
  return createStore<NoticeState>(() => ({ notices: [] }));
}

/** Shows a notice; the oldest leaves when there are too many. One that is on screen already is not shown twice: a key held down may meet the same refusal many times. */
export function showNotice(store: NoticeStore, kind: Notice['kind'], message: string, hint = ''): void {
  store.setState(({ notices }) => {
    const others = notices.filter((notice) => notice.message !== message || notice.hint !== hint);
    return { notices: [...others, { id: nextNoticeId++, kind, message, hint }].slice(-MOST_SHOWN) };
  });
}

/** Takes a notice away. */
export function dismissNotice(store: NoticeStore, id: number): void {
  store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** The one place that turns a failure into words on screen. A cancel is silent. */
export function showError(store: NoticeStore, error: unknown): void {
  if (error instanceof AppError) {
    if (error.code !== 'cancelled') showNotice(store, 'error', error.message, error.hint);
    return;
  }
  const detail = error instanceof Error ? error.message : String(error);
  showNotice(store, 'error', 'Something went wrong in the studio.', detail);
}
