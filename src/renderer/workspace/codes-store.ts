import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Stream, StreamId } from '../../shared/clip/clip-schema';
import type { CodeCell, CodeChange } from '../../shared/clip/code-cells';
import type { NearCode } from '../../shared/clip/code-space';

/** A place in a code strip: one group of a token, or all of them where the strip is folded. Both groups are included. */
export interface CodePlace {
  readonly token: number;
  readonly firstGroup: number;
  readonly lastGroup: number;
}

/** The cells an animator has chosen in one stream of one take. */
export interface CodeSelection {
  readonly takeId: string;
  readonly streamId: StreamId;
  /** In order of time, then of group. */
  readonly cells: readonly CodeCell[];
  /** Where the selection started: Shift extends from here. */
  readonly anchor: CodePlace;
  /** The place chosen last: arrows start here, and steps act on it. */
  readonly active: CodePlace;
}

/** Copied codes. Tokens count from the first copied one. */
export interface CodeClipboard {
  readonly streamId: StreamId;
  readonly modelId: string;
  readonly decoderSha256: string;
  readonly codes: readonly CodeChange[];
  /** For cut cells: where they are until they are pasted. */
  readonly cutFrom: { readonly takeId: string; readonly cells: readonly CodeCell[] } | null;
}

/** A walk through the nearest codes of one place, from the codes it had when the walk began. */
export interface CodeWalk {
  readonly takeId: string;
  readonly streamId: StreamId;
  readonly place: CodePlace;
  readonly origin: readonly number[];
  readonly near: readonly NearCode[];
  /** Where in `near` the walk is, and where the animator wants it. */
  readonly rank: number;
  readonly wantedRank: number;
  /** The stream as the walk left it last; the stream before the steps that are one undo step, and that step's key. */
  readonly reached: Stream;
  readonly base: Stream;
  readonly key: string;
  readonly steppedAtMilliseconds: number;
}

export interface CodesState {
  readonly selection: CodeSelection | null;
  readonly clipboard: CodeClipboard | null;
  readonly walk: CodeWalk | null;
}

export type CodesStore = StoreApi<CodesState>;

/** Makes the store with nothing selected and nothing copied. */
export function createCodesStore(): CodesStore {
  return createStore<CodesState>(() => ({ selection: null, clipboard: null, walk: null }));
}
