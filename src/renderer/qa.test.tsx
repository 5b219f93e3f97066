// @vitest-environment happy-dom
import { act } from 'react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { panelPage } from '../../test/fakes/panel-page';
import type { Stream } from '../shared/clip/clip-schema';
import { replaceStream } from './document/commands/replace-stream';
import { setLocked } from './document/commands/set-locked';
import { setMuted } from './document/commands/set-muted';
import { commandById } from './keyboard/studio-commands';
import { Library } from './library/library';
import { followQa } from './session/follow-qa';
import { type Studio, shownTake } from './session/studio';
import { Timeline } from './timeline/timeline';

const panel = panelPage();

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});

/** Panels over a clip of 8 s whose head jumps at 2 s and looks far to the side at 5 s; QA has had time to look. */
async function showFaults(): Promise<{ studio: Studio; later: (() => void)[] }> {
  const studio = await panel.show(
    <>
      <Library />
      <Timeline />
    </>,
    { sampleFrames: 240 },
  );
  const later: (() => void)[] = [];
  await act(async () => followQa(studio, (work) => later.push(() => work(() => true))));
  await settle(later);
  const shown = shownTake(studio);
  if (!shown) throw new Error('there is no take');
  await act(async () => studio.document.getState().apply(replaceStream(shown.target, 'head', withFaults(shown.take.streams.head), 'Faults')));
  await settle(later);
  return { studio, later };
}

function withFaults(stream: Stream): Stream {
  return {
    ...stream,
    segments: stream.segments.map((segment) => {
      const curve = segment.curve.slice();
      for (let frame = 60; frame < 65; frame++) curve[6 * frame] = (curve[6 * frame] ?? 0) + 0.15;
      for (let frame = 120; frame < 180; frame++) curve[6 * frame + 1] = (curve[6 * frame + 1] ?? 0) + Math.sin((Math.PI * (frame - 120)) / 60) ** 2;
      return { ...segment, curve };
    }),
  };
}

const settle = (later: (() => void)[]): Promise<void> =>
  act(async () => {
    for (let work = later.shift(); work; work = later.shift()) work();
  });

const buttons = (name: RegExp): HTMLElement[] =>
  [...panel.element().querySelectorAll<HTMLElement>('button')].filter((button) => name.test(button.getAttribute('aria-label') ?? button.textContent ?? ''));

const press = async (name: RegExp): Promise<void> => {
  const [button] = buttons(name);
  if (!button) throw new Error(`there is no button ${name}`);
  await act(async () => button.click());
};

const heading = (): string => panel.element().querySelector('[aria-label="QA"] h2')?.textContent ?? '';
const notices = (studio: Studio): string[] => studio.notices.getState().notices.map((notice) => notice.message);

describe('QA', () => {
  test('faults are on the lane and in the list with time, rule and measured value', async () => {
    await showFaults();
    expect(panel.element().querySelectorAll('.qa-lane .finding[aria-label^="Head jerk"]')).toHaveLength(1);
    expect(panel.element().querySelector('.finding-item .item[aria-label^="Head jerk"]')?.textContent).toMatch(
      /Head jerk0:0[12]\.\d\dacceleration \d+ °\/s², limit 2500/,
    );
    expect(panel.element().querySelector('.finding-item .item[aria-label^="Head turned"]')?.textContent).toMatch(/yaw \d\d°, limit 45$/);
    expect(heading()).toBe(`QA (${panel.element().querySelectorAll('.qa-lane .finding').length})`);
  });

  test('a click selects the fault with 0.3 s around it and sets the loop; the keys go on from there', async () => {
    const { studio } = await showFaults();
    await press(/^Head jerk/);
    const { selection, isLooping, focusTrack } = studio.view.getState();
    expect({ isLooping, focusTrack }).toEqual({ isLooping: true, focusTrack: 'head' });
    expect(selection?.startFrame).toBeLessThanOrEqual(51);
    expect(selection?.endFrame).toBeGreaterThanOrEqual(74);
    expect(studio.transient.getState()).toMatchObject({ isPlaying: true, playheadSeconds: (selection?.startFrame ?? 0) / 30 });
    await act(async () => commandById('select.next-finding').run(studio));
    expect(studio.view.getState().selectedFinding).toMatch(/^head-limits/);
    await act(async () => commandById('select.next-finding').run(studio));
    expect(notices(studio)).toContain('This is the last finding.');
    await act(async () => commandById('select.previous-finding').run(studio));
    expect(studio.view.getState().selectedFinding).toMatch(/^head-jerk/);
  });

  test('what is ignored leaves lane and list, stays listed as ignored, and comes back with undo', async () => {
    const { studio } = await showFaults();
    const before = heading();
    await press(/^Head jerk/);
    await press(/^Ignore$/);
    expect(heading()).not.toBe(before);
    expect(buttons(/^Head jerk/)).toHaveLength(0);
    await press(/^Show 1 ignored$/);
    expect(buttons(/^Head jerk/)).toHaveLength(1);
    await act(async () => studio.document.getState().undo());
    expect(heading()).toBe(before);
  });

  test('a fix by the amount clears the finding and is one undo step', async () => {
    const { studio, later } = await showFaults();
    const steps = studio.document.getState().history.index;
    const streams = shownTake(studio)?.take.streams;
    await press(/^Head turned/);
    await press(/^Fix: head amount \d+ %$/);
    await settle(later);
    expect(buttons(/^Head turned/)).toHaveLength(0);
    expect(shownTake(studio)?.take.streams).toBe(streams);
    expect(studio.document.getState().history.index).toBe(steps + 1);
    await act(async () => studio.document.getState().undo());
    await settle(later);
    expect(buttons(/^Head turned/).length).toBeGreaterThan(0);
  });

  test('a re-roll of the range clears a jump and leaves the mouth alone', async () => {
    const { studio, later } = await showFaults();
    const mouth = shownTake(studio)?.take.streams.mouth;
    await press(/^Head turned/);
    await press(/^Fix: re-roll head$/);
    await settle(later);
    expect(buttons(/^Head turned/)).toHaveLength(0);
    expect(shownTake(studio)?.take.streams.mouth).toBe(mouth);
  });

  test('in a locked span every fix is refused and says so', async () => {
    const { studio } = await showFaults();
    const target = shownTake(studio)?.target;
    if (target) await act(async () => studio.document.getState().apply(setLocked(target, 'head', { startFrame: 100, endFrame: 200 }, true)));
    const before = studio.document.getState().project;
    await press(/^Head turned/);
    for (const fix of [/^Fix: re-roll/, /^Fix: head amount/]) {
      await press(fix);
      expect(notices(studio).at(-1)).toMatch(/is locked/);
    }
    expect(studio.document.getState().project).toBe(before);
  });

  test('a muted track is not looked at, and the findings of one take are never shown for another', async () => {
    const { studio, later } = await showFaults();
    const target = shownTake(studio)?.target;
    if (target) await act(async () => studio.document.getState().apply(setMuted(target, 'head', true)));
    await settle(later);
    expect(buttons(/^Head/)).toHaveLength(0);
    await act(async () => studio.document.getState().undo());
    await press(/^Duplicate take$/);
    expect(buttons(/^Head jerk/)).toHaveLength(0);
    await settle(later);
    expect(buttons(/^Head jerk/).length).toBeGreaterThan(0);
  });
});
