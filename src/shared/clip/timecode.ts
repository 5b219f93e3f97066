import type { Clip, TimecodeSettings } from './clip-schema';
import { EXPORT_RATES, type ExportRate } from './timing';

/** The ways to count timecode, by what they are called: frames a second, 29.97 with frame numbers dropped (DF) or not (NDF). */
export const TIMECODE_FORMATS = ['24', '25', '29.97 DF', '29.97 NDF', '30', '50', '60'] as const;
export type TimecodeFormat = (typeof TIMECODE_FORMATS)[number];

/** Clips from before timecode count from zero at the model's rate. */
export const DEFAULT_TIMECODE: TimecodeSettings = { format: '30', startFrame: 0 };

const DROPPED_PER_MINUTE = 2;

/** The timecode of a clip. */
export function timecodeOf(clip: Pick<Clip, 'timecode'>): TimecodeSettings {
  return clip.timecode ?? DEFAULT_TIMECODE;
}

/** The exact rate of a format. */
export function timecodeRate(format: TimecodeFormat): ExportRate {
  return EXPORT_RATES[format.split(' ')[0] ?? '30'] ?? { numerator: 30, denominator: 1 };
}

/** Frame numbers in a second of timecode: 30 for 29.97. */
export function framesPerLabelSecond(format: TimecodeFormat): number {
  const { numerator, denominator } = timecodeRate(format);
  return Math.round(numerator / denominator);
}

/** The frame of the timecode at a time of the clip, counted from 00:00:00:00. */
export function timecodeFrameAt({ format, startFrame }: TimecodeSettings, clipSeconds: number): number {
  const { numerator, denominator } = timecodeRate(format);
  // A hair more, so that a time computed from a whole frame never falls into the one before it.
  return startFrame + Math.floor((clipSeconds * numerator) / denominator + 1e-3);
}

/** The time in the clip at which a frame of the timecode starts, seconds. */
export function secondsAtTimecode({ format, startFrame }: TimecodeSettings, frame: number): number {
  const { numerator, denominator } = timecodeRate(format);
  return ((frame - startFrame) * denominator) / numerator;
}

/** The timecode at a time of the clip: `01:00:02:14`, with a semicolon before the frames where numbers are dropped. */
export function timecodeAt(settings: TimecodeSettings, clipSeconds: number): string {
  return formatTimecode(settings.format, timecodeFrameAt(settings, clipSeconds));
}

/** A frame counted from 00:00:00:00 as SMPTE timecode; it starts over after 24 hours. */
export function formatTimecode(format: TimecodeFormat, frame: number): string {
  const perSecond = framesPerLabelSecond(format);
  const number = labelNumber(format, Math.max(0, Math.floor(frame)));
  const seconds = Math.floor(number / perSecond);
  const [hours, minutes] = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(hours)}:${two(minutes)}:${two(seconds % 60)}${isDropFrame(format) ? ';' : ':'}${two(number % perSecond)}`;
}

/**
 * The frame that typed timecode names, counted from 00:00:00:00, or null when it names none: a part is too large, or the number is one that drop-frame leaves out.
 * Parts are separated by `:` `;` or `.`; missing ones in front are 0, so `2:14` is 2 s and 14 frames. Digits alone fill from the right: `10002` is 1 min, 0 s and 2 frames.
 */
export function parseTimecode(format: TimecodeFormat, text: string): number | null {
  const typed = text.trim();
  const parts = /^\d{1,8}$/.test(typed) ? (typed.padStart(8, '0').match(/../g) ?? []) : typed.split(/[:;.]/);
  if (parts.length > 4 || parts.some((part) => !/^\d{1,2}$/.test(part))) return null;
  const [hours = 0, minutes = 0, seconds = 0, frames = 0] = [...new Array<number>(4 - parts.length).fill(0), ...parts.map(Number)];
  const perSecond = framesPerLabelSecond(format);
  if (hours > 23 || minutes > 59 || seconds > 59 || frames >= perSecond) return null;
  const allMinutes = 60 * hours + minutes;
  const number = (60 * allMinutes + seconds) * perSecond + frames;
  if (!isDropFrame(format)) return number;
  const isLeftOut = seconds === 0 && frames < DROPPED_PER_MINUTE && minutes % 10 !== 0;
  return isLeftOut ? null : number - DROPPED_PER_MINUTE * (allMinutes - Math.floor(allMinutes / 10));
}

/** True where the first two frame numbers of each minute but every tenth are left out, so that the label keeps up with the clock (SMPTE ST 12-1). */
function isDropFrame(format: TimecodeFormat): boolean {
  return format.endsWith(' DF');
}

/** The frame number a label shows: the frame itself, plus the numbers left out before it. */
function labelNumber(format: TimecodeFormat, frame: number): number {
  if (!isDropFrame(format)) return frame;
  const perMinute = 60 * framesPerLabelSecond(format) - DROPPED_PER_MINUTE;
  const perTenMinutes = 10 * perMinute + DROPPED_PER_MINUTE;
  const tens = Math.floor(frame / perTenMinutes);
  const rest = frame % perTenMinutes;
  // The first minute of ten has all its numbers.
  const minutes = rest < perMinute + DROPPED_PER_MINUTE ? 0 : 1 + Math.floor((rest - perMinute - DROPPED_PER_MINUTE) / perMinute);
  return frame + DROPPED_PER_MINUTE * (9 * tens + minutes);
}
