import { AppError, throwIfCancelled } from '../../shared/contract/errors';
import type { EncodedPiece, Film } from './write-webm';

/** What to film. Sound, if any, is 48 kHz and starts with the first picture. */
export interface FilmRequest {
  readonly width: number;
  readonly height: number;
  readonly frameRateHz: number;
  readonly frameCount: number;
  readonly sound: AudioBuffer | null;
  /** The picture of a frame, valid until the next call. */
  drawFrame(frame: number): HTMLCanvasElement;
  readonly signal: AbortSignal;
  onProgress(fraction: number): void;
}

/** What the browser can be asked for, the better first. */
const VIDEO_CODECS = [
  { codec: 'vp09.00.31.08', name: 'V_VP9' },
  { codec: 'vp8', name: 'V_VP8' },
] as const;
const KEY_PICTURE_SECONDS = 2;
const BITS_PER_PIXEL = 0.12;
const MOST_WAITING_PICTURES = 4;
const OPUS_RATE_HZ = 48_000;
const OPUS_BITS_PER_SECOND = 128_000;
const SOUND_PIECE_SAMPLES = 9_600;
const MICROSECONDS = 1e6;

/** Encodes pictures and sound with what the browser brings. AppError `not-supported` when it brings nothing, `cancelled` after a cancel. */
export async function encodeFilm(request: FilmRequest): Promise<Film> {
  const { width, height, frameRateHz, frameCount, sound } = request;
  const choice = await chooseVideoCodec(request);
  const audio = sound && (await encodeSound(sound, request.signal));
  const video = await encodePictures(request, choice);
  return {
    durationSeconds: frameCount / frameRateHz,
    video: { codec: choice.name, width, height, frameSeconds: 1 / frameRateHz, pieces: video },
    audio,
  };
}

type VideoChoice = (typeof VIDEO_CODECS)[number] & { readonly config: VideoEncoderConfig };

async function chooseVideoCodec({ width, height, frameRateHz }: FilmRequest): Promise<VideoChoice> {
  if (typeof VideoEncoder !== 'undefined') {
    for (const candidate of VIDEO_CODECS) {
      const bitrate = Math.round(width * height * frameRateHz * BITS_PER_PIXEL);
      const config: VideoEncoderConfig = { codec: candidate.codec, width, height, framerate: frameRateHz, bitrate, latencyMode: 'quality' };
      if ((await VideoEncoder.isConfigSupported(config)).supported) return { ...candidate, config };
    }
  }
  throw new AppError('not-supported', 'This browser cannot encode video.', 'Open the studio in its own window, in Chrome or in Edge, and try again.');
}

async function encodePictures({ frameRateHz, frameCount, drawFrame, signal, onProgress }: FilmRequest, { config }: VideoChoice): Promise<EncodedPiece[]> {
  const pieces: EncodedPiece[] = [];
  let failure: unknown = null;
  const encoder = new VideoEncoder({
    output: (chunk) => pieces.push(pieceOf(chunk)),
    error: (error) => {
      failure = error;
    },
  });
  encoder.configure(config);
  try {
    for (let frame = 0; frame < frameCount; frame++) {
      const picture = new VideoFrame(drawFrame(frame), {
        timestamp: Math.round((frame * MICROSECONDS) / frameRateHz),
        duration: Math.round(MICROSECONDS / frameRateHz),
      });
      encoder.encode(picture, { keyFrame: frame % (KEY_PICTURE_SECONDS * frameRateHz) === 0 });
      picture.close();
      onProgress((frame + 1) / frameCount);
      // The window stays usable, and the encoder is never far behind.
      do await new Promise((done) => setTimeout(done));
      while (encoder.encodeQueueSize > MOST_WAITING_PICTURES && failure === null && !signal.aborted);
      throwIfCancelled(signal);
      if (failure !== null) throw failure;
    }
    await encoder.flush();
  } finally {
    if (encoder.state !== 'closed') encoder.close();
  }
  return pieces;
}

async function encodeSound(sound: AudioBuffer, signal: AbortSignal): Promise<Film['audio']> {
  const channelCount = Math.min(2, sound.numberOfChannels);
  const config: AudioEncoderConfig = { codec: 'opus', sampleRate: OPUS_RATE_HZ, numberOfChannels: channelCount, bitrate: OPUS_BITS_PER_SECOND };
  if (typeof AudioEncoder === 'undefined' || !(await AudioEncoder.isConfigSupported(config)).supported) {
    throw new AppError('not-supported', 'This browser cannot encode sound.', 'Switch off Sound, or open the studio in its own window, in Chrome or in Edge.');
  }
  const pieces: EncodedPiece[] = [];
  const heads: Uint8Array[] = [];
  let failure: unknown = null;
  const encoder = new AudioEncoder({
    output: (chunk, metadata) => {
      const description = metadata?.decoderConfig?.description;
      if (description) heads.push(bytesOf(description));
      pieces.push(pieceOf(chunk));
    },
    error: (error) => {
      failure = error;
    },
  });
  encoder.configure(config);
  try {
    for (let start = 0; start < sound.length; start += SOUND_PIECE_SAMPLES) {
      const count = Math.min(SOUND_PIECE_SAMPLES, sound.length - start);
      const planes = new Float32Array(count * channelCount);
      for (let channel = 0; channel < channelCount; channel++) planes.set(sound.getChannelData(channel).subarray(start, start + count), channel * count);
      const data = new AudioData({
        format: 'f32-planar',
        sampleRate: OPUS_RATE_HZ,
        numberOfFrames: count,
        numberOfChannels: channelCount,
        timestamp: Math.round((start * MICROSECONDS) / OPUS_RATE_HZ),
        data: planes,
      });
      encoder.encode(data);
      data.close();
      throwIfCancelled(signal);
    }
    await encoder.flush();
    if (failure !== null) throw failure;
  } finally {
    if (encoder.state !== 'closed') encoder.close();
  }
  const opusHead = heads[0];
  return opusHead ? { opusHead, channelCount, pieces } : null;
}

function pieceOf(chunk: EncodedVideoChunk | EncodedAudioChunk): EncodedPiece {
  const bytes = new Uint8Array(chunk.byteLength);
  chunk.copyTo(bytes);
  return { timeMicroseconds: chunk.timestamp, isKey: chunk.type === 'key', bytes };
}

function bytesOf(source: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice() : new Uint8Array(source).slice();
}
