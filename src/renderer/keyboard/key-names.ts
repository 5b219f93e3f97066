/** What of a key press matters. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Dead', 'Process', 'Unidentified']);
const SIGNS_OF_CODES: Readonly<Record<string, string>> = { Comma: ',', Period: '.' };

/** Writes a key press as commands name it: `Ctrl+Shift+Z`, `Space`, `?`. Cmd on a Mac counts as Ctrl; Shift is left out where it only makes the sign. */
export function keyName(press: KeyPress): string {
  const typed = press.altKey ? keyUnderAlt(press) : press.key;
  const isLetter = /^[a-z]$/i.test(typed);
  const key = typed === ' ' ? 'Space' : isLetter ? typed.toUpperCase() : typed;
  const isSign = typed.length === 1 && !isLetter && typed !== ' ';
  return [press.ctrlKey || press.metaKey ? 'Ctrl+' : '', press.altKey ? 'Alt+' : '', press.shiftKey && !isSign ? 'Shift+' : '', key].join('');
}

/** True while only keys such as Shift are down, which mean nothing alone. */
export function isModifierAlone(press: Pick<KeyPress, 'key'>): boolean {
  return MODIFIERS.has(press.key);
}

/** A key name as it is shown: arrows as arrows. */
export function printedKeys(keys: string): string {
  return keys.replace('ArrowLeft', '←').replace('ArrowRight', '→').replace('ArrowUp', '↑').replace('ArrowDown', '↓').replace('Escape', 'Esc');
}

/** Alt types other signs on some keyboards (on a Mac Alt+V is √): what is printed on the key counts. */
function keyUnderAlt({ key, code }: KeyPress): string {
  return /^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? SIGNS_OF_CODES[code] ?? key;
}
