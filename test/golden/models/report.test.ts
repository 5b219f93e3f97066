import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Manifest {
  readonly training: { readonly modelHash: string; readonly dataHash: string };
  readonly metrics: Record<string, unknown>;
}

interface Report {
  readonly modelHash: string;
  readonly dataHash: string;
  readonly summary: Record<string, unknown>;
}

const read = <Content>(path: string): Content => JSON.parse(readFileSync(path, 'utf8')) as Content;

it('the committed report was measured on the training run that the committed networks were exported from', () => {
  const manifest = read<Manifest>('assets/models/manifest.json');
  const report = read<Report>('assets/models/metrics.json');
  expect(manifest.training.modelHash).toBe(report.modelHash);
  expect(manifest.training.dataHash).toBe(report.dataHash);
  expect(manifest.metrics).toEqual(report.summary);
  expect(readFileSync('docs/evaluation.md', 'utf8')).toContain(report.modelHash.slice(0, 16));
});
