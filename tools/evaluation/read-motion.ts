import { readFile } from 'node:fs/promises';
import { analyseAudio } from '../../src/main/engine/audio/analyse-audio';
import { PEAKS_PER_SECOND } from '../../src/main/engine/audio/waveform-peaks';
import { unpackProject } from '../../src/main/engine/project/project-file';
import { activeTake } from '../../src/shared/clip/clip-schema';
import { type DecodedStream, decodeTake } from '../../src/shared/clip/decoded-stream';
import { sampleCurve } from '../../src/shared/clip/sample-curve';
import { DETAIL_COUNT, EXPRESSION_NAMES, type ExpressionName, expressionIndex } from '../../src/shared/face/coefficients';
import { createEvaluatedFrame, type EvaluatedFrame, evaluateTake } from '../../src/shared/face/evaluate';
import { quaternionToPitchYawRoll, rotationVectorToQuaternion } from '../../src/shared/face/pose-math';
import { CURVE_RATE_HZ } from './curve-rate';

/** Millimetres of lip gap per unit of each expression weight, as in `lipResponse` of the head's manifest. */
export type LipResponse = Readonly<Partial<Record<ExpressionName, number>>>;

/** What a clip's sheet is drawn from. Curves have one value per 1/60 s. */
export interface ClipMotion {
  readonly durationSeconds: number;
  /** Absolute peaks of the sound, 0..1. */
  readonly peaks: { readonly perSecond: number; readonly values: readonly number[] };
  readonly curves: {
    readonly lipGapMillimetres: readonly number[];
    readonly jawOpen: readonly number[];
    readonly rounding: readonly number[];
    readonly pitchDegrees: readonly number[];
    readonly toothContact: readonly number[];
    readonly wrinkleSum: readonly number[];
  };
  /** Decoded mouth stream before contact, [frames x 58] at 30 fps: what the wrinkle rule reads. */
  readonly mouthRows: readonly (readonly number[])[];
  /** The face at a time, as preview and exports have it. */
  frameAt(timeSeconds: number): EvaluatedFrame;
}

/** Reads a project that the command line has made of one sound. */
export async function readMotion(projectPath: string, soundPath: string, lipResponse: LipResponse): Promise<ClipMotion> {
  const { project } = unpackProject(await readFile(projectPath));
  const clip = project.clips[0];
  const take = clip && activeTake(clip);
  if (!clip || !take) throw new Error(`${projectPath} holds no animation`);
  const { durationSeconds } = clip.audio;
  const decoded = decodeTake(take);
  const frameAt = (timeSeconds: number): EvaluatedFrame => evaluateTake(take, decoded, timeSeconds, createEvaluatedFrame());
  const frames = Array.from({ length: Math.floor(durationSeconds * CURVE_RATE_HZ) }, (_, row) => frameAt(row / CURVE_RATE_HZ));
  const curveOf = (value: (frame: EvaluatedFrame) => number): number[] => frames.map(value);
  const weight = (frame: EvaluatedFrame, name: ExpressionName): number => frame.expression[expressionIndex(name)] ?? 0;
  const tooth = channelCurve(decoded.mouth, decoded.mouth.channelCount - 1, frames.length);
  return {
    durationSeconds,
    peaks: { perSecond: PEAKS_PER_SECOND, values: [...(await analyseAudio(soundPath)).peaks] },
    curves: {
      lipGapMillimetres: curveOf((frame) =>
        Math.max(
          0,
          EXPRESSION_NAMES.reduce((gap, name) => gap + weight(frame, name) * (lipResponse[name] ?? 0), 0),
        ),
      ),
      jawOpen: curveOf((frame) => weight(frame, 'jawOpen')),
      rounding: curveOf((frame) => weight(frame, 'mouthPucker') + weight(frame, 'mouthFunnel')),
      pitchDegrees: curveOf((frame) => ((quaternionToPitchYawRoll(rotationVectorToQuaternion(frame.headRotation))[0] ?? 0) * 180) / Math.PI),
      toothContact: tooth,
      wrinkleSum: curveOf((frame) => frame.detail.reduce((sum, value) => sum + value, 0)),
    },
    mouthRows: rowsOf(decoded.mouth),
    frameAt,
  };
}

/** Wrinkle weights over time from rows at 30 fps, between frames as the product does it. */
export function detailSampler(rows: readonly (readonly number[])[]): (timeSeconds: number) => number[] {
  const stream = { frameCount: rows.length, channelCount: DETAIL_COUNT, values: Float32Array.from(rows.flat()) };
  const values = new Float32Array(DETAIL_COUNT);
  return (timeSeconds) => {
    sampleCurve(stream, timeSeconds, 0, values);
    return Array.from(values, (value) => Math.min(1, Math.max(0, value)));
  };
}

function rowsOf({ values, channelCount, frameCount }: DecodedStream): number[][] {
  return Array.from({ length: frameCount }, (_, frame) => [...values.subarray(frame * channelCount, (frame + 1) * channelCount)]);
}

function channelCurve(stream: DecodedStream, channel: number, length: number): number[] {
  const values = new Float32Array(stream.channelCount);
  return Array.from({ length }, (_, row) => {
    sampleCurve(stream, row / CURVE_RATE_HZ, 0, values);
    return values[channel] ?? 0;
  });
}
