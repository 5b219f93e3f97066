import type { Studio } from '../session/studio';
import { keyName } from './key-names';
import { STUDIO_COMMANDS, type StudioCommand } from './studio-commands';

/** Runs commands on key presses. Plain keys do nothing while the user types, moves in a menu or answers a dialog. Returns how to stop listening. */
export function listenForKeys(studio: Studio, target: Window): () => void {
  const held = new Map<string, StudioCommand>();
  const release = (code: string): void => {
    held.get(code)?.release?.(studio);
    held.delete(code);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const name = keyName(event);
    const command = findCommand(studio, name);
    if (!command || event.defaultPrevented || belongsToControl(event, name)) return;
    event.preventDefault();
    if (command.release) held.set(event.code, command);
    command.run(studio);
  };
  const onKeyUp = (event: KeyboardEvent): void => release(event.code);
  // A key that comes up in another window is never heard of here.
  const onBlur = (): void => [...held.keys()].forEach(release);
  target.addEventListener('keydown', onKeyDown);
  target.addEventListener('keyup', onKeyUp);
  target.addEventListener('blur', onBlur);
  return () => {
    target.removeEventListener('keydown', onKeyDown);
    target.removeEventListener('keyup', onKeyUp);
    target.removeEventListener('blur', onBlur);
    onBlur();
  };
}

/** The command that a key means now: one that is active only at times goes before the usual one. */
function findCommand(studio: Studio, keys: string): StudioCommand | undefined {
  const candidates = STUDIO_COMMANDS.filter((command) => command.keys.includes(keys));
  return candidates.find((command) => command.isActive?.(studio)) ?? candidates.find((command) => !command.isActive);
}

function belongsToControl(event: KeyboardEvent, name: string): boolean {
  const element = event.target instanceof Element ? event.target : null;
  if (element?.closest('[role="dialog"], [role="menu"], [role="menubar"]')) return true;
  if (name.startsWith('Ctrl+')) return false;
  if (element?.closest('input:not([type="checkbox"]), textarea, select, [contenteditable="true"]')) return true;
  // A focused slider or list keeps its own arrows; a focused button keeps the space bar and Enter only for people who reached it by Tab.
  if (element?.closest('[role="slider"], [role="radiogroup"]') && /Arrow|Home|End/.test(name)) return true;
  return (name === 'Space' || name === 'Enter') && element?.matches('button:not([role="radio"]):focus-visible, [role="switch"]:focus-visible') === true;
}
