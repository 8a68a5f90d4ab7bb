// The package under measurement, as it lies in policies/.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PackageFile } from '@zhida/rules';

export const PACKAGE = 'benxi-2023-10';

const home = join(dirname(fileURLToPath(import.meta.url)), '..', 'policies', PACKAGE);

export function packageFiles(): readonly PackageFile[] {
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return {
        path: relative(home, path).split(sep).join('/'),
        text: readFileSync(path, 'utf8'),
      };
    });
}
