// Both sides against the rules themselves: each subject of a small register is decided one by one and
// compared with what the compiled plan and the peer say, to the 分.
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { compileSql, prepare, tablesOf, VERDICTS } from '@zhida/rules';
import type { Decision, RuleSet, SqlPlan, SqlTable, Subject } from '@zhida/rules';
import { DECIDED_ON } from '../cases.ts';
import type { Snapshot } from '@zhida/register';
import { places } from './files.ts';
import type { Hand } from './hand/hand.ts';
import { HANDS } from './hand/all.ts';
import { compiledSource, handSource, layoutSql } from './layouts.ts';

type Row = Readonly<Record<string, DuckDBValue>>;
type Facts = Subject['facts'];
type Fact = Facts[string];

export interface Agreement {
  readonly decisions: number;
  /** Decisions that differ, at most a few of them in words. */
  readonly hand: number;
  readonly compiled: number;
  readonly examples: readonly string[];
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<readonly Row[]> {
  return (await connection.runAndReadAll(sql)).getRowObjects();
}

/** One row as facts; `lists` gives the rows of a list by the subject's identity. */
function factsOf(
  table: SqlTable,
  row: Row,
  lists: ReadonlyMap<string, Map<string, Facts[]>>,
): Facts {
  const facts: Record<string, Fact> = {};
  for (const c of table.columns) {
    const value = (row[c.name] ?? null) as Fact;
    if (c.role === 'month') {
      const months = (facts[c.of] ??= {}) as Record<string, Fact>;
      months[c.month] = value;
    } else if (c.role === 'rows') {
      facts[c.of] = value === null ? null : (lists.get(c.of)?.get(String(row['id'])) ?? []);
    } else if (c.role !== 'parent') facts[c.role === 'gate' ? c.label : c.of] = value;
  }
  return facts;
}

/** References hold an identity; the rules want the one that it names. */
function linked(ruleSet: RuleSet, entity: string, facts: Facts): Facts {
  const own = ruleSet.entities.find((e) => e.name === entity);
  const links = (own?.facts ?? []).flatMap((f) => {
    const id = f.type.t === 'entity' ? facts[f.name] : undefined;
    const target = f.type.t === 'entity' ? f.type.entity : '';
    const identity = ruleSet.entities.find((e) => e.name === target)?.identity ?? '';
    return typeof id === 'string' ? [[f.name, { [identity]: id }] as const] : [];
  });
  return { ...facts, ...Object.fromEntries(links) };
}

async function subjectsOf(
  connection: DuckDBConnection,
  ruleSet: RuleSet,
  snapshot: Snapshot,
  entity: string,
  limit: number,
): Promise<readonly Subject[]> {
  const tables = tablesOf(ruleSet).filter((t) => t.label === entity || t.parent === entity);
  for (const sql of snapshot.viewsSql(tables)) await connection.run(sql);
  const read = (t: SqlTable, rest: string): Promise<readonly Row[]> => {
    const columns = t.columns.map((c) =>
      c.type === 'date' ? `CAST(${c.name} AS VARCHAR) AS ${c.name}` : c.name,
    );
    return rowsOf(connection, `SELECT ${columns.join(', ')} FROM ${t.name} ${rest}`);
  };
  const lists = new Map<string, Map<string, Facts[]>>();
  for (const t of tables.filter((x) => x.parent !== '')) {
    const by = new Map<string, Facts[]>();
    for (const row of await read(t, '')) {
      const up = String(row['up']);
      by.set(up, [...(by.get(up) ?? []), factsOf(t, row, new Map())]);
    }
    lists.set(t.list, by);
  }
  const [own] = tables.filter((t) => t.parent === '');
  if (own === undefined) throw new Error(`no table of ${entity}`);
  const rows = await read(own, `ORDER BY id LIMIT ${limit}`);
  return rows.map((row) => ({
    entity,
    id: String(row['id']),
    facts: linked(ruleSet, entity, factsOf(own, row, lists)),
  }));
}

/** Everything that is compared, as one text. */
function said(d: Decision): string {
  const missing = d.missing.flatMap((m) =>
    m.months.length === 0 ? [m.path] : m.months.map((month) => `${m.path} ${month}`),
  );
  const money = d.verdict === '满足' ? (d.amount?.fen ?? null) : d.potentialFen;
  const limits = d.verdict === '满足' ? d.limits : [];
  const caps = limits.flatMap((l) => [...l.key, String(l.capFen)]);
  return text(
    d.verdict,
    money,
    missing,
    d.pending.map((p) => p.gate),
    caps,
  );
}

function text(
  verdict: string,
  money: bigint | null,
  missing: readonly string[],
  pending: readonly string[],
  caps: readonly string[],
): string {
  const part = (x: readonly string[]): string => x.toSorted().join('、');
  return `${verdict} ${money ?? '-'} 缺[${part(missing)}] 待[${part(pending)}] 限[${caps.join('|')}]`;
}

interface ItemNames {
  readonly missing: readonly string[];
  readonly pending: readonly string[];
  readonly payee: boolean;
  readonly money: boolean;
}

/** The same out of a row of the wide layout. */
function saidBySql(row: Row, n: number, names: ItemNames): string {
  const verdict = VERDICTS[Number(row[`ov${n}_0`])] ?? '?';
  const owed = verdict === '满足';
  const money = (row[`oa${n}_${owed ? 0 : 1}`] ?? row[`oa${n}_0`] ?? null) as bigint | null;
  let at = 0;
  const set = (labels: readonly string[]): readonly string[] => {
    if (labels.length === 0) return [];
    const bits = BigInt(String(row[`om${n}_${at++}`] ?? 0));
    return labels.filter((_, b) => ((bits >> BigInt(b)) & 1n) === 1n);
  };
  const [missing, pending] = [set(names.missing), set(names.pending)];
  const caps: string[] = [];
  for (let k = names.payee ? 1 : 0; `ow${n}_${k}` in row; k++) {
    const value = row[`ow${n}_${k}`];
    if (owed) caps.push(String(value ?? null));
  }
  return text(verdict, money, missing, pending, caps);
}

const monthly = ({ path, month }: { path: string; month: string }): string =>
  month === '' ? path : `${path} ${month}`;

function namesOfPlan(plan: SqlPlan): readonly ItemNames[] {
  return plan.items.map((i) => ({
    missing: i.missing.flatMap((m) => m.bits.map(monthly)),
    pending: i.pending.flatMap((m) => m.bits),
    payee: i.payee !== null,
    money: i.amount !== null,
  }));
}

function namesOfHand(hand: Hand): readonly ItemNames[] {
  return hand.items.map((i) => ({
    missing: i.missing.map(([fact]) => fact),
    pending: (i.pending ?? []).map(([gate]) => gate),
    payee: i.payee !== undefined,
    money: i.amount !== undefined,
  }));
}

/** Decides up to `limit` subjects of each entity of the register, three times over. */
export async function agreement(
  connection: DuckDBConnection,
  ruleSet: RuleSet,
  snapshot: Snapshot,
  limit: number,
): Promise<Agreement> {
  const engine = prepare(ruleSet);
  const found = { decisions: 0, hand: 0, compiled: 0, examples: [] as string[] };
  const place = places(ruleSet, snapshot.folder);
  for (const hand of HANDS) {
    const subjects = await subjectsOf(connection, ruleSet, snapshot, hand.entity, limit);
    const plan = compileSql(ruleSet, hand.entity, {
      asOf: DECIDED_ON,
      without: ['measured'],
      magnitudes: snapshot.magnitudes(),
    });
    for (const sql of snapshot.viewsSql(plan.reads)) await connection.run(sql);
    const sides = [
      ['hand', namesOfHand(hand), handSource(hand, place)],
      ['compiled', namesOfPlan(plan), compiledSource(plan)],
    ] as const;
    for (const [side, names, source] of sides) {
      const sql = `SELECT * FROM (${layoutSql('wide', source)}) ORDER BY id LIMIT ${limit}`;
      const rows = new Map((await rowsOf(connection, sql)).map((r) => [String(r['id']), r]));
      for (const subject of subjects) {
        const row = rows.get(subject.id);
        for (const [n, { item: name }] of hand.items.entries()) {
          const item = ruleSet.items.find((i) => i.name === name);
          const label = names[n];
          if (item === undefined || label === undefined) throw new Error(`no item ${name}`);
          if (side === 'hand') found.decisions++;
          const right = said(engine.decide(item, subject, DECIDED_ON));
          const other = row === undefined ? 'no row' : saidBySql(row, n, label);
          if (right === other) continue;
          found[side]++;
          if (found.examples.length < 12)
            found.examples.push(`${side} ${name} ${subject.id}\n  ${right}\n  ${other}`);
        }
      }
    }
  }
  return found;
}
