import type { TrackId } from '../../shared/clip/clip-schema';
import { FRAME_RATE_HZ, type FrameRange } from '../../shared/clip/timing';
import type { RegionId } from '../../shared/face/regions';

/** Name of a track as users read it. */
export const TRACK_LABELS: Readonly<Record<TrackId, string>> = { head: 'Head', mouth: 'Mouth', wrinkles: 'Wrinkles', eyes: 'Eyes' };

/** Name of a region of the face as users read it. */
export const REGION_LABELS: Readonly<Record<RegionId, string>> = {
  jaw: 'Jaw',
  lips: 'Lips',
  cheeks: 'Cheeks',
  brows: 'Brows',
  forehead: 'Forehead',
  frown: 'Frown',
  nose: 'Nose',
  eyeLines: 'Eye lines',
  mouthLines: 'Mouth lines',
  chin: 'Chin',
};

/** Minutes, seconds and hundredths: `0:02.10`. */
export function formatSeconds(seconds: number): string {
  const hundredths = Math.round(Math.max(0, seconds) * 100);
  const minutes = Math.floor(hundredths / 6000);
  const rest = hundredths - minutes * 6000;
  return `${minutes}:${String(Math.floor(rest / 100)).padStart(2, '0')}.${String(rest % 100).padStart(2, '0')}`;
}

/** A range of frames in seconds: `0:02.10-0:03.40`. */
export function formatRange(range: FrameRange): string {
  return `${formatSeconds(range.startFrame / FRAME_RATE_HZ)}-${formatSeconds(range.endFrame / FRAME_RATE_HZ)}`;
}

/** A seed as four to eight hexadecimal digits. */
export function formatSeed(seed: number): string {
  return seed.toString(16).padStart(4, '0');
}
