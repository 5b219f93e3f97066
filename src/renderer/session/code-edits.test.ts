// @vitest-environment happy-dom
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFakeClient } from '../../../test/fakes/fake-client';
import { type ProjectContent, packProject, unpackProject } from '../../main/engine/project/project-file';
import type { Project, Stream, StreamId, Take } from '../../shared/clip/clip-schema';
import { codesOfToken, confidenceOfToken, tokenCountOf } from '../../shared/clip/code-cells';
import { joinSegments } from '../../shared/clip/decoded-stream';
import { duplicateTake } from '../document/commands/duplicate-take';
import { setLocked } from '../document/commands/set-locked';
import { setMuted } from '../document/commands/set-muted';
import { createBrowserShell } from '../engine/browser-shell';
import { copyCodes, dragCodes, pasteCodes } from './actions/carry-codes';
import { checkSameSeed } from './actions/check-same-seed';
import { stepDoubtful } from './actions/go-to-doubtful';
import { selectCodes, selectedCodes } from './actions/select-codes';
import { startStudio } from './actions/start-studio';
import { stepCode } from './actions/step-code';
import { createStudio, type Studio, shownTake } from './studio';

const FRAMES = 60;
let studio: Studio;

beforeEach(async () => {
  studio = await newStudio();
});

async function newStudio(): Promise<Studio> {
  const made = createStudio(createFakeClient({ sampleFrames: FRAMES }), createBrowserShell(), null);
  await startStudio(made);
  return made;
}

const take = (): Take => shownTake(studio)?.take as Take;
const codes = (streamId: StreamId, token: number): readonly number[] => codesOfToken(take().streams[streamId], token);
const labels = (): string[] => studio.document.getState().history.entries.map((entry) => entry.label);
const notices = (): string[] => studio.notices.getState().notices.map((notice) => notice.message);
const head = (token: number) => ({ token, firstGroup: 0, lastGroup: 0 });
const mouth = (token: number, firstGroup = 0, lastGroup = firstGroup) => ({ token, firstGroup, lastGroup });
const seek = (frame: number): void => studio.transport.seek(frame / 30);
const rows = (stream: Stream, startFrame: number, endFrame: number): Float32Array =>
  joinSegments(stream).values.slice(startFrame * stream.channels.length, endFrame * stream.channels.length);

describe('selecting cells', () => {
  test('click, Shift and Ctrl: one, a rectangle from where it started, one more or less; the playhead follows', () => {
    selectCodes(studio, 'mouth', mouth(4, 1));
    expect(studio.transport.positionSeconds).toBeCloseTo(9 / 30);
    selectCodes(studio, 'mouth', mouth(6, 2), 'extend');
    expect(selectedCodes(studio)?.cells).toHaveLength(6);
    expect(studio.transport.positionSeconds).toBeCloseTo(9 / 30);
    selectCodes(studio, 'mouth', mouth(5, 1), 'toggle');
    expect(selectedCodes(studio)?.cells).toHaveLength(5);
    expect(selectedCodes(studio)?.active).toEqual({ token: 5, firstGroup: 2, lastGroup: 2 });
    selectCodes(studio, 'mouth', mouth(20, 0, 3), 'toggle');
    expect(selectedCodes(studio)?.cells).toHaveLength(9);
    selectCodes(studio, 'head', head(3), 'extend');
    expect(selectedCodes(studio)?.cells).toEqual([{ token: 3, group: 0 }]);
    expect(studio.view.getState().focusTrack).toBe('head');
    expect(studio.document.getState().history.index).toBe(0);
  });
});

