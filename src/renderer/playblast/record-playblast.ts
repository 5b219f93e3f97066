import { timecodeAt, timecodeOf } from '../../shared/clip/timecode';
import { FRAME_RATE_HZ } from '../../shared/clip/timing';
import type { SecondsRange } from '../../shared/export-model/sample-take';
import type { Shown, Studio } from '../session/studio';
import { runJob } from '../workspace/job-store';
import { showError, showNotice } from '../workspace/notice-store';
import { encodeFilm } from './encode-film';
import { FILM_FORMATS, type FilmEncoding } from './film-format';
import { FilmPicture } from './film-picture';
import type { FilmStage } from './film-stage';
import { rangeSound } from './range-sound';

/** What a playblast shows. */
export interface PlayblastOptions {
  readonly range: SecondsRange;
  readonly width: number;
  readonly height: number;
  readonly encoding: FilmEncoding;
  readonly hasSound: boolean;
  readonly hasBurnIn: boolean;
}

/** Films a take from the stage and saves the film. Resolves to true when it is on disk. */
export async function recordPlayblast(studio: Studio, { clip, take }: Shown, stage: FilmStage, options: PlayblastOptions): Promise<boolean> {
  const { range, width, height, encoding } = options;
  try {
    const bytes = await runJob(studio.jobs, 'Playblast', clip.id, async ({ signal, onProgress }) => {
      const sound = options.hasSound ? await rangeSound(studio, clip, range) : null;
      const picture = new FilmPicture(width, height);
      const close = stage.open(width, height);
      try {
        return await encodeFilm({
          encoding,
          frameRateHz: FRAME_RATE_HZ,
          frameCount: Math.max(1, Math.round((range.endSeconds - range.startSeconds) * FRAME_RATE_HZ)),
          sound,
          canvas: picture.canvas,
          signal,
          onProgress: (fraction) => onProgress(fraction, 'Filming'),
          drawFrame: (frame) => {
            const seconds = range.startSeconds + frame / FRAME_RATE_HZ;
            const burnIn = options.hasBurnIn ? { title: `${clip.name}  ${take.name}`, timecode: timecodeAt(timecodeOf(clip), seconds) } : null;
            picture.draw(stage.draw(take, seconds), burnIn);
          },
        });
      } finally {
        close();
      }
    });
    const saved = await studio.shell.saveFile({ suggestedName: `${clip.name} ${take.name}.${FILM_FORMATS[encoding.format].fileExtension}`, bytes });
    if (saved) showNotice(studio.notices, 'success', `Playblast ${saved.fileName} saved`);
    return saved !== null;
  } catch (error) {
    showError(studio.notices, error);
    return false;
  }
}
