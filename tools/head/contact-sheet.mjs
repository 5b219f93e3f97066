/**
 * Draws the head in many poses and lights with the studio's own viewport code: `node tools/head/contact-sheet.mjs [--out docs/images] [--only looks,wrinkles]`
 * (needs a Chromium; CHROMIUM names it). One JPEG a sheet: looks, wrinkles (off and on), visemes, shapes, close.
 * To look closer: --height sets the pixels of a picture, --filter keeps the pictures whose label contains it; --detail light draws the light head.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withDrawingPage } from '../evaluation/drawing-page.mjs';

const COLUMNS = { looks: 3, wrinkles: 4, visemes: 5, shapes: 8, close: 3 };
const HEIGHTS = { looks: 420, wrinkles: 340, visemes: 190, shapes: 220, close: 240 };
const folder = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: join(resolve(folder, '../..'), 'docs/images') },
    only: { type: 'string', default: Object.keys(COLUMNS).join() },
    height: { type: 'string' },
    filter: { type: 'string', default: '' },
    detail: { type: 'string', default: 'full' },
  },
});

mkdirSync(options.out, { recursive: true });
async function drawSheets(page) {
  for (const name of options.only.split(',')) {
    const height = Number(options.height ?? HEIGHTS[name]);
    const { count, address } = await page.evaluate((wanted) => window.drawHeadSheet(...wanted), [name, COLUMNS[name], height, options.filter]);
    const output = join(options.out, `head-${name}.jpg`);
    writeFileSync(output, Buffer.from(address.split(',')[1], 'base64'));
    console.log(`${output}: ${count} pictures`);
  }
}

await withDrawingPage(join(folder, 'contact-sheet.html'), 'window.drawHeadSheet', drawSheets, `?${options.detail}`);
