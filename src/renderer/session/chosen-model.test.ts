// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest';
import { createFakeClient, type FakeClientOptions } from '../../../test/fakes/fake-client';
import type { ListedModel, ModelInfo } from '../../shared/contract/methods';
import { setModel } from '../document/commands/set-model';
import { createBrowserShell } from '../engine/browser-shell';
import { settingsFor } from '../workspace/generation-store';
import { generateClip } from './actions/generate-clip';
import { rerollFocusTrack } from './actions/reroll';
import { startStudio } from './actions/start-studio';
import { chosenModel } from './chosen-model';
import { createStudio } from './studio';

const STUDIO_MODEL: ModelInfo = {
  id: 'studio-1',
  licence: 'own',
  style: [{ name: 'headMotion', label: 'Head motion', default: 0.5, min: 0, max: 1, streams: ['head'] }],
  streams: {
    head: { framesPerToken: 4, groupSizes: [1000], groupNames: ['pose'], groupLevels: [[10, 10, 10]], temperature: 1, seamFrames: 12 },
    mouth: { framesPerToken: 2, groupSizes: [9], groupNames: ['jaw'], groupLevels: [[9]], temperature: 1, seamFrames: 4 },
  },
};
const MODELS: readonly ListedModel[] = [
  { id: 'studio-1', origin: 'user', problem: '', info: STUDIO_MODEL },
  { id: 'broken', origin: 'user', problem: 'The model file head-decoder.onnx is missing.', info: null },
];

async function openStudio(options: FakeClientOptions = {}) {
  const client = createFakeClient({ sampleFrames: 48, models: MODELS, ...options });
  const studio = createStudio(client, createBrowserShell(), null);
  await startStudio(studio);
  const asked = vi.spyOn(client, 'call');
  return { studio, settings: () => asked.mock.calls.map(([, input]) => (input as { settings?: { modelId?: string } }).settings?.modelId) };
}

describe('the model of a project', () => {
  test('is the one the studio comes with until another is chosen, which can be undone', async () => {
    const { studio, settings } = await openStudio();
    await generateClip(studio, 'clip-1', 1);
    const document = studio.document.getState();
    document.apply(setModel('studio-1'));
    expect(chosenModel(studio).info?.id).toBe('studio-1');
    await rerollFocusTrack(studio, 2);
    studio.document.getState().undo();
    studio.document.getState().undo();
    expect(studio.document.getState().project.modelId).toBeNull();
    await rerollFocusTrack(studio, 3);
    expect(settings()).toEqual(['synthetic-1', 'studio-1', 'synthetic-1']);
  });

  test('that is missing or damaged stops new motion with a reason and changes nothing', async () => {
    const { studio, settings } = await openStudio();
    for (const [id, reason] of [
      ['studio-9', 'not installed here'],
      ['broken', 'head-decoder.onnx is missing'],
    ] as const) {
      studio.document.getState().apply(setModel(id));
      const before = studio.document.getState().project;
      await generateClip(studio, 'clip-1');
      await rerollFocusTrack(studio);
      expect(studio.document.getState().project).toBe(before);
      expect(
        studio.notices
          .getState()
          .notices.slice(-2)
          .map((notice) => notice.hint),
      ).toEqual([expect.stringContaining(reason), expect.stringContaining(reason)]);
    }
    expect(settings()).toEqual([]);
  });

  test('takes of the style only what it knows, within its ranges', () => {
    const state = { style: { headMotion: 2, smile: 1 }, temperatures: {} };
    expect(settingsFor(state, 7, STUDIO_MODEL)).toEqual({ seed: 7, style: { headMotion: 1 }, modelId: 'studio-1' });
  });

  test('stays as it is when it is chosen again', async () => {
    const { studio } = await openStudio();
    studio.document.getState().apply(setModel('studio-1'));
    const { entries } = studio.document.getState().history;
    studio.document.getState().apply(setModel('studio-1'));
    expect(studio.document.getState().history.entries).toBe(entries);
    expect(entries.at(-1)?.label).toBe('Use the model studio-1');
  });
});
