import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createExportInput } from '../../../../test/fixtures/export/test-clip';
import { MORPH_NAMES } from '../../../shared/face/coefficients';
import { createEvaluatedFrame, evaluateTake } from '../../../shared/face/evaluate';
import { quaternionToPitchYawRoll, rotationVectorToQuaternion } from '../../../shared/face/pose-math';
import { EXPORTERS, findExporter } from './registry';

interface CurvesFile {
  readonly format: string;
  readonly version: number;
  readonly exportFps: number;
  readonly numFrames: number;
  readonly facsNames: readonly string[];
  readonly weightMat: readonly (readonly number[])[];
  readonly headRotation: readonly (readonly number[])[];
  readonly headTranslation: readonly (readonly number[])[];
  readonly provenance: { readonly audio: { readonly sha256: string }; readonly streams: { readonly head: readonly { readonly seed: number }[] } };
}

async function exportCurves(options: unknown, frameCount = 40): Promise<CurvesFile> {
  const bytes = await findExporter('json').export(createExportInput(frameCount), options, {});
  return JSON.parse(new TextDecoder().decode(bytes)) as CurvesFile;
}

describe.each(EXPORTERS.map((exporter) => [exporter.id, exporter] as const))('the %s exporter', (_id, exporter) => {
  test('gives the same bytes twice and reports progress up to the end', async () => {
    const fractions: number[] = [];
    const first = await exporter.export(createExportInput(40), {}, { onProgress: (fraction) => fractions.push(fraction) });
    const second = await exporter.export(createExportInput(40), {}, {});
    expect(Buffer.compare(first, second)).toBe(0);
    expect(fractions.length).toBeGreaterThan(3);
    expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...fractions)).toBeLessThanOrEqual(1);
  });

  test('stops when it is cancelled half-way', async () => {
    const controller = new AbortController();
    const onProgress = (fraction: number): void => {
      if (fraction > 0.35) controller.abort();
    };
    const running = exporter.export(createExportInput(600), { fps: '60' }, { signal: controller.signal, onProgress });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('refuses unknown rates and empty ranges with a hint', async () => {
    await expect(exporter.export(createExportInput(40), { fps: '31' }, {})).rejects.toMatchObject({ code: 'bad-input' });
    const beyond = { range: { startSeconds: 5, endSeconds: 9 } };
    await expect(exporter.export(createExportInput(40), beyond, {})).rejects.toMatchObject({ code: 'bad-input', hint: expect.stringContaining('1.33') });
  });

  test('refuses numbers that are not finite', async () => {
    const input = createExportInput(40);
    input.decoded.head.values.fill(Number.NaN);
    await expect(exporter.export(input, {}, {})).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('describes its options as JSON schema with defaults', () => {
    const schema = z.toJSONSchema(exporter.options);
    expect(schema.properties).toMatchObject({ fps: { default: '30', enum: ['24', '25', '29.97', '30', '50', '60'] } });
  });
});

describe('curves as JSON', () => {
  test('has the documented shape and the evaluated numbers', async () => {
    const file = await exportCurves({});
    expect(file).toMatchObject({ format: 'vividtalker-curves', version: 1, exportFps: 30, numFrames: 40, facsNames: MORPH_NAMES });
    expect([file.weightMat.length, file.headRotation.length, file.headTranslation.length]).toEqual([40, 40, 40]);
    expect(file.provenance.audio.sha256).toBe('a'.repeat(64));
    expect(file.provenance.streams.head[0]?.seed).toBe(1);
    const input = createExportInput(40);
    const frame = evaluateTake(input.take, input.decoded, 17 / 30, createEvaluatedFrame());
    const weights = [...frame.expression, ...frame.detail];
    file.weightMat[17]?.forEach((value, channel) => {
      expect(value).toBeCloseTo(weights[channel] ?? Number.NaN, 6);
    });
    const degrees = quaternionToPitchYawRoll(rotationVectorToQuaternion(frame.headRotation)).map((angle) => (angle * 180) / Math.PI);
    file.headRotation[17]?.forEach((value, axis) => {
      expect(value).toBeCloseTo(degrees[axis] ?? Number.NaN, 4);
    });
    file.headTranslation[17]?.forEach((value, axis) => {
      expect(value).toBeCloseTo(frame.headTranslation[axis] ?? Number.NaN, 6);
    });
  });

  test('covers the range, at the rate, with the first frame at its start', async () => {
    const whole = await exportCurves({ fps: '60' });
    const part = await exportCurves({ fps: '60', range: { startSeconds: 0.5, endSeconds: 1 } });
    expect(part.numFrames).toBe(30);
    expect(part.weightMat[0]).toEqual(whole.weightMat[30]);
    expect((await exportCurves({ fps: '29.97' })).exportFps).toBeCloseTo(29.97003, 5);
    expect((await exportCurves({ fps: '24' })).numFrames).toBe(32);
  });

  test('leaves out the streams that are switched off', async () => {
    const streams = { head: true, mouth: true, wrinkles: true, eyes: true };
    const jawOpen = MORPH_NAMES.indexOf('jawOpen');
    const blink = MORPH_NAMES.indexOf('eyeBlinkLeft');
    const wrinkle = MORPH_NAMES.indexOf('wrinkle_chin');
    const used = async (off: Partial<typeof streams>): Promise<boolean[]> => {
      const file = await exportCurves({ streams: { ...streams, ...off } });
      const moves = (channel: number): boolean => file.weightMat.some((row) => (row[channel] ?? 0) > 0.1);
      return [file.headRotation.flat().some((angle) => Math.abs(angle) > 1), moves(jawOpen), moves(wrinkle), moves(blink)];
    };
    expect(await used({})).toEqual([true, true, true, true]);
    expect(await used({ head: false })).toEqual([false, true, true, true]);
    expect(await used({ mouth: false })).toEqual([true, false, true, true]);
    expect(await used({ wrinkles: false })).toEqual([true, true, false, true]);
    expect(await used({ eyes: false })).toEqual([true, true, true, false]);
  });
});

test('a clip with a start timecode gives that of the first exported frame; one without gives none', async () => {
  const input = createExportInput(90);
  const withStart = { ...input, clip: { ...input.clip, timecode: { format: '25' as const, startFrame: 90_000 } } };
  const exported = async (source: typeof input, options: unknown): Promise<Record<string, unknown>> =>
    JSON.parse(new TextDecoder().decode(await findExporter('json').export(source, options, {}))) as Record<string, unknown>;
  expect((await exported(withStart, { range: { startSeconds: 1.2, endSeconds: 2 } })).timecode).toEqual({ start: '01:00:01:05', format: '25' });
  expect(await exported(input, {})).not.toHaveProperty('timecode');
});

test('without the head the eyes do not turn against it, and without the mouth a blink still lifts the lower lid', async () => {
  const on = { head: true, mouth: true, wrinkles: true, eyes: true };
  const most = (file: CurvesFile, name: string): number => Math.max(...file.weightMat.map((row) => row[MORPH_NAMES.indexOf(name)] ?? 0));
  const still = await exportCurves({ streams: { ...on, head: false }, range: { startSeconds: 0, endSeconds: 0.45 } });
  expect(most(still, 'eyeLookOutLeft') + most(still, 'eyeLookInLeft')).toBeLessThan(0.06);
  const eyesOnly = await exportCurves({ streams: { ...on, mouth: false } });
  expect(most(eyesOnly, 'eyeSquintLeft')).toBeCloseTo(0.15, 3);
});

test('an unknown format is refused by name', () => {
  expect(() => findExporter('obj')).toThrow(expect.objectContaining({ code: 'not-supported', hint: expect.stringContaining('fbx') }));
});
