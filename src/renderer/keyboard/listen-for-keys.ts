import type { Studio } from '../session/studio';
import { keyName } from './key-names';
import { STUDIO_COMMANDS } from './studio-commands';

/** Runs commands on key presses. Plain keys do nothing while the user types, moves in a menu or answers a dialog. Returns how to stop listening. */
export function listenForKeys(studio: Studio, target: Window): () => void {
  const byKeys = new Map(STUDIO_COMMANDS.flatMap((command) => command.keys.map((keys) => [keys, command] as const)));
  const onKeyDown = (event: KeyboardEvent): void => {
    const name = keyName(event);
    const command = byKeys.get(name);
    if (!command || event.defaultPrevented || belongsToControl(event, name)) return;
    event.preventDefault();
    command.run(studio);
  };
  target.addEventListener('keydown', onKeyDown);
  return () => target.removeEventListener('keydown', onKeyDown);
}

function belongsToControl(event: KeyboardEvent, name: string): boolean {
  const element = event.target instanceof Element ? event.target : null;
  if (element?.closest('[role="dialog"], [role="menu"], [role="menubar"]')) return true;
  if (name.startsWith('Ctrl+')) return false;
  if (element?.closest('input:not([type="checkbox"]), textarea, select, [contenteditable="true"]')) return true;
  // A focused slider or list keeps its own arrows; a focused button keeps the space bar only for people who reached it by Tab.
  if (element?.closest('[role="slider"], [role="radiogroup"]') && /Arrow|Home|End/.test(name)) return true;
  return name === 'Space' && element?.matches('button:focus-visible, [role="switch"]:focus-visible') === true;
}
