import { AppError } from '../../../../shared/contract/errors';
import { frameRateOf } from '../../../../shared/export-model/frame-rate';
import { type SampledFace, sampleTake } from '../../../../shared/export-model/sample-take';
import { MORPH_NAMES } from '../../../../shared/face/coefficients';
import { quaternionToPitchYawRoll, rotationVectorToQuaternion } from '../../../../shared/face/pose-math';
import { exportCheckpoint } from '../export-checkpoint';
import { curveOptionsSchema, exportRange, exportTimecode } from '../export-options';
import { exportProvenance } from '../export-provenance';
import { defineExporter } from '../exporter';

const DEGREES_PER_RADIAN = 180 / Math.PI;
const SAMPLING_SHARE = 0.5;
const FRAMES_PER_CHECKPOINT = 500;

/** Plain curves as JSON: weights, head angles in degrees (pitch, yaw, roll) and head translation in centimetres, one row per frame. */
export const jsonExporter = defineExporter({
  id: 'json',
  label: 'JSON curves',
  fileExtension: 'json',
  mimeType: 'application/json',
  options: curveOptionsSchema,
  async write(input, options, context) {
    const rate = frameRateOf(options.fps);
    const range = exportRange(input.clip, options);
    const face = await sampleTake(input.take, input.decoded, range, rate, options.streams, exportCheckpoint(context, 0, SAMPLING_SHARE));
    if (![face.weights, face.headRotation, face.headTranslation].every((values) => values.every(Number.isFinite))) {
      throw new AppError('bad-input', `A number in the take ${input.take.name} is not finite.`, 'Generate the affected range again.');
    }
    const checkpoint = exportCheckpoint(context, SAMPLING_SHARE, 1);
    const weightMat = await rows(face, checkpoint, (frame) => rounded(face.weights.subarray(frame * MORPH_NAMES.length, (frame + 1) * MORPH_NAMES.length)));
    const headRotation = await rows(face, checkpoint, (frame) => rounded(headAngles(face, frame)));
    const headTranslation = await rows(face, checkpoint, (frame) => rounded(face.headTranslation.subarray(frame * 3, frame * 3 + 3)));
    const text = [
      '{"format":"vividtalker-curves","version":1',
      `"exportFps":${rate.numerator / rate.denominator}`,
      `"numFrames":${face.frameCount}`,
      ...(input.clip.timecode ? [`"timecode":${JSON.stringify(exportTimecode(input.clip, options))}`] : []),
      `"facsNames":${JSON.stringify(MORPH_NAMES)}`,
      `"weightMat":[\n${weightMat}\n]`,
      `"headRotation":[\n${headRotation}\n]`,
      `"headTranslation":[\n${headTranslation}\n]`,
      `"provenance":${JSON.stringify(exportProvenance(input, options))}}\n`,
    ].join(',\n');
    return new TextEncoder().encode(text);
  },
});

function headAngles(face: SampledFace, frame: number): readonly number[] {
  const quaternion = rotationVectorToQuaternion(face.headRotation.subarray(frame * 3, frame * 3 + 3));
  return quaternionToPitchYawRoll(quaternion).map((angle) => angle * DEGREES_PER_RADIAN);
}

async function rows(face: SampledFace, checkpoint: (fraction: number) => Promise<void>, row: (frame: number) => readonly number[]): Promise<string> {
  const lines: string[] = [];
  for (let frame = 0; frame < face.frameCount; frame++) {
    if (frame % FRAMES_PER_CHECKPOINT === 0) await checkpoint(frame / face.frameCount);
    lines.push(JSON.stringify(row(frame)));
  }
  return lines.join(',\n');
}

/** Seven decimals: below what a float32 near 1 can hold, and half the text. */
function rounded(values: ArrayLike<number>): number[] {
  return Array.from(values, (value) => Math.round(value * 1e7) / 1e7 + 0);
}
