import type { Page } from 'playwright-core';

/** Amounts, layers, graph, dope sheet and pose mode as a user sees them. */
export class CurvesPage {
  constructor(private readonly page: Page) {}

  /** Unfolds the amounts of a track. */
  async unfold(track: string): Promise<void> {
    const button = this.page.getByRole('button', { name: `Amount rows of ${track}` });
    if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
  }

  /** Adds a key to an amount lane by a double click at a share of its width, height 0 (bottom) to 1. */
  async addAmountKey(name: string, x: number, y: number): Promise<void> {
    const lane = this.page.getByRole('list', { name: `${name} amount keys` });
    await lane.scrollIntoViewIfNeeded();
    const box = await this.box(lane);
    await this.page.mouse.dblclick(box.x + box.width * x, box.y + box.height * (1 - y));
  }

  /** Gives the first key of an amount lane an exact value by a right click. */
  async setAmountKey(name: string, value: string): Promise<void> {
    await this.page
      .getByRole('list', { name: `${name} amount keys` })
      .getByRole('listitem')
      .first()
      .click({ button: 'right' });
    await this.page.locator('.exact-value').fill(value);
    await this.page.keyboard.press('Enter');
  }

  async addLayer(): Promise<void> {
    await this.page.getByRole('button', { name: 'Add a layer' }).click();
  }

  async muteLayer(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `Mute ${name}` }).click();
  }

  /** Names and key counts of the layers, from the top. */
  async layers(): Promise<string[]> {
    return this.page.getByRole('list', { name: 'Layers' }).locator('.layer-name').allInnerTexts();
  }

  /** Drags the head in the viewport by some pixels. */
  async dragHead(right: number, down: number): Promise<void> {
    const box = await this.box(this.page.locator('.viewport'));
    const [x, y] = [box.x + box.width / 2, box.y + box.height * 0.45];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + right / 2, y + down / 2);
    await this.page.mouse.move(x + right, y + down);
    await this.page.mouse.up();
  }

  /** Moves a slider of the inspector by steps of the keyboard. */
  async nudge(slider: string, steps: number): Promise<void> {
    await this.page.getByRole('slider', { name: slider, exact: true }).focus();
    for (let step = 0; step < Math.abs(steps); step++) await this.page.keyboard.press(steps > 0 ? 'ArrowRight' : 'ArrowLeft');
  }

  /** Opens a group of sliders in pose mode. */
  async openPoseGroup(name: string): Promise<void> {
    await this.page.locator('.pose-group summary', { hasText: name }).click();
  }

  /** Keys another channel of the active layer at the playhead, in the graph. */
  async keyChannel(channel: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Key a channel at the playhead' }).selectOption({ label: channel });
  }

  /** What the keys of the graph or the dope sheet are called. */
  async keys(): Promise<string[]> {
    return this.page
      .locator('.graph-key, .dope-row:not([data-group="true"]) .diamond')
      .evaluateAll((keys) => keys.map((key) => key.getAttribute('aria-label') ?? ''));
  }

  /** Drags a key, by its name, by some pixels; `held` is a key of the keyboard held meanwhile. */
  async dragKey(name: string, right: number, down: number, held?: string): Promise<void> {
    const box = await this.box(this.page.getByRole('listitem', { name, exact: true }));
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    if (held) await this.page.keyboard.down(held);
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + right / 2, y + down / 2);
    await this.page.mouse.move(x + right, y + down);
    await this.page.mouse.up();
    if (held) await this.page.keyboard.up(held);
  }

  /** Selects all keys with a marquee over the whole graph or sheet. */
  async marqueeAll(): Promise<string> {
    const box = await this.box(this.page.locator('.key-surface'));
    await this.page.mouse.move(box.x + 2, box.y + 27);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width - 4, box.y + box.height - 4, { steps: 3 });
    await this.page.mouse.up();
    return (await this.page.getByRole('toolbar', { name: 'Selected keys' }).locator('.number').textContent()) ?? '';
  }

  async chooseTangent(name: string): Promise<void> {
    await this.page.getByRole('toolbar', { name: 'Selected keys' }).getByRole('radio', { name }).click();
  }

  private async box(locator: ReturnType<Page['locator']>): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await locator.boundingBox();
    if (!box) throw new Error('it is not on screen');
    return box;
  }
}
