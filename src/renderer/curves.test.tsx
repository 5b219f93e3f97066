// @vitest-environment happy-dom
import { act, Profiler } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { panelPage } from '../../test/fakes/panel-page';
import type { OffsetLayer } from '../shared/clip/clip-schema';
import { setAmountKeys } from './document/commands/set-amount-keys';
import { layersOf } from './document/curves';
import { Inspector } from './inspector/inspector';
import { selectedKeys } from './session/actions/edit-keys';
import { showTimelinePanel } from './session/actions/frame-keys';
import { addOffsetLayer } from './session/actions/layers';
import { keyChannel, startPosing, togglePosing } from './session/actions/pose';
import { type Studio, shownTake } from './session/studio';
import { Timeline } from './timeline/timeline';

const { show } = panelPage();

function find(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`there is no ${selector}`);
  return element;
}

const click = (selector: string): Promise<void> => act(async () => find(selector).click());
const press = (selector: string, key: string, more: KeyboardEventInit = {}): Promise<boolean> =>
  act(async () => find(selector).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })));
const pointer = (selector: string, type: string, x: number, y: number, more: PointerEventInit = {}): Promise<boolean> =>
  act(async () => find(selector).dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, bubbles: true, button: 0, pointerId: 1, ...more })));

/** Presses on something, moves in two steps and lets go, with the pointer held by the surface. */
async function drag(selector: string, from: readonly [number, number], to: readonly [number, number], more: PointerEventInit = {}): Promise<void> {
  await pointer(selector, 'pointerdown', ...from, more);
  await pointer('.key-surface', 'pointermove', (from[0] + to[0]) / 2, (from[1] + to[1]) / 2, more);
  await pointer('.key-surface', 'pointermove', ...to, more);
  await pointer('.key-surface', 'pointerup', ...to, more);
}

const layers = (studio: Studio): readonly OffsetLayer[] => layersOf(shownTake(studio)?.take ?? never());
const keysOf = (studio: Studio, channel: string): [number, number][] =>
  (layers(studio)[0]?.curves[channel]?.keys ?? []).map(({ frame, value }) => [frame, value]);
const lastLabel = (studio: Studio): string | undefined => studio.document.getState().history.entries[studio.document.getState().history.index]?.label;
function never(): never {
  throw new Error('there is no take');
}

/** A studio whose take has the head turned by 12 degrees at frame 30 (keys at 21, 30, 39), 100 pixels a second. */
async function turned(studio: Studio): Promise<void> {
  await act(async () => {
    studio.transport.seek(1);
    const posing = startPosing(studio, 'Head posed');
    posing?.set({ headYaw: 12 });
    posing?.commit();
    studio.view.getState().update({ pixelsPerSecond: 300, scrollSeconds: 0 });
  });
}

describe('amounts of regions', () => {
  test('have sliders in the inspector; a double click on the name resets', async () => {
    const studio = await show(<Inspector />);
    await act(async () => studio.view.getState().update({ focusTrack: 'mouth' }));
    await press('[role="slider"][aria-label="Lips"]', 'ArrowRight');
    expect(shownTake(studio)?.take.edits.regions?.lips?.base).toBeCloseTo(1.01, 6);
    expect(lastLabel(studio)).toBe('Lips amount');
    expect(studio.document.getState().gesture).toBeNull();
    const name = [...document.querySelectorAll('.slider-field-label')].find((label) => label.textContent === 'Lips');
    await act(async () => name?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true })));
    expect(shownTake(studio)?.take.edits.regions?.lips?.base).toBe(1);
    expect(document.querySelectorAll('[aria-label="Amounts of Mouth by region"] [role="slider"]')).toHaveLength(4);
    await act(async () => studio.view.getState().update({ focusTrack: 'wrinkles' }));
    expect(document.querySelectorAll('[aria-label="Amounts of Wrinkles by region"] [role="slider"]')).toHaveLength(6);
  });

  test('a right click on a key of a lane asks for its value, Delete removes it', async () => {
    const studio = await show(<Timeline />);
    await act(async () => {
      studio.view.getState().update({ unfoldedTracks: ['mouth'] });
      const shown = shownTake(studio);
      if (shown) studio.document.getState().apply(setAmountKeys(shown.target, 'jaw', [{ frame: 10, value: 0.5, tangent: 'auto' }]));
    });
    const key = '[aria-label="Jaw amount keys"] .amount-key';
    await act(async () => find(key).dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true })));
    (find('.exact-value') as HTMLInputElement).value = '1.234';
    await press('.exact-value', 'Enter');
    expect(shownTake(studio)?.take.edits.regions?.jaw?.keys).toEqual([{ frame: 10, value: 1.234, tangent: 'auto' }]);
    expect(document.querySelector('.exact-value')).toBeNull();
    await press(key, 'Delete');
    expect(shownTake(studio)?.take.edits.regions?.jaw?.keys).toEqual([]);
  });
});

