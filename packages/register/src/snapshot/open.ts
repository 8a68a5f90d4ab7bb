/** A snapshot on disk → its manifest, and views on which a compiled plan runs. */
import { join } from 'node:path';
import type { SqlColumn, SqlTable } from '@zhida/rules';
import { powerAbove, scaledOf } from './decimal.ts';
import { DUCK_TYPE, ident, literal } from './duck.ts';
import { fileHash } from './folder.ts';
import { readManifest, readTakings } from './manifest.ts';
import type { SnapshotColumn, SnapshotManifest, SnapshotTableNote, Taking } from './manifest.ts';
import { Refusal } from './refusal.ts';

export interface Snapshot {
  readonly hash: string;
  readonly folder: string;
  readonly manifest: SnapshotManifest;
  /** Every taking that gave these facts, oldest first. */
  readonly takings: readonly Taking[];
  /** `CREATE OR REPLACE VIEW` for each table: named `SqlTable.name`, with columns `SqlColumn.name`.
   *  A column that nobody sent is NULL of its type; a table that nobody sent has no row.
   *  Refusal: `snapshot-column` when type, scale or unit are not what the table says. */
  viewsSql(reads: readonly SqlTable[]): readonly string[];
  /** For `CompileOptions.magnitudes`: by `table.column` in labels, the smallest power of ten that no
   *  stored value of a number exceeds; 1 where nothing is known. */
  magnitudes(): ReadonlyMap<string, bigint>;
}

function described({ type, scale, unit }: Pick<SqlColumn, 'type' | 'scale' | 'unit'>): string {
  return type === 'integer' ? `${type} × 10^-${scale} ${unit}`.trim() : type;
}

function columnSql(
  column: SqlColumn,
  stored: SnapshotColumn | undefined,
  place: { readonly hash: string; readonly table: string },
): string {
  if (stored === undefined)
    return `CAST(NULL AS ${DUCK_TYPE[column.type]}) AS ${ident(column.name)}`;
  const [found, wanted] = [described(stored), described(column)];
  if (found !== wanted) {
    throw new Refusal('snapshot-column', { ...place, column: column.label, found, wanted });
  }
  return `${ident(column.label)} AS ${ident(column.name)}`;
}

function viewSql(
  folder: string,
  hash: string,
  table: SqlTable,
  note: SnapshotTableNote | undefined,
): string {
  const columns = table.columns.map((c) => {
    const stored = note?.columns.find(({ label }) => label === c.label);
    return columnSql(c, stored, { hash, table: table.label });
  });
  const from =
    note === undefined ? 'WHERE false' : `FROM read_parquet(${literal(join(folder, note.file))})`;
  return `CREATE OR REPLACE VIEW ${ident(table.name)} AS SELECT ${columns.join(', ')} ${from}`;
}

function magnitude({ min, max, scale }: SnapshotColumn): bigint {
  const sizes = [min, max].map((text) => powerAbove(scaledOf(text ?? '0', scale)));
  return sizes.reduce((a, b) => (a > b ? a : b));
}

/** Opens the snapshot in `folder`. Every file is compared with its hash, unless `check` is false.
 *  Refusals: `snapshot-missing`, `snapshot-format`, `snapshot-changed`. */
export async function openSnapshot(
  folder: string,
  { check = true }: { readonly check?: boolean } = {},
): Promise<Snapshot> {
  const manifest = readManifest(folder);
  if (check) {
    for (const { file, sha256 } of manifest.tables) {
      const path = join(folder, file);
      const found = await fileHash(path).catch(() => '');
      if (found !== sha256) throw new Refusal('snapshot-changed', { file: path });
    }
  }
  const { hash, tables } = manifest;
  const noteOf = (label: string): SnapshotTableNote | undefined =>
    tables.find((t) => t.table === label);
  return {
    hash,
    folder,
    manifest,
    takings: readTakings(folder),
    viewsSql: (reads) => reads.map((t) => viewSql(folder, hash, t, noteOf(t.label))),
    magnitudes: () =>
      new Map(
        tables.flatMap((t) =>
          t.columns
            .filter((c) => c.type === 'integer')
            .map((c) => [`${t.table}.${c.label}`, magnitude(c)] as const),
        ),
      ),
  };
}
