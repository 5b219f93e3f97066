// @vitest-environment happy-dom
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createFakeClient, type FakeClientOptions } from '../../../test/fakes/fake-client';
import type { StreamId } from '../../shared/clip/clip-schema';
import { joinSegments } from '../../shared/clip/decoded-stream';
import { VARIANT_ORDERS } from '../document/variant-order';
import { createBrowserShell } from '../engine/browser-shell';
import { toggleLock } from './actions/lock-focus';
import { rerollFocusTrack } from './actions/reroll';
import { startStudio } from './actions/start-studio';
import { auditionVariant, keepVariant, leaveVariants, pointAtVariant, sortVariants, visitVariants } from './actions/visit-variants';
import { followDocument } from './follow-document';
import { createStudio, type Studio, shownTake } from './studio';

async function openStudio(options: FakeClientOptions = {}): Promise<Studio> {
  const studio = createStudio(createFakeClient({ sampleFrames: 48, ...options }), createBrowserShell(), null);
  followDocument(studio);
  await startStudio(studio);
  return studio;
}

const visitOf = (studio: Studio) => studio.variants.getState().visit;
const messages = (studio: Studio): string[] => studio.notices.getState().notices.map((notice) => `${notice.message} ${notice.hint}`);
const projectOf = (studio: Studio) => studio.document.getState().project;

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});

/** Anything a user can do in a visit that is no change of the document. */
const deed: fc.Arbitrary<(studio: Studio) => unknown> = fc.oneof(
  fc.nat(9).map((place) => (studio: Studio) => auditionVariant(studio, place)),
  fc.nat(8).map((index) => (studio: Studio) => pointAtVariant(studio, visitOf(studio)?.variants[index])),
  fc.constant((studio: Studio) => pointAtVariant(studio, null)),
  fc.constantFrom(...VARIANT_ORDERS).map((order) => (studio: Studio) => sortVariants(studio, order)),
  fc.nat(99).map((seed) => (studio: Studio) => visitVariants(studio, seed)),
  fc.boolean().map((isHoldingBefore) => (studio: Studio) => studio.compare.setState({ isHoldingBefore })),
  fc.nat(47).map((frame) => (studio: Studio) => studio.transport.seek(frame / 30)),
);
const stream = fc.constantFrom<StreamId>('head', 'mouth');
const selection = fc.option(
  fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 8 })).map(([startFrame, length]) => ({ startFrame, endFrame: startFrame + length })),
);
const visit = fc.record({ streamId: stream, selection, playhead: fc.nat(47), seed: fc.nat(1000), deeds: fc.array(deed, { maxLength: 8 }) });

describe('a visit to Variants', () => {
  test('that ends with Esc leaves the document, its history and the playhead as they were', async () => {
    const studio = await openStudio();
    const { project, history } = studio.document.getState();
    const copy = structuredClone(project);
    await fc.assert(
      fc.asyncProperty(visit, async ({ streamId, selection, playhead, seed, deeds }) => {
        studio.view.getState().update({ focusTrack: streamId, selection });
        studio.transport.seek(playhead / 30);
        const before = studio.transient.getState();
        await visitVariants(studio, seed);
        expect(visitOf(studio)?.variants).toHaveLength(8);
        for (const act of deeds) await act(studio);
        leaveVariants(studio);
        expect(visitOf(studio)).toBeNull();
        expect(projectOf(studio)).toBe(project);
        expect(studio.document.getState().history).toBe(history);
        expect(studio.transient.getState()).toMatchObject({ playheadSeconds: before.playheadSeconds, isPlaying: before.isPlaying });
      }),
      { numRuns: 25 },
    );
    expect(project).toEqual(copy);
  });

  test('that ends with Enter is one step, changes only the range of its stream, and undo gives back exactly the document before', async () => {
    const studio = await openStudio();
    const project = projectOf(studio);
    const old = shownTake(studio)?.take.streams;
    await fc.assert(
      fc.asyncProperty(visit, fc.integer({ min: 1, max: 8 }), async ({ streamId, selection, seed, deeds }, place) => {
        studio.view.getState().update({ focusTrack: streamId, selection });
        await visitVariants(studio, seed);
        for (const act of deeds) await act(studio);
        auditionVariant(studio, place);
        const { chosen, affected } = visitOf(studio) ?? {};
        keepVariant(studio);
        const now = shownTake(studio)?.take.streams;
        const other = streamId === 'head' ? 'mouth' : 'head';
        expect(studio.document.getState().history.index).toBe(1);
        expect(now?.[streamId]).toBe(chosen?.stream);
        expect(now?.[other]).toBe(old?.[other]);
        expect(changedFrames(old?.[streamId], now?.[streamId]).every((frame) => affected && frame >= affected.startFrame && frame < affected.endFrame)).toBe(
          true,
        );
        studio.document.getState().undo();
        expect(projectOf(studio)).toBe(project);
      }),
      { numRuns: 25 },
    );
  });

  test('plays the range in a loop with a lead-in, and gives the loop back', async () => {
    const studio = await openStudio();
    const setLoop = vi.spyOn(studio.transport, 'setLoop');
    studio.view.getState().update({ selection: { startFrame: 21, endFrame: 30 }, isLooping: true });
    await visitVariants(studio, 1);
    expect(studio.transient.getState()).toMatchObject({ isPlaying: true, playheadSeconds: 5 / 30 });
    expect(setLoop).toHaveBeenLastCalledWith({ startFrame: 5, endFrame: 32 });
    leaveVariants(studio);
    expect(setLoop).toHaveBeenLastCalledWith({ startFrame: 21, endFrame: 30 });
  });

  test('shows variants as they come, in the order of their seeds until the last is there', async () => {
    const seen = new Map<number, boolean | undefined>();
    let studio: Studio | null = null;
    studio = await openStudio({
      pause: async () => {
        const now = studio && visitOf(studio);
        if (now) seen.set(now.variants.length, now.isDrawing);
      },
    });
    await visitVariants(studio, 3);
    expect([...seen]).toEqual([0, 2, 4, 6].map((count) => [count, true]));
    expect(visitOf(studio)?.isDrawing).toBe(false);
    const distances = visitOf(studio)?.variants.map((variant) => variant.distance) ?? [];
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  });

  test('can stop drawing and go on with what is there; left while drawing, nothing comes after', async () => {
    let studio: Studio | null = null;
    let whenSome: (studio: Studio) => void = () => undefined;
    studio = await openStudio({
      pause: async () => {
        if (studio && visitOf(studio)?.variants.length === 4) whenSome(studio);
      },
    });
    whenSome = (open) => visitOf(open)?.stop();
    await visitVariants(studio, 3);
    expect(visitOf(studio)).toMatchObject({ isDrawing: false, variants: expect.objectContaining({ length: 4 }) });
    auditionVariant(studio, 5);
    expect(visitOf(studio)?.chosen).toBeNull();
    leaveVariants(studio);
    whenSome = leaveVariants;
    await visitVariants(studio, 3);
    expect(visitOf(studio)).toBeNull();
    expect(studio.jobs.getState().jobs).toEqual([]);
    expect(messages(studio)).toEqual([]);
  });
});

