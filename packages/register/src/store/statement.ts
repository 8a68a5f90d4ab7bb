/** What every import ever said of one subject, row by row. */
import type { DuckDBConnection, DuckDBListValue, DuckDBValue } from '@duckdb/node-api';
import type { SqlColumn, SqlTable } from '@zhida/rules';
import type { CellValue } from '../record.ts';
import { ident, literal, rowsOf, whole } from '../snapshot/duck.ts';
import type { Row } from '../snapshot/duck.ts';
import { keyOf } from '../snapshot/write.ts';
import type { Entry } from './entry.ts';
import { broughtColumns, fileOf, saidOf, storedSql } from './known.ts';
import { OWN } from './staging.ts';

/** One row of an import about a subject. */
export interface SubjectRow {
  readonly entry: Entry;
  readonly id: string;
  readonly sheet: string;
  readonly row: number;
  /** Grounds of a derived fact; else empty. */
  readonly basis: string;
  /** null: taken back. What the row leaves blank is not there. */
  readonly values: ReadonlyMap<SqlColumn, CellValue | null>;
}

function valueOf(value: DuckDBValue | undefined): CellValue | undefined {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'number' ? BigInt(value) : (value as CellValue);
}

function rowOf(entry: Entry, columns: readonly SqlColumn[], row: Row): SubjectRow {
  const taken = row[OWN.withdrawn] as DuckDBListValue | null;
  const values = new Map<SqlColumn, CellValue | null>();
  columns.forEach((column, n) => {
    const value = valueOf(row[`v${n}`]);
    if (value !== undefined) values.set(column, value);
    else if (taken?.items.includes(column.label)) values.set(column, null);
  });
  return {
    entry,
    id: String(row['id']),
    sheet: String(row[OWN.sheet]),
    row: Number(whole(row[OWN.row]) ?? 0n),
    basis: String(row[OWN.basis] ?? ''),
    values,
  };
}

/** The rows about a subject, or, in a table of rows, about its list; in order of commit and place. */
export async function subjectRows(
  connection: DuckDBConnection,
  table: SqlTable,
  entries: readonly Entry[],
  id: string,
): Promise<readonly SubjectRow[]> {
  const keys = keyOf(table).map(ident);
  const found: SubjectRow[] = [];
  for (const said of saidOf(entries, table.label)) {
    const columns = broughtColumns(table, [said]);
    const list = columns.map((c, n) => {
      const sql = storedSql(table, c, said);
      return `${c.type === 'date' ? `${sql}::VARCHAR` : sql} AS v${n}`;
    });
    const own = [OWN.sheet, OWN.row, OWN.withdrawn, OWN.basis].map(ident);
    const rows = await rowsOf(
      connection,
      `SELECT ${[`${keys.at(-1) ?? ''} AS id`, ...own, ...list].join(', ')} FROM ${fileOf(said)}
       WHERE ${keys[0] ?? ''} = ${literal(id)} ORDER BY ${ident(OWN.order)}`,
    );
    const entry = entries[said.rank];
    if (entry !== undefined) found.push(...rows.map((row) => rowOf(entry, columns, row)));
  }
  return found;
}