describe('offset layers', () => {
  test('are added, chosen, renamed, muted, moved and deleted, each as a step that undo takes back', async () => {
    const studio = await show(<Inspector />);
    const before = studio.document.getState().project;
    await click('[aria-label="Add a layer"]');
    await click('[aria-label="Add a layer"]');
    const names = (): string[] => layers(studio).map(({ name }) => name);
    expect(names()).toEqual(['Layer 2', 'Layer 1']);
    expect(find('.layer-name[aria-current="true"]').textContent).toContain('Layer 2');
    await press('.layer-row:last-child .layer-name', 'F2');
    (find('.item-rename') as HTMLInputElement).value = 'Surprise';
    await press('.item-rename', 'Enter');
    await click('[aria-label="Mute Surprise"]');
    await click('.layer-row:last-child .layer-name');
    await click('[aria-label="Move up"]');
    await click('[aria-label="May open sealed lips"]');
    expect(layers(studio).map(({ name, muted, opensLips }) => [name, muted, opensLips])).toEqual([
      ['Surprise', true, true],
      ['Layer 2', false, false],
    ]);
    await click('[aria-label="Delete layer"]');
    expect(names()).toEqual(['Layer 2']);
    expect(lastLabel(studio)).toBe('Layer Surprise deleted');
    const steps = studio.document.getState().history.index;
    expect(steps).toBe(7);
    await act(async () => {
      for (let step = 0; step < steps; step++) studio.document.getState().undo();
    });
    expect(studio.document.getState().project).toBe(before);
  });

  test('pose sliders key the active layer at the playhead and leave the codes alone', async () => {
    const studio = await show(<Inspector />);
    const { streams } = shownTake(studio)?.take ?? never();
    await act(async () => {
      togglePosing(studio);
      studio.transport.seek(1);
    });
    await press('[role="slider"][aria-label="Head Yaw"]', 'ArrowRight');
    expect(keysOf(studio, 'headYaw')).toEqual([
      [21, 0],
      [30, 0.1],
      [39, 0],
    ]);
    expect(shownTake(studio)?.take.streams).toBe(streams);
    expect(lastLabel(studio)).toBe('Head Yaw posed');
    await act(async () => studio.document.getState().undo());
    expect(layers(studio)).toEqual([]);
  });

  test('nothing is posed on a layer that is off: a notice says why', async () => {
    const studio = await show(<Inspector />);
    await click('[aria-label="Add a layer"]');
    await click('[aria-label="Mute Layer 1"]');
    const before = studio.document.getState().project;
    await act(async () => keyChannel(studio, 'jawOpen'));
    expect(studio.document.getState().project).toBe(before);
    expect(studio.notices.getState().notices.map(({ message }) => message)).toEqual(['The layer Layer 1 is switched off.']);
  });
});

