import type { Page } from 'playwright-core';

/** The QA list and lane as a user sees them. */
export class QaPage {
  constructor(private readonly page: Page) {}

  /** What the list holds once QA has looked at everything. */
  async findings(): Promise<string[]> {
    await this.list.getByRole('status').filter({ hasText: 'checking' }).waitFor({ state: 'detached' });
    return this.list.locator('.finding-item .item').evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? ''));
  }

  /** Waits until the list shows this many findings. */
  async waitForCount(count: number): Promise<void> {
    await this.list.getByRole('heading', { name: `QA (${count})`, exact: true }).waitFor();
  }

  async clickOnLane(rule: string): Promise<void> {
    await this.page.locator('.qa-lane').getByRole('button', { name: rule }).first().click();
  }

  async clickInList(rule: string): Promise<void> {
    await this.list.getByRole('button', { name: rule }).first().click();
  }

  async press(action: RegExp): Promise<void> {
    await this.list.getByRole('button', { name: action }).click();
  }

  /** The finding whose details are open. */
  async selected(): Promise<string> {
    return (await this.list.locator('.item[aria-current="true"]').getAttribute('aria-label')) ?? '';
  }

  async selection(): Promise<string> {
    return (await this.page.getByLabel('Time selection').textContent()) ?? '';
  }

  private get list() {
    return this.page.getByRole('region', { name: 'QA' });
  }
}
