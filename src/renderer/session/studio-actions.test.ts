// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createFakeClient, type FakeClientOptions } from '../../../test/fakes/fake-client';
import type { Shell } from '../../shared/contract/shell';
import { replaceStream } from '../document/commands/replace-stream';
import { isModified } from '../document/store';
import { checkSameSeed } from './actions/check-same-seed';
import { exportShownTake } from './actions/export-clip';
import { generateClip } from './actions/generate-clip';
import { importFiles } from './actions/import-audio';
import { toggleLock } from './actions/lock-focus';
import { newProject } from './actions/open-project';
import { rerollFocusTrack } from './actions/reroll';
import { saveProject } from './actions/save-project';
import { startStudio } from './actions/start-studio';
import { fileOfBytes } from './actions/upload-file';
import { followDocument } from './follow-document';
import { createStudio, type Studio, shownClip, shownTake } from './studio';

const saved: { name: string; saveId: string | undefined }[] = [];

function fakeShell(): Shell {
  return {
    canRevealFile: false,
    chooseFiles: async () => [],
    saveFile: async ({ suggestedName, saveId }) => {
      saved.push({ name: suggestedName, saveId });
      return { saveId: saveId ?? 'place-1', fileName: suggestedName };
    },
    revealFile: async () => undefined,
    setDocumentState: () => undefined,
    onCommand: () => undefined,
    onOpenFile: () => undefined,
  };
}

async function openStudio(options: FakeClientOptions = {}): Promise<{ studio: Studio; client: ReturnType<typeof createFakeClient> }> {
  const client = createFakeClient({ sampleFrames: 48, ...options });
  const studio = createStudio(client, fakeShell(), null);
  followDocument(studio);
  await startStudio(studio);
  return { studio, client };
}

const voice = (name: string): ReturnType<typeof fileOfBytes> => fileOfBytes(name, new Uint8Array(2_500_000));
const messages = (studio: Studio): string[] => studio.notices.getState().notices.map((notice) => `${notice.kind}: ${notice.message}`);

beforeEach(() => {
  saved.length = 0;
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});

describe('opening and saving', () => {
  test('the studio opens its sample, unmodified', async () => {
    const { studio } = await openStudio();
    expect(shownClip(studio)?.name).toBe('Sample line');
    expect(isModified(studio.document.getState())).toBe(false);
    expect(messages(studio)).toEqual([]);
  });

  test('saving remembers the place and clears the mark', async () => {
    const { studio } = await openStudio();
    toggleLock(studio);
    expect(isModified(studio.document.getState())).toBe(true);
    await saveProject(studio);
    toggleLock(studio);
    await saveProject(studio);
    await saveProject(studio, true);
    expect(saved.map((file) => file.saveId)).toEqual([undefined, 'place-1', undefined]);
    expect(isModified(studio.document.getState())).toBe(false);
  });

  test('unsaved work is never replaced without asking', async () => {
    const { studio } = await openStudio();
    toggleLock(studio);
    const replacing = newProject(studio);
    studio.questions.getState().question?.answer(null);
    await replacing;
    expect(studio.document.getState().project.clips).toHaveLength(1);
    const discarding = newProject(studio);
    studio.questions.getState().question?.answer('discard');
    await discarding;
    expect(studio.document.getState().project.clips).toHaveLength(0);
  });
});

describe('a recording comes in', () => {
  test('it replaces the untouched sample, is animated at once, and undo takes it back step by step', async () => {
    const { studio } = await openStudio();
    await importFiles(studio, [voice('hello.wav')]);
    expect(studio.document.getState().project.clips.map((clip) => clip.name)).toEqual(['hello']);
    expect(shownTake(studio)?.clip.frameCount).toBe(120);
    studio.document.getState().undo();
    expect(shownClip(studio)?.takes).toEqual([]);
    studio.document.getState().undo();
    expect(shownClip(studio)).toBeUndefined();
    studio.document.getState().redo();
    studio.document.getState().redo();
    expect(studio.document.getState().project.clips[0]?.takes).toHaveLength(1);
  });

  test('stereo asks once which channel holds the voice', async () => {
    const { studio } = await openStudio();
    const importing = importFiles(studio, [voice('stereo.wav')]);
    await vi.waitFor(() => expect(studio.questions.getState().question).not.toBeNull());
    expect(studio.questions.getState().question?.choices.map((choice) => choice.label)).toEqual(['Mix all channels', 'Left channel', 'Right channel']);
    studio.questions.getState().question?.answer('1');
    await importing;
    expect(shownClip(studio)?.audio.channel).toBe(1);
  });

  test('a bad file says why, names the file, and the next one still comes in', async () => {
    const { studio } = await openStudio();
    await importFiles(studio, [voice('notes.txt.wav'), fileOfBytes('nothing.wav', new Uint8Array(0)), voice('good.wav')]);
    expect(messages(studio)).toEqual(["error: 'notes.txt.wav' is not a sound file.", "error: 'nothing.wav' is empty."]);
    expect(studio.document.getState().project.clips.map((clip) => clip.name)).toEqual(['good']);
  });

  test('without a model the sound is there and a notice says what is missing', async () => {
    const { studio } = await openStudio({ hasModel: false });
    await importFiles(studio, [voice('hello.wav')]);
    expect(shownClip(studio)?.takes).toEqual([]);
    expect(messages(studio).at(-1)).toContain('no model to animate it');
  });
});

