import {
  type AudioCodec,
  getFirstEncodableAudioCodec,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  type OutputFormat,
  Quality,
  type VideoCodec,
  WebMOutputFormat,
} from 'mediabunny';

/** A kind of film file, with the codecs it is written with, the better first. */
interface FilmFormat {
  readonly label: string;
  readonly fileExtension: string;
  readonly videoCodecs: VideoCodec[];
  readonly audioCodecs: AudioCodec[];
  /** The writer of a file of this kind. */
  open(): OutputFormat;
}

export type FilmFormatId = 'mp4' | 'webm';

/** The kinds of film; AAC comes first because more editing programs read it in MP4 than read Opus there. */
export const FILM_FORMATS: Readonly<Record<FilmFormatId, FilmFormat>> = {
  mp4: {
    label: 'MP4',
    fileExtension: 'mp4',
    videoCodecs: ['avc'],
    audioCodecs: ['aac', 'opus'],
    open: () => new Mp4OutputFormat({ fastStart: 'in-memory' }),
  },
  webm: { label: 'WebM', fileExtension: 'webm', videoCodecs: ['vp9', 'vp8', 'av1'], audioCodecs: ['opus'], open: () => new WebMOutputFormat() },
};

export const FILM_FORMAT_IDS: readonly FilmFormatId[] = ['mp4', 'webm'];

/** How good pictures and sound are; what is asked for is what is encoded. */
export const FILM_QUALITY = new Quality('high');

/** A film the browser can make; `audioCodec` is null when it can only be silent. */
export interface FilmEncoding {
  readonly format: FilmFormatId;
  readonly videoCodec: VideoCodec;
  readonly audioCodec: AudioCodec | null;
}

/** What this browser can encode at a size in pixels, in the order of the formats; empty when it encodes no video. */
export async function findEncodings(picture: { width: number; height: number; frameRate: number }): Promise<FilmEncoding[]> {
  const found = await Promise.all(
    FILM_FORMAT_IDS.map(async (format): Promise<FilmEncoding | null> => {
      const { videoCodecs, audioCodecs } = FILM_FORMATS[format];
      const [videoCodec, audioCodec] = await Promise.all([
        getFirstEncodableVideoCodec(videoCodecs, { ...picture, quality: FILM_QUALITY }),
        getFirstEncodableAudioCodec(audioCodecs, { quality: FILM_QUALITY }),
      ]);
      return videoCodec && { format, videoCodec, audioCodec };
    }),
  );
  return found.filter((encoding) => encoding !== null);
}

const CODEC_NAMES: Partial<Record<VideoCodec | AudioCodec, string>> = { avc: 'H.264', vp9: 'VP9', vp8: 'VP8', av1: 'AV1', aac: 'AAC', opus: 'Opus' };

/** Says what a film holds and what of it may trouble another program, e.g. `VP9 pictures, Opus sound.` */
export function describeEncoding({ format, videoCodec, audioCodec }: FilmEncoding): string {
  const pictures = `${CODEC_NAMES[videoCodec]} pictures`;
  if (audioCodec === null) return `${pictures}. This browser cannot encode sound.`;
  const isSecondChoice = format === 'mp4' && audioCodec === 'opus';
  return `${pictures}, ${CODEC_NAMES[audioCodec]} sound.${isSecondChoice ? ' This browser cannot encode AAC, and some editing programs read no Opus in MP4.' : ''}`;
}

/** Says which formats are missing and why, or what to do when there is none; '' when all are there. */
export function describeMissing(encodings: readonly FilmEncoding[]): string {
  if (encodings.length === 0) return 'This browser cannot encode video. Open the studio in its own window, in Chrome or in Edge.';
  return FILM_FORMAT_IDS.filter((id) => !encodings.some(({ format }) => format === id))
    .map((id) => `No ${FILM_FORMATS[id].label}: this browser cannot encode ${FILM_FORMATS[id].videoCodecs.map((codec) => CODEC_NAMES[codec]).join(', ')}.`)
    .join(' ');
}
