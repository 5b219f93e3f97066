import type { OwnKeys, Preferences } from '../workspace/preferences-store';
import { PRESET_KEYS } from './key-presets';

/** What bindings need to know of a command. */
interface Bindable {
  readonly id: string;
  readonly keys: readonly string[];
  /** Present in commands that take their keys only at times. */
  readonly isActive?: unknown;
}

/** Which keys run which command: no key runs two, but one that takes it only at times may share it with a usual one. */
export interface Bindings {
  /** The keys of a command, the first being the one to show. */
  keysOf(commandId: string): readonly string[];
  /** The commands a key runs; one that takes it only at times comes before the usual one. */
  commandsAt(keys: string): readonly string[];
}

type KeyChoice = Pick<Preferences, 'keyPreset' | 'ownKeys'>;

/** The keys a command has in a preset while the user has given it no others. */
export function presetKeysOf(command: Bindable, { keyPreset }: Pick<KeyChoice, 'keyPreset'>): readonly string[] {
  return PRESET_KEYS[keyPreset][command.id] ?? command.keys;
}

/** Gives every key to one command. Keys the user chose come before those of the preset, so that a new command can never take one away. */
export function resolveBindings(commands: readonly Bindable[], choice: KeyChoice): Bindings {
  const atTimes = new Map<string, string>();
  const usual = new Map<string, string>();
  const keysByCommand = new Map<string, readonly string[]>();
  const isOwn = (command: Bindable): boolean => Object.hasOwn(choice.ownKeys, command.id);
  for (const command of [...commands.filter(isOwn), ...commands.filter((candidate) => !isOwn(candidate))]) {
    const wanted = choice.ownKeys[command.id] ?? presetKeysOf(command, choice);
    const commandByKeys = command.isActive ? atTimes : usual;
    const free = wanted.filter((keys) => !commandByKeys.has(keys));
    for (const keys of free) commandByKeys.set(keys, command.id);
    keysByCommand.set(command.id, free);
  }
  return {
    keysOf: (commandId) => keysByCommand.get(commandId) ?? [],
    commandsAt: (keys) => [atTimes, usual].flatMap((commandByKeys) => commandByKeys.get(keys) ?? []),
  };
}

/** Who else holds some of these keys: the command that would lose them. */
export function holderOf(
  commands: readonly Bindable[],
  bindings: Bindings,
  commandId: string,
  wanted: readonly string[],
): { commandId: string; keys: string } | null {
  const rivals = rivalsOf(commands, commandId);
  for (const keys of wanted) {
    const holder = rivals.find((rival) => bindings.keysOf(rival.id).includes(keys));
    if (holder) return { commandId: holder.id, keys };
  }
  return null;
}

/** The user's keys after a command is given exactly these; other commands lose them. Commands back at their preset are no longer noted. */
export function giveKeys(commands: readonly Bindable[], choice: KeyChoice, commandId: string, wanted: readonly string[]): OwnKeys {
  const bindings = resolveBindings(commands, choice);
  const rivals = rivalsOf(commands, commandId);
  const changed = commands.flatMap((command) => {
    const before = bindings.keysOf(command.id);
    const left = rivals.includes(command) ? before.filter((keys) => !wanted.includes(keys)) : before;
    const after = command.id === commandId ? [...new Set(wanted)] : left;
    const isSame = isSameList(after, presetKeysOf(command, choice));
    return isSame || (command.id !== commandId && isSameList(after, before) && !Object.hasOwn(choice.ownKeys, command.id))
      ? []
      : [[command.id, after] as const];
  });
  return Object.fromEntries(changed);
}

/** The commands that cannot share a key with this one. */
function rivalsOf(commands: readonly Bindable[], commandId: string): readonly Bindable[] {
  const own = commands.find((command) => command.id === commandId);
  return commands.filter((command) => command !== own && Boolean(command.isActive) === Boolean(own?.isActive));
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

/** Why a key cannot be given to a command, or null. */
export function unusableKeys(keys: string): string | null {
  return /^(Shift\+)?Tab$/.test(keys) || keys === 'Enter' ? `${keys} moves between controls and presses them, so it cannot be a shortcut.` : null;
}
