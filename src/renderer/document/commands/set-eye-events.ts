import type { EyeEventKind } from '../../../shared/eye-events/make-events';
import { type EyeEventOf, inTimeOrder } from '../eye-events';
import type { Command } from '../store';
import type { TakeTarget } from '../update';
import { setEvents } from './set-events';

/** Replaces the events of one kind, kept in time order; the other kinds stay as they are. */
export function setEyeEvents<K extends EyeEventKind>(target: TakeTarget, kind: K, list: readonly EyeEventOf[K][], label: string): Command {
  return setEvents(target, (events) => ({ ...events, [kind]: inTimeOrder(list) }), label);
}