describe('stepping to the nearest codes', () => {
  test('goes out and back in order of distance; steps without a pause are one undo step whose label says what changed', async () => {
    const before = take();
    const [origin = 0] = codes('head', 6);
    selectCodes(studio, 'head', head(6));
    let milliseconds = 0;
    const clock = (): number => milliseconds;
    await stepCode(studio, 1, clock);
    milliseconds += 500;
    await stepCode(studio, 1, clock);
    const [second = 0] = codes('head', 6);
    expect(second).not.toBe(origin);
    expect(studio.codes.getState().walk).toMatchObject({ rank: 2, wantedRank: 2 });
    expect(labels().slice(1)).toEqual([`Head 0:00.80 code pose ${origin} to ${second}`]);
    milliseconds += 601;
    await stepCode(studio, -1, clock);
    const [first = 0] = codes('head', 6);
    expect(labels().at(-1)).toBe(`Head 0:00.80 code pose ${second} to ${first}`);
    expect(labels()).toHaveLength(3);
    milliseconds += 601;
    await stepCode(studio, -1, clock);
    expect(codes('head', 6)).toEqual([origin]);
    // Made-up motion is not what its codes decode to, so adding and taking away a difference may round.
    const old = joinSegments(before.streams.head).values;
    expect(Math.max(...joinSegments(take().streams.head).values.map((value, index) => Math.abs(value - (old[index] ?? 0))))).toBeLessThan(1e-6);
    expect(take().streams.mouth).toBe(before.streams.mouth);
    for (let step = 0; step < 3; step++) studio.document.getState().undo();
    expect(take()).toBe(before);
  });

  test('there and back without a pause is no step at all', async () => {
    const before = studio.document.getState().project;
    selectCodes(studio, 'head', head(6));
    await stepCode(studio, 1, () => 0);
    await stepCode(studio, -1, () => 1);
    await stepCode(studio, -1, () => 2);
    expect(studio.document.getState().project).toBe(before);
    expect(labels()).toHaveLength(1);
  });

  test('a fast wheel ends where it was turned to, in one step, and changes only frames in reach', async () => {
    const before = take().streams.head;
    selectCodes(studio, 'head', head(7));
    await Promise.all(Array.from({ length: 9 }, () => stepCode(studio, 1, () => 0)));
    expect(studio.codes.getState().walk?.rank).toBe(9);
    expect(labels()).toHaveLength(2);
    const after = take().streams.head;
    expect(rows(after, 0, 18)).toEqual(rows(before, 0, 18));
    expect(rows(after, 42, FRAMES)).toEqual(rows(before, 42, FRAMES));
    expect(rows(after, 28, 32)).not.toEqual(rows(before, 28, 32));
    expect(after.segments.find((segment) => segment.startFrame <= 28 && segment.endFrame > 28)?.provenance.kind).toBe('swapped');
    expect(confidenceOfToken(after, 7)).toEqual([1]);
  });

  test('another change in between starts a new step; after undo the walk starts anew', async () => {
    selectCodes(studio, 'head', head(6));
    await stepCode(studio, 1, () => 0);
    studio.document.getState().apply(setMuted({ clipId: shownTake(studio)?.clip.id ?? '', takeId: take().id }, 'head', true));
    await stepCode(studio, 1, () => 1);
    expect(labels()).toHaveLength(4);
    studio.document.getState().undo();
    studio.document.getState().undo();
    studio.document.getState().undo();
    await stepCode(studio, 1, () => 2);
    expect(studio.codes.getState().walk?.rank).toBe(1);
  });

  test('a folded cell steps through all its groups, a cell of a group only through its own', async () => {
    const start = codes('mouth', 5);
    selectCodes(studio, 'mouth', mouth(5, 2));
    await stepCode(studio, 1, () => 0);
    const stepped = codes('mouth', 5);
    expect(stepped.filter((code, group) => code !== start[group])).toHaveLength(1);
    expect(stepped[2]).not.toBe(start[2]);
    selectCodes(studio, 'mouth', mouth(9, 0, 3));
    await stepCode(studio, 1, () => 0);
    expect(new Set(studio.codes.getState().walk?.near.map(({ group }) => group))).toEqual(new Set([0, 1, 2, 3]));
  });

  test('a lock within reach refuses the step and says how far it would go; nothing changes', async () => {
    const shown = shownTake(studio);
    studio.document.getState().apply(setLocked(shown?.target ?? { clipId: '', takeId: '' }, 'head', { startFrame: 36, endFrame: 40 }, true));
    const before = studio.document.getState().project;
    selectCodes(studio, 'head', head(7));
    await stepCode(studio, 1, () => 0);
    await stepCode(studio, 1, () => 1);
    expect(studio.document.getState().project).toBe(before);
    expect(notices()).toEqual(['The head would change from 0.53 s to 1.47 s, and it is locked from 1.20 s to 1.33 s.']);
  });

  test('without a model it is refused', async () => {
    studio = createStudio(createFakeClient({ sampleFrames: FRAMES, hasModel: false }), createBrowserShell(), null);
    await startStudio(studio);
    selectCodes(studio, 'head', head(6));
    await stepCode(studio, 1);
    expect(notices().at(-1)).toBe('There is no model to animate with.');
  });
});

