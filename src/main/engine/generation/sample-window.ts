import { extendKey, gumbelOf, RANDOM_PURPOSES, randomKey, uniformOf } from '../../../shared/clip/random';
import { AppError } from '../../../shared/contract/errors';

/** How a stream is sampled; the meaning of each number is in docs/model-contract.md, "Masked sampling". */
export interface SamplingSettings {
  readonly steps: number;
  readonly temperature: number;
  readonly topP: number;
  readonly guidance: number;
  readonly confidenceNoise: number;
  /** Added to the logits of the last group; empty for none. */
  readonly logitBias: readonly number[];
}

/** A batch of windows over the same tokens that differ only in their seeds and what they drew. */
export interface SampleRequest {
  /** Key word of the stream, see STREAM_NUMBERS. */
  readonly streamNumber: number;
  readonly groupSizes: readonly number[];
  /** Index in the clip of the window's first token. */
  readonly firstToken: number;
  readonly tokenCount: number;
  /** [batch x tokens x groups]; the mask token of a group (its size) where a token is to be drawn. */
  readonly codes: Int32Array;
  /** One per window of the batch. */
  readonly seeds: readonly number[];
  readonly settings: SamplingSettings;
}

/** Codes of a sampled batch and the model's probability of each, both [batch x tokens x groups]. Confidence of tokens that were given is 0. */
export interface SampledWindow {
  readonly codes: Int32Array;
  readonly confidence: Float32Array;
}

/**
 * Runs the network: `codes` [batch x tokens x groups], `drops` one entry per window of the batch, true = without audio and style.
 * Resolves to logits [batch x tokens x sum of group sizes].
 */
export type Predict = (codes: Int32Array, drops: readonly boolean[]) => Promise<Float32Array>;

/** Draws every masked code of a batch of windows in `settings.steps` passes, most confident codes first. `beforeStep` may throw to cancel. */
export async function sampleWindow(predict: Predict, request: SampleRequest, beforeStep: () => void = () => undefined): Promise<SampledWindow> {
  const { groupSizes, tokenCount, seeds, settings } = request;
  const codes = request.codes.slice();
  const confidence = new Float32Array(codes.length);
  const windows = seeds.map((seed, index) => new MaskedWindow(request, seed, index, codes, confidence));
  const totals = windows.map((window) => window.masked.length);
  for (let step = 0; step < settings.steps; step++) {
    const keeps = totals.map((total) => maskedAfterStep(total, step, settings.steps));
    // A step that would reveal nothing needs no network pass.
    if (windows.every((window, index) => window.masked.length <= (keeps[index] ?? 0))) continue;
    beforeStep();
    const logits = await guidedLogits(predict, codes, seeds.length, settings.guidance);
    const stride = tokenCount * groupSizes.reduce((sum, size) => sum + size, 0);
    if (logits.length !== seeds.length * stride)
      throw new AppError('inference-failed', `The network returned ${logits.length} numbers, ${seeds.length * stride} were expected.`);
    windows.forEach((window, index) => {
      window.reveal(logits.subarray(index * stride, (index + 1) * stride), step, keeps[index] ?? 0);
    });
  }
  return { codes, confidence };
}

/** How many of `total` codes stay masked after a step (0-based) of a cosine schedule. */
export function maskedAfterStep(total: number, step: number, steps: number): number {
  if (step >= steps - 1) return 0;
  return Math.ceil(total * Math.cos((Math.PI / 2) * ((step + 1) / steps)) - 1e-9);
}

async function guidedLogits(predict: Predict, codes: Int32Array, batch: number, guidance: number): Promise<Float32Array> {
  if (guidance === 1) return predict(codes, new Array<boolean>(batch).fill(false));
  const twice = new Int32Array(codes.length * 2);
  twice.set(codes, 0);
  twice.set(codes, codes.length);
  const both = await predict(twice, [...new Array<boolean>(batch).fill(false), ...new Array<boolean>(batch).fill(true)]);
  const half = both.length / 2;
  const guided = new Float32Array(half);
  for (let i = 0; i < half; i++) {
    const without = both[half + i] ?? 0;
    guided[i] = without + guidance * ((both[i] ?? 0) - without);
  }
  return guided;
}

interface Candidate {
  /** Index of the code in the window: token x groups + group. */
  readonly place: number;
  readonly score: number;
}

