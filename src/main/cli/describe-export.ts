import { AppError } from '../../shared/contract/errors';

const GLB_MAGIC = 0x46546c67;
const FBX_MAGIC = 'Kaydara FBX Binary  \0';

interface GltfPart {
  readonly asset?: { readonly generator?: string; readonly extras?: unknown };
  readonly meshes?: readonly { readonly name?: string; readonly primitives: readonly { readonly targets?: readonly unknown[] }[] }[];
  readonly animations?: readonly { readonly name?: string; readonly channels: readonly unknown[] }[];
  readonly accessors?: readonly { readonly max?: readonly number[] }[];
}

/** What an exported GLB, FBX or JSON file holds, by its content. AppError 'bad-input' for anything else. */
export function describeExport(bytes: Uint8Array): Record<string, unknown> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, FBX_MAGIC.length));
  if (bytes.length > 20 && view.getUint32(0, true) === GLB_MAGIC) return describeGlb(bytes, view);
  if (start === FBX_MAGIC) return { format: 'FBX', version: view.getUint32(23, true), sizeBytes: bytes.length };
  if (start.trimStart().startsWith('{')) return describeCurves(bytes);
  throw new AppError('bad-input', 'This is neither a project nor an exported GLB, FBX or JSON file.', 'Projects end with .vividtalker.');
}

function describeGlb(bytes: Uint8Array, view: DataView): Record<string, unknown> {
  const json = parse(bytes.subarray(20, 20 + view.getUint32(12, true))) as GltfPart;
  return {
    format: 'GLB',
    sizeBytes: bytes.length,
    generator: json.asset?.generator ?? '',
    meshes: (json.meshes ?? []).map((mesh) => ({ name: mesh.name, shapes: mesh.primitives[0]?.targets?.length ?? 0 })),
    animations: (json.animations ?? []).map((animation) => ({ name: animation.name, channels: animation.channels.length })),
    extras: json.asset?.extras ?? {},
  };
}

function describeCurves(bytes: Uint8Array): Record<string, unknown> {
  const { weightMat, headRotation, headTranslation, ...rest } = parse(bytes) as Record<string, unknown>;
  if (rest.format !== 'vividtalker-curves') throw new AppError('bad-input', 'This JSON file holds no curves of the studio.');
  const count = (rows: unknown): number => (Array.isArray(rows) ? rows.length : 0);
  return {
    ...rest,
    sizeBytes: bytes.length,
    rows: { weightMat: count(weightMat), headRotation: count(headRotation), headTranslation: count(headTranslation) },
  };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new AppError('bad-input', 'The file is damaged: its JSON cannot be read.', 'Export it again.', { cause: error });
  }
}
