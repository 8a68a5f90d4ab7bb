/** Sizes for enterprises of whom nobody gave one: an import of kind 推导, through the same dry run. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RuleSet, SqlColumn, SqlTable } from '@zhida/rules';
import type { CheckedRow, FileReading } from '../record.ts';
import { ident, whole } from '../snapshot/duck.ts';
import type { Row } from '../snapshot/duck.ts';
import { Refusal } from '../snapshot/refusal.ts';
import { keyOf } from '../snapshot/write.ts';
import { connected } from '../store/context.ts';
import type { Context } from '../store/context.ts';
import { labelsIn } from '../store/dry-run.ts';
import type { DryRun } from '../store/dry-run.ts';
import { columnIn, tableIn, tablesWith } from '../store/layout.ts';
import { stage } from '../store/stage.ts';
import type { StagedRow } from '../store/staging.ts';
import { knownTable } from '../store/view.ts';
import type { KnownTable, Tables } from '../store/view.ts';
import { basisOf, classify, sizeOf } from './size.ts';
import type { SizeFigures, SizeResult } from './size.ts';
import { STANDARD } from './standard.ts';
import type { Size } from './standard.ts';

/** An enterprise whose stated size is not the one that its figures give. */
export interface SizeConflict {
  readonly id: string;
  readonly stated: string;
  readonly computed: Size;
  readonly trace: SizeResult;
}

export interface SizeDerivation {
  /** Commit it to add the sizes. A size that was derived before changes with its figures, and is
   *  taken back when they no longer give one. */
  readonly dryRun: DryRun;
  /** Enterprises looked at; of these: with a size that somebody stated; that can be computed; that
   *  cannot. */
  readonly enterprises: number;
  readonly stated: number;
  readonly computed: number;
  readonly undetermined: number;
  /** How often each fact was missing for a size that nobody stated. */
  readonly missing: Readonly<Record<string, number>>;
  /** How many stated sizes differ from the computed ones, and the first of them by identity. */
  readonly conflicting: number;
  readonly conflicts: readonly SizeConflict[];
}

type Entity = RuleSet['entities'][number];

const FIGURES = ['行业', '从业人员', '营业收入', '资产总额'] as const;
const SIZE = '规模';
const KEPT = 1000;
const BATCH = 4096;

/** The entity that has all the facts that the standard asks for. Refusal: `size-facts`. */
function enterpriseOf(ruleSet: RuleSet): Entity {
  const wanted = [...FIGURES, SIZE];
  const lacks = (e: Entity): string | undefined =>
    wanted.find((name) => !e.facts.some((f) => f.name === name));
  const found = ruleSet.entities.find((e) => lacks(e) === undefined);
  if (found !== undefined) return found;
  const near = ruleSet.entities.find((e) => e.facts.some((f) => f.name === SIZE));
  const first = near ?? ruleSet.entities[0];
  throw new Refusal('size-facts', {
    entity: first?.name ?? '',
    name: first === undefined ? SIZE : (lacks(first) ?? SIZE),
  });
}

interface Enterprise {
  readonly id: string;
  readonly figures: SizeFigures;
  /** What somebody stated, and what holds now, which may be derived. */
  readonly stated: string | null;
  readonly known: string | null;
}

/** Whole units of a scaled figure, cut: a cut figure meets the same whole bounds. */
function wholeAt(row: Row, n: number, column: SqlColumn, scale: number): bigint | null {
  const value = whole(row[`f${n}`]);
  if (value === null) return null;
  const by = column.scale - scale;
  return by >= 0 ? value / 10n ** BigInt(by) : value * 10n ** BigInt(-by);
}

function enterprise(row: Row, table: SqlTable): Enterprise {
  const text = (name: string): string | null => (typeof row[name] === 'string' ? row[name] : null);
  const figure = (n: number, scale: number): bigint | null =>
    wholeAt(row, n, columnIn(table, FIGURES[n] ?? ''), scale);
  return {
    id: String(row['id']),
    figures: {
      industry: text('f0'),
      staff: figure(1, 0),
      revenue: figure(2, 2),
      assets: figure(3, 2),
    },
    stated: text('stated'),
    known: text('known_size'),
  };
}

/** A label of the table as SQL over one known table, or NULL where no import brings it. */
function selectOf(
  known: KnownTable | undefined,
  table: SqlTable,
  labels: readonly string[],
): string {
  const key = ident(keyOf(table)[0] ?? '');
  if (known === undefined) return `SELECT NULL::VARCHAR AS ${key} WHERE false`;
  const columns = known.columns.filter((c) => labels.includes(c.label));
  return known.sql(columns);
}