/** One window of a batch while its codes are drawn: codes, not tokens, so that the groups of a token are drawn by each other and agree. */
class MaskedWindow {
  /** Codes (window index: token x groups + group) still to be drawn, ascending. */
  masked: number[] = [];
  private readonly base: number;
  private readonly logitCount: number;
  private readonly offsets: readonly number[];
  private readonly drawn: Int32Array;
  private readonly scratch: DrawScratch;
  /** By code, from the first pass that draws it. */
  private readonly races: (Race | undefined)[];

  constructor(
    private readonly request: SampleRequest,
    private readonly seed: number,
    batchIndex: number,
    private readonly codes: Int32Array,
    private readonly confidence: Float32Array,
  ) {
    const { groupSizes, tokenCount } = request;
    const size = tokenCount * groupSizes.length;
    this.base = batchIndex * size;
    this.logitCount = groupSizes.reduce((sum, count) => sum + count, 0);
    this.offsets = groupSizes.map((_, group) => groupSizes.slice(0, group).reduce((sum, count) => sum + count, 0));
    this.drawn = new Int32Array(size);
    this.scratch = createDrawScratch(Math.max(...groupSizes));
    this.races = new Array<Race | undefined>(size);
    for (let place = 0; place < size; place++) if (this.isMasked(place)) this.masked.push(place);
  }

  reveal(logits: Float32Array, step: number, keepMasked: number): void {
    const { settings } = this.request;
    // Clean: with noise the order of the codes, and so the codes, would depend on the seed.
    const noise = settings.temperature > 0 ? settings.confidenceNoise * (1 - (step + 1) / settings.steps) : 0;
    const candidates = this.masked.map((place): Candidate => {
      const logProbability = this.draw(logits, place);
      const score = noise > 0 ? logProbability + noise * gumbelOf(this.keyOf(RANDOM_PURPOSES.confidence, place, step, this.groupOf(place))) : logProbability;
      return { place, score };
    });
    candidates.sort((a, b) => b.score - a.score || a.place - b.place);
    for (const { place } of candidates.slice(0, Math.max(0, candidates.length - keepMasked))) this.commit(logits, place);
    this.masked = this.masked.filter((place) => this.isMasked(place));
  }

  private groupOf(place: number): number {
    return place % this.request.groupSizes.length;
  }

  private sizeOf(place: number): number {
    return this.request.groupSizes[this.groupOf(place)] as number;
  }

  private isMasked(place: number): boolean {
    return this.codes[this.base + place] === this.sizeOf(place);
  }

  private keyOf(purpose: number, place: number, ...words: readonly number[]): number {
    const token = this.request.firstToken + Math.floor(place / this.request.groupSizes.length);
    return randomKey(this.seed, this.request.streamNumber, purpose, token, ...words);
  }

  /** Draws a code into `drawn`; returns its log probability. */
  private draw(logits: Float32Array, place: number): number {
    const { request, scratch } = this;
    const { code, logProbability } = drawCode(
      logits,
      this.logitOffset(place),
      this.sizeOf(place),
      request.settings,
      this.biasOf(place),
      this.raceOf(place),
      scratch,
    );
    this.drawn[place] = code;
    return logProbability;
  }

  private raceOf(place: number): Race {
    const race = this.races[place] ?? createRace(this.keyOf(RANDOM_PURPOSES.draw, place, this.groupOf(place)), this.sizeOf(place));
    this.races[place] = race;
    return race;
  }

  private commit(logits: Float32Array, place: number): void {
    const code = this.drawn[place] as number;
    this.codes[this.base + place] = code;
    this.confidence[this.base + place] = probabilityOf(logits, this.logitOffset(place), this.sizeOf(place), this.biasOf(place), code);
  }

  private logitOffset(place: number): number {
    const groupCount = this.request.groupSizes.length;
    return Math.floor(place / groupCount) * this.logitCount + (this.offsets[place % groupCount] as number);
  }

  private biasOf(place: number): readonly number[] {
    return this.groupOf(place) === this.request.groupSizes.length - 1 ? this.request.settings.logitBias : [];
  }
}

