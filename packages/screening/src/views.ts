/** The tables of a package over a snapshot: what a compiled SELECT reads. */
import { join } from 'node:path';
import type { Snapshot } from '@zhida/register';
import type { SqlTable } from '@zhida/rules';
import type { Duck } from './duck.ts';
import { quoteName, quoteText } from './duck.ts';

/** A stretch of identities: `from` included, `to` not; null: no end on this side. */
export interface Range {
  readonly from: string | null;
  readonly to: string | null;
}

export const EVERYBODY: Range = { from: null, to: null };

/** Rows of the table `label` in the snapshot, and its file. Undefined when nobody sent it. */
export function storedTable(
  { folder, manifest }: Snapshot,
  label: string,
): { readonly path: string; readonly rows: number } | undefined {
  const note = manifest.tables.find((t) => t.table === label);
  return note === undefined ? undefined : { path: join(folder, note.file), rows: note.rows };
}

/** Condition on the identity in `column`; empty for everybody. */
function within(range: Range, column: string): string {
  const tests = [
    ...(range.from === null ? [] : [`${column} >= ${quoteText(range.from)}`]),
    ...(range.to === null ? [] : [`${column} < ${quoteText(range.to)}`]),
  ];
  return tests.length === 0 ? '' : ` WHERE ${tests.join(' AND ')}`;
}

/** Makes the views of `tables` in `duck`; the subjects (the first table) and the rows that they own
 *  only of `range`. `prefix` is put before their names.
 *  Refusal (of register): `snapshot-column` when a column is of another type. */
export async function makeViews(
  duck: Duck,
  snapshot: Snapshot,
  tables: readonly SqlTable[],
  { range = EVERYBODY, prefix = '' }: { readonly range?: Range; readonly prefix?: string } = {},
): Promise<void> {
  const [subjects] = tables;
  const all = tables.map((t) => ({ ...t, name: `${prefix}all_${t.name}` }));
  for (const sql of snapshot.viewsSql(all)) await duck.run(sql);
  for (const table of tables) {
    const own = table === subjects || table.parent === subjects?.entity;
    const where = own ? within(range, table.parent === '' ? 'id' : 'up') : '';
    await duck.run(
      `CREATE OR REPLACE VIEW ${quoteName(`${prefix}${table.name}`)} AS
       SELECT * FROM ${quoteName(`${prefix}all_${table.name}`)}${where}`,
    );
  }
}
