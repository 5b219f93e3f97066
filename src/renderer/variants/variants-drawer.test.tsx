// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test } from 'vitest';
import { panelPage } from '../../../test/fakes/panel-page';
import { visitVariants } from '../session/actions/visit-variants';
import { shownTake } from '../session/studio';
import { VariantsDrawer } from './variants-drawer';

const page = panelPage();
const tiles = (): HTMLElement[] => [...page.element().querySelectorAll<HTMLElement>('[role="radio"].variant-tile')];
const chosen = (): number[] => tiles().flatMap((tile, index) => (tile.getAttribute('aria-checked') === 'true' ? [index] : []));

function find(selector: string): HTMLElement {
  const element = page.element().querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`there is no ${selector}`);
  return element;
}

test('the drawer shows the current motion and eight variants; click, arrows and pointer choose, Keep is one step', async () => {
  const studio = await page.show(<VariantsDrawer />);
  expect(page.element().textContent).toBe('');
  await act(async () => studio.view.getState().update({ selection: { startFrame: 5, endFrame: 21 } }));
  await act(() => visitVariants(studio, 11));
  expect(tiles()).toHaveLength(9);
  expect(find('.variants').textContent).toContain('Head 0:00.13-0:00.80');
  expect(chosen()).toEqual([0]);
  expect(find('.button[data-kind="track"]')).toHaveProperty('disabled', true);

  await act(async () => tiles()[3]?.click());
  expect(chosen()).toEqual([3]);
  await act(async () => tiles()[3]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true })));
  expect(chosen()).toEqual([4]);
  expect(document.activeElement).toBe(tiles()[4]);

  await act(async () => tiles()[6]?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true })));
  expect(studio.variants.getState().visit?.pointed).toBe(studio.variants.getState().visit?.variants[5]);
  const kept = studio.variants.getState().visit?.variants[3];
  await act(async () => find('.button[data-kind="track"]').click());
  expect(shownTake(studio)?.take.streams.head).toBe(kept?.stream);
  expect(studio.document.getState().history.index).toBe(1);
  expect(page.element().textContent).toBe('');
});

test('while they are drawn it shows how far, leaves places empty, and can stop', async () => {
  let release = (): void => undefined;
  let isHeld = false;
  const studio = await page.show(<VariantsDrawer />, {
    pause: () => (isHeld ? new Promise<void>((done) => (release = done)) : Promise.resolve()),
  });
  isHeld = true;
  let drawing: Promise<void> = Promise.resolve();
  await act(async () => {
    drawing = visitVariants(studio, 11);
  });
  expect(find('[role="progressbar"]').getAttribute('aria-label')).toBe('Drawing variants');
  expect(tiles().map((tile) => (tile as HTMLButtonElement).disabled)).toEqual([false, ...Array<boolean>(8).fill(true)]);
  await act(async () => find('.variants-progress .button').click());
  await act(async () => {
    release();
    await drawing;
  });
  expect(page.element().textContent).toBe('');
});
