// @vitest-environment happy-dom
import { act, Profiler } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { panelPage } from '../../test/fakes/panel-page';
import { ExportDialog } from './export-dialog/export-dialog';
import { Inspector } from './inspector/inspector';
import { Library } from './library/library';
import { CompareTools } from './preview/compare-tools';
import { toggleMute } from './session/actions/toggle-mute';
import { shownTake } from './session/studio';
import { StatusBar } from './status-bar/status-bar';
import { Timeline } from './timeline/timeline';

const panel = panelPage();
const { show } = panel;

function find(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`there is no ${selector}`);
  return element;
}

const click = (selector: string): Promise<void> => act(async () => find(selector).click());

describe('inspector', () => {
  test('says what R would change, and follows focus and selection', async () => {
    const studio = await show(<Inspector />);
    expect(panel.element().textContent).toContain('Re-roll whole clip');
    await act(async () => studio.view.getState().update({ selection: { startFrame: 5, endFrame: 21 } }));
    expect(panel.element().textContent).toContain('Re-roll selection');
    expect(panel.element().textContent).toContain('Changes frames 4 to 24 of the head, nothing else.');
    await act(async () => studio.view.getState().update({ focusTrack: 'wrinkles' }));
    expect(panel.element().textContent).toContain('Wrinkles belong to the mouth stream');
  });

  test('the switch turns the track off as an undoable step', async () => {
    const studio = await show(<Inspector />);
    await click('[role="switch"]');
    expect(shownTake(studio)?.take.edits.head.muted).toBe(true);
    await act(async () => studio.document.getState().undo());
    expect(find('[role="switch"]').getAttribute('aria-checked')).toBe('true');
  });

  test('a locked track offers no re-roll', async () => {
    await show(<Inspector />);
    await click('[aria-label="Lock whole clip"]');
    expect(find('.button[data-kind="track"]')).toHaveProperty('disabled', true);
    expect(panel.element().textContent).toContain('Locked');
  });

  test('without a model nothing offers to generate', async () => {
    await show(<Inspector />, { hasModel: false });
    expect(panel.element().textContent).toContain('There is no model to animate with');
    expect(find('.button[data-kind="track"]')).toHaveProperty('disabled', true);
  });
});

describe('timeline', () => {
  test('every track has a lane with its badges; folding shows and hides its amounts', async () => {
    const studio = await show(<Timeline />);
    expect([...panel.element().querySelectorAll('[data-badge]')].map((badge) => badge.getAttribute('aria-label'))).toEqual([
      'Codes of Head',
      'Mute Head',
      'Lock Head',
      'Codes of Mouth',
      'Mute Mouth',
      'Lock Mouth',
      'Mute Wrinkles',
      'Mute Eyes',
    ]);
    await click('[aria-label="Amount rows of Mouth"]');
    expect(studio.view.getState().unfoldedTracks).toEqual(['head', 'mouth']);
    expect([...panel.element().querySelectorAll('.amount-lane')].map((lane) => lane.getAttribute('aria-label'))).toEqual(
      ['Head', 'Mouth', 'Jaw', 'Lips', 'Cheeks', 'Brows'].map((name) => `${name} amount keys`),
    );
  });

  test('the selection, its affected range and locks are drawn', async () => {
    const studio = await show(<Timeline />);
    await act(async () => studio.view.getState().update({ selection: { startFrame: 5, endFrame: 21 } }));
    expect(find('.affected').dataset.affected).toBe('4-24');
    expect(panel.element().textContent).toContain('00:00:00:05');
    await click('[aria-label="Lock Head"]');
    expect(find('.lock-span').getAttribute('aria-label')).toBe('Locked head frames 4 to 24');
  });

  test('the playhead moves without rendering React', async () => {
    const commits = vi.fn();
    const studio = await show(
      <Profiler id="timeline" onRender={commits}>
        <Timeline />
      </Profiler>,
    );
    commits.mockClear();
    await act(async () => studio.transient.setState({ playheadSeconds: 1 }));
    expect(find('.timecode').textContent).toBe('00:00:01:00');
    expect(find('.playhead').style.transform).not.toBe('translateX(0px)');
    expect(commits).not.toHaveBeenCalled();
  });

  test('Delete removes a focused blink and nothing else', async () => {
    const studio = await show(<Timeline />);
    const before = shownTake(studio)?.take;
    await act(async () => find('.eye-event[data-kind="blinks"]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true })));
    const after = shownTake(studio)?.take;
    expect(after?.events.blinks).toHaveLength((before?.events.blinks.length ?? 0) - 1);
    expect(after?.streams).toBe(before?.streams);
  });
});

describe('compare', () => {
  test('A and B are offered once there is something before; the bar of the wipe moves by keys', async () => {
    const studio = await show(<CompareTools />);
    expect(panel.element().textContent).toBe('');
    await act(async () => toggleMute(studio, 'head'));
    await click('[aria-label="See A"]');
    expect(find('.compare-names').textContent).toBe('A, before: Head off');
    await click('[aria-label="See B"]');
    await act(async () => studio.compare.setState({ mode: 'wipe' }));
    const bar = find('[aria-label="Wipe bar"]');
    await act(async () => bar.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true })));
    expect(bar.getAttribute('aria-valuenow')).toBe('48');
    await act(async () => studio.compare.setState({ isHoldingBefore: true }));
    expect(document.querySelector('[aria-label="Wipe bar"]')).toBeNull();
    expect(studio.document.getState().history.index).toBe(1);
  });
});

