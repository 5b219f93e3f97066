import { useMemo } from 'react';
import { usePreferences } from '../session/studio-context';
import { type Bindings, resolveBindings } from './key-bindings';
import { printedKeys } from './key-names';
import { STUDIO_COMMANDS } from './studio-commands';

/** The keys of all commands as they are now. */
export function useBindings(): Bindings {
  const keyPreset = usePreferences((preferences) => preferences.keyPreset);
  const ownKeys = usePreferences((preferences) => preferences.ownKeys);
  return useMemo(() => resolveBindings(STUDIO_COMMANDS, { keyPreset, ownKeys }), [keyPreset, ownKeys]);
}

/** Tells the first key of a command as it is printed, for hints beside buttons; undefined for a command without a key. */
export function useKeyHints(): (commandId: string) => string | undefined {
  const bindings = useBindings();
  return (commandId) => {
    const keys = bindings.keysOf(commandId)[0];
    return keys === undefined ? undefined : printedKeys(keys);
  };
}
