import type { Locator, Page } from 'playwright-core';

type EventKind = 'blinks' | 'gaze' | 'darts' | 'breaths';

/** The eyes lane, its inspector, the audio lane and the timecode as a user sees them. */
export class EyesPage {
  constructor(private readonly page: Page) {}

  /** How many events of a kind there are, as the lane says. */
  async count(kind: EventKind): Promise<number> {
    const label = kind === 'breaths' ? 'breath' : kind;
    const name = await this.page
      .locator('.eyes-lane [role="list"], .eyes-lane .eye-ticks')
      .evaluateAll(
        (lists, wanted) => lists.map((list) => list.getAttribute('aria-label') ?? '').find((text) => new RegExp(`^\\d+ ${wanted}`).test(text)),
        label,
      );
    return Number.parseInt(name ?? '', 10);
  }

  /** Drags the middle or the end of an event sideways. */
  async drag(kind: EventKind, index: number, pixels: number, grip: 'middle' | 'end' = 'middle'): Promise<void> {
    const target = grip === 'middle' ? this.event(kind, index).locator('.eye-grip') : this.event(kind, index).locator('[data-edge="end"]');
    const box = await target.boundingBox();
    if (!box) throw new Error('the event is not on screen');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + pixels / 2, y);
    await this.page.mouse.move(x + pixels, y);
    await this.page.mouse.up();
  }

  /** Double-clicks an empty place of a row, given as share of the width of the lanes. */
  async addAt(kind: EventKind, share: number): Promise<void> {
    const top = { blinks: 11, gaze: 29, darts: 44, breaths: 59 }[kind];
    const lane = await this.page.locator('.eyes-lane').boundingBox();
    if (!lane) throw new Error('the lane is not on screen');
    await this.page.mouse.dblclick(lane.x + lane.width * share, lane.y + top);
  }

  async focus(kind: EventKind, index: number): Promise<void> {
    await this.event(kind, index).focus();
  }

  async openValues(kind: EventKind, index: number): Promise<void> {
    await this.event(kind, index).locator('.eye-grip').click({ button: 'right' });
    await this.page.locator('.event-values').waitFor();
  }

  async setValue(label: string, value: string): Promise<void> {
    const field = this.page.locator('.event-values').getByLabel(label);
    await field.fill(value);
    await field.press('Enter');
  }

  async switchAtCamera(): Promise<void> {
    await this.page.getByRole('switch', { name: 'At camera' }).click();
  }

  async closeValues(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.locator('.event-values').waitFor({ state: 'detached' });
  }

  /** Waits until the spectrogram is there with something on it. */
  async waitForSpectrogram(): Promise<void> {
    await this.page.getByRole('img', { name: /^Spectrogram/ }).waitFor();
    await this.page.waitForFunction(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas[aria-label^="Spectrogram"]');
      const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
      return data?.some((value, index) => index % 4 !== 3 && value > 120) ?? false;
    });
  }

  async setTimecode(format: string, start: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Timecode: / }).click();
    await this.page.getByRole('combobox', { name: 'Counts' }).selectOption({ label: format });
    await this.page.getByRole('textbox', { name: 'Starts at' }).fill(start);
    await this.page.getByRole('textbox', { name: 'Starts at' }).press('Enter');
    await this.page.keyboard.press('Escape');
  }

  /** Opens the playblast of the selection at the smallest size in a format, and tells how many frames it says it will film. */
  async openPlayblast(format: 'MP4' | 'WebM'): Promise<number> {
    await this.page.getByRole('menuitem', { name: 'File' }).click();
    await this.page.getByRole('menuitem', { name: 'Playblast' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel('Size').selectOption({ label: '640 x 360' });
    await dialog.getByRole('radio', { name: format, exact: true }).click();
    await dialog.getByRole('button', { name: `Film .${format.toLowerCase()}` }).waitFor();
    return Number.parseInt((await dialog.getByText(/^\d+ frames at 30 fps$/).textContent()) ?? '', 10);
  }

  async film(): Promise<void> {
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Film \./ })
      .click();
  }

  /** What the browser itself finds in a film: its size in pixels, whether a picture in it can be shown, and its loudest sample (0 to 1). */
  async playFilm(bytes: Uint8Array, type: string): Promise<{ width: number; height: number; isShown: boolean; loudest: number }> {
    return this.page.evaluate(
      async ([base64, type]) => {
        const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const film = document.createElement('video');
        film.muted = true;
        film.src = URL.createObjectURL(new Blob([content], { type }));
        await new Promise((done, fail) => {
          film.addEventListener('loadeddata', done);
          film.addEventListener('error', () => fail(new Error(film.error?.message)));
        });
        const isShown = await new Promise<boolean>((done) => {
          film.addEventListener('seeked', () => done(film.readyState >= 2));
          film.currentTime = film.duration / 2;
        });
        const sound = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(content.buffer);
        const loudest = sound.getChannelData(0).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
        return { width: film.videoWidth, height: film.videoHeight, isShown, loudest };
      },
      [Buffer.from(bytes).toString('base64'), type] as const,
    );
  }

  private event(kind: EventKind, index: number): Locator {
    return this.page.locator(`.eye-event[data-kind="${kind}"][data-index="${index}"]`);
  }
}
