// @vitest-environment happy-dom
import { act } from 'react';
import { describe, expect, test } from 'vitest';
import { panelPage } from '../../test/fakes/panel-page';
import { CommandPalette } from './help/command-palette';
import { KeySheet } from './help/key-sheet';
import { PreferencesDialog } from './preferences/preferences-dialog';

const { show } = panelPage();

function find<E extends HTMLElement = HTMLElement>(selector: string): E {
  const element = document.querySelector<E>(selector);
  if (!element) throw new Error(`there is no ${selector}`);
  return element;
}

const click = (selector: string): Promise<void> => act(async () => find(selector).click());
const press = (selector: string, key: string, options: KeyboardEventInit = {}): Promise<void> =>
  act(async () => void find(selector).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options })));

/** Types into a field as React hears it: by the setter of the element, which React watches. */
const type = (selector: string, text: string): Promise<void> =>
  act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(find(selector), text);
    find(selector).dispatchEvent(new Event('input', { bubbles: true }));
  });

describe('command palette', () => {
  const options = (): string[] => [...document.querySelectorAll('[role="option"] .palette-label')].map((label) => label.textContent ?? '');

  test('a few letters find a command, Enter runs it and closes the palette', async () => {
    const studio = await show(<CommandPalette />);
    await act(async () => studio.view.getState().update({ openDialog: 'palette' }));
    await type('[aria-label="Command"]', 'thmlight');
    expect(options()).toEqual(['Theme: light']);
    await press('[aria-label="Command"]', 'Enter');
    expect(studio.preferences.getState().theme).toBe('light');
    expect(studio.view.getState().openDialog).toBeNull();
  });

  test('arrows choose, and go round at the ends', async () => {
    await show(<CommandPalette />);
    const last = options().length - 1;
    await press('[aria-label="Command"]', 'ArrowUp');
    expect(find('[aria-selected="true"]').id).toMatch(new RegExp(`-${last}$`));
    await press('[aria-label="Command"]', 'ArrowDown');
    expect(find('[aria-selected="true"]').id).toMatch(/-0$/);
  });

  test('a command that can do nothing says why and does not run', async () => {
    const studio = await show(<CommandPalette />);
    await act(async () => studio.view.getState().update({ openDialog: 'palette', focusTrack: 'eyes' }));
    await type('[aria-label="Command"]', 'lock or unlock');
    expect(find('[role="option"]').textContent).toContain('Only the head and the mouth can be locked');
    await press('[aria-label="Command"]', 'Enter');
    expect(studio.view.getState().openDialog).toBe('palette');
    expect(studio.notices.getState().notices).toEqual([]);
  });
});

describe('key sheet', () => {
  test('shows the keys as they are now, and is searched by name or key', async () => {
    const studio = await show(<KeySheet />);
    const text = (): string => find('.key-sheet').textContent ?? '';
    expect(text()).toContain('Export...Ctrl+E');
    await act(async () => studio.preferences.setState({ keyPreset: 'premiere' }));
    expect(text()).toContain('Export...Ctrl+MCtrl+E');
    await type('[aria-label="Search shortcuts"]', 'ctrl+m');
    expect(text()).toBe('FileExport...Ctrl+MCtrl+E');
    await type('[aria-label="Search shortcuts"]', 'new project');
    expect(text()).toBe('FileNew projectno key');
  });
});

describe('preferences', () => {
  test('theme, size and motion apply at once', async () => {
    const studio = await show(<PreferencesDialog />);
    await act(async () => studio.view.getState().update({ openDialog: 'preferences' }));
    const choice = (label: string): HTMLElement | undefined =>
      [...document.querySelectorAll<HTMLElement>('[role="radio"]')].find((radio) => radio.textContent === label);
    await act(async () => choice('High contrast')?.click());
    await act(async () => choice('Reduced')?.click());
    await act(async () => {
      find<HTMLSelectElement>('select').value = '150';
      find('select').dispatchEvent(new Event('change', { bubbles: true }));
    });
    expect(studio.preferences.getState()).toMatchObject({ theme: 'contrast', motion: 'reduced', scalePercent: 150 });
  });

  test('a key is added by pressing it; one that is held says by whom and can be taken over; reset puts it back', async () => {
    const studio = await show(<PreferencesDialog />);
    await act(async () => studio.view.getState().update({ openDialog: 'key-bindings' }));
    const add = '[aria-label="Add a key to Wrinkle view"]';
    const listening = '[aria-label="Press a key for Wrinkle view"]';

    await click(add);
    await press(listening, 'Shift', { shiftKey: true });
    await press(listening, 'Enter');
    expect(find('[role="alert"]').textContent).toContain('cannot be a shortcut');
    await press(listening, 'F6');
    expect(studio.preferences.getState().ownKeys).toEqual({ 'view.wrinkles': ['W', 'F6'] });

    await click(add);
    await press(listening, 'e', { ctrlKey: true });
    expect(find('[role="alert"]').textContent).toContain('Ctrl+E is held by “Export...”');
    expect(studio.preferences.getState().ownKeys).toEqual({ 'view.wrinkles': ['W', 'F6'] });
    await click('.key-conflict [data-kind="primary"]');
    expect(studio.preferences.getState().ownKeys).toEqual({ 'view.wrinkles': ['W', 'F6', 'Ctrl+E'], 'file.export': [] });

    await click('[aria-label="Reset the keys of Export..."]');
    expect(find('[role="alert"]').textContent).toContain('held by “Wrinkle view”');
    await click('.key-conflict [data-kind="primary"]');
    expect(studio.preferences.getState().ownKeys).toEqual({ 'view.wrinkles': ['W', 'F6'] });
    await click('[aria-label="Remove F6 from Wrinkle view"]');
    expect(studio.preferences.getState().ownKeys).toEqual({});
  });

  test('Escape leaves the key as it was and the dialog open', async () => {
    const studio = await show(<PreferencesDialog />);
    await act(async () => studio.view.getState().update({ openDialog: 'key-bindings' }));
    await click('[aria-label="Add a key to Save"]');
    await act(async () => find('[aria-label="Press a key for Save"]').focus());
    await press('[aria-label="Press a key for Save"]', 'Escape');
    expect(studio.view.getState().openDialog).toBe('key-bindings');
    expect(studio.preferences.getState().ownKeys).toEqual({});
    find('[aria-label="Add a key to Save"]');
  });
});
