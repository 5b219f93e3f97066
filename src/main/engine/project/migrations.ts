/** Lifts the stored document from version index + 1 to the next one. Add one entry with each change of PROJECT_FORMAT_VERSION. */
const MIGRATIONS: readonly ((document: unknown) => unknown)[] = [];

/** Lifts a stored document of an older version step by step to the current one. */
export function migrateProject(document: unknown, version: number, migrations: typeof MIGRATIONS = MIGRATIONS): unknown {
  return migrations.slice(version - 1).reduce((current, migrate) => migrate(current), document);
}
