import type { KeyPreset } from '../workspace/preferences-store';

/** What a preset changes of the studio's own keys, by command id: all keys of that command. */
export type PresetKeys = Readonly<Record<string, readonly string[]>>;

export const KEY_PRESET_LABELS: Readonly<Record<KeyPreset, string>> = { studio: 'Studio', maya: 'Maya', blender: 'Blender', premiere: 'Premiere' };

/** Keys that hands trained on another program expect; what that program has no word for keeps the studio's own key. */
export const PRESET_KEYS: Readonly<Record<KeyPreset, PresetKeys>> = {
  studio: {},
  maya: {
    'play.toggle': ['Alt+V', 'Space'],
    'play.previous': ['Alt+,', 'ArrowLeft'],
    'play.next': ['Alt+.', 'ArrowRight'],
    'play.start': ['Alt+Shift+V', 'Home'],
    'select.previous-finding': [','],
    'select.next-finding': ['.'],
    'edit.undo': ['Z', 'Ctrl+Z'],
    'edit.redo': ['Shift+Z', 'Ctrl+Shift+Z', 'Ctrl+Y'],
  },
  blender: {
    'play.backward': ['Ctrl+Shift+Space', 'J'],
    'play.start': ['Shift+ArrowLeft'],
    'play.end': ['Shift+ArrowRight'],
    'play.previous-ten': ['Shift+ArrowDown'],
    'play.next-ten': ['Shift+ArrowUp'],
    'select.in': ['Ctrl+Home', 'I', '['],
    'select.out': ['Ctrl+End', 'O', ']'],
    'select.clear': ['Alt+P', 'X', 'Escape'],
    'animate.mute': ['H'],
    'edit.duplicate-take': ['Shift+D', 'Ctrl+D'],
    'view.all': ['Home'],
    'view.frame': ['.', 'F'],
    'help.palette': ['F3', 'Ctrl+K'],
  },
  premiere: {
    'file.export': ['Ctrl+M', 'Ctrl+E'],
    'select.clear': ['Ctrl+Shift+X', 'Escape'],
    'animate.mute': ['Shift+E'],
    'view.all': ['\\'],
    'help.shortcuts': ['Ctrl+Alt+K', '?'],
  },
};
