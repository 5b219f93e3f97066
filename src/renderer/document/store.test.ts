import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { syntheticClip, syntheticTake } from '../../../test/fakes/synthetic-clip';
import type { OffsetLayer, Project, Take, TrackId } from '../../shared/clip/clip-schema';
import { projectSchema, tangentSchema } from '../../shared/clip/clip-schema';
import { TIMECODE_FORMATS } from '../../shared/clip/timecode';
import { OFFSET_CHANNELS } from '../../shared/face/offset-channels';
import { REGION_IDS } from '../../shared/face/regions';
import type { RuleId } from '../../shared/qa/finding';
import { isIgnored } from '../../shared/qa/ignored';
import { addClip } from './commands/add-clip';
import { addTake } from './commands/add-take';
import { duplicateTake } from './commands/duplicate-take';
import { addLayer, moveLayer, removeLayer, renameLayer, setLayerMuted, setLayerOpensLips } from './commands/edit-layers';
import { removeClip } from './commands/remove-clip';
import { removeTake } from './commands/remove-take';
import { renameClip } from './commands/rename-clip';
import { renameTake } from './commands/rename-take';
import { replaceStream } from './commands/replace-stream';
import { selectTake } from './commands/select-take';
import { setAmount } from './commands/set-amount';
import { setAmountKeys } from './commands/set-amount-keys';
import { setCurves } from './commands/set-curves';
import { setEyeEvents } from './commands/set-eye-events';
import { setIgnored } from './commands/set-ignored';
import { setLocked } from './commands/set-locked';
import { setMuted } from './commands/set-muted';
import { setSmoothing } from './commands/set-smoothing';
import { setTimecode } from './commands/set-timecode';
import { toggleMarker } from './commands/toggle-marker';
import { type AmountId, curveOf, layersOf, offsetCurveId } from './curves';
import { EVENT_KINDS } from './eye-event-kinds';
import { currentEntry, HISTORY_LIMIT } from './history';
import { type Curves, copyKeys, curvesOfKeys, moveKeys, pasteKeys, posedCurve, removeKeys, setTangents } from './keys';
import { type Command, createDocumentStore, isModified } from './store';

const clip = syntheticClip(48, 7);
const start: Project = { formatVersion: 2, modelId: null, clips: [clip] };
const target = { clipId: clip.id, takeId: 'take-7' };
const track = fc.constantFrom<TrackId>('head', 'mouth', 'wrinkles', 'eyes');
const stream = fc.constantFrom('head' as const, 'mouth' as const);
const range = fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 8 })).map(([startFrame, length]) => ({ startFrame, endFrame: startFrame + length }));
const unit = fc.integer({ min: 0, max: 200 }).map((hundredths) => hundredths / 100);

const amount = fc.constantFrom<AmountId>('head', 'mouth', 'wrinkles', 'eyes', ...REGION_IDS);
const layerId = fc.constantFrom('a', 'b');
const curveId = fc.oneof(
  amount,
  fc.tuple(layerId, fc.constantFrom(...OFFSET_CHANNELS)).map(([id, channel]) => offsetCurveId(id, channel)),
);

/** A command on the take as it is then, the way panels make them. */
function onTake(make: (take: Take) => Command): Command {
  return {
    label: 'Curves',
    run: (project) => {
      const take = project.clips.find(({ id }) => id === target.clipId)?.takes.find(({ id }) => id === target.takeId);
      return take ? make(take).run(project) : project;
    },
  };
}
const onLayer = (id: string, make: (layer: OffsetLayer) => Command): Command =>
  onTake((take) => {
    const layer = layersOf(take).find((candidate) => candidate.id === id);
    return layer ? make(layer) : { label: '', run: (project) => project };
  });
const onKeys = (id: string, change: (take: Take, places: { curveId: string; frame: number }[], curves: Curves) => Curves): Command =>
  onTake((take) => {
    const places = (curveOf(take, id)?.keys ?? []).slice(0, 2).map(({ frame }) => ({ curveId: id, frame }));
    return setCurves(target, places.length > 0 ? change(take, places, curvesOfKeys(take, places)) : new Map(), 'Keys');
  });

