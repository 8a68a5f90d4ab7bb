/** A policy package of this repository, read from its folder. */
import { readFileSync, readdirSync } from 'node:fs';
import { readPackage } from '@zhida/rules';

export type PackageReading = ReturnType<typeof readPackage>;
export type PackageFile = Parameters<typeof readPackage>[0][number];
export type ExampleBlock = PackageReading['examples'][number];

/** The files of `policies/<name>`, paths relative to that folder. */
export function packageFiles(name: string): readonly PackageFile[] {
  const root = new URL(`../../policies/${name}/`, import.meta.url);
  const walk = (folder: string): PackageFile[] =>
    readdirSync(new URL(folder === '' ? '.' : folder, root), { withFileTypes: true })
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = `${folder}${entry.name}`;
        if (entry.isDirectory()) return walk(`${path}/`);
        return [{ path, text: readFileSync(new URL(path, root), 'utf8') }];
      });
  return walk('');
}

/** The package as it stands. Mutants of a broken package would prove nothing. */
export function soundPackage(name: string): PackageReading {
  const reading = readPackage(packageFiles(name));
  const [first] = reading.problems;
  if (first !== undefined) {
    throw new Error(`${name} does not pass its own check: ${first.at.file}:${first.at.line}`);
  }
  return reading;
}