describe('library, export dialog, status', () => {
  test('takes are duplicated, chosen and deleted', async () => {
    const studio = await show(<Library />);
    await click('[aria-label="Duplicate take"]');
    expect(panel.element().querySelectorAll('[aria-label="Takes"] .item')).toHaveLength(2);
    expect(shownTake(studio)?.take.name).toBe('Take 1 copy');
    await click('[aria-label="Delete take"]');
    expect(shownTake(studio)?.take.name).toBe('Take 1');
  });

  test('F2 renames a take, Delete deletes it, and both can be undone', async () => {
    const studio = await show(<Library />);
    await click('[aria-label="Duplicate take"]');
    const press = (selector: string, key: string): Promise<boolean> =>
      act(async () => find(selector).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })));
    const names = (): (string | null)[] => [...document.querySelectorAll('[aria-label="Takes"] .item-name')].map((name) => name.textContent);
    await press('[aria-label="Takes"] li:last-child .item', 'F2');
    (find('.item-rename') as HTMLInputElement).value = 'Calm';
    await press('.item-rename', 'Enter');
    expect(names()).toEqual(['Take 1', 'Calm']);
    await press('[aria-label="Takes"] li:first-child .item', 'F2');
    (find('.item-rename') as HTMLInputElement).value = 'Nothing';
    await press('.item-rename', 'Escape');
    expect(names()).toEqual(['Take 1', 'Calm']);
    await press('[aria-label="Takes"] li:first-child .item', 'Delete');
    expect(names()).toEqual(['Calm']);
    await press('[aria-label="Takes"] li:first-child .item', 'Delete');
    expect(names()).toEqual(['Calm']);
    await act(async () => studio.document.getState().undo());
    expect(names()).toEqual(['Take 1', 'Calm']);
    await act(async () => studio.document.getState().undo());
    expect(names()).toEqual(['Take 1', 'Take 1 copy']);
  });

  test('the export dialog is built from the options of the exporter and warns about muted tracks', async () => {
    const studio = await show(<ExportDialog />);
    expect([...document.querySelectorAll('.segmented [role="radio"]')].map((choice) => choice.textContent)).toContain('FBX (.fbx)');
    expect(find('select').textContent).toBe('242529.97305060');
    await click('.form-group [role="switch"][aria-label="Head"]');
    expect(find('.preflight').textContent).toContain('Moves: mouth, wrinkles, eyes.');
    await act(async () => studio.view.getState().update({ openDialog: null }));
  });

  test('the status bar says when the engine is lost', async () => {
    const studio = await show(<StatusBar />);
    expect(panel.element().textContent).toContain('Ready');
    await act(async () => studio.engine.setState({ isConnected: false }));
    expect(panel.element().textContent).toContain('Engine lost');
  });
});