const layerCommand: fc.Arbitrary<Command> = fc.oneof(
  layerId.map((id) =>
    onTake((take) =>
      layersOf(take).some((layer) => layer.id === id) ? setLayerMuted(target, layersOf(take)[0] as OffsetLayer, true) : addLayer(target, id, 'Layer'),
    ),
  ),
  fc.tuple(layerId, fc.string()).map(([id, name]) => onLayer(id, (layer) => renameLayer(target, layer, name))),
  fc.tuple(layerId, fc.boolean()).map(([id, muted]) => onLayer(id, (layer) => setLayerMuted(target, layer, muted))),
  fc.tuple(layerId, fc.boolean()).map(([id, opens]) => onLayer(id, (layer) => setLayerOpensLips(target, layer, opens))),
  fc.tuple(layerId, fc.constantFrom<1 | -1>(1, -1)).map(([id, steps]) => onLayer(id, (layer) => moveLayer(target, layer, steps))),
  layerId.map((id) => onLayer(id, (layer) => removeLayer(target, layer))),
);
const keyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc
    .tuple(curveId, fc.nat(47), unit)
    .map(([id, frame, value]) => onTake((take) => setCurves(target, new Map([[id, posedCurve(curveOf(take, id), frame, value / 2, 48)]]), 'Pose'))),
  fc
    .tuple(curveId, fc.integer({ min: -60, max: 60 }), fc.double({ min: -2, max: 2, noNaN: true }), fc.boolean())
    .map(([id, frames, share, copies]) => onKeys(id, (_, places, curves) => moveKeys(curves, places, { frames, share, copies }, 48).curves)),
  fc.tuple(curveId, fc.constantFrom(...tangentSchema.options)).map(([id, tangent]) => onKeys(id, (_, places, curves) => setTangents(curves, places, tangent))),
  fc.tuple(curveId, fc.nat(47)).map(([id, frame]) => onKeys(id, (take, places) => pasteKeys(take, copyKeys(take, places), frame, 48).curves)),
  curveId.map((id) => onKeys(id, (_, places, curves) => removeKeys(curves, places))),
);

const startSeconds = fc.double({ min: 0, max: 1.6, noNaN: true });
const eyeEvents: fc.Arbitrary<Command> = fc.oneof(
  fc.array(startSeconds, { maxLength: 4 }).map((starts) => setEyeEvents(target, 'blinks', starts.map(EVENT_KINDS.blinks.usual), 'Blinks')),
  fc.array(startSeconds, { maxLength: 4 }).map((starts) => setEyeEvents(target, 'gaze', starts.map(EVENT_KINDS.gaze.usual), 'Gaze')),
  fc.array(startSeconds, { maxLength: 4 }).map((starts) => setEyeEvents(target, 'darts', starts.map(EVENT_KINDS.darts.usual), 'Darts')),
  fc.array(startSeconds, { maxLength: 4 }).map((starts) => setEyeEvents(target, 'breaths', starts.map(EVENT_KINDS.breaths.usual), 'Breaths')),
);

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  layerCommand,
  keyCommand,
  fc.tuple(track, fc.boolean()).map(([id, muted]) => setMuted(target, id, muted)),
  fc.tuple(amount, unit).map(([id, value]) => setAmount(target, id, value)),
  fc.tuple(track, unit).map(([id, value]) => setSmoothing(target, id, value / 4)),
  fc.tuple(amount, fc.array(fc.record({ frame: fc.nat(47), value: unit }), { maxLength: 4 })).map(([id, keys]) => setAmountKeys(target, id, keys)),
  fc.tuple(stream, range, fc.boolean()).map(([id, frames, locked]) => setLocked(target, id, frames, locked)),
  fc.tuple(stream, fc.nat(99)).map(([id, seed]) => replaceStream(target, id, syntheticTake(48, seed).streams[id], 'Re-roll')),
  fc
    .tuple(fc.constantFrom<RuleId>('head-jerk', 'chatter'), range, fc.boolean())
    .map(([rule, frames, ignored]) => setIgnored(target, { ...frames, rule, measure: 'speed', value: 2, threshold: 1, unit: '' }, ignored)),
  fc.nat(47).map((frame) => toggleMarker(clip.id, frame)),
  fc.tuple(fc.constantFrom(...TIMECODE_FORMATS), fc.nat(90_000)).map(([format, startFrame]) => setTimecode(clip.id, { format, startFrame })),
  eyeEvents,
  fc.nat(5).map((id) => addTake(clip.id, syntheticTake(48, id, `take-new-${id}-${Math.random()}`), 'New take')),
  fc.nat(5).map((id) => duplicateTake(clip.id, 'take-7', `copy-${id}-${Math.random()}`)),
  fc.constantFrom('take-7', 'nowhere').map((id) => selectTake(clip.id, id)),
  fc.constant(removeTake(clip.id, 'take-7')),
  fc.string().map((name) => renameClip(clip.id, name)),
  fc.string().map((name) => renameTake(target, name)),
  fc.nat(1000).map((id) => addClip(syntheticClip(12, 3, `clip-${id}-${Math.random()}`))),
  fc.constant(removeClip(clip.id, clip.name)),
);

