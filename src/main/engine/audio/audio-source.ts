/** One stretch of sound: one array of samples (nominal range -1..1) per channel, all of the same length. */
export type AudioBlock = readonly Float32Array[];

export type AudioContainer = 'wav' | 'aiff' | 'mp3' | 'flac' | 'ogg-flac' | 'ogg-vorbis' | 'ogg-opus';

/** What a reading of the sound has met so far; final once the blocks have all been read. */
export interface ReadingState {
  /** Share of the file's bytes that has been read, 0..1. */
  progress: number;
  /** The file ends before the sound does; what is there was decoded. */
  isTruncated: boolean;
  /** A decoder skipped damaged parts. */
  hasDamage: boolean;
}

/** A sound file opened for decoding. `blocks()` may be called again for a second reading, one at a time; `close()` ends it. */
export interface AudioSource {
  readonly container: AudioContainer;
  /** Name of the sample format, for example `signed16` or `mp3`. */
  readonly encoding: string;
  readonly sampleRateHz: number;
  readonly channelCount: number;
  /** Length when the file states it exactly; undefined where only decoding can tell. */
  readonly durationSeconds: number | undefined;
  readonly state: Readonly<ReadingState>;
  blocks(): AsyncGenerator<AudioBlock, void, undefined>;
  close(): Promise<void>;
}
