/** This run beside an earlier one: who entered, who left, whose amount or verdict is another, and why. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '@zhida/register';
import type { Item, RuleSet } from '@zhida/rules';
import { ChangedFacts, factChanges } from './changed-facts.ts';
import { GRANTED, REFUSED, VERDICTS, verdictSql } from './layout.ts';
import type { StoredItem } from './layout.ts';
import { LABELS, kindOf } from './plans.ts';
import type { Labels } from './plans.ts';
import { RunError } from './run-folder.ts';
import type { EntityResult, Run } from './run-folder.ts';
import { Duck, big, bigOrNull, count, quoteName, text } from './duck.ts';
import type { Row } from './duck.ts';
import { openResult } from './stored.ts';
import { Subjects, labelled } from './subject.ts';
import type { Cause, Change, ChangeKind, Comparison, Standing } from './change.ts';

/** A run with what it was made of. */
export interface Made {
  readonly run: Run;
  readonly ruleSet: RuleSet;
  readonly snapshot: Snapshot;
}

export interface CompareOptions {
  readonly labels?: Labels;
  /** Changes that are listed with their facts. */
  readonly listed?: number;
  readonly memory?: string;
  readonly signal?: AbortSignal;
}

const LISTED = 500;

type Rules = Comparison['rules'][number];

function rulesChanged(before: Run, after: Run): readonly Rules[] {
  const [a, b] = [before.head, after.head];
  const differs: readonly (readonly [Rules, boolean])[] = [
    ['package', a.package.hash !== b.package.hash],
    ['readings', JSON.stringify(a.readings) !== JSON.stringify(b.readings)],
    ['day', a.asOf !== b.asOf],
    ['items', a.items.join('\n') !== b.items.join('\n')],
  ];
  return differs.filter(([, is]) => is).map(([name]) => name);
}

/** Columns that the plans of either run read, by table. */
function readBy(runs: readonly Run[]): ReadonlyMap<string, ReadonlySet<string>> {
  const labels = new Map<string, Set<string>>();
  for (const { reads } of runs.flatMap((r) => r.manifest.entities)) {
    for (const table of reads) {
      const known = labels.get(table.label) ?? new Set<string>();
      for (const c of table.columns) known.add(c.label);
      labels.set(table.label, known);
    }
  }
  return labels;
}

/** One item in both runs: what to select of each. */
interface Pair {
  readonly item: Item;
  readonly before: Side | undefined;
  readonly after: Side | undefined;
}

interface Side {
  readonly result: EntityResult;
  readonly item: StoredItem;
  readonly view: string;
}

/** Columns of one side for item `n`: verdict code and amount, not known where the run has no such item. */
function sideColumns(side: Side | undefined, n: number): string {
  if (side === undefined) return `CAST(NULL AS INTEGER) AS v${n}, CAST(NULL AS BIGINT) AS m${n}`;
  const v = verdictSql(side.item);
  const fen = side.item.money ?? 'CAST(NULL AS BIGINT)';
  return `CAST(${v} AS INTEGER) AS v${n}, CASE WHEN ${v} = ${GRANTED} THEN ${fen} END AS m${n}`;
}

/** All rows of one side of an entity; no row where the run has not the entity. */
function sideSql(sides: readonly (Side | undefined)[]): string {
  const view = sides.find((s) => s !== undefined)?.view;
  const columns = sides.map((s, n) => sideColumns(s, n)).join(', ');
  if (view === undefined) return `SELECT CAST('' AS VARCHAR) AS id, ${columns} WHERE false`;
  return `SELECT id, ${columns} FROM ${view}`;
}

const KIND = `CASE WHEN COALESCE(after_v, -1) = ${GRANTED}
  THEN CASE WHEN COALESCE(before_v, -1) = ${GRANTED} THEN 'amount' ELSE 'entered' END
  ELSE CASE WHEN COALESCE(before_v, -1) = ${GRANTED} THEN 'left' ELSE 'verdict' END END`;

class Comparer {
  readonly #before: Made;
  readonly #after: Made;
  readonly #o: CompareOptions;
  readonly #duck: Duck;
  readonly #rules: readonly Rules[];
  readonly #same: boolean;
  #facts: ChangedFacts | undefined;

  constructor(before: Made, after: Made, o: CompareOptions, duck: Duck) {
    this.#before = before;
    this.#after = after;
    this.#o = o;
    this.#duck = duck;
    this.#rules = rulesChanged(before.run, after.run);
    this.#same = before.snapshot.hash === after.snapshot.hash;
  }