describe('the document store', () => {
  test('undoing everything gives back exactly the first document, redoing everything the last', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
        const store = createDocumentStore(start);
        for (const command of commands) store.getState().apply(command);
        const last = store.getState().project;
        const steps = store.getState().history.index;
        for (let step = 0; step < steps; step++) store.getState().undo();
        expect(store.getState().project).toBe(start);
        for (let step = 0; step < steps; step++) store.getState().redo();
        expect(store.getState().project).toBe(last);
      }),
    );
  });

  test('every command leaves a valid document and never changes the one before', () => {
    const frozen = structuredClone(start);
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 12 }), (commands) => {
        const store = createDocumentStore(start);
        for (const command of commands) store.getState().apply(command);
        expect(projectSchema.safeParse(store.getState().project).error).toBeUndefined();
        expect(start).toEqual(frozen);
      }),
      { numRuns: 25 },
    );
  });

  test('edits of curves and layers leave streams, events and locks the same objects', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(layerCommand, keyCommand), { maxLength: 20 }), (commands) => {
        const store = createDocumentStore(start);
        for (const command of commands) store.getState().apply(command);
        const [before, after] = [clip.takes[0], store.getState().project.clips[0]?.takes[0]];
        expect(after?.streams).toBe(before?.streams);
        expect(after?.events).toBe(before?.events);
        expect(after?.locks).toBe(before?.locks);
      }),
    );
  });

  test('a command that changes nothing is no step', () => {
    const store = createDocumentStore(start);
    store.getState().apply(setMuted(target, 'head', false));
    store.getState().apply(renameClip(clip.id, '   '));
    expect(store.getState().history.entries).toHaveLength(1);
    expect(isModified(store.getState())).toBe(false);
  });

  test('a whole drag is one step; cancelling it puts back what was there', () => {
    const store = createDocumentStore(start);
    store.getState().begin('Head amount');
    for (const value of [0.2, 0.4, 0.8]) store.getState().apply(setAmount(target, 'head', value));
    store.getState().commit();
    expect(store.getState().history.entries.map((entry) => entry.label)).toEqual(['Start', 'Head amount']);
    store.getState().begin('Head amount');
    store.getState().apply(setAmount(target, 'head', 2));
    store.getState().cancel();
    expect(store.getState().project.clips[0]?.takes[0]?.edits.head.amount.base).toBe(0.8);
    store.getState().undo();
    expect(store.getState().project).toBe(start);
  });

  test('undo in the middle of a drag ends the drag first', () => {
    const store = createDocumentStore(start);
    store.getState().begin('Head amount');
    store.getState().apply(setAmount(target, 'head', 0.5));
    store.getState().undo();
    expect(store.getState().project).toBe(start);
    expect(store.getState().gesture).toBeNull();
  });

  test('at least 200 steps are kept, and the unsaved mark follows undo back to the saved state', () => {
    const store = createDocumentStore(start);
    for (let step = 1; step <= 250; step++) store.getState().apply(setAmount(target, 'head', step / 125));
    store.getState().markSaved(store.getState().project);
    for (let step = 0; step < 200; step++) store.getState().undo();
    expect(store.getState().history.index).toBe(50);
    expect(isModified(store.getState())).toBe(true);
    store.getState().goTo(250);
    expect(isModified(store.getState())).toBe(false);
    expect(HISTORY_LIMIT).toBeGreaterThanOrEqual(200);
  });

  test('a new step after undo drops what was undone; a very long history forgets its oldest steps', () => {
    const store = createDocumentStore(start);
    store.getState().apply(setMuted(target, 'head', true));
    store.getState().undo();
    store.getState().apply(setMuted(target, 'mouth', true));
    store.getState().redo();
    expect(currentEntry(store.getState().history).label).toBe('Mouth off');
    for (let step = 0; step < HISTORY_LIMIT + 20; step++) store.getState().apply(toggleMarker(clip.id, step % 40));
    expect(store.getState().history.entries).toHaveLength(HISTORY_LIMIT + 1);
  });
});

