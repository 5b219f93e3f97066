import { FRAME_RATE_HZ } from '../../shared/clip/timing';

/** A frame as hours, minutes, seconds and frames of 30: `00:00:02:14`. */
export function formatTimecode(frame: number): string {
  const whole = Math.max(0, Math.floor(frame));
  const seconds = Math.floor(whole / FRAME_RATE_HZ);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, whole % FRAME_RATE_HZ];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
