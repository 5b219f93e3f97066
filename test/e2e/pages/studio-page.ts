import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Download, FileChooser, Locator, Page } from 'playwright-core';

const PICTURE_FOLDER = process.env.VIVIDTALKER_PICTURES;

/** The studio as a user sees it: every method is something a user does or reads. */
export class StudioPage {
  constructor(private readonly page: Page) {}

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.waitUntilStarted();
  }

  /** Starts the studio again in the same window. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.waitUntilStarted();
  }

  /** Waits until the head is drawn. */
  async waitForHead(): Promise<void> {
    await this.page.locator('.viewport[data-ready="true"]').waitFor();
  }

  /** Chooses a sound in the import dialog. */
  async chooseAudio(path: string): Promise<void> {
    // A browser opens its dialog only within five seconds of the key, which a very busy machine can miss: press again then.
    const press = async (): Promise<FileChooser> =>
      (await Promise.all([this.page.waitForEvent('filechooser', { timeout: 20_000 }), this.press('Control+i')]))[0];
    const chooser = await press().catch(press);
    await chooser.setFiles(path);
  }

  /** Drops a sound or a project on the window. */
  async drop(path: string): Promise<void> {
    const base64 = (await readFile(path)).toString('base64');
    const dataTransfer = await this.page.evaluateHandle(
      ([content, name]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], name));
        return transfer;
      },
      [base64, basename(path)] as const,
    );
    for (const type of ['dragover', 'drop']) await this.page.locator('.studio').dispatchEvent(type, { dataTransfer });
  }

  async answer(choice: string): Promise<void> {
    await this.page.getByRole('dialog').getByRole('button', { name: choice }).click();
  }

  /** Waits until a clip of this name is shown with all lanes. */
  async waitForAnimation(clipName: string): Promise<void> {
    await this.page.locator('.document-title strong', { hasText: clipName }).waitFor();
    await this.page.getByRole('list', { name: /blinks$/ }).waitFor({ state: 'attached' });
    await this.waitUntilIdle();
  }

  async waitUntilIdle(): Promise<void> {
    await this.page.locator('.status-job').waitFor({ state: 'detached' });
  }

  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  async focusTrack(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `Focus ${name}` }).click();
  }

  /** Drags a time selection over two places of the sound, given as shares of the width of the lanes. */
  async select(from: number, to: number): Promise<void> {
    const lanes = await this.box(this.page.locator('.lanes'));
    const y = lanes.y + 50;
    await this.page.mouse.move(lanes.x + lanes.width * from, y);
    await this.page.mouse.down();
    await this.page.mouse.move(lanes.x + lanes.width * (from + to) * 0.5, y);
    await this.page.mouse.move(lanes.x + lanes.width * to, y);
    await this.page.mouse.up();
  }

  /** The frames a re-roll would change, as the timeline draws them. */
  async affectedFrames(): Promise<{ startFrame: number; endFrame: number }> {
    const text = (await this.page.locator('.affected').getAttribute('data-affected')) ?? '';
    const [startFrame = 0, endFrame = 0] = text.split('-').map(Number);
    return { startFrame, endFrame };
  }

  /** Chooses the model of the project by what its entry says. */
  async chooseModel(name: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Model' }).selectOption({ label: name });
  }

  /** What the list of models says, the chosen one first. */
  async modelChoices(): Promise<string[]> {
    return this.page.getByRole('combobox', { name: 'Model' }).evaluate((select: HTMLSelectElement) => {
      const entries = [...select.options].map((option) => option.text);
      return [select.selectedOptions[0]?.text ?? '', ...entries];
    });
  }

  async reroll(): Promise<void> {
    const before = await this.lastChange();
    await this.press('r');
    await this.page.waitForFunction((label) => !document.querySelector(`[aria-label="${label}"]`), before);
    await this.waitUntilIdle();
  }

  /** What undo would take back, as its button says. */
  async lastChange(): Promise<string> {
    return (await this.page.locator('button[aria-label^="Undo:"], button[aria-label="Nothing to undo"]').getAttribute('aria-label')) ?? '';
  }

  async isUnsaved(): Promise<boolean> {
    return (await this.page.locator('.document-title').getByText('unsaved').count()) > 0;
  }

  async timecode(): Promise<string> {
    return (await this.page.getByLabel('Playhead', { exact: true }).textContent()) ?? '';
  }

  async waitUntilTimecodeLeaves(timecode: string): Promise<void> {
    await this.page.waitForFunction((old) => document.querySelector('.timecode')?.textContent !== old, timecode);
  }

  /** Saves and returns the bytes of the project file. */
  async saveProject(folder: string): Promise<{ path: string; bytes: Uint8Array }> {
    return this.keepDownload(folder, () => this.press('Control+s'));
  }

  /** Exports the shown take in a format, with the dialog as it opens, and returns the file. */
  async exportAs(format: RegExp, folder: string): Promise<{ path: string; bytes: Uint8Array }> {
    await this.openExportDialog(format);
    const file = await this.keepDownload(folder, () => this.page.getByRole('button', { name: /^Export \./ }).click());
    await this.page.getByRole('dialog').waitFor({ state: 'detached' });
    return file;
  }

  async openExportDialog(format: RegExp): Promise<void> {
    await this.press('Control+e');
    await this.page.getByRole('dialog').getByRole('radio', { name: format }).click();
  }

  /** Waits for a notice that says this and returns its hint. */
  async hintOfNotice(kind: 'error' | 'warning' | 'success', message: string): Promise<string> {
    const toast = this.page.locator(`.toast[data-kind="${kind}"]`).filter({ hasText: message });
    await toast.waitFor();
    const hint = toast.locator('.toast-hint');
    return (await hint.count()) > 0 ? ((await hint.textContent()) ?? '') : '';
  }

  async clipNames(): Promise<string[]> {
    return this.page.getByRole('region', { name: 'Clips' }).locator('.item-name').allTextContents();
  }

  /** Starts a new take and cancels it as soon as the studio offers that. */
  async startAndCancelTake(): Promise<void> {
    const cancelled = this.clickOnceShown('.status-job button');
    await this.button('New take of the whole clip').click();
    await cancelled;
    await this.waitUntilIdle();
  }

  /** Starts an export and cancels it; resolves when the dialog offers the export again. */
  async startAndCancelExport(format: RegExp): Promise<void> {
    await this.openExportDialog(format);
    const cancelled = this.clickOnceShown('[role="dialog"] [data-action="cancel"]');
    await this.page.getByRole('button', { name: /^Export \./ }).click();
    await cancelled;
    await this.page.getByRole('button', { name: /^Export \./ }).waitFor();
    await this.press('Escape');
  }

  /** Draws variants of the focused lane and waits until all eight can be chosen. */
  async openVariants(): Promise<void> {
    await this.press('v');
    await this.page.locator('.variant-tile').first().waitFor();
    await this.page.locator('.variant-tile:disabled').first().waitFor({ state: 'detached' });
    await this.waitUntilIdle();
  }

  /** Waits until Variants are closed. */
  async waitForVariantsClosed(): Promise<void> {
    await this.page.locator('.variants').waitFor({ state: 'detached' });
  }

  /** What of Variants is auditioned: 0 is the current motion. */
  async auditionedVariant(): Promise<number> {
    const isChosen = await this.page.locator('.variant-tile').evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('aria-checked')));
    return isChosen.indexOf('true');
  }

  /** Puts the pointer on a variant, or away from all of them. */
  async pointAtVariant(place: number | null): Promise<void> {
    if (place === null) await this.page.locator('.document-title').hover();
    else await this.page.locator('.variant-tile').nth(place).hover();
  }

  /** Pixels of the row of small heads. */
  async smallHeads(): Promise<Buffer> {
    return this.withoutShowing('.variant-tiles', () => this.page.locator('.variants-row').screenshot());
  }

  /** Presses a key down and leaves it there, until `release`. */
  async hold(key: string): Promise<void> {
    await this.page.keyboard.down(key);
  }

  async release(key: string): Promise<void> {
    await this.page.keyboard.up(key);
  }

  /** Chooses how A and B share the viewport. */
  async compareAs(mode: 'One' | 'Wipe' | 'Side by side' | 'Ghost'): Promise<void> {
    await this.page.getByLabel('Compare A and B').getByRole('radio', { name: mode }).click();
  }

  /** Drags the bar between A and B to a share of the width. */
  async dragWipeTo(share: number): Promise<void> {
    const viewport = await this.box(this.page.locator('.viewport'));
    const bar = await this.box(this.page.getByRole('slider', { name: 'Wipe bar' }));
    await this.page.mouse.move(bar.x + bar.width / 2, bar.y + bar.height * 0.3);
    await this.page.mouse.down();
    await this.page.mouse.move(viewport.x + viewport.width * share, bar.y + bar.height * 0.3);
    await this.page.mouse.up();
  }

  /** Pixels of the viewport, without what lies over it. */
  async picture(): Promise<Buffer> {
    return this.withoutShowing('.viewport-tools, .compare-tools, .compare-names, .wipe-bar, .side-line', () =>
      this.page.locator('.viewport canvas').screenshot(),
    );
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** Keeps a picture of the window for the guide, only when VIVIDTALKER_PICTURES names a folder. */
  async keepPicture(name: string): Promise<void> {
    if (!PICTURE_FOLDER) return;
    mkdirSync(resolve(PICTURE_FOLDER), { recursive: true });
    await this.page.screenshot({ path: join(resolve(PICTURE_FOLDER), `${name}.png`) });
  }

  /** Clicks inside the page the moment something appears: work on a fast machine is over before a click from outside arrives. */
  private clickOnceShown(selector: string): Promise<void> {
    return this.page.evaluate(
      (wanted) =>
        new Promise<void>((done) => {
          const observer = new MutationObserver(() => {
            const button = document.querySelector<HTMLElement>(wanted);
            if (!button) return;
            observer.disconnect();
            button.click();
            done();
          });
          observer.observe(document.body, { childList: true, subtree: true });
        }),
      selector,
    );
  }

  private async waitUntilStarted(): Promise<void> {
    await this.page.locator('.status-light').waitFor();
    await this.page.locator('.status-light[data-state="starting"]').waitFor({ state: 'detached' });
  }

  private async withoutShowing<T>(selector: string, act: () => Promise<T>): Promise<T> {
    const setVisibility = (visibility: string): Promise<void> =>
      this.page.locator(selector).evaluateAll((elements, wanted) => {
        for (const element of elements) if (element instanceof HTMLElement) element.style.visibility = wanted;
      }, visibility);
    await setVisibility('hidden');
    const result = await act();
    await setVisibility('');
    return result;
  }

  private async keepDownload(folder: string, act: () => Promise<void>): Promise<{ path: string; bytes: Uint8Array }> {
    const [download]: [Download, void] = await Promise.all([this.page.waitForEvent('download'), act()]);
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return { path, bytes: await readFile(path) };
  }

  private async box(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await locator.boundingBox();
    if (!box) throw new Error('it is not on screen');
    return box;
  }
}
