/**
 * Makes the pictures for watching: `node tools/evaluation/render-clips.mjs [--out docs/images] [--clips voice-man,...]`.
 * Six clips of `clips/`, animated by the installed models through the command line, drawn with the studio's own viewport code in a Chromium, wrinkles off,
 * by the strain rule (training/wrinkle_rule.py; PYTHON names a Python with numpy) and as predicted. Writes one JPEG per clip and watching.json.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { withDrawingPage } from './drawing-page.mjs';

const SEED = '1';
const folder = dirname(fileURLToPath(import.meta.url));
const root = resolve(folder, '../..');
const cache = join(root, 'node_modules/.cache/vividtalker-watching');
const { values: options } = parseArgs({ options: { out: { type: 'string', default: join(root, 'docs/images') }, clips: { type: 'string' } } });

const wanted = options.clips?.split(',');
const clips = JSON.parse(readFileSync(join(folder, 'clips/clips.json'), 'utf8')).filter(({ id }) => !wanted || wanted.includes(id));
const soundOf = ({ id }) => join(folder, 'clips', `${id}.opus`);
const scratch = mkdtempSync(join(tmpdir(), 'vividtalker-watching-'));

function run(program, parameters) {
  const { status, error } = spawnSync(program, parameters, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw error ?? new Error(`${program} ${parameters.join(' ')} ended with ${status}`);
}

/** Animates all clips with the product's command line, and evaluates what came out. */
async function readMotions() {
  run(process.execPath, [join('scripts', 'bootstrap.mjs'), 'build']);
  run(process.execPath, ['out/main/cli.js', 'generate', ...clips.map(soundOf), '-o', scratch, '--format', 'vividtalker', '--seed', SEED, '--device', 'cpu']);
  const { lipResponse } = JSON.parse(readFileSync(join(root, 'assets/head/head-manifest.json'), 'utf8'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: join(cache, 'node'),
      emptyOutDir: true,
      ssr: join(folder, 'watch-node.ts'),
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  });
  const code = await import(pathToFileURL(join(cache, 'node/watch-node.mjs')).href);
  const motions = await Promise.all(clips.map((clip) => code.readMotion(join(scratch, `${clip.id}.vividtalker`), soundOf(clip), lipResponse)));
  return { code, motions };
}

/** Wrinkle weights of the strain rule for every clip, at 30 fps. */
function ruleRows(motions) {
  const [from, to] = [join(scratch, 'mouth.json'), join(scratch, 'rule.json')];
  writeFileSync(from, JSON.stringify(motions.map(({ mouthRows }) => mouthRows)));
  run(process.env.PYTHON ?? 'python3', ['training/wrinkle_rule.py', from, to]);
  return JSON.parse(readFileSync(to, 'utf8'));
}

/** Draws every sheet in one page. */
function drawSheets(sheets) {
  return withDrawingPage(join(folder, 'watch-page.html'), 'window.drawClip', async (page) => {
    const drawn = [];
    for (const sheet of sheets) {
      drawn.push(await page.evaluate((data) => window.drawClip(data), sheet));
      console.log(`${sheet.title}: drawn`);
    }
    return drawn;
  });
}

try {
  const { code, motions } = await readMotions();
  const rules = ruleRows(motions);
  const sheets = motions.map((motion, index) => code.sheetData(`${clips[index].who}: ${clips[index].text}`, motion, rules[index]));
  const drawn = await drawSheets(sheets);
  drawn.forEach(({ jpegAddress }, index) => {
    writeFileSync(join(options.out, `watching-${clips[index].id}.jpg`), Buffer.from(jpegAddress.split(',')[1], 'base64'));
  });
  const observations = JSON.parse(readFileSync(join(folder, 'observations.json'), 'utf8'));
  const manifestSha256 = createHash('sha256')
    .update(readFileSync(join(root, 'assets/models/manifest.json')))
    .digest('hex');
  const report = code.watchingReport(clips, motions, rules, drawn, observations, manifestSha256);
  if (!report.areObservationsCurrent)
    console.error(`observations.json was written for other models; look at the pictures again, then set manifestSha256 to ${manifestSha256}`);
  writeFileSync(join(options.out, 'watching.json'), `${JSON.stringify(report, null, 1)}\n`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
