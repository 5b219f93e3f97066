import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Manifest {
  readonly streams: Record<string, Record<'predictor' | 'decoder' | 'encoder', { readonly file: string; readonly sha256: string }>>;
  readonly metrics: Record<string, unknown>;
}

interface Report {
  readonly networks: Record<string, string>;
  readonly summary: Record<string, unknown>;
}

const read = <Content>(path: string): Content => JSON.parse(readFileSync(path, 'utf8')) as Content;

it('the committed report was measured on exactly the committed networks', () => {
  const manifest = read<Manifest>('assets/models/manifest.json');
  const report = read<Report>('assets/models/metrics.json');
  const networks = Object.values(manifest.streams).flatMap(({ predictor, decoder, encoder }) => [predictor, decoder, encoder]);
  expect(Object.fromEntries(networks.map(({ file, sha256 }) => [file, sha256]))).toEqual(report.networks);
  expect(manifest.metrics).toEqual(report.summary);
  const page = readFileSync('docs/evaluation.md', 'utf8');
  for (const [file, sha256] of Object.entries(report.networks)) expect(page).toContain(`${file} \`${sha256.slice(0, 8)}\``);
});
