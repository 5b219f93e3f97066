import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syntheticTake } from '../../../test/fakes/synthetic-clip';
import { fixtureTake } from '../../../test/fixtures/takes';
import type { Curve, Edits, OffsetLayer, Take } from '../clip/clip-schema';
import { decodeTake } from '../clip/decoded-stream';
import { sampleTake } from '../export-model/sample-take';
import { CODED_EXPRESSION_NAMES, DETAIL_NAMES, EXPRESSION_COUNT, type ExpressionName, expressionIndex, MOUTH_CHANNELS } from './coefficients';
import { contactStrength } from './contact';
import { evaluateTake } from './evaluate';
import { LIP_RESPONSE_MILLIMETRES, lipGapPercent } from './lip-gap';
import { OFFSET_CHANNELS, offsetLimit } from './offset-channels';
import { HEAD_LIMITS_DEGREES } from './offset-layers';
import { quaternionToPitchYawRoll, rotationVectorToQuaternion } from './pose-math';
import { REGION_IDS, TRACK_REGIONS } from './regions';

const SEAL = MOUTH_CHANNELS.indexOf('seal');
const flat = (base: number): Curve => ({ base, keys: [] });
const constantLayer = (values: Readonly<Record<string, number>>, change: Partial<OffsetLayer> = {}): OffsetLayer => ({
  id: 'layer',
  name: 'Layer',
  muted: false,
  opensLips: false,
  curves: Object.fromEntries(Object.entries(values).map(([channel, value]) => [channel, flat(value)])),
  ...change,
});
const edited = (take: Take, edits: Partial<Edits>): Take => ({ ...take, edits: { ...take.edits, ...edits } });

/** Every coefficient and wrinkle at .3; the lips are sealed from frame 30 to 36. */
const speaking = fixtureTake(60, { mouth: (frame, channel) => (channel < SEAL ? 0.3 : channel === SEAL && frame >= 30 && frame < 36 ? 1 : 0) });
const decoded = decodeTake(speaking);
const at = (take: Take, frame: number): ReturnType<typeof evaluateTake> => evaluateTake(take, decoded, frame / 30);
const weight = (take: Take, frame: number, name: ExpressionName): number => at(take, frame).expression[expressionIndex(name)] ?? Number.NaN;

describe('amounts of regions', () => {
  it('every coded coefficient and wrinkle belongs to one region, which scales it and nothing else', () => {
    const before = at(speaking, 10);
    const moved = REGION_IDS.flatMap((region) => {
      const after = at(edited(speaking, { regions: { [region]: flat(0) } }), 10);
      const names = [
        ...CODED_EXPRESSION_NAMES.filter((name) => after.expression[expressionIndex(name)] === 0),
        ...DETAIL_NAMES.filter((_, i) => after.detail[i] === 0),
      ];
      const same = CODED_EXPRESSION_NAMES.filter((name) => after.expression[expressionIndex(name)] === before.expression[expressionIndex(name)]).length;
      expect(same + DETAIL_NAMES.filter((_, i) => after.detail[i] === before.detail[i]).length + names.length).toBe(
        CODED_EXPRESSION_NAMES.length + DETAIL_NAMES.length,
      );
      return names;
    });
    expect(moved.toSorted()).toEqual([...CODED_EXPRESSION_NAMES, ...DETAIL_NAMES].toSorted());
    expect(Object.values(TRACK_REGIONS).flat().toSorted()).toEqual(REGION_IDS.toSorted());
  });

  it('come on top of the amount of their track, also over time', () => {
    const keys = [
      { frame: 0, value: 0 },
      { frame: 20, value: 2 },
    ];
    const take = edited(speaking, { mouth: { muted: false, amount: flat(0.5), smoothingSeconds: 0 }, regions: { brows: { base: 1, keys } } });
    expect(weight(take, 5, 'browInnerUp')).toBeCloseTo(0.3 * 0.5 * 0.5, 6);
    expect(weight(take, 20, 'browInnerUp')).toBeCloseTo(0.3 * 0.5 * 2, 6);
    expect(weight(take, 20, 'mouthSmileLeft')).toBeCloseTo(0.15, 6);
  });
});

