/** Something that counts seconds while playing. The transport follows it and never counts by itself. */
export interface PlaybackClock {
  /** Starts at a time with a speed; rejects when it cannot play. */
  start(fromSeconds: number, rate: number): Promise<void>;
  stop(): void;
  nowSeconds(): number;
}

/** The clock of the sound card: what is heard is what is shown. */
export class MediaClock implements PlaybackClock {
  private readonly element = new Audio();
  private readonly url: string;

  constructor(sound: Blob) {
    this.url = URL.createObjectURL(sound);
    this.element.preload = 'auto';
    this.element.src = this.url;
  }

  async start(fromSeconds: number, rate: number): Promise<void> {
    this.element.playbackRate = rate;
    this.element.currentTime = fromSeconds;
    await this.element.play();
  }

  stop(): void {
    this.element.pause();
  }

  nowSeconds(): number {
    return this.element.currentTime;
  }

  dispose(): void {
    this.element.removeAttribute('src');
    URL.revokeObjectURL(this.url);
  }
}

/** The computer's clock, for reverse playback and where no sound can play. */
export class SystemClock implements PlaybackClock {
  private startedAt = 0;
  private fromSeconds = 0;
  private rate = 0;

  constructor(private readonly nowMilliseconds: () => number = () => performance.now()) {}

  async start(fromSeconds: number, rate: number): Promise<void> {
    this.fromSeconds = fromSeconds;
    this.rate = rate;
    this.startedAt = this.nowMilliseconds();
  }

  stop(): void {
    this.fromSeconds = this.nowSeconds();
    this.rate = 0;
  }

  nowSeconds(): number {
    return this.fromSeconds + (this.rate * (this.nowMilliseconds() - this.startedAt)) / 1000;
  }
}
