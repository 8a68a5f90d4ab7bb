/** A staged file beside what is known now: who is new, which values change, what is not said again. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RuleSet, SqlColumn, SqlTable } from '@zhida/rules';
import type { CellValue } from '../record.ts';
import { decimalOf } from '../snapshot/decimal.ts';
import { DUCK_TYPE, countOf, ident, rowOf, rowsOf, whole } from '../snapshot/duck.ts';
import type { Row } from '../snapshot/duck.ts';
import { isMoney } from '../snapshot/statistics.ts';
import { keyOf } from '../snapshot/write.ts';
import type { Entry } from './entry.ts';
import { broughtColumns, factsSql, fileOf, isPlain, saidOf, takenBack } from './known.ts';
import type { Said } from './known.ts';
import { tableIn, textOf } from './layout.ts';
import { knownTable } from './view.ts';
import type { Tables } from './view.ts';

export interface ColumnDifference {
  readonly label: string;
  /** Values for what was unknown; other values than known; values as known; values taken back. */
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly withdrawn: number;
  /** Of a column in 元: sum over everyone as known before and after the import, decimal text. */
  readonly sumBefore: string | null;
  readonly sumAfter: string | null;
}

export interface ValueDifference {
  readonly table: string;
  readonly id: string;
  /** In a list, whose row it is; else empty. */
  readonly parent: string;
  readonly label: string;
  /** As people write it; null: unknown. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface TableDifference {
  readonly table: string;
  /** Subjects of the file, or rows of a list, that the register does not know yet, and that it does. */
  readonly added: number;
  readonly known: number;
  /** Subjects of the last import of the same source that this file does not name: nothing of them
   *  changes. In a list: rows that are gone, because the file brings the whole list of a parent. */
  readonly absent: number;
  readonly columns: readonly ColumnDifference[];
  /** The first of them in order of identity. */
  readonly addedSample: readonly string[];
  readonly absentSample: readonly string[];
  readonly changes: readonly ValueDifference[];
}

/** How many examples of each kind a difference names. */
const SAMPLE = 20;

export interface Comparison {
  readonly connection: DuckDBConnection;
  readonly ruleSet: RuleSet;
  readonly tables: Tables;
  /** Imports in force. */
  readonly entries: readonly Entry[];
  /** The staged import, as if it were the next one. */
  readonly staged: Entry;
}

interface Joined extends Comparison {
  readonly table: SqlTable;
  readonly columns: readonly SqlColumn[];
  readonly said: readonly Said[];
}

const keysOf = (table: SqlTable): readonly string[] => keyOf(table).map(ident);

/** The file with one row a subject; a file that has it so is read as it lies. */
function stagedSql(table: SqlTable, columns: readonly SqlColumn[], said: readonly Said[]): string {
  const [only] = said;
  if (only !== undefined && isPlain(said) && only.note.columns.every((c) => c.withdrawn === 0)) {
    return `SELECT *, ${columns.map((_, n) => `false AS w${n}`).join(', ')} FROM ${fileOf(only)}`;
  }
  const taken = new Set(
    said.flatMap((t) => t.note.columns.flatMap((k) => (k.withdrawn > 0 ? [k.label] : []))),
  );
  const more = columns.map((k, n) => `${taken.has(k.label) ? takenBack(k) : 'false'} AS w${n}`);
  return factsSql({ table, columns, said, more });
}

/** One row of the file, or of a known list that the file replaces: values before (`b…`), values that
 *  the file gives (`s…`), and whether it takes one back (`w…`). */
