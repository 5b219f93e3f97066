import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { BROWSER_HINT, findBrowser } from '../../../scripts/find-browser.mjs';

const FLAGS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser of this machine without a window. Throws with a hint when there is none. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(BROWSER_HINT);
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A page of its own (own storage) that collects everything the studio complains about: exceptions, console errors, refusals of the content security policy. */
export async function openPage(
  browser: Browser,
  viewport = { width: 1280, height: 800 },
): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const context = await browser.newContext({ viewport, acceptDownloads: true });
  const page = await context.newPage();
  // A busy machine without a graphics processor takes its time over the head.
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  // Without the pickers of the File System Access API, which no test can drive, files come by input elements and go as downloads.
  // Pictures for the guide show the full head, whatever draws it.
  if (process.env.VIVIDTALKER_PICTURES) await page.addInitScript(() => window.localStorage.setItem('vividtalker.view', JSON.stringify({ headDetail: 'full' })));
  await page.addInitScript(() => {
    for (const picker of ['showOpenFilePicker', 'showSaveFilePicker']) Reflect.deleteProperty(window, picker);
  });
  return { page, context, complaints };
}
