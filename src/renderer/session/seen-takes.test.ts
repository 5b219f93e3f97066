// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { createFakeClient } from '../../../test/fakes/fake-client';
import { setAmount } from '../document/commands/set-amount';
import { toggleMarker } from '../document/commands/toggle-marker';
import { createBrowserShell } from '../engine/browser-shell';
import { commandById } from '../keyboard/studio-commands';
import { rerollFocusTrack } from './actions/reroll';
import { startStudio } from './actions/start-studio';
import { auditionVariant, pointAtVariant, visitVariants } from './actions/visit-variants';
import { takeBefore, takeNow } from './seen-takes';
import { createStudio, type Studio, shownTake } from './studio';

let studio: Studio;

beforeEach(async () => {
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  studio = createStudio(createFakeClient({ sampleFrames: 48 }), createBrowserShell(), null);
  await startStudio(studio);
});

const shown = () => {
  const found = shownTake(studio);
  if (!found) throw new Error('the sample has no take');
  return found;
};

test('A is exactly the take before the last change of it; changes elsewhere do not count', async () => {
  const { take: first, clip, target } = shown();
  expect(takeBefore(studio)).toBeUndefined();
  await rerollFocusTrack(studio, 5);
  studio.document.getState().apply(toggleMarker(clip.id, 3));
  expect(takeBefore(studio)).toEqual({ take: first, label: expect.stringMatching(/^before: Head .* re-rolled/) });
  expect(takeBefore(studio)?.take).toBe(first);
  const second = shown().take;
  studio.document.getState().begin('Head amount');
  studio.document.getState().apply(setAmount(target, 'head', 0.5));
  expect(takeBefore(studio)?.take).toBe(second);
  studio.document.getState().cancel();
  studio.document.getState().undo();
  studio.document.getState().undo();
  expect(takeBefore(studio)).toBeUndefined();
});

test('A can be another take of the clip, as long as there is one', () => {
  const { take: first } = shown();
  commandById('edit.duplicate-take').run(studio);
  studio.document.getState().apply(setAmount(shown().target, 'head', 0.5));
  studio.compare.setState({ takeId: first.id });
  expect(takeBefore(studio)).toEqual({ take: first, label: 'Take 1' });
  studio.compare.setState({ takeId: 'gone' });
  expect(takeBefore(studio)?.label).toBe('before: Head amount 0.50');
  studio.document.getState().reset(studio.document.getState().project, 'Open again');
  expect(takeBefore(studio)?.take).toBe(first);
});

test('in Variants A is what is there, B what the pointer is on, else what is auditioned', async () => {
  const { take } = shown();
  await visitVariants(studio, 5);
  const variants = studio.variants.getState().visit?.variants ?? [];
  expect(takeNow(studio)).toBe(take);
  auditionVariant(studio, 2);
  expect(takeNow(studio)?.streams.head).toBe(variants[1]?.stream);
  pointAtVariant(studio, variants[4]);
  expect(takeNow(studio)?.streams).toEqual({ head: variants[4]?.stream, mouth: take.streams.mouth });
  pointAtVariant(studio, null);
  expect(takeNow(studio)).toBe(take);
  pointAtVariant(studio, undefined);
  expect(takeNow(studio)?.streams.head).toBe(variants[1]?.stream);
  expect(takeBefore(studio)?.take).toBe(take);
});
