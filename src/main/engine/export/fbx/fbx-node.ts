/** One value of a node, with the type byte it is stored under. */
export type FbxProperty =
  | { readonly type: 'C' | 'I' | 'F' | 'D'; readonly value: number }
  | { readonly type: 'L'; readonly value: bigint }
  | { readonly type: 'S'; readonly value: string }
  | { readonly type: 'R'; readonly value: Uint8Array }
  | { readonly type: 'i'; readonly value: Int32Array }
  | { readonly type: 'l'; readonly value: BigInt64Array }
  | { readonly type: 'f'; readonly value: Float32Array }
  | { readonly type: 'd'; readonly value: Float64Array };

/** A node of the document. `endMarker` forces (true) or drops (false) the empty record after it; undefined follows the rule of the format. */
export interface FbxNode {
  readonly name: string;
  readonly properties: readonly FbxProperty[];
  readonly children: readonly FbxNode[];
  readonly endMarker?: boolean;
}

/** Anything a node's property can be made of; numbers become int32 when written through `int`, doubles otherwise. */
type Value = FbxProperty | number | bigint | string | Int32Array | BigInt64Array | Float32Array | Float64Array;

/** 32-bit integer property. */
export function int(value: number): FbxProperty {
  return { type: 'I', value };
}

/** Byte property, used for flags. */
export function flag(value: boolean): FbxProperty {
  return { type: 'C', value: value ? 1 : 0 };
}

/** Raw bytes property. */
export function raw(value: Uint8Array): FbxProperty {
  return { type: 'R', value };
}

/** Name of an object as the format stores it: name, two separator bytes, class. */
export function objectName(name: string, className: string): string {
  return `${name}\u0000\u0001${className}`;
}

/** Makes a node; plain numbers are doubles, bigints 64-bit integers. */
export function node(name: string, values: readonly Value[] = [], children: readonly FbxNode[] = [], endMarker?: boolean): FbxNode {
  const properties = values.map(toProperty);
  return endMarker === undefined ? { name, properties, children } : { name, properties, children, endMarker };
}

/** `Properties70` with its records. */
export function properties70(...records: readonly FbxNode[]): FbxNode {
  return node('Properties70', [], records);
}

/** One record of `Properties70`: name, type, label, flags (`A` = animatable) and values. */
export function record(name: string, type: string, label: string, flags: string, ...values: readonly Value[]): FbxNode {
  return node('P', [name, type, label, flags, ...values]);
}

function toProperty(value: Value): FbxProperty {
  if (typeof value === 'number') return { type: 'D', value };
  if (typeof value === 'bigint') return { type: 'L', value };
  if (typeof value === 'string') return { type: 'S', value };
  if (value instanceof Int32Array) return { type: 'i', value };
  if (value instanceof BigInt64Array) return { type: 'l', value };
  if (value instanceof Float32Array) return { type: 'f', value };
  if (value instanceof Float64Array) return { type: 'd', value };
  return value;
}
