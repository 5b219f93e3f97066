import { vi } from 'vitest';

/** A piece of encoded video or sound, one byte long. */
class EncodedChunkStub {
  readonly byteLength = 1;
  constructor(
    readonly timestamp: number,
    readonly duration: number,
    readonly type: 'key' | 'delta',
  ) {}
  copyTo(bytes: Uint8Array): void {
    bytes.fill(7);
  }
}
class EncodedVideoChunkStub extends EncodedChunkStub {}
class EncodedAudioChunkStub extends EncodedChunkStub {}

interface EncoderInit {
  output(chunk: EncodedChunkStub, metadata: { decoderConfig: object }): void;
  error(error: DOMException): void;
}

/** How long a packet of Opus is. */
const OPUS_MICROSECONDS = 20_000;

/** An `OpusHead` for two channels (RFC 7845, 5.1). */
const OPUS_HEAD = new Uint8Array([...new TextEncoder().encode('OpusHead'), 1, 2, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]);

/**
 * Gives the page of a test the encoders of a browser, as far as a film needs them; each picture and each 20 ms of sound becomes one byte.
 * `codecs` are the beginnings of the codec strings they take. Undo with `vi.unstubAllGlobals`.
 */
export function stubEncoders({ codecs }: { codecs: readonly string[] }) {
  const isConfigSupported = async ({ codec }: { codec: string }) => ({ supported: codecs.some((known) => codec.startsWith(known)) });
  const keys: boolean[] = [];
  let openPictures = 0;
  let openEncoders = 0;
  let failingPicture = Number.POSITIVE_INFINITY;

  class Encoder extends EventTarget {
    static isConfigSupported = isConfigSupported;
    encodeQueueSize = 0;
    state = 'unconfigured';
    config: Record<string, unknown> = {};
    constructor(protected readonly init: EncoderInit) {
      super();
      openEncoders++;
    }
    configure(config: Record<string, unknown>): void {
      this.config = config;
      this.state = 'configured';
    }
    async flush(): Promise<void> {}
    close(): void {
      this.state = 'closed';
      openEncoders--;
    }
  }
  class VideoEncoderStub extends Encoder {
    encode(picture: { timestamp: number; duration: number }, { keyFrame }: { keyFrame: boolean }): void {
      if (keys.length === failingPicture) {
        this.init.error(new DOMException('broken', 'EncodingError'));
        return;
      }
      keys.push(keyFrame);
      const { codec, width, height } = this.config;
      this.init.output(new EncodedVideoChunkStub(picture.timestamp, picture.duration, keyFrame ? 'key' : 'delta'), {
        decoderConfig: { codec, codedWidth: width, codedHeight: height },
      });
    }
  }
  class AudioEncoderStub extends Encoder {
    encode({ timestamp, duration }: { timestamp: number; duration: number }): void {
      const { codec, sampleRate, numberOfChannels } = this.config;
      for (let start = 0; start < duration; start += OPUS_MICROSECONDS) {
        const chunk = new EncodedAudioChunkStub(timestamp + start, OPUS_MICROSECONDS, 'key');
        this.init.output(chunk, { decoderConfig: { codec, sampleRate, numberOfChannels, description: OPUS_HEAD } });
      }
    }
  }
  class VideoFrameStub {
    readonly codedWidth = 64;
    readonly codedHeight = 36;
    readonly displayWidth = 64;
    readonly displayHeight = 36;
    readonly format = 'RGBX';
    readonly timestamp: number;
    readonly duration: number;
    constructor(source: { duration?: number }, init: { timestamp: number; duration?: number }) {
      this.timestamp = init.timestamp;
      this.duration = init.duration ?? source.duration ?? 0;
      openPictures++;
    }
    close(): void {
      openPictures--;
    }
  }
  class AudioDataStub {
    readonly timestamp: number;
    readonly duration: number;
    constructor({ timestamp, numberOfFrames, sampleRate }: { timestamp: number; numberOfFrames: number; sampleRate: number }) {
      this.timestamp = timestamp;
      this.duration = (numberOfFrames / sampleRate) * 1e6;
    }
    close(): void {}
  }
  class AudioBufferStub {
    readonly length: number;
    readonly numberOfChannels: number;
    readonly sampleRate: number;
    readonly duration: number;
    constructor({ length, numberOfChannels = 1, sampleRate }: AudioBufferOptions) {
      this.length = length;
      this.numberOfChannels = numberOfChannels;
      this.sampleRate = sampleRate;
      this.duration = length / sampleRate;
    }
    copyFromChannel(): void {}
  }
  vi.stubGlobal('VideoEncoder', VideoEncoderStub);
  vi.stubGlobal('AudioEncoder', AudioEncoderStub);
  vi.stubGlobal('EncodedVideoChunk', EncodedVideoChunkStub);
  vi.stubGlobal('EncodedAudioChunk', EncodedAudioChunkStub);
  vi.stubGlobal('VideoFrame', VideoFrameStub);
  vi.stubGlobal('AudioData', AudioDataStub);
  vi.stubGlobal('AudioBuffer', AudioBufferStub);
  vi.stubGlobal('HTMLCanvasElement', class HTMLCanvasElementStub {});
  return {
    /** Which pictures were asked to be key pictures. */
    keyPictures: () => keys.flatMap((isKey, frame) => (isKey ? [frame] : [])),
    pictureCount: () => keys.length,
    openPictures: () => openPictures,
    openEncoders: () => openEncoders,
    failAtPicture: (frame: number) => {
      failingPicture = frame;
    },
  };
}
