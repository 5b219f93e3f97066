import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { productionPackages } from './production-packages.mjs';

const RULE = '='.repeat(100);

/** Compiled into the WebAssembly of packages that name only their own licence. */
const INSIDE_WEBASSEMBLY = `The audio decoders hold compiled C libraries. They stay separate packages, which anyone may replace with a build of their own:

- mpg123-decoder holds libmpg123 (LGPL-2.1-only, https://www.mpg123.de)
- @wasm-audio-decoders/flac holds libFLAC and libogg (BSD-3-Clause, https://xiph.org)
- @wasm-audio-decoders/ogg-vorbis holds libvorbis and libogg (BSD-3-Clause, https://xiph.org)
- ogg-opus-decoder and opus-decoder hold libopus (BSD-3-Clause, https://opus-codec.org)
- codec-parser (LGPL-3.0-or-later) is used unchanged by the FLAC, Vorbis and Opus decoders

onnxruntime-node holds ONNX Runtime and the libraries its own ThirdPartyNotices.txt names (https://github.com/microsoft/onnxruntime).`;

/** What the Mozilla Public License (3.2) asks to be said beside a compiled form. */
const INSIDE_STUDIO = `The studio's window holds mediabunny, unchanged, in compiled form. It is under the Mozilla Public License 2.0. Its source is the folder src of the npm package
mediabunny in the version named below (npm pack mediabunny@VERSION), and https://github.com/Vanilagy/mediabunny.`;

/** The whole text of THIRD_PARTY_NOTICES: assets and models first, then the packages with the texts of their licences. */
export function noticesText(root) {
  const parts = [
    'VividTalker Studio contains work of others. This file names it and the terms it came under.\nWritten by scripts/write-notices.mjs.',
    ...assetNotices(root),
    section('Inside the audio decoders and the inference library', INSIDE_WEBASSEMBLY),
    section('Inside the window of the studio', INSIDE_STUDIO),
    ...packageNotices(root),
    section('GNU Lesser General Public License 2.1, for libmpg123', readIfThere(join(root, 'scripts', 'licence-texts', 'LGPL-2.1.txt'))),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Each folder of assets has an ATTRIBUTION.md, and so have the recordings of the evaluation; the models name their sources in their manifest. */
function assetNotices(root) {
  const folders = readdirSync(join(root, 'assets'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `assets/${entry.name}`)
    .sort();
  return [...folders, 'tools/evaluation/clips'].flatMap((folder) => {
    const text = [readIfThere(join(root, folder, 'ATTRIBUTION.md')), modelAttribution(join(root, folder, 'manifest.json'))]
      .filter((part) => part !== '')
      .join('\n\n');
    return text === '' ? [] : [section(folder, text)];
  });
}

function modelAttribution(path) {
  const text = readIfThere(path);
  if (text === '') return '';
  const { licence, attribution } = JSON.parse(text);
  return [`Licence of the networks: ${licence}`, ...(attribution ?? []).map((line) => `- ${line}`)].join('\n');
}

const MIT_TERMS = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
THE SOFTWARE.`;

/** For packages without a licence file: the terms their package.json names. */
function standardText(licence, homepage) {
  if (licence !== 'MIT') throw new Error(`a package under ${licence} brings no licence text (${homepage}); add the text to third-party-notices.mjs`);
  return `Copyright (c) its authors, see ${homepage}\n\n${MIT_TERMS}`;
}

/** Packages that share one licence text share one entry. */
function packageNotices(root) {
  const groups = new Map();
  for (const { name, version, licence, text, homepage } of productionPackages(root)) {
    const key = text === '' ? `${licence} ${homepage}` : text;
    const group = groups.get(key) ?? { titles: [], body: text === '' ? standardText(licence, homepage) : text };
    group.titles.push(`${name} ${version} (${licence})`);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ titles, body }) => section(titles.join('\n'), body));
}

const section = (title, body) => `${RULE}\n${title}\n${RULE}\n\n${body}`;

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
}
