/** What of a key press matters. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Writes a key press as commands name it: `Ctrl+Shift+Z`, `Space`, `?`. Cmd on a Mac counts as Ctrl; Shift is left out where it only makes the sign. */
export function keyName(press: KeyPress): string {
  const isLetter = /^[a-z]$/i.test(press.key);
  const key = press.key === ' ' ? 'Space' : isLetter ? press.key.toUpperCase() : press.key;
  const isSign = press.key.length === 1 && !isLetter && press.key !== ' ';
  return [press.ctrlKey || press.metaKey ? 'Ctrl+' : '', press.altKey ? 'Alt+' : '', press.shiftKey && !isSign ? 'Shift+' : '', key].join('');
}

/** A key name as it is shown: arrows as arrows. */
export function printedKeys(keys: string): string {
  return keys.replace('ArrowLeft', '←').replace('ArrowRight', '→').replace('ArrowUp', '↑').replace('ArrowDown', '↓').replace('Escape', 'Esc');
}
