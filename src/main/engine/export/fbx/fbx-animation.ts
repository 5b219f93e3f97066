import type { ExportTake } from '../../../../shared/export-model/export-scene';
import type { Checkpoint } from '../../../../shared/export-model/sample-take';
import { quaternionToFixedXyz, unwrapFixedXyz, type Vector3 } from '../../../../shared/face/pose-math';
import { int, node, objectName, properties70, record } from './fbx-node';
import type { FbxObjects } from './fbx-objects';
import { frameTicks } from './fbx-time';
import { CENTIMETRES_PER_METRE, DEGREES_PER_RADIAN } from './fbx-units';

const KEY_FLAGS_LINEAR = 24836;
const KEY_ATTRIBUTES = new Float32Array(new Uint32Array([0, 0, 0x0f3f0f3f, 0]).buffer);
const PERCENT = 100;

/** What animation refers to: ids of bones and, per scene channel, of the blend shape channels of all meshes. */
export interface AnimationTargets {
  readonly jointIds: readonly bigint[];
  readonly channelIds: ReadonlyMap<number, readonly bigint[]>;
  readonly channelCount: number;
}

interface TakeWriter {
  readonly objects: FbxObjects;
  readonly layerId: bigint;
  readonly times: BigInt64Array;
  readonly endTimes: BigInt64Array;
}

/** Writes one take: stack, layer, curve nodes and curves, a key at every frame. */
export async function writeTake(objects: FbxObjects, take: ExportTake, targets: AnimationTargets, checkpoint: Checkpoint): Promise<void> {
  const stop = stopTicks(take);
  const time = (name: string, ticks: bigint) => record(name, 'KTime', 'Time', '', ticks);
  const stackId = objects.add('AnimationStack', objectName(take.name, 'AnimStack'), '', [
    properties70(time('LocalStart', 0n), time('LocalStop', stop), time('ReferenceStart', 0n), time('ReferenceStop', stop)),
  ]);
  // Some readers find no animation at all when the empty record after the layer is missing.
  const layerId = objects.add('AnimationLayer', objectName('BaseLayer', 'AnimLayer'), '', [], true);
  objects.connect(layerId, stackId);
  const times = BigInt64Array.from({ length: take.frameCount }, (_, frame) => frameTicks(take.rate, frame));
  const writer: TakeWriter = { objects, layerId, times, endTimes: BigInt64Array.of(0n, stop) };
  const trackCount = take.rotations.length + take.translations.length + targets.channelIds.size;
  let done = 0;
  for (const track of take.rotations) {
    await checkpoint(done++ / trackCount);
    writeVectorCurves(writer, 'R', targets.jointIds[track.joint], 'Lcl Rotation', eulerCurves(track.values, take.frameCount));
  }
  for (const track of take.translations) {
    await checkpoint(done++ / trackCount);
    const axis = (offset: number) => column(track.values, take.frameCount, 3, offset, CENTIMETRES_PER_METRE);
    writeVectorCurves(writer, 'T', targets.jointIds[track.joint], 'Lcl Translation', [axis(0), axis(1), axis(2)]);
  }
  for (const [channel, ids] of targets.channelIds) {
    await checkpoint(done++ / trackCount);
    const values = column(take.weights, take.frameCount, targets.channelCount, channel, PERCENT);
    for (const id of ids) writeWeightCurve(writer, id, values);
  }
}

/** Time of the last key of a take. */
export function stopTicks(take: ExportTake): bigint {
  return frameTicks(take.rate, Math.max(1, take.frameCount - 1));
}

function column(values: Float32Array, frameCount: number, width: number, offset: number, factor: number): Float32Array {
  const result = new Float32Array(frameCount);
  for (let frame = 0; frame < frameCount; frame++) result[frame] = (values[frame * width + offset] ?? 0) * factor;
  return result;
}

function eulerCurves(quaternions: Float32Array, frameCount: number): [Float32Array, Float32Array, Float32Array] {
  const curves: [Float32Array, Float32Array, Float32Array] = [new Float32Array(frameCount), new Float32Array(frameCount), new Float32Array(frameCount)];
  let previous: Vector3 = [0, 0, 0];
  for (let frame = 0; frame < frameCount; frame++) {
    const at = (offset: number): number => quaternions[frame * 4 + offset] ?? 0;
    previous = unwrapFixedXyz(quaternionToFixedXyz([at(0), at(1), at(2), at(3)]), previous);
    curves.forEach((curve, axis) => {
      curve[frame] = previous[axis as 0 | 1 | 2] * DEGREES_PER_RADIAN;
    });
  }
  return curves;
}

function writeVectorCurves(
  writer: TakeWriter,
  name: 'R' | 'T',
  jointId: bigint | undefined,
  property: string,
  curves: readonly [Float32Array, Float32Array, Float32Array],
): void {
  if (jointId === undefined) throw new RangeError('the animation refers to a bone that does not exist');
  const axes = ['d|X', 'd|Y', 'd|Z'] as const;
  const defaults = axes.map((axis, i) => record(axis, 'Number', '', 'A', curves[i]?.[0] ?? 0));
  const nodeId = writer.objects.add('AnimationCurveNode', objectName(name, 'AnimCurveNode'), '', [properties70(...defaults)]);
  writer.objects.connect(nodeId, writer.layerId);
  writer.objects.connectToProperty(nodeId, jointId, property);
  curves.forEach((curve, i) => {
    writer.objects.connectToProperty(writeCurve(writer, curve), nodeId, axes[i] ?? 'd|X');
  });
}

function writeWeightCurve(writer: TakeWriter, channelId: bigint, values: Float32Array): void {
  const nodeId = writer.objects.add('AnimationCurveNode', objectName('DeformPercent', 'AnimCurveNode'), '', [
    properties70(record('d|DeformPercent', 'Number', '', 'A', values[0] ?? 0)),
  ]);
  writer.objects.connect(nodeId, writer.layerId);
  writer.objects.connectToProperty(nodeId, channelId, 'DeformPercent');
  writer.objects.connectToProperty(writeCurve(writer, values), nodeId, 'd|DeformPercent');
}

function writeCurve(writer: TakeWriter, values: Float32Array): bigint {
  const first = values[0] ?? 0;
  const isConstant = values.every((value) => value === first);
  const keyValues = isConstant ? Float32Array.of(first, first) : values;
  return writer.objects.add('AnimationCurve', objectName('', 'AnimCurve'), '', [
    node('Default', [first]),
    node('KeyVer', [int(4008)]),
    node('KeyTime', [isConstant ? writer.endTimes : writer.times]),
    node('KeyValueFloat', [keyValues]),
    node('KeyAttrFlags', [Int32Array.of(KEY_FLAGS_LINEAR)]),
    node('KeyAttrDataFloat', [KEY_ATTRIBUTES]),
    node('KeyAttrRefCount', [Int32Array.of(keyValues.length)]),
  ]);
}
