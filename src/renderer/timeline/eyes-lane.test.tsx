// @vitest-environment happy-dom
import { act } from 'react';
import { describe, expect, test } from 'vitest';
import { panelPage } from '../../../test/fakes/panel-page';
import type { Events, Take } from '../../shared/clip/clip-schema';
import { Inspector } from '../inspector/inspector';
import { commandById } from '../keyboard/studio-commands';
import { rerollEyes, setEventRate } from '../session/actions/reroll-eyes';
import { type Studio, shownTake } from '../session/studio';
import { Timeline } from './timeline';

const panel = panelPage();
const showTimeline = (): Promise<Studio> => panel.show(<Timeline />, { sampleFrames: 300 });

function eventsOf(studio: Studio): Events {
  const take = shownTake(studio)?.take;
  if (!take) throw new Error('nothing is shown');
  return take.events;
}

function element(selector: string): Element {
  const found = document.querySelector(selector);
  if (!found) throw new Error(`there is no ${selector}`);
  return found;
}

const press = (selector: string, key: string, modifiers: KeyboardEventInit = {}): Promise<boolean> =>
  act(async () => element(selector).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers })));

/** Types a value into a field of the open popover. */
async function type(label: string, value: string): Promise<void> {
  const field = [...document.querySelectorAll('.event-values label')].find((candidate) => candidate.textContent?.startsWith(label))?.querySelector('input');
  if (!field) throw new Error(`there is no field ${label}`);
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await act(async () => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })));
}

/** What eye events must never change. */
const untouched = (take: Take | undefined): unknown[] => [take?.streams, take?.edits, take?.locks, take?.ignoredFindings];

describe('the eyes lane', () => {
  test('shows every kind with its count; keys move an event, change its length and remove it, each one undo step', async () => {
    const studio = await showTimeline();
    const start = studio.document.getState().project;
    const before = shownTake(studio)?.take;
    for (const name of [/\d+ blinks/, /\d+ gaze/, /\d+ darts/, /\d+ breath/]) {
      expect([...document.querySelectorAll('.eyes-lane [role="list"]')].some((list) => name.test(list.getAttribute('aria-label') ?? ''))).toBe(true);
    }
    const [blink, look, dart] = [eventsOf(studio).blinks[1], eventsOf(studio).gaze[1], eventsOf(studio).darts[1]];
    await press('[data-kind="blinks"][data-index="1"]', 'ArrowRight');
    expect(eventsOf(studio).blinks[1]?.startSeconds).toBeCloseTo((blink?.startSeconds ?? 0) + 1 / 30, 6);
    await press('[data-kind="blinks"][data-index="1"]', 'ArrowRight', { altKey: true, shiftKey: true });
    expect(eventsOf(studio).blinks[1]?.holdSeconds).toBeCloseTo((blink?.holdSeconds ?? 0) + 1 / 3, 6);
    await press('[data-kind="darts"][data-index="1"]', 'ArrowLeft', { altKey: true });
    expect(eventsOf(studio).darts[1]?.durationSeconds).toBeCloseTo((dart?.durationSeconds ?? 0) - 1 / 30, 6);
    await press('[data-kind="gaze"][data-index="1"]', 'ArrowLeft', { shiftKey: true });
    expect(eventsOf(studio).gaze[1]?.startSeconds).toBeCloseTo((look?.startSeconds ?? 0) - 1 / 3, 6);
    await press('[data-kind="blinks"][data-index="0"]', 'Delete');
    expect(eventsOf(studio).blinks).toHaveLength((before?.events.blinks.length ?? 0) - 1);
    expect(untouched(shownTake(studio)?.take)).toEqual(untouched(before));
    expect(shownTake(studio)?.take.streams).toBe(before?.streams);
    expect(studio.document.getState().history.index).toBe(5);
    for (let step = 0; step < 5; step++) await act(async () => studio.document.getState().undo());
    expect(studio.document.getState().project).toBe(start);
  });

  test('an event moved past another keeps the selection', async () => {
    const studio = await showTimeline();
    const moved = eventsOf(studio).blinks[0];
    for (let step = 0; step < 9; step++) {
      const index = studio.view.getState().selectedEyeEvent?.index ?? 0;
      await press(`[data-kind="blinks"][data-index="${index}"]`, 'ArrowRight', { shiftKey: true });
    }
    const selected = studio.view.getState().selectedEyeEvent;
    expect(selected?.index).toBeGreaterThan(0);
    expect(eventsOf(studio).blinks[selected?.index ?? 0]?.startSeconds).toBeCloseTo((moved?.startSeconds ?? 0) + 3, 6);
  });

  test('a right click opens exact values; each is one undo step, and nonsense is put back', async () => {
    const studio = await showTimeline();
    await act(async () => element('[data-kind="gaze"][data-index="1"]').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true })));
    await type('Left +', '-8');
    expect(eventsOf(studio).gaze[1]?.yaw).toBeCloseTo((-8 * Math.PI) / 180, 6);
    await type('Ease', '0,3');
    expect(eventsOf(studio).gaze[1]?.easeSeconds).toBeCloseTo(0.3, 6);
    await type('Length', 'long');
    expect(studio.document.getState().history.index).toBe(2);
    await act(async () => (element('[aria-label="At camera"]') as HTMLElement).click());
    expect(eventsOf(studio).gaze[1]?.atCamera).toBe(true);
    expect(element('.event-values').textContent).not.toContain('Left +');
  });
});

