import type { TimecodeSettings } from '../../shared/clip/clip-schema';
import { formatTimecode, framesPerLabelSecond, parseTimecode, secondsAtTimecode, type TimecodeFormat, timecodeFrameAt } from '../../shared/clip/timecode';
import { formatSeconds } from '../document/describe';
import { labelStepSeconds, secondsOfX, type TimeScale } from './time-scale';

/** A line of the ruler at a time of the clip; those with a label are longer. */
export interface RulerTick {
  readonly seconds: number;
  readonly label: string | null;
}

const LEAST_TIMECODE_PIXELS = 86;
const FRAME_STEPS = [1, 2, 5, 10];
const DAY_SECONDS = 86_400;
const SECOND_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];

/** Ticks at round times of the clip. */
export function secondTicks(scale: TimeScale): RulerTick[] {
  const step = labelStepSeconds(scale.pixelsPerSecond);
  const small = step / 5;
  const ticks: RulerTick[] = [];
  for (let index = Math.floor(scale.scrollSeconds / small); index * small <= secondsOfX(scale, scale.width); index++) {
    const label = formatSeconds(index * small);
    ticks.push({ seconds: index * small, label: index % 5 !== 0 ? null : step < 1 ? label : label.replace(/\.\d+$/, '') });
  }
  return ticks;
}

/** Ticks at round timecodes: whole seconds of the label, or frames where seconds are far apart. */
export function timecodeTicks(scale: TimeScale, settings: TimecodeSettings): RulerTick[] {
  return scale.pixelsPerSecond >= LEAST_TIMECODE_PIXELS ? frameTicks(scale, settings) : wholeSecondTicks(scale, settings);
}

function frameTicks(scale: TimeScale, settings: TimecodeSettings): RulerTick[] {
  const { format } = settings;
  const perSecond = framesPerLabelSecond(format);
  const labelStep = FRAME_STEPS.find((step) => (step / perSecond) * scale.pixelsPerSecond >= LEAST_TIMECODE_PIXELS);
  const smallStep = labelStep === undefined ? (perSecond % 5 === 0 ? 5 : 6) : 1;
  const ticks: RulerTick[] = [];
  const last = timecodeFrameAt(settings, secondsOfX(scale, scale.width));
  for (let frame = timecodeFrameAt(settings, Math.max(0, scale.scrollSeconds)); frame <= last; frame++) {
    const label = formatTimecode(format, frame);
    const number = Number(label.slice(-2));
    const isFirstOfSecond = (): boolean => frame === 0 || formatTimecode(format, frame - 1).slice(0, 8) !== label.slice(0, 8);
    const isLabelled = labelStep === undefined ? isFirstOfSecond() : number % labelStep === 0;
    if (isLabelled || number % smallStep === 0) ticks.push({ seconds: secondsAtTimecode(settings, frame), label: isLabelled ? label : null });
  }
  return ticks;
}

function wholeSecondTicks(scale: TimeScale, settings: TimecodeSettings): RulerTick[] {
  const { format } = settings;
  const step = SECOND_STEPS.find((seconds) => seconds * scale.pixelsPerSecond >= LEAST_TIMECODE_PIXELS) ?? 3600;
  const smallStep = step % 5 === 0 ? step / 5 : 1;
  const first = timecodeFrameAt(settings, Math.max(0, scale.scrollSeconds));
  const last = timecodeFrameAt(settings, secondsOfX(scale, scale.width));
  const ticks: RulerTick[] = [];
  for (let second = smallStep * Math.floor(first / framesPerLabelSecond(format) / smallStep); ; second += smallStep) {
    const frame = frameOfSecond(format, second);
    if (frame > last) return ticks;
    if (frame >= first) ticks.push({ seconds: secondsAtTimecode(settings, frame), label: second % step === 0 ? formatTimecode(format, frame) : null });
  }
}

/** The first frame whose label shows this second; drop-frame may have left out its first numbers. */
function frameOfSecond(format: TimecodeFormat, second: number): number {
  const two = (part: number): string => String(part).padStart(2, '0');
  const [days, rest] = [Math.floor(second / DAY_SECONDS), second % DAY_SECONDS];
  const label = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  const framesPerDay = (parseTimecode(format, `23:59:59:${framesPerLabelSecond(format) - 1}`) ?? 0) + 1;
  return days * framesPerDay + (parseTimecode(format, `${label}:00`) ?? parseTimecode(format, `${label}:02`) ?? 0);
}
