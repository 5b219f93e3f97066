/** Samples between two feature frames (10 ms at 16 kHz). */
export const HOP_SAMPLES = 160;
/** Samples each side of a frame's centre that a frame may read. */
export const REACH_SAMPLES = 400;

/** Number of 10-ms feature frames of a clip of `sampleCount` samples (at least one). */
export function featureFrameCount(sampleCount: number): number {
  return Math.max(1, Math.ceil(sampleCount / HOP_SAMPLES));
}

/** Receives frame after frame: `samples[centre - REACH_SAMPLES .. centre + REACH_SAMPLES)` are the clip's samples around 160 k, times the gain. */
export type FrameConsumer = (samples: Float64Array, centre: number) => void;

/** Cuts a stream of 16-kHz blocks into overlapping frames; samples outside the clip are 0. The block sizes make no difference. */
export class FrameCutter {
  private readonly buffer = new Float64Array(32768);
  private buffered = REACH_SAMPLES;
  private centre = REACH_SAMPLES;
  private received = 0;
  private frames = 0;

  constructor(
    private readonly consume: FrameConsumer,
    private readonly gain = 1,
  ) {}

  push(block: Float32Array): void {
    this.received += block.length;
    this.append(block);
  }

  /** Ends the clip: emits the frames that look beyond its end. Returns the number of frames of the clip. */
  finish(): number {
    const total = featureFrameCount(this.received);
    const silence = new Float32Array(HOP_SAMPLES);
    while (this.frames < total) this.append(silence, total);
    return total;
  }

  private append(block: Float32Array, frameLimit = Number.POSITIVE_INFINITY): void {
    for (let from = 0; from < block.length; ) {
      const count = Math.min(block.length - from, this.buffer.length - this.buffered);
      for (let index = 0; index < count; index++) this.buffer[this.buffered + index] = this.gain * (block[from + index] as number);
      this.buffered += count;
      from += count;
      this.emit(frameLimit);
    }
  }

  private emit(frameLimit: number): void {
    while (this.centre + REACH_SAMPLES <= this.buffered && this.frames < frameLimit) {
      this.consume(this.buffer, this.centre);
      this.frames++;
      this.centre += HOP_SAMPLES;
    }
    const drop = this.centre - REACH_SAMPLES;
    if (drop < this.buffer.length / 2) return;
    this.buffer.copyWithin(0, drop, this.buffered);
    this.buffered -= drop;
    this.centre -= drop;
  }
}
