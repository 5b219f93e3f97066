/** A field of an export form, made from a JSON schema. */
export type OptionField =
  | { readonly kind: 'choice'; readonly name: string; readonly title: string; readonly values: readonly string[]; readonly default: string }
  | { readonly kind: 'number'; readonly name: string; readonly title: string; readonly minimum: number; readonly maximum: number; readonly default: number }
  | { readonly kind: 'flag'; readonly name: string; readonly title: string; readonly default: boolean }
  | {
      readonly kind: 'flags';
      readonly name: string;
      readonly title: string;
      readonly flags: readonly { readonly name: string; readonly title: string; readonly default: boolean }[];
    };

type Schema = Readonly<Record<string, unknown>>;

/** Options the dialog shows in its own way, because they follow the time selection. */
const OWN_FIELDS = new Set(['range']);

/** The fields of an exporter's options, in the order of its schema. Options of other shapes keep their defaults. */
export function fieldsOfSchema(schema: Schema): OptionField[] {
  return Object.entries(recordOf(schema.properties))
    .filter(([name]) => !OWN_FIELDS.has(name))
    .flatMap(([name, property]) => fieldOf(name, recordOf(property)) ?? []);
}

/** The options a form starts with. */
export function defaultOptions(fields: readonly OptionField[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.map((field) => [field.name, field.kind === 'flags' ? Object.fromEntries(field.flags.map((flag) => [flag.name, flag.default])) : field.default]),
  );
}

function fieldOf(name: string, schema: Schema): OptionField | undefined {
  const title = typeof schema.title === 'string' ? schema.title : name;
  if (Array.isArray(schema.enum)) {
    const values = schema.enum.map(String);
    return { kind: 'choice', name, title, values, default: String(schema.default ?? values[0]) };
  }
  if (schema.type === 'boolean') return { kind: 'flag', name, title, default: schema.default === true };
  if (schema.type === 'number' || schema.type === 'integer') {
    return { kind: 'number', name, title, minimum: numberOf(schema.minimum, 0), maximum: numberOf(schema.maximum, 1), default: numberOf(schema.default, 0) };
  }
  if (schema.type === 'object') {
    const flags = Object.entries(recordOf(schema.properties)).map(([flagName, value]) => {
      const flag = recordOf(value);
      return { name: flagName, title: typeof flag.title === 'string' ? flag.title : flagName, default: flag.default !== false, type: flag.type };
    });
    if (flags.length > 0 && flags.every((flag) => flag.type === 'boolean')) return { kind: 'flags', name, title, flags };
  }
  return undefined;
}

function recordOf(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {};
}

function numberOf(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