describe('sealed lips', () => {
  const amount = fc.double({ min: 0.25, max: 2, noNaN: true });
  const anyLayer = fc.dictionary(fc.constantFrom(...(Object.keys(LIP_RESPONSE_MILLIMETRES) as ExpressionName[])), fc.double({ min: -1, max: 1, noNaN: true }), {
    maxKeys: 8,
  });

  it('stay shut after any smoothing, amounts and layers', () => {
    fc.assert(
      fc.property(amount, amount, amount, fc.double({ min: 0, max: 1, noNaN: true }), anyLayer, (mouth, jaw, lips, smoothingSeconds, values) => {
        const take = edited(speaking, {
          mouth: { muted: false, amount: flat(mouth), smoothingSeconds },
          regions: { jaw: flat(jaw), lips: flat(lips) },
          layers: [constantLayer(values)],
        });
        for (let frame = 30; frame < 36; frame++) {
          expect(contactStrength(decoded.mouth.values, SEAL, decoded.mouth.channelCount, 60, frame / 30)).toBe(1);
          expect(lipGapPercent(at(take, frame).expression)).toBeLessThan(0.01);
        }
      }),
    );
  });

  it('open only under a layer that says so', () => {
    const layer = constantLayer({ jawOpen: 0.5 });
    expect(lipGapPercent(at(edited(speaking, { layers: [layer] }), 33).expression)).toBe(0);
    expect(lipGapPercent(at(edited(speaking, { layers: [{ ...layer, opensLips: true }] }), 33).expression)).toBeGreaterThan(20);
  });

  it('an upper lip raised by an amount does not part them', () => {
    const raised = fixtureTake(60, { mouth: (_, channel) => (channel === SEAL ? 1 : MOUTH_CHANNELS[channel] === 'mouthShrugUpper' ? 0.5 : 0) });
    const strong = edited(raised, { regions: { lips: flat(2) } });
    expect(lipGapPercent(evaluateTake(strong, decodeTake(raised), 1).expression)).toBeLessThan(0.01);
  });
});

