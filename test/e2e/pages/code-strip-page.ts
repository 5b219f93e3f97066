import type { Locator, Page } from 'playwright-core';

type Modifier = 'Alt' | 'Control' | 'Shift';

/** The strips of codes in the timeline as a user sees them, while the whole clip of `durationSeconds` is in view. */
export class CodeStripPage {
  constructor(
    private readonly page: Page,
    private readonly durationSeconds: number,
  ) {}

  /** Clicks the code at a frame, held keys included. */
  async click(strip: string, frame: number, row = 0, ...held: Modifier[]): Promise<void> {
    const { x, y } = await this.placeOf(strip, frame, row);
    for (const key of held) await this.page.keyboard.down(key);
    await this.page.mouse.click(x, y);
    for (const key of held) await this.page.keyboard.up(key);
  }

  /** Drags the code at a frame to another frame. */
  async drag(strip: string, from: number, to: number, ...held: Modifier[]): Promise<void> {
    const start = await this.placeOf(strip, from, 0);
    const end = await this.placeOf(strip, to, 0);
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    for (const key of held) await this.page.keyboard.down(key);
    await this.page.mouse.move((start.x + end.x) / 2, end.y);
    await this.page.mouse.move(end.x, end.y);
    await this.page.mouse.up();
    for (const key of held) await this.page.keyboard.up(key);
  }

  /** Rests the pointer on the code at a frame and returns what shows beside it. */
  async hover(strip: string, frame: number, row = 0): Promise<string> {
    const { x, y } = await this.placeOf(strip, frame, row);
    await this.page.mouse.move(x - 3, y);
    await this.page.mouse.move(x, y);
    const tip = this.page.locator('.code-tip').first();
    await tip.waitFor();
    return tip.innerText();
  }

  /** Turns the wheel by a notch with Alt held, over the code at a frame. */
  async turnWheel(strip: string, frame: number, notches: number): Promise<void> {
    const { x, y } = await this.placeOf(strip, frame, 0);
    await this.page.mouse.move(x, y);
    await this.page.keyboard.down('Alt');
    for (let notch = 0; notch < Math.abs(notches); notch++) await this.page.mouse.wheel(0, -100 * Math.sign(notches));
    await this.page.keyboard.up('Alt');
  }

  async selectedCount(strip: string): Promise<number> {
    return Number(await this.strip(strip).getAttribute('data-selected-count'));
  }

  /** What a screen reader says of the active code. */
  async activeCode(strip: string): Promise<string> {
    return (await this.strip(strip).getByRole('option').getAttribute('aria-label')) ?? '';
  }

  /** Shows a row per code group of a track, and its confidence. */
  async showGroups(track: string): Promise<void> {
    await this.page.getByRole('button', { name: `Codes of ${track}` }).click();
    await this.strip(`${track} codes by group`).waitFor();
  }

  /** Waits until undo would take back a change that reads like this. */
  async waitForChange(label: RegExp): Promise<void> {
    await this.page.getByRole('button', { name: label }).waitFor();
  }

  /** Moves the playhead to a frame by its keys. */
  async goToFrame(frame: number): Promise<void> {
    await this.page.getByLabel('Playhead', { exact: true }).click();
    await this.page.keyboard.press('Home');
    for (let tens = 0; tens < Math.floor(frame / 10); tens++) await this.page.keyboard.press('Shift+ArrowRight');
    for (let ones = 0; ones < frame % 10; ones++) await this.page.keyboard.press('ArrowRight');
  }

  private strip(name: string): Locator {
    return this.page.getByRole('listbox', { name, exact: true });
  }

  /** A clip that is all in view leaves 24 pixels free at its end. */
  private async placeOf(strip: string, frame: number, row: number): Promise<{ x: number; y: number }> {
    const box = await this.strip(strip).boundingBox();
    if (!box) throw new Error(`${strip} is not on screen`);
    return { x: box.x + ((frame + 0.5) / 30 / this.durationSeconds) * (box.width - 24), y: box.y + 7 + row * 16 };
  }
}