function joinedSql({ tables, entries, table, columns, said }: Joined): string {
  const keys = keysOf(table);
  const [first = ''] = keys;
  const known = knownTable(tables, entries, table);
  const within = `${first} IN (SELECT ${first} FROM ${said.map(fileOf).join('')})`;
  const shared = columns.filter((k) => known?.columns.includes(k));
  const before =
    known === undefined
      ? `SELECT ${keys.map((k) => `NULL::VARCHAR AS ${k}`).join(', ')} WHERE false`
      : known.sql(shared, within);
  const list = columns.flatMap((k, n) => [
    shared.includes(k)
      ? `b.${ident(k.label)} AS b${n}`
      : `CAST(NULL AS ${DUCK_TYPE[k.type]}) AS b${n}`,
    `s.${ident(k.label)} AS s${n}`,
    `coalesce(w${n}, false) AS w${n}`,
  ]);
  const key = keys.map((k, n) => `coalesce(s.${k}, b.${k}) AS k${n}`);
  const inBoth = [`b.${first} IS NOT NULL AS was`, `s.${first} IS NOT NULL AS now_is`];
  return `SELECT ${[...key, ...inBoth, ...list].join(', ')}
    FROM (${stagedSql(table, columns, said)}) AS s FULL JOIN (${before}) AS b
    ON ${keys.map((k) => `s.${k} = b.${k}`).join(' AND ')}`;
}

/** The first rows by key where a condition holds, as JSON; an aggregate, so that one pass over the
 *  data finds all samples and nothing is kept of the rest. */
function sampleSql(table: SqlTable, where: string, values: readonly string[] = []): string {
  const keys = keyOf(table).map((_, n) => `'k${n}': k${n}`);
  const fields = [...keys, ...values].join(', ');
  const order = `{${keys.join(', ')}}`;
  return `to_json(arg_min({${fields}}, ${order}, ${SAMPLE}) FILTER (${where}))::VARCHAR`;
}

type Sample = Readonly<Record<string, string | null>>;

const samplesIn = (value: Row[string] | undefined): readonly Sample[] =>
  typeof value === 'string' ? (JSON.parse(value) as readonly Sample[]) : [];

function countsSql(table: SqlTable, column: SqlColumn, n: number): readonly string[] {
  const [b, s] = [`b${n}`, `s${n}`];
  return [
    `count(*) FILTER (${b} IS NULL AND ${s} IS NOT NULL) AS added_${n}`,
    `count(*) FILTER (${b} <> ${s}) AS changed_${n}`,
    `count(*) FILTER (${b} = ${s}) AS same_${n}`,
    `count(*) FILTER (${b} IS NOT NULL AND ${s} IS NULL AND w${n}) AS withdrawn_${n}`,
    `${sampleSql(table, `${b} <> ${s} OR (${b} IS NOT NULL AND ${s} IS NULL AND w${n})`, [
      `'b': ${b}::VARCHAR`,
      `'s': ${s}::VARCHAR`,
    ])} AS changes_${n}`,
    ...(isMoney(column)
      ? [`sum(${b})::HUGEINT AS before_${n}`, `sum(${after(table, n)})::HUGEINT AS after_${n}`]
      : []),
  ];
}

/** A value after the import: a blank leaves a fact as it was, but a list is replaced whole. */
const after = (table: SqlTable, n: number): string =>
  table.list !== '' ? `s${n}` : `CASE WHEN w${n} THEN NULL ELSE coalesce(s${n}, b${n}) END`;

/** Sums over everyone, before the import. */
async function totals(c: Joined): Promise<readonly bigint[]> {
  const known = knownTable(c.tables, c.entries, c.table);
  const money = c.columns.filter((k) => isMoney(k) && known?.columns.includes(k));
  if (known === undefined || money.length === 0) return c.columns.map(() => 0n);
  const list = money.map((k, n) => `sum(${ident(k.label)})::HUGEINT AS t${n}`);
  const row = await rowOf(c.connection, `SELECT ${list.join(', ')} FROM (${known.sql(money)})`);
  return c.columns.map((k) => whole(row[`t${money.indexOf(k)}`]) ?? 0n);
}

function columnDifference(column: SqlColumn, n: number, row: Row, total: bigint): ColumnDifference {
  const money = isMoney(column);
  const sum = (name: string): bigint => whole(row[`${name}_${n}`]) ?? 0n;
  const changed = total - sum('before') + sum('after');
  return {
    label: column.label,
    added: countOf(row[`added_${n}`]),
    changed: countOf(row[`changed_${n}`]),
    same: countOf(row[`same_${n}`]),
    withdrawn: countOf(row[`withdrawn_${n}`]),
    sumBefore: money ? decimalOf(total, column.scale) : null,
    sumAfter: money ? decimalOf(changed, column.scale) : null,
  };
}