describe('generation', () => {
  test('a cancelled take keeps what was there and is silent', async () => {
    let studio: Studio | null = null;
    const opened = await openStudio({ pause: async () => studio?.jobs.getState().jobs[0]?.cancel() });
    const before = opened.studio.document.getState().project;
    studio = opened.studio;
    await generateClip(opened.studio, 'clip-1');
    expect(opened.studio.document.getState().project).toBe(before);
    expect(messages(opened.studio)).toEqual([]);
    expect(opened.studio.jobs.getState().jobs).toEqual([]);
  });

  test('a re-roll of the head in a selection is one labelled step and leaves the mouth alone', async () => {
    const { studio } = await openStudio();
    const before = shownTake(studio)?.take;
    studio.view.getState().update({ selection: { startFrame: 10, endFrame: 22 } });
    await rerollFocusTrack(studio, 0x91c2);
    const after = shownTake(studio)?.take;
    expect(after?.streams.mouth).toBe(before?.streams.mouth);
    expect(after?.streams.head.segments.map((segment) => [segment.startFrame, segment.endFrame])).toEqual([
      [0, 8],
      [8, 24],
      [24, 48],
    ]);
    expect(studio.document.getState().history.entries.at(-1)?.label).toBe('Head 0:00.27-0:00.80 re-rolled (seed 91c2)');
  });

  test('the chosen variation goes into the next take and re-roll, the stored one into the seed check', async () => {
    const { studio, client } = await openStudio();
    const asked = vi.spyOn(client, 'call');
    studio.generation.setState({ temperatures: { headTemperature: 0.7, mouthTemperature: 0 } });
    await rerollFocusTrack(studio, 5);
    await generateClip(studio, 'clip-1', 6);
    studio.generation.setState({ temperatures: {} });
    await checkSameSeed(studio);
    const settings = asked.mock.calls.map(([, input]) => (input as { settings?: Record<string, unknown> }).settings);
    expect(settings).toEqual([
      { seed: 5, style: {}, headTemperature: 0.7, mouthTemperature: 0, modelId: 'synthetic-1' },
      { seed: 6, style: {}, headTemperature: 0.7, mouthTemperature: 0, modelId: 'synthetic-1' },
      expect.objectContaining({ seed: 6, headTemperature: shownTake(studio)?.take.streams.head.segments[0]?.provenance.temperature }),
    ]);
  });

  test('a lock is refused with a hint; wrinkles say why they cannot be re-rolled, the eyes are drawn anew', async () => {
    const { studio } = await openStudio();
    toggleLock(studio);
    await rerollFocusTrack(studio);
    studio.view.getState().update({ focusTrack: 'wrinkles' });
    await rerollFocusTrack(studio);
    expect(studio.notices.getState().notices.map((notice) => notice.hint !== '')).toEqual([true, true]);
    expect(studio.document.getState().history.entries).toHaveLength(2);
    studio.view.getState().update({ focusTrack: 'eyes' });
    await rerollFocusTrack(studio);
    expect(studio.document.getState().history.entries).toHaveLength(3);
  });
});

test('the seed check says the same codes came out, and when they do not, and changes nothing', async () => {
  const { studio } = await openStudio();
  const before = studio.document.getState().project;
  await checkSameSeed(studio);
  expect(studio.document.getState().project).toBe(before);
  const shown = shownTake(studio);
  const head = shown?.take.streams.head;
  const segment = head?.segments[0];
  if (!shown || !head || !segment) throw new Error('the sample has no head stream');
  const codes = segment.codes.map((code, index) => (index === 3 ? (code + 1) % 1000 : code));
  studio.document.getState().apply(replaceStream(shown.target, 'head', { ...head, segments: [{ ...segment, codes }] }, 'Damage'));
  await checkSameSeed(studio);
  expect(messages(studio)).toEqual([
    'success: Head 0:00.00-0:01.60 with seed 0007: the same codes came out.',
    'warning: Head 0:00.00-0:01.60 with seed 0007: other codes came out.',
  ]);
});

test('an export is saved under the name the engine gives', async () => {
  const { studio } = await openStudio();
  const [exporter] = studio.engine.getState().exporters;
  if (!exporter) throw new Error('the fake engine lists no exporter');
  expect(await exportShownTake(studio, exporter, {})).toBe(true);
  expect(saved).toEqual([{ name: 'Sample line.glb', saveId: undefined }]);
});

test('a lost engine is told once, with what to do', async () => {
  const { studio, client } = await openStudio();
  client.loseConnection();
  expect(studio.engine.getState().isConnected).toBe(false);
  expect(messages(studio)).toEqual(['error: The engine has stopped.']);
});
