import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzyMatch } from './fuzzy-match';

const LABELS = ['New project', 'One frame on', 'Open project...', 'Export...', 'Re-roll the focused lane', 'Set or remove a marker'];
const bestOf = (query: string): string | undefined =>
  LABELS.map((label) => ({ label, match: fuzzyMatch(query, label) }))
    .filter(({ match }) => match)
    .sort((a, b) => (b.match?.score ?? 0) - (a.match?.score ?? 0))[0]?.label;

test.each([
  ['np', 'New project'],
  ['open', 'Open project...'],
  ['rr', 'Re-roll the focused lane'],
  ['mark', 'Set or remove a marker'],
  ['EXP', 'Export...'],
])('%s finds %s first', (query, label) => expect(bestOf(query)).toBe(label));

test('letters that are not there, or in another order, are not found; nothing typed finds all', () => {
  expect(fuzzyMatch('xyz', 'New project')).toBeNull();
  expect(fuzzyMatch('pn', 'New project')).toBeNull();
  expect(fuzzyMatch('', 'New project')?.places).toEqual([]);
});

test('the places spell the query', () => {
  fc.assert(
    fc.property(fc.constantFrom(...LABELS), fc.string({ maxLength: 4 }), (text, query) => {
      const places = fuzzyMatch(query, text)?.places;
      if (places) expect(places.map((place) => text[place]?.toLowerCase()).join('')).toBe(query.toLowerCase().replace(/\s+/g, ''));
    }),
  );
});
