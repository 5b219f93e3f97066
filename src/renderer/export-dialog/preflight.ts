import type { Clip, Take } from '../../shared/clip/clip-schema';
import { EXPORT_RATES, FRAME_RATE_HZ } from '../../shared/clip/timing';
import { formatSeconds, TRACK_LABELS } from '../document/describe';

/** One line of the check before an export. */
export interface PreflightItem {
  readonly level: 'good' | 'warning' | 'problem';
  readonly text: string;
}

/** What is about to be written. `streams` false means left out. */
export interface PreflightInput {
  readonly clip: Clip;
  readonly take: Take;
  readonly range: { readonly startSeconds: number; readonly endSeconds: number } | null;
  readonly fps: string;
  readonly streams: Readonly<Record<string, boolean>>;
}

const TRACKS = ['head', 'mouth', 'wrinkles', 'eyes'] as const;

/** Says what the file will hold and what will not move in it. */
export function preflight({ clip, take, range, fps, streams }: PreflightInput): PreflightItem[] {
  const items: PreflightItem[] = [];
  const seconds = range ? range.endSeconds - range.startSeconds : clip.frameCount / FRAME_RATE_HZ;
  const rate = EXPORT_RATES[fps];
  if (seconds <= 0) return [{ level: 'problem', text: 'The range is empty.' }];
  const frames = rate ? Math.max(1, Math.round((seconds * rate.numerator) / rate.denominator)) : 0;
  items.push({ level: 'good', text: `${formatSeconds(seconds)} of animation, about ${frames} frames at ${fps} per second.` });
  const moving = TRACKS.filter((track) => streams[track] !== false && !take.edits[track].muted);
  if (moving.length === 0) items.push({ level: 'problem', text: 'Every stream is left out or switched off: nothing would move.' });
  else items.push({ level: 'good', text: `Moves: ${moving.map((track) => TRACK_LABELS[track].toLowerCase()).join(', ')}.` });
  for (const track of TRACKS) {
    if (streams[track] !== false && take.edits[track].muted)
      items.push({ level: 'warning', text: `${TRACK_LABELS[track]} is switched off in the timeline and stays at rest in the file.` });
    const { amount } = take.edits[track];
    if (moving.includes(track) && amount.base === 0 && amount.keys.length === 0)
      items.push({ level: 'warning', text: `${TRACK_LABELS[track]} has an amount of 0 and will not move.` });
  }
  return items;
}
