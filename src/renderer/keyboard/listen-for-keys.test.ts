// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFakeClient } from '../../../test/fakes/fake-client';
import { createBrowserShell } from '../engine/browser-shell';
import { startStudio } from '../session/actions/start-studio';
import { visitVariants } from '../session/actions/visit-variants';
import { createStudio, type Studio } from '../session/studio';
import { listenForKeys } from './listen-for-keys';

let studio: Studio;
let stop: () => void;

beforeEach(() => {
  studio = createStudio(createFakeClient(), createBrowserShell(), null);
  stop = listenForKeys(studio, window);
});

afterEach(() => {
  stop();
  document.body.replaceChildren();
});

function press(key: string, options: KeyboardEventInit = {}, target: Element = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options });
  target.dispatchEvent(event);
  return event;
}

function add(html: string): Element {
  document.body.innerHTML = html;
  const element = document.body.querySelector('[data-target]');
  if (!element) throw new Error('no target in the test page');
  return element;
}

test('plain letters do nothing in a text field, Ctrl combinations still work', () => {
  const field = add('<input data-target>');
  press('/', {}, field);
  expect(studio.view.getState().isLooping).toBe(false);
  expect(press('e', { ctrlKey: true }, field).defaultPrevented).toBe(true);
  expect(studio.view.getState().openDialog).toBe('export');
});

test('a text field keeps the keys that mean something to text', () => {
  const undo = vi.spyOn(studio.document.getState(), 'undo');
  expect(press('z', { ctrlKey: true }, add('<input data-target>')).defaultPrevented).toBe(false);
  expect(undo).not.toHaveBeenCalled();
});

test('keys follow the preset and what the user chose, at once', () => {
  studio.preferences.setState({ keyPreset: 'premiere', ownKeys: { 'play.loop': ['Q'] } });
  press('/');
  expect(studio.view.getState().isLooping).toBe(false);
  press('q');
  expect(studio.view.getState().isLooping).toBe(true);
  press('m', { ctrlKey: true });
  expect(studio.view.getState().openDialog).toBe('export');
});

test('keys belong to an open dialog or menu', () => {
  press('/', {}, add('<div role="dialog"><button data-target>x</button></div>'));
  press('/', {}, add('<div role="menu"><div role="menuitem" data-target>x</div></div>'));
  expect(studio.view.getState().isLooping).toBe(false);
});

test('after a menu was used, its name keeps the keys that open menus and no other', () => {
  const name = add('<div role="menubar"><button role="menuitem" data-target>File</button></div>');
  expect(press('ArrowLeft', {}, name).defaultPrevented).toBe(false);
  press('/', {}, name);
  expect(studio.view.getState().isLooping).toBe(true);
});

test('a focused slider keeps its arrows, other keys go through', () => {
  const slider = add('<span role="slider" tabindex="0" data-target></span>');
  expect(press('ArrowLeft', {}, slider).defaultPrevented).toBe(false);
  press('/', {}, slider);
  expect(studio.view.getState().isLooping).toBe(true);
});

test('after the listener is stopped nothing happens', () => {
  stop();
  press('/');
  expect(studio.view.getState().isLooping).toBe(false);
});

test('A is seen as long as its key is down, and no longer when the window is left', () => {
  const isHeld = (): boolean => studio.compare.getState().isHoldingBefore;
  press('`', { code: 'Backquote' });
  expect(isHeld()).toBe(true);
  window.dispatchEvent(new KeyboardEvent('keyup', { key: 'Shift', code: 'ShiftLeft' }));
  expect(isHeld()).toBe(true);
  window.dispatchEvent(new KeyboardEvent('keyup', { key: '`', code: 'Backquote' }));
  expect(isHeld()).toBe(false);
  press('`', { code: 'Backquote' });
  window.dispatchEvent(new Event('blur'));
  expect(isHeld()).toBe(false);
});

test('numbers, Enter and Esc belong to Variants while they are open, and to the camera and the selection otherwise', async () => {
  await startStudio(studio);
  studio.view.getState().update({ camera: 'side' });
  await visitVariants(studio, 5);
  press('1');
  expect(studio.view.getState().camera).toBe('side');
  expect(studio.variants.getState().visit?.chosen).toBe(studio.variants.getState().visit?.variants[0]);
  studio.view.getState().update({ selection: { startFrame: 0, endFrame: 4 } });
  press('Escape');
  expect(studio.variants.getState().visit).toBeNull();
  expect(studio.view.getState().selection).not.toBeNull();
  press('1');
  expect(studio.view.getState().camera).toBe('front');
  press('Escape');
  expect(studio.view.getState().selection).toBeNull();
  expect(press('Enter').defaultPrevented).toBe(false);
});

test('unknown keys are left to the browser', () => {
  const run = vi.fn();
  window.addEventListener('keydown', run, { once: true });
  expect(press('q').defaultPrevented).toBe(false);
  expect(run).toHaveBeenCalledOnce();
});
