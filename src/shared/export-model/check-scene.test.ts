import { describe, expect, test } from 'vitest';
import { createTestHead, createTestTake } from '../../../test/fixtures/export/test-head';
import { checkExport, safeName } from './check-scene';
import type { ExportScene, ExportTake } from './export-scene';
import { frameRateOf } from './frame-rate';

const head = createTestHead();
const take = createTestTake(head, 'take', 4, frameRateOf('30'), 0);

function refuses(scene: ExportScene, takes: readonly ExportTake[]): void {
  expect(() => checkExport(scene, takes)).toThrow(expect.objectContaining({ code: 'bad-input' }));
}

describe('guard rails', () => {
  test('let a sound scene pass', () => {
    expect(() => checkExport(head, [take])).not.toThrow();
  });

  test('refuse what importers choke on', () => {
    refuses(head, []);
    refuses({ ...head, channels: [] }, [{ ...take, weights: new Float32Array(0) }]);
    refuses({ ...head, channels: head.channels.map((name, i) => (i === 3 ? 'jaw.open' : name)) }, [take]);
    refuses({ ...head, channels: head.channels.map((name, i) => (i === 3 ? (head.channels[4] ?? '') : name)) }, [take]);
    refuses({ ...head, meshes: head.meshes.map((mesh) => ({ ...mesh, name: 'Skin' })) }, [take]);
    refuses(head, [take, take]);
    refuses(head, [{ ...take, frameCount: 0, weights: new Float32Array(0) }]);
    refuses(head, [{ ...take, weights: take.weights.slice(1) }]);
    const infinite = take.weights.slice();
    infinite[7] = Number.POSITIVE_INFINITY;
    refuses(head, [{ ...take, weights: infinite }]);
    refuses({ ...head, meshes: head.meshes.map((mesh) => ({ ...mesh, positions: mesh.positions.map(() => Number.NaN) })) }, [take]);
  });
});

test('names become portable', () => {
  expect(safeName('Grüße, Straße 1.wav', 'x')).toBe('Grusse_Strasse_1_wav');
  expect(safeName('日本', 'take')).toBe('take');
  expect(safeName('a'.repeat(100), 'x')).toHaveLength(63);
});
