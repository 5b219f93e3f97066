import { FRAME_RATE_HZ, type FrameRange, frameCountOf } from '../../shared/clip/timing';
import type { TransientStore } from '../workspace/transient-store';
import { MediaClock, type PlaybackClock, SystemClock } from './playback-clock';
import { LONGEST_SCRUB_SECONDS, Scrubber } from './scrubber';

/** Plays the shown clip: audio is the master clock, the playhead follows it once per screen frame. */
export class Transport {
  private durationSeconds = 0;
  private mediaClock: MediaClock | null = null;
  private readonly systemClock = new SystemClock();
  private clock: PlaybackClock = this.systemClock;
  private scrubber: Scrubber | null = null;
  private loopRange: FrameRange | null = null;
  private stopAtSeconds: number | null = null;
  private frameRequest = 0;

  constructor(private readonly transient: TransientStore) {}

  /** Changes the sound; the playhead stays where it is, within the new duration. Without a sound the picture plays on the computer's clock. */
  setSource(sound: Blob | null, durationSeconds: number): void {
    this.pause();
    this.scrubber?.dispose();
    this.mediaClock?.dispose();
    this.durationSeconds = durationSeconds;
    this.mediaClock = sound && new MediaClock(sound);
    const canScrub = sound !== null && durationSeconds <= LONGEST_SCRUB_SECONDS;
    this.scrubber = canScrub ? new Scrubber(() => sound.arrayBuffer()) : null;
    this.seek(this.positionSeconds);
  }

  /** Repeats this range while playing; null plays to the end. */
  setLoop(range: FrameRange | null): void {
    this.loopRange = range;
  }

  get positionSeconds(): number {
    return this.transient.getState().playheadSeconds;
  }

  /** Plays from the playhead; at the end it starts over. `untilSeconds` stops there once. */
  async play(options: { rate?: number; untilSeconds?: number } = {}): Promise<void> {
    const rate = options.rate ?? 1;
    this.halt();
    this.stopAtSeconds = options.untilSeconds ?? null;
    const from = rate > 0 && this.positionSeconds >= this.durationSeconds - 1 / FRAME_RATE_HZ ? (this.loopStartSeconds ?? 0) : this.positionSeconds;
    this.transient.setState({ isPlaying: true, playbackRate: rate, playheadSeconds: from });
    this.clock = rate > 0 && this.mediaClock ? this.mediaClock : this.systemClock;
    try {
      await this.clock.start(from, rate);
    } catch {
      // Without a sound device the picture still plays, on the computer's clock.
      this.clock = this.systemClock;
      await this.clock.start(from, rate);
    }
    if (this.transient.getState().isPlaying) this.frameRequest = requestAnimationFrame(this.follow);
  }

  pause(): void {
    if (!this.transient.getState().isPlaying) return;
    this.halt();
    this.transient.setState({ isPlaying: false, playbackRate: 1, playheadSeconds: snapToFrame(this.positionSeconds) });
  }

  toggle(): void {
    if (this.transient.getState().isPlaying) this.pause();
    else void this.play();
  }

  /** L, J and K: forward, backward (each press doubles the speed up to 4), stop. */
  shuttle(direction: 1 | -1): void {
    const { isPlaying, playbackRate } = this.transient.getState();
    const isSameWay = isPlaying && Math.sign(playbackRate) === direction;
    void this.play({ rate: isSameWay ? direction * Math.min(4, Math.abs(playbackRate) * 2) : direction });
  }

  /** Moves the playhead, clamped to the clip; playing goes on from there. */
  seek(seconds: number): void {
    const playheadSeconds = Math.min(Math.max(0, seconds), this.lastFrameSeconds);
    this.transient.setState({ playheadSeconds });
    const { isPlaying, playbackRate } = this.transient.getState();
    if (isPlaying) void this.play({ rate: playbackRate });
  }

  /** Moves the playhead by whole frames. */
  step(frames: number): void {
    this.pause();
    this.seek((Math.round(this.positionSeconds * FRAME_RATE_HZ) + frames) / FRAME_RATE_HZ);
  }

  /** Moves the playhead to the nearest frame with a grain of sound. */
  scrub(seconds: number): void {
    this.pause();
    this.seek(snapToFrame(seconds));
    this.scrubber?.grain(this.positionSeconds);
  }

  private get lastFrameSeconds(): number {
    return (frameCountOf(this.durationSeconds) - 1) / FRAME_RATE_HZ;
  }

  private get loopStartSeconds(): number | null {
    return this.loopRange && this.loopRange.startFrame / FRAME_RATE_HZ;
  }

  private readonly follow = (): void => {
    const now = this.clock.nowSeconds();
    const { playbackRate } = this.transient.getState();
    const loopEnd = this.loopRange && this.stopAtSeconds === null ? this.loopRange.endFrame / FRAME_RATE_HZ : null;
    const end = Math.min(this.durationSeconds, this.stopAtSeconds ?? this.durationSeconds);
    if (loopEnd !== null && playbackRate > 0 && now >= Math.min(loopEnd, end) - 0.005) {
      this.transient.setState({ playheadSeconds: this.loopStartSeconds ?? 0 });
      void this.play({ rate: playbackRate });
      return;
    }
    const isAtEnd = playbackRate > 0 ? now >= end - 0.005 : now <= 0;
    this.transient.setState({ playheadSeconds: Math.min(Math.max(0, now), end, this.lastFrameSeconds) });
    if (isAtEnd) this.pause();
    else this.frameRequest = requestAnimationFrame(this.follow);
  };

  private halt(): void {
    cancelAnimationFrame(this.frameRequest);
    this.clock.stop();
  }
}

function snapToFrame(seconds: number): number {
  return Math.round(seconds * FRAME_RATE_HZ) / FRAME_RATE_HZ;
}