describe('commands', () => {
  test('a re-rolled head leaves the mouth stream the same object', () => {
    const store = createDocumentStore(start);
    store.getState().apply(replaceStream(target, 'head', syntheticTake(48, 3).streams.head, 'Re-roll'));
    const take = store.getState().project.clips[0]?.takes[0];
    expect(take?.streams.mouth).toBe(clip.takes[0]?.streams.mouth);
    expect(take?.streams.head).not.toBe(clip.takes[0]?.streams.head);
    expect(take?.events).toBe(clip.takes[0]?.events);
  });

  test('locks join when they touch, and unlocking the middle leaves both ends', () => {
    const store = createDocumentStore(start);
    const lock = (startFrame: number, endFrame: number, locked: boolean): void =>
      store.getState().apply(setLocked(target, 'head', { startFrame, endFrame }, locked));
    const locks = (): string[] => store.getState().project.clips[0]?.takes[0]?.locks.map((item) => `${item.stream} ${item.startFrame}-${item.endFrame}`) ?? [];
    lock(0, 12, true);
    lock(12, 24, true);
    expect(locks()).toEqual(['head 0-24']);
    lock(8, 16, false);
    expect(locks()).toEqual(['head 0-8', 'head 16-24']);
  });

  test('an ignored finding stays ignored after a small change of its range, and only that rule; taking it back forgets it', () => {
    const store = createDocumentStore(start);
    const finding = { rule: 'head-jerk' as const, startFrame: 10, endFrame: 16, measure: 'speed', value: 300, threshold: 200, unit: '°/s' };
    const ignored = () => store.getState().project.clips[0]?.takes[0]?.ignoredFindings ?? [];
    store.getState().apply(setIgnored(target, finding, true));
    expect(isIgnored(ignored(), { ...finding, startFrame: 12, endFrame: 18 })).toBe(true);
    expect(isIgnored(ignored(), { ...finding, startFrame: 20, endFrame: 26 })).toBe(false);
    expect(isIgnored(ignored(), { ...finding, rule: 'head-limits' })).toBe(false);
    store.getState().apply(setIgnored(target, { ...finding, startFrame: 11 }, false));
    expect(ignored()).toEqual([]);
    store.getState().undo();
    store.getState().undo();
    expect(store.getState().project).toBe(start);
  });

  test('deleting the shown take shows its neighbour; the last take stays', () => {
    const store = createDocumentStore(start);
    store.getState().apply(duplicateTake(clip.id, 'take-7', 'copy'));
    store.getState().apply(removeTake(clip.id, 'copy'));
    expect(store.getState().project.clips[0]?.activeTakeId).toBe('take-7');
    store.getState().apply(removeTake(clip.id, 'take-7'));
    expect(store.getState().project.clips[0]?.takes).toHaveLength(1);
  });
});
