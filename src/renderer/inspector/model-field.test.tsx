// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test } from 'vitest';
import { panelPage } from '../../../test/fakes/panel-page';
import type { ListedModel } from '../../shared/contract/methods';
import { setModel } from '../document/commands/set-model';
import type { Studio } from '../session/studio';
import { ModelField } from './model-field';

const LISTED: ListedModel = { id: 'studio-1', origin: 'user', problem: 'The model file mouth-decoder.onnx is missing.', info: null };
const page = panelPage();
const show = (models: readonly ListedModel[]): Promise<Studio> => page.show(<ModelField />, { sampleFrames: 48, models });

const options = (): [string, boolean][] => [...page.element().querySelectorAll('option')].map((option) => [option.textContent ?? '', option.disabled]);

test('takes no room while there is one model only', async () => {
  await show([]);
  expect(page.element().textContent).toBe('');
});

test('lists models, those that cannot be used included, and one the project names but the machine lacks', async () => {
  const studio = await show([LISTED]);
  expect(options()).toEqual([
    ['synthetic-1 (comes with the studio)', false],
    ['studio-1 (cannot be used)', true],
  ]);
  await act(async () => studio.document.getState().apply(setModel('studio-9')));
  expect(options().at(-1)).toEqual(['studio-9 (not installed)', false]);
  expect(page.element().querySelector('select')?.value).toBe('studio-9');
  const select = page.element().querySelector('select') as HTMLSelectElement;
  await act(async () => {
    select.value = '';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  expect(studio.document.getState().project.modelId).toBeNull();
});
