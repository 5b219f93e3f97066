/** Power spectrum of real input of a fixed power-of-two size, by a complex FFT of half the size; double precision. */
export class RealFft {
  readonly binCount: number;
  private readonly half: number;
  private readonly real: Float64Array;
  private readonly imaginary: Float64Array;
  /** cos and sin of 2 pi k / size. */
  private readonly cosine: Float64Array;
  private readonly sine: Float64Array;
  private readonly reversed: Uint32Array;

  constructor(readonly size: number) {
    if (size < 4 || !Number.isInteger(Math.log2(size))) throw new RangeError('the FFT size must be a power of two, at least 4');
    this.half = size / 2;
    this.binCount = this.half + 1;
    this.real = new Float64Array(this.half);
    this.imaginary = new Float64Array(this.half);
    this.cosine = Float64Array.from({ length: this.half }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.sine = Float64Array.from({ length: this.half }, (_, k) => Math.sin((2 * Math.PI * k) / size));
    const bits = Math.log2(this.half);
    this.reversed = Uint32Array.from({ length: this.half }, (_, index) => reverseBits(index, bits));
  }

  /** Writes |X(k)|^2, k = 0 .. size / 2, of `input` (size samples) to `power` (binCount values). */
  powerSpectrum(input: Float64Array, power: Float64Array): void {
    const { half, real, imaginary, reversed, cosine, sine } = this;
    for (let index = 0; index < half; index++) {
      const from = 2 * (reversed[index] as number);
      real[index] = input[from] as number;
      imaginary[index] = input[from + 1] as number;
    }
    this.transform();
    // X(k) = even(k) + e^(-2 pi i k / size) odd(k), where even and odd are the two halves packed into one complex transform.
    for (let k = 0; k <= half; k++) {
      const a = k % half;
      const b = (half - k) % half;
      const evenReal = ((real[a] as number) + (real[b] as number)) / 2;
      const evenImaginary = ((imaginary[a] as number) - (imaginary[b] as number)) / 2;
      const oddReal = ((imaginary[a] as number) + (imaginary[b] as number)) / 2;
      const oddImaginary = ((real[b] as number) - (real[a] as number)) / 2;
      const c = k === half ? -1 : (cosine[k] as number);
      const s = k === half ? 0 : (sine[k] as number);
      const x = evenReal + c * oddReal + s * oddImaginary;
      const y = evenImaginary + c * oddImaginary - s * oddReal;
      power[k] = x * x + y * y;
    }
  }

  private transform(): void {
    const { half, real, imaginary, cosine, sine } = this;
    for (let span = 1; span < half; span *= 2) {
      const stride = half / span;
      for (let start = 0; start < half; start += 2 * span) {
        for (let offset = 0; offset < span; offset++) {
          const c = cosine[offset * stride] as number;
          const s = sine[offset * stride] as number;
          const upper = start + offset;
          const lower = upper + span;
          const x = (real[lower] as number) * c + (imaginary[lower] as number) * s;
          const y = (imaginary[lower] as number) * c - (real[lower] as number) * s;
          real[lower] = (real[upper] as number) - x;
          imaginary[lower] = (imaginary[upper] as number) - y;
          real[upper] = (real[upper] as number) + x;
          imaginary[upper] = (imaginary[upper] as number) + y;
        }
      }
    }
  }
}

function reverseBits(value: number, bits: number): number {
  let result = 0;
  for (let bit = 0; bit < bits; bit++) result |= ((value >> bit) & 1) << (bits - 1 - bit);
  return result;
}
