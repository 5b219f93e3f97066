// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test } from 'vitest';
import { panelPage } from '../../../test/fakes/panel-page';
import { codesOfToken } from '../../shared/clip/code-cells';
import { listenForKeys } from '../keyboard/listen-for-keys';
import { selectedCodes } from '../session/actions/select-codes';
import { type Studio, shownTake } from '../session/studio';
import { Timeline } from './timeline';

const { show } = panelPage();
/** The made-up clip has 60 frames; at this zoom a head code is 40 pixels wide, a mouth code 20. */
const ZOOM = { pixelsPerSecond: 300, scrollSeconds: 0 };

async function open(): Promise<Studio> {
  const studio = await show(<Timeline />);
  await act(async () => studio.view.getState().update(ZOOM));
  return studio;
}

function strip(name: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(`[role="listbox"][aria-label="${name}"]`);
  if (!element) throw new Error(`there is no strip ${name}`);
  return element;
}

const point = (name: string, type: string, x: number, y = 3, more: PointerEventInit = {}): Promise<boolean> =>
  act(async () =>
    strip(name).dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, button: 0, bubbles: true, cancelable: true, ...more })),
  );
const press = (name: string, key: string, more: KeyboardEventInit = {}): Promise<boolean> =>
  act(async () => strip(name).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })));
async function click(name: string, x: number, y = 3, more: PointerEventInit = {}): Promise<void> {
  await point(name, 'pointerdown', x, y, more);
  await point(name, 'pointerup', x, y, more);
}
const tokens = (studio: Studio): number[] => selectedCodes(studio)?.cells.map(({ token }) => token) ?? [];

test('a click selects a cell and not a time; Shift extends, Ctrl adds; Esc clears cells first, then the time', async () => {
  const studio = await open();
  const stop = listenForKeys(studio, window);
  await act(async () => studio.view.getState().update({ selection: { startFrame: 0, endFrame: 8 } }));
  await click('Head codes', 90);
  expect(tokens(studio)).toEqual([2]);
  expect(document.activeElement).toBe(strip('Head codes'));
  await click('Head codes', 210, 3, { shiftKey: true });
  expect(tokens(studio)).toEqual([2, 3, 4, 5]);
  await click('Head codes', 410, 3, { ctrlKey: true });
  await click('Head codes', 130, 3, { ctrlKey: true });
  expect(tokens(studio)).toEqual([2, 4, 5, 10]);
  expect(studio.view.getState().selection).toEqual({ startFrame: 0, endFrame: 8 });
  await press('Head codes', 'Escape');
  expect(tokens(studio)).toEqual([]);
  expect(studio.view.getState().selection).not.toBeNull();
  await press('Head codes', 'Escape');
  expect(studio.view.getState().selection).toBeNull();
  stop();
});

test('arrows move and extend the selection; the active cell is named for screen readers', async () => {
  const studio = await open();
  await press('Head codes', 'ArrowRight');
  expect(tokens(studio)).toEqual([0]);
  await press('Head codes', 'ArrowRight');
  await press('Head codes', 'ArrowRight', { shiftKey: true });
  expect(tokens(studio)).toEqual([1, 2]);
  const id = strip('Head codes').getAttribute('aria-activedescendant') ?? '';
  expect(document.getElementById(id)?.getAttribute('aria-label')).toBe('Code 3 at 0:00.27, confidence 80 %');
  expect(studio.view.getState().focusTrack).toBe('head');
});

test('the badge shows a row per group; a cell of one group is stepped alone, by key and by wheel', async () => {
  const studio = await open();
  const stop = listenForKeys(studio, window);
  await act(async () => document.querySelector<HTMLElement>('[aria-label="Codes of Mouth"]')?.click());
  expect([...document.querySelectorAll('.code-row-names span')].map((name) => name.textContent)).toEqual(['jaw', 'lips', 'brows', 'detail']);
  expect(document.querySelector('[aria-label^="Confidence of the codes"]')).not.toBeNull();
  await click('Mouth codes by group', 50, 36);
  expect(selectedCodes(studio)?.cells).toEqual([{ token: 2, group: 2 }]);
  const codes = (): readonly number[] => codesOfToken(shownTake(studio)?.take.streams.mouth as never, 2);
  const before = codes();
  await press('Mouth codes by group', 'ArrowUp', { altKey: true });
  const after = codes();
  expect(after.map((code, group) => code === before[group])).toEqual([true, true, false, true]);
  // The wheel event of the made-up page knows no Alt.
  const turn = new MouseEvent('wheel', { altKey: true, clientX: 50, clientY: 36, bubbles: true, cancelable: true });
  await act(async () => strip('Mouth codes by group').dispatchEvent(Object.assign(turn, { deltaY: 100 })));
  expect(codes()).toEqual(before);
  stop();
});

test('a drag moves the selected cells, Esc in the middle of it moves nothing', async () => {
  const studio = await open();
  const code = (token: number): number | undefined => codesOfToken(shownTake(studio)?.take.streams.head as never, token)[0];
  const [third, ninth] = [code(2), code(8)];
  await point('Head codes', 'pointerdown', 90);
  await point('Head codes', 'pointermove', 330);
  await press('Head codes', 'Escape');
  await point('Head codes', 'pointerup', 330);
  expect(studio.document.getState().history.index).toBe(0);
  await point('Head codes', 'pointerdown', 90);
  await point('Head codes', 'pointermove', 330);
  await point('Head codes', 'pointerup', 330);
  expect([code(8), code(2)]).toEqual([third, ninth]);
  expect(tokens(studio)).toEqual([8]);
});
