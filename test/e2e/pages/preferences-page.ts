import type { Page } from 'playwright-core';

/** Palette, key sheet and preferences as a user sees them. */
export class PreferencesPage {
  constructor(private readonly page: Page) {}

  /** Finds a command in the palette and runs it; returns what the palette offered first. */
  async runCommand(letters: string): Promise<string> {
    await this.page.keyboard.press('Control+k');
    await this.page.getByRole('combobox', { name: 'Command' }).pressSequentially(letters);
    const label = (await this.page.locator('[role="option"][aria-selected="true"] .palette-label').textContent()) ?? '';
    await this.page.keyboard.press('Enter');
    return label;
  }

  /** Opens the page of keys and leaves the rows of the commands with these letters. */
  async openKeys(letters: string): Promise<void> {
    await this.runCommand('change keyboard');
    await this.page.getByRole('searchbox', { name: 'Search commands' }).pressSequentially(letters);
  }

  /** Gives a command a key by pressing it. */
  async addKey(command: string, key: string): Promise<void> {
    await this.page.getByRole('button', { name: `Add a key to ${command}` }).click();
    await this.page.keyboard.press(key);
  }

  /** What the question about a key that another command holds says. */
  async conflict(): Promise<string> {
    return (await this.page.getByRole('alert').filter({ hasText: 'is held by' }).textContent()) ?? '';
  }

  async takeOver(): Promise<void> {
    await this.page.getByRole('button', { name: 'Take it over' }).click();
  }

  async chooseSize(percent: number): Promise<void> {
    await this.page.keyboard.press('Control+,');
    await this.page.getByRole('combobox', { name: 'Size of the interface' }).selectOption(String(percent));
    await this.close();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  /** The colour behind the lanes, as the browser paints it. */
  async laneColour(): Promise<string> {
    return this.page.locator('.lane[data-kind="audio"]').evaluate((lane) => getComputedStyle(lane).backgroundColor);
  }

  /** The pixels of the head lane's canvas. */
  async headLane(): Promise<Buffer> {
    return this.page.locator('.lane[data-track="head"] canvas').first().screenshot();
  }

  /** Left edges on screen of an opened menu and of its name in the menu bar. */
  async menuEdges(name: string): Promise<[number, number]> {
    const trigger = this.page.getByRole('menuitem', { name, exact: true });
    const nameLeft = (await trigger.boundingBox())?.x ?? Number.NaN;
    await trigger.click();
    const menuLeft = (await this.page.getByRole('menu').boundingBox())?.x ?? Number.NaN;
    await this.page.keyboard.press('Escape');
    return [menuLeft, nameLeft];
  }

  /** Left and right edge on screen of the drawn time selection, as shares of the width of the lanes. */
  async drawnSelection(): Promise<[number, number]> {
    const [lanes, band] = [await this.page.locator('.lanes').boundingBox(), await this.page.locator('.selection').boundingBox()];
    if (!lanes || !band) throw new Error('there is no time selection on screen');
    return [(band.x - lanes.x) / lanes.width, (band.x + band.width - lanes.x) / lanes.width];
  }

  /** True when a click on the button would reach it without scrolling. */
  async isInReach(name: string): Promise<boolean> {
    return this.page.getByRole('button', { name }).evaluate((button) => {
      const box = button.getBoundingClientRect();
      return button.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
    });
  }

  /** Chooses the lamps of the viewport. */
  async chooseLight(name: string): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Light' }).getByText(name, { exact: true }).click();
  }

  /** Which shading of the viewport is on. */
  async shading(): Promise<string> {
    return (await this.page.getByRole('radiogroup', { name: 'Shading' }).locator('[aria-checked="true"]').textContent()) ?? '';
  }
}
