import { expect, test } from 'vitest';
import { syntheticClip } from '../../../test/fakes/synthetic-clip';
import { defaultOptions, fieldsOfSchema } from './export-options';
import { preflight } from './preflight';

const schema = {
  type: 'object',
  properties: {
    fps: { type: 'string', enum: ['24', '30'], default: '30', title: 'Frames per second' },
    range: { anyOf: [{ type: 'object' }, { type: 'null' }], default: null },
    streams: {
      type: 'object',
      title: 'Streams',
      default: { head: true, eyes: false },
      properties: { head: { type: 'boolean', title: 'Head' }, eyes: { type: 'boolean', default: false } },
    },
    neckShare: { type: 'number', minimum: 0, maximum: 1, default: 0.4, title: 'Neck share' },
    strange: { type: 'array' },
  },
};

test('fields come from the schema; the range is left to the dialog and unknown shapes keep their defaults', () => {
  const fields = fieldsOfSchema(schema);
  expect(fields.map((field) => `${field.kind} ${field.name}`)).toEqual(['choice fps', 'flags streams', 'number neckShare']);
  expect(defaultOptions(fields)).toEqual({ fps: '30', streams: { head: true, eyes: false }, neckShare: 0.4 });
});

test('the check before an export says what will not move', () => {
  const clip = syntheticClip(60);
  const take = clip.takes[0];
  if (!take) throw new Error('the synthetic clip has no take');
  const muted = { ...take, edits: { ...take.edits, head: { ...take.edits.head, muted: true } } };
  const all = { head: true, mouth: true, wrinkles: true, eyes: true };
  const texts = (input: Parameters<typeof preflight>[0]): string[] => preflight(input).map((item) => `${item.level}: ${item.text}`);
  expect(texts({ clip, take, range: null, fps: '24', streams: all })[0]).toContain('about 48 frames');
  expect(texts({ clip, take: muted, range: null, fps: '30', streams: all }).join()).toContain('warning: Head is switched off');
  expect(texts({ clip, take, range: null, fps: '30', streams: { head: false, mouth: false, wrinkles: false, eyes: false } }).join()).toContain('problem');
  expect(texts({ clip, take, range: { startSeconds: 1, endSeconds: 1 }, fps: '30', streams: all })).toEqual(['problem: The range is empty.']);
});
