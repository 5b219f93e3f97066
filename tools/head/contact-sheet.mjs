// Renders assets/head/head.glb in many poses into one JPEG: node tools/head/contact-sheet.mjs [output] (needs a Chromium; CHROMIUM names it).
import { createReadStream, existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const folder = dirname(fileURLToPath(import.meta.url));
const root = resolve(folder, '../..');
const output = resolve(process.argv[2] ?? join(root, 'docs/images/head-contact-sheet.jpg'));
const both = (name, weight) => ({ [`${name}Left`]: weight, [`${name}Right`]: weight });
const wrinkles = (...names) => Object.fromEntries(names.map((name) => [`wrinkle_${name}`, 1]));
const face = { target: [0, 0.105, 0.08], distance: 0.58 };

const poses = [
  {},
  { view: 40 },
  { view: 90 },
  { view: 20, bones: { neck01: [4, 8, 3], neck02: [4, 8, 3], head: [4, 8, 3] } },
  { ...face, weights: both('eyeBlink', 1) },
  { ...face, weights: both('mouthSmile', 1) },
  {
    ...face,
    view: 25,
    weights: { ...both('mouthSmile', 1), ...both('cheekSquint', 0.8), ...wrinkles('crowL', 'crowR', 'underEyeL', 'underEyeR', 'nasolabialL', 'nasolabialR') },
  },
  { ...face, weights: { jawOpen: 0.6 } },
  { ...face, weights: { ...both('browOuterUp', 1), browInnerUp: 1, ...wrinkles('foreheadL', 'foreheadR') } },
  { ...face, weights: { ...both('browDown', 1), ...both('noseSneer', 0.5), ...wrinkles('glabella', 'noseBridge') } },
  { ...face, weights: { mouthPucker: 1, ...wrinkles('chin', 'lipPurse') } },
  { ...face, weights: { ...both('mouthFrown', 1), mouthShrugLower: 0.6, ...wrinkles('marionetteL', 'marionetteR', 'chin') } },
  { ...face, weights: { mouthFunnel: 0.8, jawOpen: 0.25 } },
  { ...face, weights: { ...both('mouthStretch', 0.5), ...both('mouthUpperUp', 0.4), jawOpen: 0.2 } },
  { ...face, weights: { cheekPuff: 1 } },
  { ...face, weights: { tongueOut: 1, jawOpen: 0.4 } },
];

const served = { '/': join(folder, 'contact-sheet.html'), '/head.glb': join(root, 'assets/head/head.glb') };
const server = createServer((request, response) => {
  const path = normalize(new URL(request.url, 'http://localhost').pathname);
  const file = path.startsWith('/three/') ? join(root, 'node_modules', path) : served[path];
  if (!file || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': file.endsWith('.html') ? 'text/html' : file.endsWith('.js') ? 'text/javascript' : 'application/octet-stream' });
  createReadStream(file).pipe(response);
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find(existsSync);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'] });
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction('window.isReady', null, { timeout: 120_000 });
  const address = await page.evaluate((list) => window.drawSheet(list, 4), poses);
  writeFileSync(output, Buffer.from(address.split(',')[1], 'base64'));
  console.log(`${output}: ${poses.length} poses`);
} finally {
  await browser.close();
  server.close();
}
