import { readFileSync } from 'node:fs';

interface AsarEntry {
  readonly files?: Readonly<Record<string, AsarEntry>>;
  readonly offset?: string;
  readonly size?: number;
  readonly unpacked?: boolean;
}

/** A read asar archive: the paths of its files ('/package.json'), and their contents unless they lie beside it. */
export interface AsarArchive {
  readonly paths: readonly string[];
  read(path: string): string;
}

/** Reads an Electron archive: a Chromium pickle with a JSON directory, then the files one after another (https://github.com/electron/asar#format). */
export function readAsar(archivePath: string): AsarArchive {
  const bytes = readFileSync(archivePath);
  const contentStart = 8 + bytes.readUInt32LE(4);
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as AsarEntry;
  const entries = new Map(listFiles(header, ''));
  return {
    paths: [...entries.keys()],
    read: (path) => {
      const entry = entries.get(path);
      if (entry?.offset === undefined || entry.size === undefined) throw new Error(`'${path}' is not inside the archive`);
      const start = contentStart + Number(entry.offset);
      return bytes.toString('utf8', start, start + entry.size);
    },
  };
}

function listFiles(entry: AsarEntry, path: string): [string, AsarEntry][] {
  if (!entry.files) return [[path, entry]];
  return Object.entries(entry.files).flatMap(([name, child]) => listFiles(child, `${path}/${name}`));
}
