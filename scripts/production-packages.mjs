import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The packages that ship with the studio: name, version, licence as an SPDX expression, its text ('' when the package brings none) and home page. Sorted by name. */
export function productionPackages(root) {
  const program = join(root, 'node_modules', 'license-checker-rseidelsohn', 'bin', 'license-checker-rseidelsohn.js');
  const listed = spawnSync(process.execPath, [program, '--production', '--json', '--excludePrivatePackages'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (listed.status !== 0) throw new Error(`the licences could not be listed:\n${listed.stderr}`);
  return Object.entries(JSON.parse(listed.stdout))
    .map(([nameAndVersion, found]) => {
      const at = nameAndVersion.lastIndexOf('@');
      return {
        name: nameAndVersion.slice(0, at),
        version: nameAndVersion.slice(at + 1),
        licence: String(found.licenses),
        text: readLicenceText(found.licenseFile),
        homepage: found.repository ?? '',
      };
    })
    .sort((first, second) => (first.name < second.name ? -1 : first.name > second.name ? 1 : first.version < second.version ? -1 : 1));
}

/** A README found in place of a licence file is no licence text. */
function readLicenceText(path) {
  if (!path || !existsSync(path) || /^readme/i.test(basename(path))) return '';
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim();
}
