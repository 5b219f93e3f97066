import type { Studio } from '../session/studio';
import { resolveBindings } from './key-bindings';
import { keyName } from './key-names';
import { commandById, STUDIO_COMMANDS, type StudioCommand } from './studio-commands';

/** Keys that mean something to text: a text field keeps them, as it keeps every key without Ctrl. */
const TEXT_KEYS = /^Ctrl\+(Shift\+)?([ACVXYZ]|Arrow\w+|Home|End|Backspace|Delete)$/;

/** Runs commands on key presses. Plain keys do nothing while the user types, moves in a menu or answers a dialog. Returns how to stop listening. */
export function listenForKeys(studio: Studio, target: Window): () => void {
  let bindings = resolveBindings(STUDIO_COMMANDS, studio.preferences.getState());
  const stopFollowing = studio.preferences.subscribe((preferences) => {
    bindings = resolveBindings(STUDIO_COMMANDS, preferences);
  });
  const held = new Map<string, StudioCommand>();
  const release = (code: string): void => {
    held.get(code)?.release?.(studio);
    held.delete(code);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const name = keyName(event);
    const command = bindings
      .commandsAt(name)
      .map(commandById)
      .find(({ isActive }) => isActive?.(studio) ?? true);
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
    stopFollowing();
    target.removeEventListener('keydown', onKeyDown);
    target.removeEventListener('keyup', onKeyUp);
    target.removeEventListener('blur', onBlur);
    onBlur();
  };
}

function belongsToControl(event: KeyboardEvent, name: string): boolean {
  const element = event.target instanceof Element ? event.target : null;
  if (element?.closest('[role="dialog"], [role="menu"]')) return true;
  if (element?.closest('input:not([type="checkbox"]), textarea, select, [contenteditable="true"]')) return !name.startsWith('Ctrl+') || TEXT_KEYS.test(name);
  if (name.startsWith('Ctrl+')) return false;
  // The name of a closed menu has the focus after the menu was used: it keeps only the keys that open menus.
  if (element?.closest('[role="menubar"]')) return /^(Space|Enter|Arrow\w+|Home|End)$/.test(name);
  // A focused slider or list keeps its own arrows; a focused button keeps the space bar and Enter only for people who reached it by Tab.
  if (element?.closest('[role="slider"], [role="radiogroup"]') && /Arrow|Home|End/.test(name)) return true;
  return (name === 'Space' || name === 'Enter') && element?.matches('button:not([role="radio"]):focus-visible, [role="switch"]:focus-visible') === true;
}