/** Identity and parent of a row. */
function keyValues(table: SqlTable, row: Sample): { readonly id: string; readonly parent: string } {
  const keys = keyOf(table).map((_, n) => row[`k${n}`] ?? '');
  return { id: keys.at(-1) ?? '', parent: keys.length > 1 ? (keys[0] ?? '') : '' };
}

/** A value from its text in SQL. */
function valueIn(column: SqlColumn, text: string): CellValue {
  if (column.type === 'integer') return BigInt(text);
  return column.type === 'boolean' ? text === 'true' : text;
}

function changesOf(
  { ruleSet, table }: Joined,
  column: SqlColumn,
  samples: readonly Sample[],
): readonly ValueDifference[] {
  const shown = (text: string | null | undefined): string | null =>
    typeof text === 'string' ? textOf(ruleSet, table, column, valueIn(column, text)) : null;
  return samples.map((row) => ({
    table: table.label,
    ...keyValues(table, row),
    label: column.label,
    before: shown(row['b']),
    after: shown(row['s']),
  }));
}

/** Subjects that the last import of the same source named and this one does not. */
async function absentSubjects(
  c: Joined,
): Promise<{ readonly absent: number; readonly absentSample: readonly string[] }> {
  const { kind, source } = c.staged.manifest;
  const { name } = source;
  if (kind !== '导入') return { absent: 0, absentSample: [] };
  const last = c.entries.findLast(({ manifest }) => manifest.source.name === name);
  const [before] = last === undefined ? [] : saidOf([last], c.table.label);
  if (before === undefined) return { absent: 0, absentSample: [] };
  const [key = ''] = keysOf(c.table);
  const now = c.said.map(fileOf).join('');
  const gone = `SELECT DISTINCT ${key} AS id FROM ${fileOf(before)}
    WHERE ${key} NOT IN (SELECT ${key} FROM ${now})`;
  const row = await rowOf(c.connection, `SELECT count(*) AS n FROM (${gone})`);
  const rows = await rowsOf(c.connection, `${gone} ORDER BY 1 LIMIT ${SAMPLE}`);
  return { absent: countOf(row['n']), absentSample: rows.map((r) => String(r['id'])) };
}

async function tableDifference(c: Joined): Promise<TableDifference> {
  const { table, columns } = c;
  const [added, gone] = ['now_is AND NOT was', 'NOT now_is'];
  const counts = [
    `count(*) FILTER (${added}) AS added`,
    'count(*) FILTER (now_is AND was) AS known',
    `count(*) FILTER (${gone}) AS gone`,
    `${sampleSql(table, added)} AS added_first`,
    `${sampleSql(table, gone)} AS gone_first`,
    ...columns.flatMap((k, n) => countsSql(table, k, n)),
  ];
  const row = await rowOf(c.connection, `SELECT ${counts.join(', ')} FROM (${joinedSql(c)})`);
  const sums = await totals(c);
  const ids = (name: string): readonly string[] =>
    samplesIn(row[name]).map((sample) => keyValues(table, sample).id);
  const absent =
    table.list === ''
      ? await absentSubjects(c)
      : { absent: countOf(row['gone']), absentSample: ids('gone_first') };
  return {
    table: table.label,
    added: countOf(row['added']),
    known: countOf(row['known']),
    ...absent,
    columns: columns.map((k, n) => columnDifference(k, n, row, sums[n] ?? 0n)),
    addedSample: ids('added_first'),
    changes: columns.flatMap((k, n) => changesOf(c, k, samplesIn(row[`changes_${n}`]))),
  };
}

/** The difference of each table of the staged import. */
export async function compare(c: Comparison): Promise<readonly TableDifference[]> {
  const found: TableDifference[] = [];
  for (const { table: label } of c.staged.manifest.tables) {
    const table = tableIn(c.tables, label);
    const said = saidOf([c.staged], label);
    found.push(await tableDifference({ ...c, table, said, columns: broughtColumns(table, said) }));
  }
  return found;
}