  async #sides(made: Made, prefix: string): Promise<ReadonlyMap<string, Side>> {
    const sides = new Map<string, Side>();
    for (const result of made.run.manifest.entities) {
      const { view } = await openResult(this.#duck, made.run.folder, result, prefix);
      for (const item of result.layout.items) sides.set(item.item, { result, item, view });
    }
    return sides;
  }

  async #pairs(): Promise<readonly Pair[]> {
    const before = await this.#sides(this.#before, 'before');
    const after = await this.#sides(this.#after, 'after');
    const all = new Map(
      [...this.#before.ruleSet.items, ...this.#after.ruleSet.items].map((i) => [i.name, i]),
    );
    return [...all.values()]
      .filter((i) => before.has(i.name) || after.has(i.name))
      .map((item) => ({ item, before: before.get(item.name), after: after.get(item.name) }));
  }

  /** A table of the subjects of `entity` whose facts differ; empty when the snapshot is the same. */
  async #changedSubjects(entity: string): Promise<string> {
    const name = quoteName(`changed ${entity}`);
    const sql = this.#facts?.subjectsSql(entity) ?? "SELECT CAST('' AS VARCHAR) AS id WHERE false";
    await this.#duck.run(`CREATE TEMP TABLE ${name} AS SELECT DISTINCT id FROM (${sql})`);
    return name;
  }

  /** For each item of one entity a view of everybody whose decision under it is another. Both runs are
   *  joined once; only rows in which some item differs are kept. */
  async #changes(entity: string, pairs: readonly Pair[]): Promise<readonly string[]> {
    const changed = await this.#changedSubjects(entity);
    const rows = quoteName(`rows ${entity}`);
    const differs = (n: number): string =>
      `a.v${n} IS DISTINCT FROM b.v${n} OR a.m${n} IS DISTINCT FROM b.m${n}`;
    const columns = pairs.map(
      (_, n) => `a.v${n} AS b_v${n}, b.v${n} AS a_v${n}, a.m${n} AS b_m${n}, b.m${n} AS a_m${n}`,
    );
    await this.#duck.run(
      `CREATE TEMP TABLE ${rows} AS SELECT COALESCE(a.id, b.id) AS id, a.id IS NULL OR b.id IS NULL AS one,
        f.id IS NOT NULL AS facts, ${columns.join(', ')}
       FROM (${sideSql(pairs.map((p) => p.before))}) a
       FULL JOIN (${sideSql(pairs.map((p) => p.after))}) b ON a.id = b.id
       LEFT JOIN ${changed} f ON f.id = COALESCE(a.id, b.id)
       WHERE ${pairs.map((_, n) => differs(n)).join(' OR ')}`,
    );
    const rules = this.#rules.length > 0 ? 'true' : 'false';
    return pairs.map(({ before, after }, n) => {
      const register = before === undefined || after === undefined ? 'false' : 'one';
      return `(SELECT id, before_v AS v0, after_v AS v1, before_m AS fen0, after_m AS fen1, ${KIND} AS kind,
        CASE WHEN ${register} THEN 'register' WHEN NOT ${rules} THEN 'facts'
        WHEN facts THEN 'both' ELSE 'rules' END AS cause FROM
        (SELECT *, b_v${n} AS before_v, a_v${n} AS after_v, b_m${n} AS before_m, a_m${n} AS after_m FROM ${rows})
        WHERE before_v IS DISTINCT FROM after_v OR before_m IS DISTINCT FROM after_m)`;
    });
  }

  async #item(pair: Pair, table: string): Promise<Comparison['items'][number]> {
    const { item, before, after } = pair;
    const rows = await this.#duck.rows(
      `SELECT kind, cause, count(*) AS n, CAST(sum(COALESCE(fen1, 0)) - sum(COALESCE(fen0, 0)) AS HUGEINT) AS fen
       FROM ${table} GROUP BY kind, cause ORDER BY kind, cause`,
    );
    const changes = rows.map((row) => ({
      kind: text(row['kind']) as ChangeKind,
      cause: text(row['cause']) as Cause,
      count: count(row['n']),
      differenceFen: big(row['fen']),
    }));
    const sum = (side: Side | undefined): bigint | null =>
      side?.result.sums[item.name]?.amountFen ?? null;
    const [beforeFen, afterFen] = [sum(before), sum(after)];
    const one = (afterFen ?? 0n) - (beforeFen ?? 0n);
    const other = changes.reduce((s, c) => s + c.differenceFen, 0n);
    if (one !== other) {
      const params = { what: `${item.name} Σ`, one: String(one), other: String(other) };
      throw new RunError('sums-differ', params);
    }
    const { name, id, entity } = item;
    return { item: name, itemId: id, entity, kind: kindOf(item), beforeFen, afterFen, changes };
  }

  async #listed(pairs: readonly Pair[], tables: readonly string[]): Promise<readonly Change[]> {
    const parts = tables.map((t, n) => `SELECT *, ${n} AS pair FROM ${t}`);
    if (parts.length === 0) return [];
    const rows = await this.#duck.rows(
      `SELECT * FROM (${parts.join(' UNION ALL ')})
       ORDER BY abs(CAST(COALESCE(fen1, 0) AS HUGEINT) - COALESCE(fen0, 0)) DESC, kind, pair, id
       LIMIT ${this.#o.listed ?? LISTED}`,
    );
    const before = new Subjects(this.#duck, this.#before.ruleSet, this.#before.snapshot, 'was_');
    const after = new Subjects(this.#duck, this.#after.ruleSet, this.#after.snapshot, 'is_');
    const found: Change[] = [];
    const byEntity = Map.groupBy(rows, (r) => pairs[count(r['pair'])]?.item.entity ?? '');
    for (const [entity, own] of byEntity) {
      const ids = own.map((r) => text(r['id']));
      const [old, now] = [await before.read(entity, ids), await after.read(entity, ids)];
      for (const row of own) {
        const { item } = pairs[count(row['pair'])] ?? {};
        if (item !== undefined) found.push(this.#change(item, row, old, now));
      }
    }
    const order = new Map(rows.map((r, n) => [`${count(r['pair'])} ${text(r['id'])}`, n]));
    const place = (c: Change): number =>
      order.get(`${pairs.findIndex((p) => p.item.name === c.item)} ${c.id}`) ?? 0;
    return found.toSorted((a, b) => place(a) - place(b));
  }

  #change(
    item: Item,
    row: Row,
    old: Awaited<ReturnType<Subjects['read']>>,
    now: Awaited<ReturnType<Subjects['read']>>,
  ): Change {
    const id = text(row['id']);
    const [was, is] = [old.get(id), now.get(id)];
    const known = is ?? was;
    const standing = (n: 0 | 1): Standing | null =>
      row[`v${n}`] === null
        ? null
        : {
            verdict: VERDICTS[count(row[`v${n}`])] ?? VERDICTS[REFUSED] ?? '不满足',
            amountFen: bigOrNull(row[`fen${n}`]),
          };
    const facts =
      this.#same || was === undefined || is === undefined
        ? []
        : factChanges(this.#after.ruleSet, item.entity, was.facts, is.facts);
    return {
      entity: item.entity,
      id,
      ...(known === undefined
        ? { name: '', district: '' }
        : labelled(known, this.#o.labels ?? LABELS)),
      item: item.name,
      itemId: item.id,
      kind: text(row['kind']) as ChangeKind,
      cause: text(row['cause']) as Cause,
      before: standing(0),
      after: standing(1),
      facts,
    };
  }

  async compare(): Promise<Comparison> {
    const [before, after] = [this.#before, this.#after];
    if (!this.#same) {
      const two = {
        duck: this.#duck,
        ruleSet: after.ruleSet,
        before: before.snapshot,
        after: after.snapshot,
      };
      this.#facts = await ChangedFacts.open(two, readBy([before.run, after.run]));
    }
    const pairs: Pair[] = [];
    const tables: string[] = [];
    const items: Comparison['items'][number][] = [];
    for (const [entity, own] of Map.groupBy(await this.#pairs(), (p) => p.item.entity)) {
      const changes = await this.#changes(entity, own);
      for (const [n, pair] of own.entries()) {
        const table = changes[n] ?? '';
        pairs.push(pair);
        tables.push(table);
        items.push(await this.#item(pair, table));
      }
    }
    return {
      previous: before.run.head,
      rules: this.#rules,
      sameSnapshot: this.#same,
      items: items.filter((i) => i.changes.length > 0),
      total: items.flatMap((i) => i.changes).reduce((sum, c) => sum + c.count, 0),
      listed: await this.#listed(pairs, tables),
    };
  }
}

/** Compares two runs. Throws RunError when the changes do not add up to the difference of the sums. */
export async function compareRuns(
  before: Made,
  after: Made,
  o: CompareOptions = {},
): Promise<Comparison> {
  const spill = mkdtempSync(join(tmpdir(), 'zhida-compare-'));
  const duck = await Duck.open({
    spill,
    ...(o.memory === undefined ? {} : { memory: o.memory }),
    ...(o.signal === undefined ? {} : { signal: o.signal }),
  });
  try {
    return await new Comparer(before, after, o, duck).compare();
  } finally {
    duck.close();
    rmSync(spill, { recursive: true, force: true });
  }
}
