type Migration = (document: unknown) => unknown;

/** 1 to 2: a project says which model it uses. */
const addModelId: Migration = (document) => (isRecord(document) ? { ...document, formatVersion: 2, modelId: null } : document);

/** Lifts the stored document from version index + 1 to the next one. Add one entry with each change of PROJECT_FORMAT_VERSION. */
const MIGRATIONS: readonly Migration[] = [addModelId];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Lifts a stored document of an older version step by step to the current one. */
export function migrateProject(document: unknown, version: number, migrations = MIGRATIONS): unknown {
  return migrations.slice(version - 1).reduce((current, migrate) => migrate(current), document);
}
