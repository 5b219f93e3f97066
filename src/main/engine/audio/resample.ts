/** The sample rate of everything behind the decoders. */
export const ENGINE_SAMPLE_RATE_HZ = 16000;

const HALF_WIDTH_ZERO_CROSSINGS = 24;
const KAISER_BETA = 7.5;
// The -6 dB point, as a share of the lower Nyquist frequency: flat to 7 kHz at 16 kHz, and what little folds back stays above 7.6 kHz, where the mel bands end.
const CUTOFF = 0.98;
const TAPS_AT_ONCE = 4;

/**
 * Streaming polyphase Kaiser-windowed sinc resampler for any pair of whole-number rates.
 * Output sample m lies exactly at time m / outputRateHz of the input (no latency); n input samples give ceil(n outputRateHz / inputRateHz) samples,
 * whatever the block sizes. Method: J. O. Smith, "Digital Audio Resampling", https://ccrma.stanford.edu/~jos/resample/.
 */
export class Resampler {
  private readonly phaseCount: number;
  private readonly stepSamples: number;
  private readonly halfTaps: number;
  private readonly kernel: Float32Array;
  private buffer: Float32Array;
  /** Samples in `buffer`; the first of them is input sample `bufferStart`. */
  private buffered: number;
  private bufferStart: number;
  private received = 0;
  private produced = 0;

  constructor(inputRateHz: number, outputRateHz: number = ENGINE_SAMPLE_RATE_HZ) {
    const divisor = greatestCommonDivisor(inputRateHz, outputRateHz);
    this.phaseCount = outputRateHz / divisor;
    this.stepSamples = inputRateHz / divisor;
    const isIdentity = inputRateHz === outputRateHz;
    const bandwidth = Math.min(1, outputRateHz / inputRateHz);
    this.halfTaps = isIdentity ? 0 : evenCeiling(HALF_WIDTH_ZERO_CROSSINGS / bandwidth);
    this.kernel = isIdentity ? new Float32Array(0) : polyphaseKernel(this.phaseCount, this.halfTaps, bandwidth * CUTOFF);
    this.buffer = new Float32Array(4096 + 2 * this.halfTaps);
    this.buffered = this.halfTaps;
    this.bufferStart = -this.halfTaps;
  }

  /** Takes the next input samples and returns the output samples that are settled by now. */
  push(input: Float32Array): Float32Array {
    this.received += input.length;
    if (this.halfTaps === 0) return input.slice();
    this.append(input);
    const settled = Math.ceil(((this.received - this.halfTaps) * this.phaseCount) / this.stepSamples);
    return this.produce(Math.max(this.produced, settled));
  }

  /** Ends the input (silence follows it) and returns the remaining output samples. */
  flush(): Float32Array {
    if (this.halfTaps === 0) return new Float32Array(0);
    const total = Math.ceil((this.received * this.phaseCount) / this.stepSamples);
    this.append(new Float32Array(this.halfTaps + 1));
    return this.produce(total);
  }

  private append(input: Float32Array): void {
    const needed = this.buffered + input.length;
    if (needed > this.buffer.length) {
      const larger = new Float32Array(needed * 2);
      larger.set(this.buffer.subarray(0, this.buffered));
      this.buffer = larger;
    }
    this.buffer.set(input, this.buffered);
    this.buffered = needed;
  }

  private produce(until: number): Float32Array {
    const { buffer, kernel, phaseCount, stepSamples, halfTaps } = this;
    const taps = 2 * halfTaps;
    const output = new Float32Array(Math.max(0, until - this.produced));
    for (let index = 0; index < output.length; index++) {
      const position = (this.produced + index) * stepSamples;
      const whole = Math.floor(position / phaseCount);
      let tap = (position - whole * phaseCount) * taps;
      let at = whole - halfTaps + 1 - this.bufferStart;
      // Separate running sums let the processor overlap the multiplications.
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      for (const end = at + taps; at < end; at += TAPS_AT_ONCE, tap += TAPS_AT_ONCE) {
        sum0 += (buffer[at] as number) * (kernel[tap] as number);
        sum1 += (buffer[at + 1] as number) * (kernel[tap + 1] as number);
        sum2 += (buffer[at + 2] as number) * (kernel[tap + 2] as number);
        sum3 += (buffer[at + 3] as number) * (kernel[tap + 3] as number);
      }
      output[index] = sum0 + sum1 + sum2 + sum3;
    }
    this.produced += output.length;
    this.forget();
    return output;
  }

  /** Drops input that no later output reads. */
  private forget(): void {
    const firstNeeded = Math.floor((this.produced * this.stepSamples) / this.phaseCount) - this.halfTaps + 1;
    const drop = Math.min(this.buffered, firstNeeded - this.bufferStart);
    if (drop <= 0) return;
    this.buffer.copyWithin(0, drop, this.buffered);
    this.buffered -= drop;
    this.bufferStart += drop;
  }
}

/** Resamples a whole sound at once. */
export function resample(samples: Float32Array, inputRateHz: number, outputRateHz: number = ENGINE_SAMPLE_RATE_HZ): Float32Array {
  const resampler = new Resampler(inputRateHz, outputRateHz);
  const head = resampler.push(samples);
  const tail = resampler.flush();
  const output = new Float32Array(head.length + tail.length);
  output.set(head);
  output.set(tail, head.length);
  return output;
}

/** [phaseCount x 2 halfTaps]: row p weighs input samples whole - halfTaps + 1 .. whole + halfTaps for the output at whole + p / phaseCount; rows sum to 1. */
function polyphaseKernel(phaseCount: number, halfTaps: number, bandwidth: number): Float32Array {
  const taps = 2 * halfTaps;
  const kernel = new Float32Array(phaseCount * taps);
  const row = new Float64Array(taps);
  const windowPeak = besselI0(KAISER_BETA);
  for (let phase = 0; phase < phaseCount; phase++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - halfTaps + 1 - phase / phaseCount;
      const share = distance / halfTaps;
      const window = Math.abs(share) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - share * share)) / windowPeak;
      const value = sinc(bandwidth * distance) * window;
      row[tap] = value;
      sum += value;
    }
    for (let tap = 0; tap < taps; tap++) kernel[phase * taps + tap] = (row[tap] as number) / sum;
  }
  return kernel;
}

/** The smallest even number not below `value`: twice that many taps come in groups of TAPS_AT_ONCE. */
function evenCeiling(value: number): number {
  return 2 * Math.ceil(value / 2);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
