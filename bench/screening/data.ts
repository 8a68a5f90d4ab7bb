// Goal: a register of any size that looks like one: all industries, months of figures around the bands,
// about a tenth of many facts unknown. Every value is a hash of row and column, so that each run makes
// the same rows, some hundred thousand a second, streamed to Parquet and never held in memory.
import { mkdirSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openSnapshot, writeSnapshot } from '@zhida/register';
import type { Snapshot } from '@zhida/register';
import { tablesOf } from '@zhida/rules';
import type { RuleSet, SqlColumn, SqlTable } from '@zhida/rules';
import { dice, SPECS, unknown } from './columns.ts';
import { quoted } from './files.ts';

const ROWS_OF_A_LIST = 3;

function rowsOf(table: SqlTable, enterprises: number): number {
  const { perThousand } = SPECS[table.label] ?? { perThousand: 10 };
  return Math.round((enterprises * perThousand) / 1000);
}

/** How many rows a list has: unknown, known to be empty, or up to three. */
function listed(salt: number): string {
  const d = dice(salt, 100);
  return `CASE WHEN ${d} < 4 THEN NULL WHEN ${d} < 7 THEN 0 ELSE 1 + ${d} % ${ROWS_OF_A_LIST} END`;
}

/** Salts of the columns that are made from their type start where the written ones end. */
const FREE_SALTS = 1000;

function optionsOf(ruleSet: RuleSet, table: SqlTable, column: SqlColumn): readonly string[] {
  const entity = ruleSet.entities.find((e) => e.name === table.entity);
  const type = entity?.facts.find((f) => f.name === column.of)?.type;
  return type?.t === 'text' ? (type.options ?? []) : [];
}

function made(ruleSet: RuleSet, table: SqlTable, column: SqlColumn, at: number): string {
  const salt = FREE_SALTS + at * 4;
  switch (column.role) {
    case 'identity':
      return identity(table.parent === '' ? table.entity : table.label, 'i');
    case 'parent':
      return identity(table.parent, `i // ${ROWS_OF_A_LIST}`);
    case 'rows':
      return listed(salt);
    default:
  }
  switch (column.type) {
    case 'boolean':
      return `CASE WHEN ${dice(salt, 10)} < 7 THEN true WHEN ${dice(salt, 10)} < 9 THEN false END`;
    case 'date':
      return unknown(10, salt, `DATE '2023-01-01' + ${dice(salt + 1, 365)}::INTEGER`);
    case 'integer':
      return column.role === 'month' && table.label === '企业'
        ? 'NULL::BIGINT'
        : unknown(8, salt, `(${dice(salt + 1, 100)} + 1) * ${dice(salt + 2, 1_000_000)}`);
    case 'text': {
      const options = optionsOf(ruleSet, table, column);
      if (options.length === 0) return unknown(2, salt, `'名称' || i`);
      const list = options.map((o) => `'${o}'`).join(', ');
      return unknown(8, salt, `(ARRAY[${list}])[${dice(salt + 1, options.length)} + 1]`);
    }
  }
}

/** Padded, so that the rows come in the order of their identities and need no sorting. */
function identity(label: string, row: string): string {
  const prefix = label === '企业' ? '91210500MA' : label;
  return `'${prefix}' || lpad((${row})::VARCHAR, 8, '0')`;
}

/** The SELECT that makes a table of `enterprises` enterprises' register. */
function selectOf(
  ruleSet: RuleSet,
  tables: readonly SqlTable[],
  table: SqlTable,
  enterprises: number,
): string {
  const spec = SPECS[table.label];
  const columns = table.columns.map((c, at) => {
    const sql =
      c.role === 'fact' || c.role === 'month' || c.role === 'gate'
        ? spec?.columns?.[c.label]
        : undefined;
    const type = { integer: 'BIGINT', boolean: 'BOOLEAN', text: 'VARCHAR', date: 'DATE' }[c.type];
    return `(${sql ?? made(ruleSet, table, c, at)})::${type} AS ${quoted(c.label)}`;
  });
  const helpers = Object.entries(spec?.helpers ?? {}).map(([name, sql]) => `${sql} AS ${name}`);
  const parent = tables.find((t) => t.label === table.parent);
  const rows =
    parent === undefined
      ? rowsOf(table, enterprises)
      : rowsOf(parent, enterprises) * ROWS_OF_A_LIST;
  const from = `SELECT ${['i', ...helpers].join(', ')} FROM range(${rows}) numbers(i)`;
  if (parent === undefined) return `SELECT ${columns.join(', ')} FROM (${from})`;
  // A row is there when its parent's list is that long.
  const at = parent.columns.findIndex((c) => c.role === 'rows' && c.of === table.list);
  const length = listed(FREE_SALTS + at * 4).replaceAll('hash(i', `hash((i // ${ROWS_OF_A_LIST})`);
  return `SELECT ${columns.join(', ')} FROM (${from} WHERE i % ${ROWS_OF_A_LIST} < (${length}))`;
}

/** Writes the snapshot of a register of `enterprises` enterprises into `folder`, and opens it. */
export async function makeRegister(
  connection: DuckDBConnection,
  ruleSet: RuleSet,
  folder: string,
  enterprises: number,
): Promise<Snapshot> {
  mkdirSync(folder, { recursive: true });
  const tables = tablesOf(ruleSet);
  const inputs = tables.map((table) => ({
    table,
    parts: [selectOf(ruleSet, tables, table, enterprises)],
    sorted: true,
  }));
  const taking = { knownOn: '', at: '', imports: [] };
  const path = await writeSnapshot(connection, ruleSet, folder, inputs, taking);
  return openSnapshot(path, { check: false });
}