describe('moving and copying codes', () => {
  test('pasting in place changes nothing and is no step', async () => {
    const before = studio.document.getState().project;
    selectCodes(studio, 'mouth', mouth(4, 0, 3));
    selectCodes(studio, 'mouth', mouth(9, 0, 3), 'extend');
    copyCodes(studio);
    await pasteCodes(studio);
    expect(studio.document.getState().project).toBe(before);
    expect(notices()).toEqual([]);
  });

  test('a copy pasted elsewhere brings exactly its codes, in one step, and changes only their own frames', async () => {
    const before = take().streams.mouth;
    selectCodes(studio, 'mouth', mouth(2, 0, 3));
    selectCodes(studio, 'mouth', mouth(5, 0, 3), 'extend');
    copyCodes(studio);
    seek(41);
    await pasteCodes(studio);
    const after = take().streams.mouth;
    for (let token = 0; token < 4; token++) expect(codesOfToken(after, 20 + token)).toEqual(codesOfToken(before, 2 + token));
    expect(rows(after, 0, 40)).toEqual(rows(before, 0, 40));
    expect(rows(after, 48, FRAMES)).toEqual(rows(before, 48, FRAMES));
    expect(rows(after, 40, 48)).not.toEqual(rows(before, 40, 48));
    expect(labels().slice(1)).toEqual(['Mouth codes 0:01.33-0:01.60 pasted']);
    expect(selectedCodes(studio)?.cells[0]).toEqual({ token: 20, group: 0 });
  });

  test('cut codes move when pasted: those they land on take their place', async () => {
    const before = take().streams.head;
    selectCodes(studio, 'head', head(2));
    copyCodes(studio, true);
    seek(40);
    await pasteCodes(studio);
    expect(codes('head', 10)).toEqual(codesOfToken(before, 2));
    expect(codes('head', 2)).toEqual(codesOfToken(before, 10));
    seek(20);
    await pasteCodes(studio);
    expect(codes('head', 5)).toEqual(codesOfToken(before, 2));
    expect(codes('head', 10)).toEqual(codesOfToken(before, 2));
  });

  test('a drag moves and undo brings back; with Alt it copies; at the ends it stops', async () => {
    const before = take();
    selectCodes(studio, 'head', head(3));
    await dragCodes(studio, 99, false);
    const last = tokenCountOf(before.streams.head) - 1;
    expect(codes('head', last)).toEqual(codesOfToken(before.streams.head, 3));
    expect(codes('head', 3)).toEqual(codesOfToken(before.streams.head, last));
    studio.document.getState().undo();
    expect(take()).toBe(before);
    selectCodes(studio, 'head', head(3));
    await dragCodes(studio, 5, true);
    expect(codes('head', 8)).toEqual(codesOfToken(before.streams.head, 3));
    expect(codes('head', 3)).toEqual(codesOfToken(before.streams.head, 3));
    expect(labels().at(-1)).toBe('Head codes 0:00.40-0:00.53 copied to 0:01.07');
  });

  test('what does not fit before the end is left out, and said', async () => {
    selectCodes(studio, 'head', head(2));
    selectCodes(studio, 'head', head(5), 'extend');
    copyCodes(studio);
    seek(FRAMES - 1);
    await pasteCodes(studio);
    expect(notices()).toEqual(['3 of the copied cells lie after the end of the clip and were left out.']);
  });

  test('into another take it works, into one of another codebook it is refused and nothing changes', async () => {
    const first = take();
    const clipId = shownTake(studio)?.clip.id ?? '';
    selectCodes(studio, 'head', head(2));
    copyCodes(studio);
    studio.document.getState().apply(duplicateTake(clipId, first.id, 'second'));
    seek(40);
    await pasteCodes(studio);
    expect(codes('head', 10)).toEqual(codesOfToken(first.streams.head, 2));
    const { clipboard } = studio.codes.getState();
    studio.codes.setState({ clipboard: clipboard && { ...clipboard, modelId: 'other-1', decoderSha256: 'f'.repeat(64) } });
    const before = studio.document.getState().project;
    seek(20);
    await pasteCodes(studio);
    expect(studio.document.getState().project).toBe(before);
    expect(notices().at(-1)).toMatch(/come from the model "other-1" and mean something else/);
  });
});

describe('doubtful spots', () => {
  test('are where confidence is far below the usual, one after the other from the playhead; codes set by hand are sure', async () => {
    const shown = shownTake(studio);
    const stream = take().streams.head;
    const confidence = new Float32Array(stream.segments[0]?.confidence.length ?? 0)
      .fill(0.3)
      .map((value, token) => (token === 4 || token === 11 ? 0.02 : value));
    const segments = stream.segments.map((segment) => ({ ...segment, confidence }));
    studio.document.getState().apply({
      label: 'confidence',
      run: (project) => ({
        ...project,
        clips: project.clips.map((clip) => ({
          ...clip,
          takes: clip.takes.map((each) => (each.id === shown?.take.id ? { ...each, streams: { ...each.streams, head: { ...stream, segments } } } : each)),
        })),
      }),
    });
    seek(0);
    stepDoubtful(studio, 1);
    expect(selectedCodes(studio)?.active.token).toBe(4);
    stepDoubtful(studio, 1);
    expect(selectedCodes(studio)?.active.token).toBe(11);
    stepDoubtful(studio, 1);
    expect(notices()).toEqual(['There is no doubtful code of the head after this place.']);
    await stepCode(studio, 1, () => 0);
    seek(0);
    stepDoubtful(studio, 1);
    stepDoubtful(studio, 1);
    expect(selectedCodes(studio)?.active.token).toBe(4);
  });
});