describe('offset layers', () => {
  it('add up, mute one by one, and leave what they do not name bit for bit', () => {
    const layers = [constantLayer({ browInnerUp: 0.2 }), constantLayer({ browInnerUp: 0.1, wrinkle_chin: -0.2 }, { id: 'b' })];
    const both = at(edited(speaking, { layers }), 10);
    expect(both.expression[expressionIndex('browInnerUp')]).toBeCloseTo(0.6, 6);
    expect(both.detail[DETAIL_NAMES.indexOf('chin')]).toBeCloseTo(0.1, 6);
    const one = at(edited(speaking, { layers: layers.map((layer) => ({ ...layer, muted: layer.id === 'b' })) }), 10);
    expect(one.expression[expressionIndex('browInnerUp')]).toBeCloseTo(0.5, 6);
    const plain = at(speaking, 10);
    expect(one.expression.filter((_, i) => i !== expressionIndex('browInnerUp'))).toEqual(
      plain.expression.filter((_, i) => i !== expressionIndex('browInnerUp')),
    );
    expect(one.headRotation).toEqual(plain.headRotation);
    expect(at(edited(speaking, { layers: layers.map((layer) => ({ ...layer, muted: true })) }), 10)).toEqual(plain);
  });

  it('keep weights within 0..1 and the head within reach, whatever they hold', () => {
    const values = fc.record(
      Object.fromEntries(OFFSET_CHANNELS.map((channel) => [channel, fc.double({ min: -offsetLimit(channel), max: offsetLimit(channel), noNaN: true })])),
    );
    fc.assert(
      fc.property(values, fc.boolean(), (offsets, opensLips) => {
        const frame = at(edited(speaking, { layers: [constantLayer(offsets, { opensLips }), constantLayer(offsets, { id: 'b' })] }), 33);
        for (const value of [...frame.expression, ...frame.detail]) expect(value >= 0 && value <= 1).toBe(true);
        const angles = quaternionToPitchYawRoll(rotationVectorToQuaternion(frame.headRotation));
        angles.forEach((angle, axis) => {
          expect(Math.abs(angle)).toBeLessThan(((HEAD_LIMITS_DEGREES[axis] ?? 0) * Math.PI) / 180 + 1e-4);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('turn the head by their degrees; motion that goes further by itself is not cut', () => {
    expect(at(edited(speaking, { layers: [constantLayer({ headYaw: 20 })] }), 10).headRotation[1]).toBeCloseTo((20 * Math.PI) / 180, 6);
    const far = fixtureTake(10, { head: (_, channel) => (channel === 1 ? 1.5 : 0) });
    const yaw = (degrees: number): number =>
      evaluateTake(edited(far, { layers: [constantLayer({ headYaw: degrees })] }), decodeTake(far), 0.1).headRotation[1] ?? 0;
    expect(yaw(30)).toBeCloseTo(1.5, 6);
    expect(yaw(-30)).toBeCloseTo(1.5 - (30 * Math.PI) / 180, 6);
  });

  it('muted tracks stay at rest, and the lids belong to the eyes', () => {
    const layers = [constantLayer({ headYaw: 20, jawOpen: 0.3, wrinkle_chin: 0.5, eyeBlinkLeft: 0.7 })];
    const off = { muted: true, amount: flat(1), smoothingSeconds: 0 };
    const still = at(edited(speaking, { layers, head: off, mouth: off, wrinkles: off }), 10);
    expect([...still.headRotation, ...still.detail, still.expression[expressionIndex('jawOpen')]].every((value) => value === 0)).toBe(true);
    expect(still.expression[expressionIndex('eyeBlinkLeft')]).toBeCloseTo(0.7, 6);
    expect(at(edited(speaking, { layers, eyes: off }), 10).expression[expressionIndex('eyeBlinkLeft')]).toBe(0);
  });

  it('stay when a stream is drawn anew: only what the codes give changes', () => {
    const [first, second] = [syntheticTake(60, 3), syntheticTake(60, 4)];
    const layers = [constantLayer({ headYaw: 12 })];
    const turned = (take: Take, given: OffsetLayer[]): number => evaluateTake(edited(take, { layers: given }), decodeTake(take), 1).headRotation[1] ?? 0;
    const rerolled: Take = { ...first, streams: { ...first.streams, head: second.streams.head } };
    expect(turned(rerolled, [])).not.toBeCloseTo(turned(first, []), 3);
    for (const take of [first, rerolled]) expect(turned(take, layers) - turned(take, [])).toBeCloseTo((12 * Math.PI) / 180, 2);
  });
});

it('an export holds what the preview shows', async () => {
  const take = edited(syntheticTake(60, 3), {
    regions: { jaw: flat(1.4), forehead: flat(0.3) },
    layers: [constantLayer({ headYaw: 12, jawOpen: 0.2, wrinkle_chin: 0.4 })],
  });
  const curves = decodeTake(take);
  const streams = { head: true, mouth: true, wrinkles: true, eyes: true };
  const exported = await sampleTake(take, curves, { startSeconds: 0, endSeconds: 2 }, { numerator: 30, denominator: 1 }, streams, async () => {});
  for (const frame of [0, 17, 41]) {
    const seen = evaluateTake(take, curves, frame / 30);
    const first = frame * (EXPRESSION_COUNT + DETAIL_NAMES.length);
    expect(exported.weights.slice(first, first + EXPRESSION_COUNT)).toEqual(seen.expression);
    expect(exported.weights.slice(first + EXPRESSION_COUNT, first + EXPRESSION_COUNT + DETAIL_NAMES.length)).toEqual(seen.detail);
    expect(exported.headRotation.slice(3 * frame, 3 * frame + 3)).toEqual(seen.headRotation);
  }
});