describe('drawing eyes anew', () => {
  test('R on the eyes lane gives another seed as one step and touches no stream; a selection keeps what lies outside it', async () => {
    const studio = await showTimeline();
    const before = shownTake(studio)?.take;
    await act(async () => studio.view.getState().update({ focusTrack: 'eyes' }));
    await act(async () => commandById('animate.reroll').run(studio));
    expect(eventsOf(studio).seed).not.toBe(before?.events.seed);
    expect(shownTake(studio)?.take.streams).toBe(before?.streams);
    expect(studio.document.getState().history.index).toBe(1);

    const whole = eventsOf(studio);
    await act(async () => studio.view.getState().update({ selection: { startFrame: 90, endFrame: 210 } }));
    rerollEyes(studio, 99);
    const isOutside = ({ startSeconds }: { startSeconds: number }): boolean => startSeconds < 3 || startSeconds >= 7;
    for (const kind of ['blinks', 'gaze', 'darts', 'breaths'] as const) {
      expect(eventsOf(studio)[kind]?.filter(isOutside), kind).toEqual(whole[kind]?.filter(isOutside));
    }
    expect(eventsOf(studio).darts).not.toEqual(whole.darts);
    expect(eventsOf(studio).seed).toBe(whole.seed);
    expect(shownTake(studio)?.take.streams).toBe(before?.streams);
  });

  test('a rate draws one kind again and no other', async () => {
    const studio = await showTimeline();
    rerollEyes(studio, 5);
    const before = eventsOf(studio);
    setEventRate(studio, 'darts', 80);
    const { darts, rates, ...rest } = eventsOf(studio);
    expect(darts.length).toBeGreaterThan(before.darts.length);
    expect(rates?.darts).toBe(80);
    const { darts: _, rates: __, ...restBefore } = before;
    expect(rest).toEqual(restBefore);
  });

  test('the inspector shows seed and rates, and holds the camera in the selection', async () => {
    const studio = await panel.show(<Inspector />, { sampleFrames: 300 });
    await act(async () => studio.view.getState().update({ focusTrack: 'eyes', selection: { startFrame: 30, endFrame: 60 } }));
    expect(panel.element().textContent).toContain('Re-roll eyes in selection');
    expect(panel.element().textContent).toContain('Seed 0007');
    expect([...document.querySelectorAll('[role="slider"]')].map((slider) => slider.getAttribute('aria-label'))).toEqual(
      expect.arrayContaining(['Blinks', 'Gaze', 'Darts', 'Breath', 'Breath depth']),
    );
    await act(async () => commandById('eyes.camera').run(studio));
    const inSelection = eventsOf(studio).gaze.filter(({ startSeconds }) => startSeconds >= 1 && startSeconds < 2);
    expect(inSelection).toEqual([{ startSeconds: 1, durationSeconds: 1, yaw: 0, pitch: 0, atCamera: true }]);
  });
});
