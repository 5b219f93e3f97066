import { FRAME_RATE_HZ } from '../../clip/timing';
import type { Finding } from '../finding';
import type { CheckedScene } from '../scene';

const LARGEST_LAG_SECONDS = 0.08;
/** Loudness and lip gap go together only loosely, so that a shorter part proves nothing (docs/qa.md). */
const WINDOW_FRAMES = 8 * FRAME_RATE_HZ;
const STEP_FRAMES = FRAME_RATE_HZ;
const SEARCHED_FRAMES = 12;
/** Quieter than this below loud speech, how quiet says nothing about the lips. */
const FLOOR_DECIBELS = -30;
/** A lag counts only where lips and sound clearly go together at it, and clearly less without it. */
const CLEAR_CORRELATION = 0.35;
const CLEAR_ADVANTAGE = 0.1;

/** The lips follow the sound too late, or go ahead of it. */
export function sync({ motion: { lipGap, frameCount }, sound: { level } }: CheckedScene): Finding[] {
  const heard = level.map((decibels) => Math.max(FLOOR_DECIBELS, decibels));
  const findings: Finding[] = [];
  for (let startFrame = 0; startFrame + WINDOW_FRAMES <= frameCount; startFrame += STEP_FRAMES) {
    const lagSeconds = clearLagSeconds(lipGap, heard, startFrame);
    if (Math.abs(lagSeconds) <= LARGEST_LAG_SECONDS) continue;
    const endFrame = startFrame + WINDOW_FRAMES;
    const measure = lagSeconds > 0 ? 'late by' : 'early by';
    const value = 1000 * Math.abs(lagSeconds);
    const last = findings.at(-1);
    if (last && last.endFrame >= startFrame && last.measure === measure)
      findings[findings.length - 1] = { ...last, endFrame, value: Math.max(last.value, value) };
    else findings.push({ startFrame, endFrame, rule: 'sync', measure, value, threshold: 1000 * LARGEST_LAG_SECONDS, unit: 'ms' });
  }
  return findings;
}

/** By how much the lips lag behind the loudness in a window; 0 when that is not clear. */
function clearLagSeconds(lipGap: Float32Array, level: Float32Array, startFrame: number): number {
  const correlations = Array.from({ length: 2 * SEARCHED_FRAMES + 1 }, (_, index) => correlation(lipGap, level, startFrame, index - SEARCHED_FRAMES));
  const best = correlations.indexOf(Math.max(...correlations));
  const peak = correlations[best] ?? 0;
  const isAtEdge = best === 0 || best === correlations.length - 1;
  const isClear = !isAtEdge && peak >= CLEAR_CORRELATION && peak - (correlations[SEARCHED_FRAMES] ?? 0) >= CLEAR_ADVANTAGE;
  return isClear ? (best - SEARCHED_FRAMES) / FRAME_RATE_HZ : 0;
}

/** Correlation of the lip gap, taken `lag` frames later, with the level in the middle of a window. */
function correlation(lipGap: Float32Array, level: Float32Array, startFrame: number, lag: number): number {
  const count = WINDOW_FRAMES - 2 * SEARCHED_FRAMES;
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let frame = startFrame + SEARCHED_FRAMES; frame < startFrame + SEARCHED_FRAMES + count; frame++) {
    const a = lipGap[frame + lag] ?? 0;
    const b = level[frame] ?? 0;
    sumA += a;
    sumB += b;
    sumAA += a * a;
    sumBB += b * b;
    sumAB += a * b;
  }
  const spread = Math.sqrt((sumAA - (sumA * sumA) / count) * (sumBB - (sumB * sumB) / count));
  return spread > 0 ? (sumAB - (sumA * sumB) / count) / spread : 0;
}
