/** One entity in chunks of identities: each is decided, written, hashed and summed, and then stands for
 *  good. A run that was killed goes on behind the last chunk that is whole. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Snapshot } from '@zhida/register';
import type { SqlPlan } from '@zhida/rules';
import { GRANTED, LACKING, PENDING, VERDICTS, packed, verdictSql } from './layout.ts';
import type { Layout } from './layout.ts';
import { fileHash, fromJson, toJson, writeWhole } from './run-folder.ts';
import type { ItemSum, ResultFile } from './run-folder.ts';
import { big, count, quoteName, quoteText, text } from './duck.ts';
import type { Row, Duck } from './duck.ts';
import { EVERYBODY, makeViews, storedTable } from './views.ts';
import type { Range } from './views.ts';

/** Rows of a row group: what DuckDB itself takes. */
const ROW_GROUP = 122_880;

/** One entity of a run. */
export interface Task {
  readonly plan: SqlPlan;
  readonly layout: Layout;
  /** Rows decided at once. */
  readonly chunkRows: number;
  /** Folder of the run being made, and the folder of the entity in it. */
  readonly folder: string;
  readonly name: string;
  /** Subjects refer to others of their own kind: they cannot be cut into chunks. */
  readonly whole: boolean;
}

/** Stretches of identities of about `chunkRows` subjects, in order, that leave nobody out. */
export async function rangesOf(
  duck: Duck,
  task: Task,
  snapshot: Snapshot,
): Promise<readonly Range[]> {
  const [subjects] = task.plan.reads;
  const stored = storedTable(snapshot, subjects?.label ?? '');
  const id = subjects?.columns.find((c) => c.role === 'identity');
  // Of whom nobody sent a table, an empty result is written all the same: every reader finds one.
  if (stored === undefined || id === undefined) return [EVERYBODY];
  if (task.whole || stored.rows <= task.chunkRows) return [EVERYBODY];
  const file = `read_parquet(${quoteText(stored.path)}, file_row_number = true)`;
  const rows = await duck.rows(
    `SELECT DISTINCT ${quoteName(id.label)} AS id FROM ${file}
     WHERE file_row_number > 0 AND file_row_number % ${task.chunkRows} = 0 ORDER BY 1`,
  );
  const ends = rows.map((r) => text(r['id']));
  return [...ends, null].map((to, n) => ({ from: n === 0 ? null : (ends[n - 1] ?? null), to }));
}

/** The SELECT whose rows are stored. Where tables are joined the order of rows is nobody's promise. */
function storedSql({ plan, layout }: Task): string {
  const select = `SELECT ${packed(layout, plan)}\nFROM (\n${plan.sql}\n) r`;
  return plan.reads.length > 1 ? `${select}\nORDER BY r.id` : select;
}

/** Sums of each item over stored rows (`from`: a relation with the columns of `layout`): a row for each
 *  item and verdict. Small groups add up faster than many filtered sums. */
export function sumsSql({ items }: Layout, from: string): string {
  const sum = (column: string | null): string =>
    column === null ? 'CAST(0 AS HUGEINT)' : `CAST(sum(${column}) AS HUGEINT)`;
  const parts = items.map(
    (item, n) =>
      `SELECT ${n} AS item, CAST(${verdictSql(item)} AS INTEGER) AS verdict, count(*) AS n,
       ${sum(item.money)} AS fen, ${sum(item.hard)} AS hard FROM ${from} GROUP BY verdict`,
  );
  return parts.join(' UNION ALL ');
}

/** The rows of `sumsSql` by item. */
export function sumsOf(task: Task, rows: readonly Row[]): Readonly<Record<string, ItemSum>> {
  return Object.fromEntries(
    task.layout.items.map((item, n): readonly [string, ItemSum] => {
      const own = VERDICTS.map((_, code) =>
        rows.find((r) => count(r['item']) === n && count(r['verdict']) === code),
      );
      const fen = (code: number): bigint => big(own[code]?.['fen']);
      const amounts = task.plan.items[n]?.amount !== null;
      const sum = {
        verdicts: own.map((r) => count(r?.['n'])),
        amountFen: amounts ? fen(GRANTED) : null,
        hardFen: item.hard === null ? null : big(own[GRANTED]?.['hard']),
        potentialFen: fen(LACKING) + fen(PENDING),
      };
      return [item.item, sum];
    }),
  );
}

async function readSums(
  duck: Duck,
  task: Task,
  path: string,
): Promise<{ rows: number; sums: ResultFile['sums'] }> {
  const from = `read_parquet(${quoteText(path)})`;
  const { n } = await duck.one(`SELECT count(*) AS n FROM ${from}`);
  return { rows: count(n), sums: sumsOf(task, await duck.rows(sumsSql(task.layout, from))) };
}

/** The finished chunk `path`, if it is there and is what its note says. */
async function finished(path: string): Promise<ResultFile | undefined> {
  const note = `${path}.json`;
  if (!existsSync(note) || !existsSync(path)) return undefined;
  try {
    const file = fromJson(readFileSync(note, 'utf8')) as ResultFile;
    return (await fileHash(path)) === file.sha256 ? file : undefined;
  } catch {
    // A torn note is no note: the chunk is made again.
    return undefined;
  }
}

/** Decides the subjects of `range` and writes them as chunk `n`; takes the chunk that an earlier
 *  attempt has finished. */
export async function runChunk(
  duck: Duck,
  task: Task,
  snapshot: Snapshot,
  range: Range,
  n: number,
): Promise<ResultFile & { readonly kept: boolean }> {
  const folder = join(task.folder, task.name);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `part-${String(n + 1).padStart(4, '0')}.parquet`);
  const known = await finished(path);
  if (known !== undefined) return { ...known, kept: true };
  rmSync(`${path}.json`, { force: true });
  await makeViews(duck, snapshot, task.plan.reads, { range });
  const marks = `package: ${quoteText(task.plan.packageHash)}, snapshot: ${quoteText(snapshot.hash)}`;
  await duck.run(
    `COPY (${storedSql(task)}) TO ${quoteText(`${path}.tmp`)}
     (FORMAT parquet, ROW_GROUP_SIZE ${ROW_GROUP}, KV_METADATA {${marks}})`,
  );
  renameSync(`${path}.tmp`, path);
  const { rows, sums } = await readSums(duck, task, path);
  const name = `${task.name}/${basename(path)}`;
  const file: ResultFile = { name, rows, sha256: await fileHash(path), sums };
  writeWhole(`${path}.json`, toJson(file));
  return { ...file, kept: false };
}

/** Removes what only an unfinished run needs. */
export function tidyChunks(folder: string, files: readonly ResultFile[]): void {
  for (const { name } of files) rmSync(join(folder, `${name}.json`), { force: true });
}

/** Writes the SELECT beside its result, for who wants to read or repeat it. */
export function keepPlan(task: Task): void {
  mkdirSync(join(task.folder, task.name), { recursive: true });
  writeFileSync(join(task.folder, task.name, 'plan.sql'), `${task.plan.sql}\n`);
}
