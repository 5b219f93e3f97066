const GRAIN_SECONDS = 0.07;
const GRAIN_INTERVAL_SECONDS = 0.04;
const FADE_SECONDS = 0.015;
/** Decoding a longer sound whole would take gigabytes. */
export const LONGEST_SCRUB_SECONDS = 600;

/** Plays 70-ms grains of a sound under the hand while the user drags the playhead, in both directions. */
export class Scrubber {
  private context: AudioContext | null = null;
  private buffer: AudioBuffer | null = null;
  private pending: Promise<void> | null = null;
  private lastGrainAt = 0;

  constructor(private readonly readBytes: () => Promise<ArrayBuffer>) {}

  /** Sounds a grain at a time; silent until the sound is decoded. */
  grain(timeSeconds: number): void {
    this.context ??= new AudioContext();
    this.pending ??= this.decode(this.context);
    if (!this.buffer || timeSeconds < 0 || timeSeconds >= this.buffer.duration) return;
    const now = this.context.currentTime;
    if (now - this.lastGrainAt < GRAIN_INTERVAL_SECONDS) return;
    this.lastGrainAt = now;
    const source = new AudioBufferSourceNode(this.context, { buffer: this.buffer });
    const gain = new GainNode(this.context, { gain: 0 });
    gain.gain.setValueAtTime(0, now);
    gain.gain.linearRampToValueAtTime(1, now + FADE_SECONDS);
    gain.gain.setValueAtTime(1, now + GRAIN_SECONDS - FADE_SECONDS);
    gain.gain.linearRampToValueAtTime(0, now + GRAIN_SECONDS);
    source.connect(gain).connect(this.context.destination);
    source.start(now, Math.max(0, timeSeconds - GRAIN_SECONDS / 2), GRAIN_SECONDS);
  }

  dispose(): void {
    void this.context?.close();
  }

  private async decode(context: AudioContext): Promise<void> {
    this.buffer = await context.decodeAudioData(await this.readBytes());
  }
}
