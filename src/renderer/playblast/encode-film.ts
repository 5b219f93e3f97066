import { AudioBufferSource, BufferTarget, CanvasSource, Output } from 'mediabunny';
import { AppError, throwIfCancelled } from '../../shared/contract/errors';
import { FILM_FORMATS, FILM_QUALITY, type FilmEncoding } from './film-format';

/** What to film. Sound, if any, starts with the first picture. */
export interface FilmRequest {
  readonly encoding: FilmEncoding;
  readonly frameRateHz: number;
  readonly frameCount: number;
  readonly sound: AudioBuffer | null;
  /** Where the pictures are drawn; its size is that of the film. */
  readonly canvas: HTMLCanvasElement;
  /** Draws the picture of a frame on the canvas. */
  drawFrame(frame: number): void;
  readonly signal: AbortSignal;
  onProgress(fraction: number): void;
}

/** Encodes pictures and sound with what the browser brings and returns the bytes of the file. AppError `not-supported` when the encoder fails, `cancelled` after a cancel. */
export async function encodeFilm(request: FilmRequest): Promise<Uint8Array<ArrayBuffer>> {
  const { encoding, frameRateHz, sound, canvas } = request;
  const target = new BufferTarget();
  const output = new Output({ format: FILM_FORMATS[encoding.format].open(), target });
  const pictures = new CanvasSource(canvas, { codec: encoding.videoCodec, quality: FILM_QUALITY });
  output.addVideoTrack(pictures, { frameRate: frameRateHz });
  const soundTrack = sound && addSoundTrack(output, encoding, sound);
  try {
    await output.start();
    await Promise.all([sound && soundTrack?.add(sound), addPictures(pictures, request)]);
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw asAppError(error);
  }
  if (!target.buffer) throw new Error('the film was finished without its bytes');
  return new Uint8Array(target.buffer);
}

function addSoundTrack(output: Output, { audioCodec }: FilmEncoding, sound: AudioBuffer): AudioBufferSource {
  if (audioCodec === null) {
    throw new AppError('not-supported', 'This browser cannot encode sound.', 'Switch off Sound, or open the studio in its own window, in Chrome or in Edge.');
  }
  const source = new AudioBufferSource({
    codec: audioCodec,
    quality: FILM_QUALITY,
    ...(sound.numberOfChannels > 2 ? { transform: { numberOfChannels: 2 } } : {}),
  });
  output.addAudioTrack(source);
  return source;
}

async function addPictures(pictures: CanvasSource, { frameRateHz, frameCount, drawFrame, signal, onProgress }: FilmRequest): Promise<void> {
  for (let frame = 0; frame < frameCount; frame++) {
    throwIfCancelled(signal);
    drawFrame(frame);
    await pictures.add(frame / frameRateHz, 1 / frameRateHz);
    onProgress((frame + 1) / frameCount);
    // The window stays usable however fast the encoder is.
    await new Promise((done) => setTimeout(done));
  }
  throwIfCancelled(signal);
}

/** Browsers tell of a failed encoder with a DOMException, which says nothing to an animator. */
function asAppError(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  return new AppError('not-supported', 'The browser failed to encode the film.', 'Choose the other format or a smaller size and try again.', { cause: error });
}