describe('graph of curves', () => {
  test('a click selects a key, tangents change it, Delete deletes it, undo brings it back', async () => {
    const studio = await show(<Timeline />);
    await turned(studio);
    await act(async () => showTimelinePanel(studio, 'graph'));
    expect(document.querySelectorAll('.graph-key')).toHaveLength(3);
    const middle = '[aria-label="Head Yaw 12.00° at frame 30"]';
    await pointer(middle, 'pointerdown', 300, 100);
    await pointer('.key-surface', 'pointerup', 300, 100);
    expect(selectedKeys(studio).map(({ frame }) => frame)).toEqual([30]);
    await act(async () => [...document.querySelectorAll<HTMLElement>('.key-tools [role="radio"]')].find((choice) => choice.textContent === 'Step')?.click());
    expect(layers(studio)[0]?.curves.headYaw?.keys[1]?.tangent).toBe('step');
    expect(lastLabel(studio)).toBe('1 key made step');
    await press('.key-surface', 'Delete');
    expect(keysOf(studio, 'headYaw').map(([frame]) => frame)).toEqual([21, 39]);
    await act(async () => studio.document.getState().undo());
    expect(keysOf(studio, 'headYaw').map(([frame]) => frame)).toEqual([21, 30, 39]);
  });

  test('a drag moves keys by whole frames as one step; Shift keeps to one axis, Esc puts them back', async () => {
    const studio = await show(<Timeline />);
    await turned(studio);
    await act(async () => showTimelinePanel(studio, 'graph'));
    const steps = studio.document.getState().history.index;
    await drag('[aria-label="Head Yaw 12.00° at frame 30"]', [300, 100], [334, 100]);
    expect(keysOf(studio, 'headYaw')).toEqual([
      [21, 0],
      [33, 12],
      [39, 0],
    ]);
    expect(studio.document.getState().history.index).toBe(steps + 1);
    await drag('[aria-label="Head Yaw 12.00° at frame 33"]', [330, 100], [350, 90], { shiftKey: true });
    expect(keysOf(studio, 'headYaw')[1]).toEqual([35, 12]);
    await pointer('[aria-label="Head Yaw 12.00° at frame 35"]', 'pointerdown', 350, 100);
    await pointer('.key-surface', 'pointermove', 350, 40);
    expect(keysOf(studio, 'headYaw')[1]?.[1]).toBeGreaterThan(12);
    await press('.key-surface', 'Escape');
    expect(keysOf(studio, 'headYaw')[1]).toEqual([35, 12]);
    await press('.key-surface', 'ArrowLeft', { altKey: true });
    await press('.key-surface', 'ArrowUp', { altKey: true });
    expect(keysOf(studio, 'headYaw')[1]).toEqual([34, expect.closeTo(12.3, 6)]);
  });

  test('handles turn the tangent; hidden curves have no keys to see', async () => {
    const studio = await show(<Timeline />);
    await turned(studio);
    await act(async () => {
      showTimelinePanel(studio, 'graph');
      studio.curves.setState({ selectedKeys: [{ curveId: `${layers(studio)[0]?.id}/headYaw`, frame: 30 }] });
    });
    const keyY = Number(find('[aria-label="Head Yaw 12.00° at frame 30"]').getAttribute('y')) + 4.5;
    await drag('[aria-label="Handle after the key"]', [336, keyY], [340, keyY - 30]);
    const key = layers(studio)[0]?.curves.headYaw?.keys[1];
    expect(key?.tangent).toBe('free');
    expect(key?.slope).toBeGreaterThan(0);
    await click('[aria-label="Show Head Yaw"]');
    expect(document.querySelectorAll('.graph-key')).toHaveLength(0);
  });

  test('a marquee selects what it holds; the playhead moves without rendering React', async () => {
    const commits = vi.fn();
    const studio = await show(
      <Profiler id="timeline" onRender={commits}>
        <Timeline />
      </Profiler>,
    );
    await turned(studio);
    await act(async () => showTimelinePanel(studio, 'graph'));
    await drag('.key-surface', [200, 30], [320, 240]);
    expect(selectedKeys(studio).map(({ frame }) => frame)).toEqual([21, 30]);
    await drag('.key-surface', [380, 30], [400, 240], { shiftKey: true });
    expect(selectedKeys(studio).map(({ frame }) => frame)).toEqual([21, 30, 39]);
    commits.mockClear();
    await act(async () => studio.transient.setState({ playheadSeconds: 0.5 }));
    expect(commits).not.toHaveBeenCalled();
  });
});

describe('dope sheet', () => {
  test('has a row for each curve and one for its layer; a diamond of the layer moves all its keys', async () => {
    const studio = await show(<Timeline />);
    await turned(studio);
    await act(async () => {
      keyChannel(studio, 'jawOpen');
      showTimelinePanel(studio, 'dope');
    });
    expect([...document.querySelectorAll('.dope-name')].map((name) => name.textContent)).toEqual(['Layer 1', 'Head Yaw', 'jawOpen']);
    await drag('[aria-label="Layer 1 at frame 30"]', [300, 35], [320, 35]);
    expect(keysOf(studio, 'headYaw').map(([frame]) => frame)).toEqual([21, 32, 39]);
    expect(keysOf(studio, 'jawOpen').map(([frame]) => frame)).toEqual([21, 32, 39]);
    expect(lastLabel(studio)).toBe('2 keys moved');
  });

  test('Alt+drag copies; Ctrl+C and Ctrl+V paste at the playhead', async () => {
    const studio = await show(<Timeline />);
    await turned(studio);
    await act(async () => showTimelinePanel(studio, 'dope'));
    await drag('[aria-label="Head Yaw at frame 30"]', [300, 60], [340, 60], { altKey: true });
    expect(keysOf(studio, 'headYaw').map(([frame]) => frame)).toEqual([21, 30, 34, 39]);
    await press('.key-surface', 'c', { ctrlKey: true });
    await act(async () => studio.transport.seek(50 / 30));
    await press('.key-surface', 'v', { ctrlKey: true });
    expect(keysOf(studio, 'headYaw').at(-1)).toEqual([50, 12]);
    expect(lastLabel(studio)).toBe('1 key pasted');
  });
});

test('a layer added by command is the active one', async () => {
  const studio = await show(<Inspector />);
  await act(async () => void addOffsetLayer(studio));
  expect(studio.curves.getState().activeLayerId).toBe(layers(studio)[0]?.id);
});