describe('what ends or refuses a visit', () => {
  test('a locked span, eyes and a clean mouth are refused with what to do', async () => {
    const studio = await openStudio();
    toggleLock(studio);
    await visitVariants(studio);
    toggleLock(studio);
    studio.view.getState().update({ focusTrack: 'eyes' });
    await visitVariants(studio);
    studio.view.getState().update({ focusTrack: 'mouth' });
    studio.generation.setState({ temperatures: { mouthTemperature: 0 } });
    await visitVariants(studio);
    expect(visitOf(studio)).toBeNull();
    expect(messages(studio)).toEqual([expect.stringContaining('Unlock'), expect.stringContaining('events'), expect.stringContaining('Clean mouth')]);
  });

  test('a span locked meanwhile is not changed, and the visit goes on', async () => {
    const studio = await openStudio();
    await visitVariants(studio, 5);
    auditionVariant(studio, 2);
    toggleLock(studio);
    const locked = projectOf(studio);
    keepVariant(studio);
    expect(projectOf(studio)).toBe(locked);
    expect(visitOf(studio)?.chosen?.seed).toBeDefined();
    expect(messages(studio).at(-1)).toContain('locked');
    toggleLock(studio);
    keepVariant(studio);
    expect(visitOf(studio)).toBeNull();
  });

  test('another change of the stream or another take ends it; a change beside it does not', async () => {
    const studio = await openStudio();
    await visitVariants(studio, 5);
    studio.view.getState().update({ scrollSeconds: 1 });
    toggleLock(studio, 'mouth');
    expect(visitOf(studio)).not.toBeNull();
    await rerollFocusTrack(studio, 9);
    expect(visitOf(studio)).toBeNull();
    await visitVariants(studio, 5);
    studio.document.getState().undo();
    expect(visitOf(studio)).toBeNull();
  });

  test('without any variant an error is told and everything is as it was', async () => {
    const studio = await openStudio();
    vi.spyOn(studio.client, 'call').mockRejectedValueOnce(new Error('the network is gone'));
    await visitVariants(studio, 5);
    expect(visitOf(studio)).toBeNull();
    expect(messages(studio)).toEqual(['Something went wrong in the studio. the network is gone']);
  });
});

function changedFrames(...streams: (Parameters<typeof joinSegments>[0] | undefined)[]): number[] {
  const [old, now] = streams.map((each) => each && joinSegments(each));
  if (!old || !now) throw new Error('there is no stream to compare');
  return Array.from({ length: old.frameCount }, (_, frame) => frame).filter((frame) =>
    old.values
      .subarray(frame * old.channelCount, (frame + 1) * old.channelCount)
      .some((value, channel) => value !== now.values[frame * old.channelCount + channel]),
  );
}
