import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { BROWSER_HINT, findBrowser } from '../../scripts/find-browser.mjs';

const TIMEOUT_MILLISECONDS = 600_000;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Builds a page that draws with the studio's viewport code, opens it in a Chromium, waits until the expression `ready` is true, and hands the page to `use`. `query` goes to the page. */
export async function withDrawingPage(htmlPath, ready, use, query = '') {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(BROWSER_HINT);
  const folder = dirname(htmlPath);
  const outDir = join(root, 'node_modules/.cache/vividtalker-drawing');
  const page = htmlPath.slice(folder.length + 1);
  await build({
    configFile: false,
    root: folder,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, target: 'es2023', minify: false, chunkSizeWarningLimit: 20_000, rollupOptions: { input: htmlPath } },
  });
  const server = await preview({ configFile: false, root: folder, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'] });
  try {
    const tab = await browser.newPage();
    tab.setDefaultTimeout(TIMEOUT_MILLISECONDS);
    tab.on('pageerror', (error) => console.error(error));
    tab.on('console', (message) => message.type() === 'error' && console.error(message.text()));
    await tab.goto(`${server.resolvedUrls.local[0]}${page}${query}`);
    await tab.waitForFunction(ready);
    return await use(tab);
  } finally {
    await browser.close();
    await server.close();
  }
}
