/** Number of a stream in the keys of random numbers. */
export const STREAM_NUMBERS = { head: 1, mouth: 2, events: 3 } as const;

/** What a random number decides; part of its key. */
export const RANDOM_PURPOSES = { draw: 1, confidence: 2, event: 3 } as const;

/** Start of every key: see "Random numbers" in docs/model-contract.md. */
export const EMPTY_KEY = 0x9e3779b9;

/**
 * Adds one word (an integer, taken modulo 2^32) to a key. A counter-based generator: a number depends on its key alone, never on what was drawn before.
 * The finaliser is a bijection of 32 bits with low bias (two odd multiplications between xor-shifts).
 */
export function extendKey(key: number, word: number): number {
  let hash = (key ^ word) + 0x9e3779b9;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x21f0aaad);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x735a2d97);
  hash ^= hash >>> 15;
  return hash >>> 0;
}

/** Key of several words. */
export function randomKey(...words: readonly number[]): number {
  let key = EMPTY_KEY;
  for (const word of words) key = extendKey(key, word);
  return key;
}

/** Uniform number in (0, 1), never 0 or 1, of a finished key. */
export function uniformOf(key: number): number {
  return (key + 0.5) / 4294967296;
}

/** Standard Gumbel number of a finished key. */
export function gumbelOf(key: number): number {
  return -Math.log(-Math.log(uniformOf(key)));
}

/** Standard normal number of a key (Box-Muller on two extensions of it). */
export function normalOf(key: number): number {
  const radius = Math.sqrt(-2 * Math.log(uniformOf(extendKey(key, 0))));
  return radius * Math.cos(2 * Math.PI * uniformOf(extendKey(key, 1)));
}