function enterprisesSql(context: Context, tables: Tables, table: SqlTable): string {
  const held = context.entries();
  const stated = held.filter((e) => e.manifest.kind !== '推导');
  const all = knownTable(tables, held, table);
  const own = knownTable(tables, stated, table);
  const has = (known: KnownTable | undefined, label: string): boolean =>
    known?.columns.some((c) => c.label === label) ?? false;
  const key = ident(keyOf(table)[0] ?? '');
  const list = FIGURES.map((label, n) =>
    has(all, label) ? `a.${ident(label)} AS f${n}` : `NULL AS f${n}`,
  );
  const size = (alias: string, known: KnownTable | undefined): string =>
    has(known, SIZE) ? `${alias}.${ident(SIZE)}` : 'NULL::VARCHAR';
  return `SELECT a.${key} AS id, ${list.join(', ')},
      ${size('s', own)} AS stated, ${size('a', all)} AS known_size
    FROM (${selectOf(all, table, [...FIGURES, SIZE])}) AS a
    LEFT JOIN (${selectOf(own, table, [SIZE])}) AS s ON s.${key} = a.${key} ORDER BY 1`;
}

type Tally = {
  -readonly [K in keyof Omit<SizeDerivation, 'dryRun'>]: K extends 'missing'
    ? Record<string, number>
    : K extends 'conflicts'
      ? SizeConflict[]
      : number;
};

const EMPTY: Tally = {
  enterprises: 0,
  stated: 0,
  computed: 0,
  undetermined: 0,
  missing: {},
  conflicting: 0,
  conflicts: [],
};

function compareStated(tally: Tally, { id, stated, figures }: Enterprise): void {
  const { size } = classify(figures);
  tally.stated++;
  if (stated === null || size === null || size === stated) return;
  tally.conflicting++;
  if (tally.conflicts.length < KEPT) {
    tally.conflicts.push({ id, stated, computed: size, trace: sizeOf(figures) });
  }
}

/** The size to write: undefined when nothing changes, null when a derived one is taken back. */
function derived(tally: Tally, { figures, known }: Enterprise): Size | null | undefined {
  const { size, missing } = classify(figures);
  if (size === null) {
    tally.undetermined++;
    for (const name of missing) tally.missing[name] = (tally.missing[name] ?? 0) + 1;
    return known === null ? undefined : null;
  }
  tally.computed++;
  return size === known ? undefined : size;
}

async function* derivedRows(
  connection: DuckDBConnection,
  sql: string,
  table: SqlTable,
  tally: Tally,
): AsyncGenerator<readonly CheckedRow[]> {
  let batch: StagedRow[] = [];
  const result = await connection.stream(sql);
  for await (const rows of result.yieldRowObjects()) {
    for (const one of rows.map((row) => enterprise(row, table))) {
      tally.enterprises++;
      if (one.stated !== null) {
        compareStated(tally, one);
        continue;
      }
      const size = derived(tally, one);
      if (size === undefined) continue;
      const values = new Map([[SIZE, size]]);
      const basis = basisOf(one.figures);
      batch.push({ sheet: '', row: 0, table: table.label, id: one.id, parent: '', values, basis });
    }
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Computes the size of everyone of whom nobody stated one, as a dry run to look at and commit.
 *  `asOf` (`YYYY-MM-DD`) is noted as the day of the derived facts. Refusal: `size-facts`. */
export async function deriveSizes(context: Context, asOf: string): Promise<SizeDerivation> {
  const { name } = enterpriseOf(context.ruleSet);
  const tables = tablesWith(context.ruleSet, labelsIn(context.entries()));
  const table = tableIn(tables, name);
  const tally: Tally = { ...EMPTY, missing: {}, conflicts: [] };
  return connected(context, async (connection) => {
    const sql = enterprisesSql(context, tables, table);
    let given = 0;
    const rows = async function* (): AsyncGenerator<readonly CheckedRow[]> {
      if (knownTable(tables, context.entries(), table) === undefined) return;
      for await (const batch of derivedRows(connection, sql, table, tally)) {
        given += batch.length;
        yield batch;
      }
    };
    const reading: FileReading = {
      source: { unit: STANDARD, name: STANDARD, period: '', asOf, file: '', sha256: '' },
      columns: new Map([[name, [SIZE]]]),
      batches: rows(),
      report: {
        get rows() {
          return tally.enterprises;
        },
        get good() {
          return given;
        },
        get skipped() {
          return tally.enterprises - given;
        },
        bad: 0,
        problems: [],
      },
    };
    const dryRun = await stage(context, reading, '推导');
    return { dryRun, ...tally };
  });
}
