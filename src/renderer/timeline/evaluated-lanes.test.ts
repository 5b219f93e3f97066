import { expect, test } from 'vitest';
import { syntheticTake } from '../../../test/fakes/synthetic-clip';
import { evaluateLanes } from './evaluated-lanes';

test('lanes show what a muted track holds, with its amount', () => {
  const take = syntheticTake(60, 7);
  const plain = evaluateLanes(take);
  const muted = evaluateLanes({ ...take, edits: { ...take.edits, head: { ...take.edits.head, muted: true } } });
  expect(muted.yaw).toEqual(plain.yaw);
  const calm = evaluateLanes({
    ...take,
    events: { ...take.events, breathAmount: 0 },
    edits: { ...take.edits, head: { ...take.edits.head, amount: { base: 0, keys: [] } } },
  });
  expect(Math.max(...calm.yaw)).toBe(0);
  expect(calm.lipOpening).toEqual(plain.lipOpening);
});

test('the head scale holds every angle', () => {
  const lanes = evaluateLanes(syntheticTake(240, 7));
  const largest = Math.max(...[lanes.yaw, lanes.pitch, lanes.roll].flatMap((curve) => [...curve].map(Math.abs)));
  expect(lanes.headScaleDegrees).toBeGreaterThanOrEqual(largest);
  expect(lanes.headScaleDegrees).toBe(10);
});