test('the same seed cannot make again what was set by hand, and says so', async () => {
  selectCodes(studio, 'head', head(6));
  await stepCode(studio, 1);
  studio.view.getState().update({ selection: { startFrame: 24, endFrame: 28 }, focusTrack: 'head' });
  await checkSameSeed(studio);
  expect(notices()[0]).toMatch(/codes were set by hand/);
});

/** A project as it is saved: with a sound that has the hash of its name. */
function withSound(project: Project): ProjectContent {
  const bytes = new Uint8Array([1, 2, 3]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const clips = project.clips.map((clip) => ({ ...clip, audio: { ...clip.audio, sha256 } }));
  return { project: { ...project, clips }, audio: [{ sha256, fileExtension: 'wav', bytes }] };
}

/** One thing an animator does with codes. */
type Deed = (studio: Studio) => Promise<void> | void;

const streamId = fc.constantFrom<StreamId>('head', 'mouth');
const place = (id: StreamId, token: number, group: number) =>
  id === 'head' ? head(token % 15) : group === 4 ? mouth(token % 30, 0, 3) : mouth(token % 30, group);
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  fc.tuple(streamId, fc.nat(29), fc.nat(4), fc.constantFrom('replace' as const, 'extend' as const, 'toggle' as const)).map(
    ([id, token, group, mode]): Deed =>
      (into) =>
        selectCodes(into, id, place(id, token, group), mode),
  ),
  fc.tuple(fc.constantFrom<1 | -1>(1, -1), fc.nat(2000)).map(
    ([direction, at]): Deed =>
      (into) =>
        stepCode(into, direction, () => at),
  ),
  fc.tuple(fc.integer({ min: -12, max: 12 }), fc.boolean()).map(
    ([shift, isCopy]): Deed =>
      (into) =>
        dragCodes(into, shift, isCopy),
  ),
  fc.boolean().map(
    (isCut): Deed =>
      (into) =>
        copyCodes(into, isCut),
  ),
  fc.nat(FRAMES).map(
    (frame): Deed =>
      (into) => {
        into.transport.seek(frame / 30);
        return pasteCodes(into);
      },
  ),
);

test('any sequence of code edits can be undone to exactly the first document and redone to the last; locks and the other streams stay; saving keeps all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyDeed, { minLength: 1, maxLength: 12 }), streamId, async (deeds, lockedStream) => {
      studio = await newStudio();
      const target = shownTake(studio)?.target ?? { clipId: '', takeId: '' };
      studio.document.getState().apply(setLocked(target, lockedStream, { startFrame: 20, endFrame: 32 }, true));
      const { project: first, history } = studio.document.getState();
      const start = history.index;
      const before = take();
      for (const deed of deeds) await deed(studio);
      const last = studio.document.getState().project;
      const after = take();
      expect(rows(after.streams[lockedStream], 20, 32)).toEqual(rows(before.streams[lockedStream], 20, 32));
      expect(after.events).toBe(before.events);
      expect(after.edits).toBe(before.edits);
      if (!labels().some((label) => label.startsWith('Head') && !label.endsWith('locked'))) expect(after.streams.head).toBe(before.streams.head);
      if (!labels().some((label) => label.startsWith('Mouth') && !label.endsWith('locked'))) expect(after.streams.mouth).toBe(before.streams.mouth);
      for (const id of ['head', 'mouth'] as const) expect(joinSegments(after.streams[id]).frameCount).toBe(FRAMES);
      const saved = withSound(last);
      expect(unpackProject(packProject(saved)).project).toEqual(saved.project);
      while (studio.document.getState().history.index > start) studio.document.getState().undo();
      expect(studio.document.getState().project).toBe(first);
      const { entries } = studio.document.getState().history;
      while (studio.document.getState().history.index < entries.length - 1) studio.document.getState().redo();
      expect(studio.document.getState().project).toBe(last);
    }),
    { numRuns: 40 },
  );
});
