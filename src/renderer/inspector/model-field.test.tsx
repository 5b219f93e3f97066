// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFakeClient } from '../../../test/fakes/fake-client';
import type { ListedModel } from '../../shared/contract/methods';
import { setModel } from '../document/commands/set-model';
import { createBrowserShell } from '../engine/browser-shell';
import { startStudio } from '../session/actions/start-studio';
import { createStudio, type Studio } from '../session/studio';
import { StudioContext } from '../session/studio-context';
import { ModelField } from './model-field';

const LISTED: ListedModel = { id: 'studio-1', origin: 'user', problem: 'The model file mouth-decoder.onnx is missing.', info: null };
let root: Root;
let page: HTMLElement;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  page = document.createElement('div');
  document.body.append(page);
  root = createRoot(page);
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

async function show(models: readonly ListedModel[]): Promise<Studio> {
  const studio = createStudio(createFakeClient({ sampleFrames: 48, models }), createBrowserShell(), null);
  await startStudio(studio);
  await act(async () =>
    root.render(
      <StudioContext.Provider value={studio}>
        <ModelField />
      </StudioContext.Provider>,
    ),
  );
  return studio;
}

const options = (): [string, boolean][] => [...page.querySelectorAll('option')].map((option) => [option.textContent ?? '', option.disabled]);

test('takes no room while there is one model only', async () => {
  await show([]);
  expect(page.textContent).toBe('');
});

test('lists models, those that cannot be used included, and one the project names but the machine lacks', async () => {
  const studio = await show([LISTED]);
  expect(options()).toEqual([
    ['synthetic-1 (comes with the studio)', false],
    ['studio-1 (cannot be used)', true],
  ]);
  await act(async () => studio.document.getState().apply(setModel('studio-9')));
  expect(options().at(-1)).toEqual(['studio-9 (not installed)', false]);
  expect(page.querySelector('select')?.value).toBe('studio-9');
  const select = page.querySelector('select') as HTMLSelectElement;
  await act(async () => {
    select.value = '';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  expect(studio.document.getState().project.modelId).toBeNull();
});
