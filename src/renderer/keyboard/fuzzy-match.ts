/** How well some letters fit a text: a higher score fits better; `places` are the letters of the text that were meant. */
export interface FuzzyMatch {
  readonly score: number;
  readonly places: readonly number[];
}

const START_OF_WORD = 8;
const NEXT_LETTER = 5;
const LONG_TEXT = 0.05;

/** Finds letters in a text in their order, not necessarily side by side: `np` finds `New project`. Null when they are not there. Starts of words and runs of letters count most. */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const letters = query.toLowerCase().replace(/\s+/g, '');
  const lower = text.toLowerCase();
  // best[place]: the best way to have placed the letters so far with the last one at `place`.
  let best = new Map<number, FuzzyMatch>([[-1, { score: -text.length * LONG_TEXT, places: [] }]]);
  for (const letter of letters) {
    const next = new Map<number, FuzzyMatch>();
    for (let place = lower.indexOf(letter); place >= 0; place = lower.indexOf(letter, place + 1)) {
      const isStart = place === 0 || !/[a-z0-9]/.test(lower[place - 1] ?? '');
      for (const [before, match] of best) {
        if (before >= place) continue;
        const isRun = before >= 0 && before === place - 1;
        const score = match.score + 1 + (isStart ? START_OF_WORD : 0) + (isRun ? NEXT_LETTER : 0);
        if (score > (next.get(place)?.score ?? Number.NEGATIVE_INFINITY)) next.set(place, { score, places: [...match.places, place] });
      }
    }
    best = next;
  }
  return [...best.values()].reduce<FuzzyMatch | null>((most, match) => (most === null || match.score > most.score ? match : most), null);
}