interface DrawScratch {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** Buffers for `drawCode`, for groups of up to `size` codes. */
export function createDrawScratch(size: number): DrawScratch {
  return { values: new Float64Array(size), weights: new Float64Array(size) };
}

/** The random numbers of one draw: they do not depend on the pass, so a code that stays masked runs its race again with the same ones. */
interface Race {
  readonly key: number;
  /** -ln(uniform) of each code; 0 where not yet computed. */
  readonly times: Float64Array;
}

/** The race of a key among `size` codes. */
export function createRace(key: number, size: number): Race {
  return { key, times: new Float64Array(size) };
}

/**
 * Draws one code from `size` logits at `offset`: temperature, top-p nucleus, Gumbel-max. `logProbability` is under the tempered distribution before the nucleus.
 *
 * The Gumbel-max draw is made as a race, argmin of -ln(uniform) / weight, which is the same code with one logarithm less. The nucleus is never sorted out: the winner of the
 * race among all codes is the answer if the mass of the codes before it in rank is below topP; otherwise it and all behind it lie outside the nucleus, and the race is run again without them.
 */
export function drawCode(
  logits: Float32Array,
  offset: number,
  size: number,
  settings: SamplingSettings,
  bias: readonly number[],
  race: Race,
  scratch: DrawScratch,
): { code: number; logProbability: number } {
  const { values, weights } = scratch;
  const { temperature, topP } = settings;
  const scale = temperature > 0 ? 1 / temperature : 1;
  // Reading past the end of an empty array would cost more than all the rest.
  const hasBias = bias.length > 0;
  let best = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (let code = 0; code < size; code++) {
    const value = (hasBias ? (logits[offset + code] as number) + (bias[code] as number) : (logits[offset + code] as number)) * scale;
    values[code] = value;
    if (value > highest) {
      highest = value;
      best = code;
    }
  }
  let sum = 0;
  for (let code = 0; code < size; code++) {
    const weight = Math.exp((values[code] as number) - highest);
    weights[code] = weight;
    sum += weight;
  }
  if (!Number.isFinite(sum)) {
    throw new AppError(
      'inference-failed',
      'The network returned numbers that are not finite.',
      'Choose the CPU as device; if it happens there too, reinstall the studio.',
    );
  }
  const logProbabilityOf = (code: number): number => (values[code] as number) - highest - Math.log(sum);
  if (temperature <= 0) return { code: best, logProbability: logProbabilityOf(best) };
  let limit = { weight: -1, code: 0 };
  // All codes below this weight together hold less than 1 - topP, so none of them can be in the nucleus.
  const lightest = topP < 1 ? ((1 - topP) * sum) / size : 0;
  for (;;) {
    const winner = raceWinner(weights, size, race, lightest, limit);
    // Rounding can leave nothing before the limit; the best code always is in the nucleus.
    if (winner < 0) return { code: best, logProbability: logProbabilityOf(best) };
    if (topP >= 1 || massBefore(weights, size, winner) < topP * sum) return { code: winner, logProbability: logProbabilityOf(winner) };
    limit = { weight: weights[winner] as number, code: winner };
  }
}

/** Code that wins the race among those ranked before `limit`: heavier ones, or as heavy with a lower index. -1 when there is none. */
function raceWinner(
  weights: Float64Array,
  size: number,
  { key, times }: Race,
  lightest: number,
  limit: { readonly weight: number; readonly code: number },
): number {
  let winner = -1;
  let shortest = Number.POSITIVE_INFINITY;
  for (let code = 0; code < size; code++) {
    const weight = weights[code] as number;
    const isBeforeLimit = weight > limit.weight || (weight === limit.weight && code < limit.code);
    if (weight < lightest || !isBeforeLimit) continue;
    if (times[code] === 0) times[code] = -Math.log(uniformOf(extendKey(key, code)));
    const time = (times[code] as number) / weight;
    if (time < shortest) {
      shortest = time;
      winner = code;
    }
  }
  return winner;
}

/** Sum of the weights ranked before a code. */
function massBefore(weights: Float64Array, size: number, ranked: number): number {
  const limit = weights[ranked] as number;
  let mass = 0;
  for (let code = 0; code < size; code++) {
    const weight = weights[code] as number;
    if (weight > limit || (weight === limit && code < ranked)) mass += weight;
  }
  return mass;
}

function probabilityOf(logits: Float32Array, offset: number, size: number, bias: readonly number[], chosen: number): number {
  const hasBias = bias.length > 0;
  const biasedLogit = (code: number): number => (logits[offset + code] as number) + (hasBias ? (bias[code] as number) : 0);
  const reference = biasedLogit(chosen);
  let sum = 0;
  for (let code = 0; code < size; code++) sum += Math.exp(biasedLogit(code) - reference);
  return 1 / sum;
}
