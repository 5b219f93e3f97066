import type { Quaternion, Vector3 } from '../face/pose-math';
import type { FrameRate } from './frame-rate';

/** A bone at rest, relative to its parent: metres and quaternion. Parents come before children; `parent` is -1 for a root. */
export interface ExportJoint {
  readonly name: string;
  readonly parent: number;
  readonly translation: Vector3;
  readonly rotation: Quaternion;
}

/** An encoded picture (PNG or JPEG) as it goes into the file. */
export interface ExportImage {
  readonly name: string;
  readonly mimeType: 'image/png' | 'image/jpeg';
  readonly bytes: Uint8Array;
}

/** Surface of a mesh in the metallic-roughness model; colours are linear, 0..1. */
export interface ExportMaterial {
  readonly name: string;
  readonly baseColor: readonly [number, number, number, number];
  readonly metallic: number;
  readonly roughness: number;
  readonly alphaMode: 'OPAQUE' | 'MASK' | 'BLEND';
  readonly alphaCutoff: number;
  readonly doubleSided: boolean;
  readonly baseColorImage: ExportImage | null;
  readonly normalImage: ExportImage | null;
  readonly metallicRoughnessImage: ExportImage | null;
}

/** A blend shape: only the control points that move. Deltas in metres, [indices.length x 3]; normal deltas likewise, unitless. */
export interface ExportTarget {
  readonly channel: number;
  readonly indices: Uint32Array;
  readonly positions: Float32Array;
  readonly normals: Float32Array;
}

/**
 * One mesh with one material. Control points are not split at texture seams, so shapes stay sparse; polygon i has the corners
 * `polygonStarts[i] .. polygonStarts[i + 1]`. Positions in metres, Y up, +Z front, the face's own left at +X.
 */
export interface ExportMesh {
  readonly name: string;
  readonly material: number;
  /** [points x 3] */
  readonly positions: Float32Array;
  /** [points x 3] */
  readonly normals: Float32Array;
  /** [polygons + 1] */
  readonly polygonStarts: Uint32Array;
  /** Control point of each corner. */
  readonly cornerPoints: Uint32Array;
  /** Entry of `uvs` of each corner. */
  readonly cornerUvs: Uint32Array;
  /** [entries x 2], origin at the top left as in glTF. */
  readonly uvs: Float32Array;
  /** [points x 4] joint indices; unused ones are 0 with weight 0. */
  readonly skinJoints: Uint16Array;
  /** [points x 4], each row sums to 1. */
  readonly skinWeights: Float32Array;
  readonly targets: readonly ExportTarget[];
}

/** The head as every writer sees it, without animation. */
export interface ExportScene {
  readonly joints: readonly ExportJoint[];
  readonly materials: readonly ExportMaterial[];
  readonly meshes: readonly ExportMesh[];
  /** Names of the animated weights. */
  readonly channels: readonly string[];
}

/** Rotation of one joint per frame, relative to its parent: [frames x 4] quaternions without sign flips. */
export interface RotationTrack {
  readonly joint: number;
  readonly values: Float32Array;
}

/** Position of one joint per frame, relative to its parent: [frames x 3] metres. */
export interface TranslationTrack {
  readonly joint: number;
  readonly values: Float32Array;
}

/** One animation of the scene, sampled at every frame. `weights` is [frames x channels], 0..1. */
export interface ExportTake {
  readonly name: string;
  readonly frameCount: number;
  readonly rate: FrameRate;
  readonly weights: Float32Array;
  readonly rotations: readonly RotationTrack[];
  readonly translations: readonly TranslationTrack[];
}

/** Where an exported animation comes from; values JSON can hold. */
export type ProvenanceRecord = Readonly<Record<string, unknown>>;
