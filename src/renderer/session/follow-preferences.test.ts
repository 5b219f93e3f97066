// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { createPreferencesStore } from '../workspace/preferences-store';
import { followPreferences } from './follow-preferences';

test('the page wears theme, size and motion at once, and follows the system in motion unless told otherwise', () => {
  const preferences = createPreferencesStore(null);
  const page = document.createElement('html');
  const system = Object.assign(new EventTarget(), { matches: false });
  followPreferences(preferences, page, system as unknown as MediaQueryList);
  const worn = (): unknown[] => [page.dataset.theme, page.dataset.motion, page.style.getPropertyValue('--interface-scale')];
  expect(worn()).toEqual(['dark', 'full', '1']);

  system.matches = true;
  system.dispatchEvent(new Event('change'));
  expect(worn()).toEqual(['dark', 'reduced', '1']);
  preferences.setState({ theme: 'light', scalePercent: 125, motion: 'full' });
  expect(worn()).toEqual(['light', 'full', '1.25']);
  preferences.setState({ motion: 'reduced' });
  system.matches = false;
  system.dispatchEvent(new Event('change'));
  expect(worn()).toEqual(['light', 'reduced', '1.25']);
});
