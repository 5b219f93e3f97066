/** Peaks per second for drawing a waveform. */
export const PEAKS_PER_SECOND = 100;

/** Collects the largest absolute sample of every 10 ms of a stream of 16-kHz blocks. */
export class PeakCollector {
  private static readonly samplesPerPeak = 160;
  private values = new Float32Array(1024);
  private received = 0;

  push(block: Float32Array): void {
    const last = Math.floor((this.received + block.length) / PeakCollector.samplesPerPeak);
    if (last >= this.values.length) {
      const larger = new Float32Array(2 * (last + 1));
      larger.set(this.values);
      this.values = larger;
    }
    for (let index = 0; index < block.length; index++) {
      const slot = Math.floor((this.received + index) / PeakCollector.samplesPerPeak);
      this.values[slot] = Math.max(this.values[slot] as number, Math.abs(block[index] as number));
    }
    this.received += block.length;
  }

  /** All peaks, one per begun 10 ms, 0..1 for sound that does not clip. */
  finish(): Float32Array {
    return this.values.slice(0, Math.max(1, Math.ceil(this.received / PeakCollector.samplesPerPeak)));
  }
}
