/** Writes THIRD_PARTY_NOTICES anew; run it after a change of packages, models or other assets. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noticesText } from './third-party-notices.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
writeFileSync(join(root, 'THIRD_PARTY_NOTICES'), noticesText(root));
