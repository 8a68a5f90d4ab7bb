/** The 缺数清单: which facts and judgements decisions wait for, whose they are, and how many yuan could
 *  follow. A wait is one subject under one item. */
import type { RuleSet } from '@zhida/rules';
import { LACKING, PENDING, verdictSql } from './layout.ts';
import type { StoredFact, StoredItem } from './layout.ts';
import { big, bigOrNull, count } from './duck.ts';
import type { Duck } from './duck.ts';
import type { Stored } from './stored.ts';
import type { MissingRow, SourceRow } from './summary.ts';

/** Waits that wait for the same. */
interface Wait {
  readonly wants: readonly Wanted[];
  readonly waits: number;
  readonly potentialFen: bigint;
}

export interface Wanted extends StoredFact {
  readonly kind: MissingRow['kind'];
}

type ItemRow = MissingRow['items'][number];

export function keyOf({ kind, path, month }: Pick<Wanted, 'kind' | 'path' | 'month'>): string {
  return `${kind} ${path} ${month}`;
}

/** Everything that an item can wait for, each with the bit that says so. */
export interface Bit {
  readonly wanted: Wanted;
  readonly column: string;
  readonly bit: number;
}

export function bitsFor(item: StoredItem, ruleSet: RuleSet): readonly Bit[] {
  const unitOf = (gate: string): string => ruleSet.gates.find((g) => g.name === gate)?.unit ?? '';
  return [
    ...item.missing.flatMap(({ column, bits }) =>
      bits.map((b, bit) => ({ wanted: { ...b, kind: 'fact' as const }, column, bit })),
    ),
    ...item.pending.flatMap(({ column, bits }) =>
      bits.map((gate, bit) => {
        const wanted = { kind: 'gate' as const, path: gate, month: '', source: unitOf(gate) };
        return { wanted, column, bit };
      }),
    ),
  ];
}

export const undecidedSql = (item: StoredItem): string =>
  `${verdictSql(item)} IN (${LACKING}, ${PENDING})`;

const isSet = ({ column, bit }: Bit): string => `(${column} & ${1n << BigInt(bit)}) <> 0`;

/** SQL of: the item waits for what `bit` says, and for nothing else. */
export function aloneSql(item: StoredItem, bit: Bit): string {
  const columns = [...item.missing, ...item.pending].map((b) => b.column);
  return columns.map((c) => `${c} = ${c === bit.column ? 1n << BigInt(bit.bit) : 0}`).join(' AND ');
}

export function waitsSql(item: StoredItem, bit: Bit): string {
  return `${undecidedSql(item)} AND ${isSet(bit)}`;
}

async function waitsOf(
  duck: Duck,
  stored: Stored,
  item: StoredItem,
  ruleSet: RuleSet,
): Promise<readonly Wait[]> {
  const columns = [...item.missing, ...item.pending].map((b) => b.column);
  if (columns.length === 0) return [];
  const money = item.money ?? 'NULL';
  const rows = await duck.rows(
    `SELECT ${columns.join(', ')}, count(*) AS n, CAST(sum(${money}) AS HUGEINT) AS fen
     FROM ${stored.view} WHERE ${undecidedSql(item)} GROUP BY ALL`,
  );
  const bits = bitsFor(item, ruleSet);
  return rows.map((row) => ({
    wants: bits
      .filter((b) => (((bigOrNull(row[b.column]) ?? 0n) >> BigInt(b.bit)) & 1n) === 1n)
      .map((b) => b.wanted),
    waits: count(row['n']),
    potentialFen: big(row['fen']),
  }));
}

/** Subjects that wait under at least one item: `all`, and alone under at least one. One scan. */
async function subjectsOf(
  duck: Duck,
  stored: Stored,
  shared: readonly (readonly { readonly item: StoredItem; readonly bit: Bit }[])[],
): Promise<readonly { readonly all: number; readonly alone: number }[]> {
  if (shared.length === 0) return [];
  const any = (tests: readonly string[]): string => tests.map((t) => `(${t})`).join(' OR ');
  const columns = shared.flatMap((places, n) => [
    `count(*) FILTER (WHERE ${any(places.map((p) => waitsSql(p.item, p.bit)))}) AS a${n}`,
    `count(*) FILTER (WHERE ${any(
      places.map((p) => `${undecidedSql(p.item)} AND ${aloneSql(p.item, p.bit)}`),
    )}) AS o${n}`,
  ]);
  const row = await duck.one(`SELECT ${columns.join(', ')} FROM ${stored.view}`);
  return shared.map((_, n) => ({ all: count(row[`a${n}`]), alone: count(row[`o${n}`]) }));
}

interface Found {
  readonly wanted: Wanted;
  readonly rows: ItemRow[];
  subjects: number;
  aloneSubjects: number;
}

/** Sums `waits` of an item into the rows of what they wait for. */
function addWaits(
  found: Map<string, Found>,
  stored: Stored,
  item: StoredItem,
  waits: readonly Wait[],
): void {
  const wanted = new Map(waits.flatMap((w) => w.wants.map((x) => [keyOf(x), x] as const)));
  for (const [key, x] of wanted) {
    const all = waits.filter((w) => w.wants.some((y) => keyOf(y) === key));
    const alone = all.filter((w) => w.wants.length === 1);
    const number = (some: readonly Wait[]): number => some.reduce((sum, w) => sum + w.waits, 0);
    const fen = (some: readonly Wait[]): bigint =>
      some.reduce((sum, w) => sum + w.potentialFen, 0n);
    const row: ItemRow = {
      item: item.item,
      itemId: item.itemId,
      entity: stored.result.entity,
      waits: number(all),
      aloneWaits: number(alone),
      potentialFen: fen(all),
      aloneFen: fen(alone),
    };
    const known = found.get(key) ?? { wanted: x, rows: [], subjects: 0, aloneSubjects: 0 };
    known.rows.push(row);
    found.set(key, known);
  }
}

/** Counts subjects: under one item a wait is a subject; under several they are counted in the rows. */
async function countSubjects(
  duck: Duck,
  stored: Stored,
  found: Map<string, Found>,
  ruleSet: RuleSet,
): Promise<void> {
  const { entity, layout } = stored.result;
  const shared: { readonly found: Found; readonly places: { item: StoredItem; bit: Bit }[] }[] = [];
  for (const [key, f] of found) {
    const rows = f.rows.filter((r) => r.entity === entity);
    const [only] = rows;
    if (only === undefined) continue;
    if (rows.length === 1) {
      f.subjects += only.waits;
      f.aloneSubjects += only.aloneWaits;
      continue;
    }
    const items = layout.items.filter((i) => rows.some((r) => r.item === i.item));
    const places = items.flatMap((item) =>
      bitsFor(item, ruleSet)
        .filter((b) => keyOf(b.wanted) === key)
        .map((bit) => ({ item, bit })),
    );
    shared.push({ found: f, places });
  }
  const counts = await subjectsOf(
    duck,
    stored,
    shared.map((s) => s.places),
  );
  shared.forEach(({ found: f }, n) => {
    f.subjects += counts[n]?.all ?? 0;
    f.aloneSubjects += counts[n]?.alone ?? 0;
  });
}

/** English of what a decision waits for: of a fact, each step of its path. */
function english({ kind, path }: Wanted, ruleSet: RuleSet): string {
  if (kind === 'gate') return ruleSet.gates.find((g) => g.name === path)?.en ?? '';
  const [head = '', ...names] = path.split('.');
  let entity = ruleSet.entities.find((e) => e.name === head);
  const words = [entity?.en ?? ''];
  for (const name of names) {
    const fact = entity?.facts.find((f) => f.name === name);
    words.push(fact?.en ?? '');
    const type = fact?.type;
    if (type?.t !== 'entity' && type?.t !== 'rows') break;
    entity = ruleSet.entities.find((e) => e.name === type.entity);
  }
  return words.filter((w) => w !== '').join(' › ');
}

function rowOf({ wanted, rows, subjects, aloneSubjects }: Found, ruleSet: RuleSet): MissingRow {
  const number = (of: (r: ItemRow) => number): number => rows.reduce((sum, r) => sum + of(r), 0);
  const fen = (of: (r: ItemRow) => bigint): bigint => rows.reduce((sum, r) => sum + of(r), 0n);
  return {
    kind: wanted.kind,
    path: wanted.path,
    en: english(wanted, ruleSet),
    month: wanted.month,
    source: wanted.source,
    subjects,
    waits: number((r) => r.waits),
    potentialFen: fen((r) => r.potentialFen),
    aloneSubjects,
    aloneWaits: number((r) => r.aloneWaits),
    aloneFen: fen((r) => r.aloneFen),
    items: rows,
  };
}

const descending = (a: bigint, b: bigint): number => (a === b ? 0 : a < b ? 1 : -1);

function byWorth(a: MissingRow, b: MissingRow): number {
  return (
    descending(a.potentialFen, b.potentialFen) ||
    descending(a.aloneFen, b.aloneFen) ||
    b.waits - a.waits ||
    (keyOf(a) < keyOf(b) ? -1 : 1)
  );
}

function sourcesOf(all: readonly Wait[], missing: readonly MissingRow[]): readonly SourceRow[] {
  const sums = new Map<string, { -readonly [K in keyof SourceRow]: SourceRow[K] }>();
  for (const { wants, waits, potentialFen } of all) {
    const units = [...new Set(wants.map((w) => w.source))];
    for (const source of units) {
      const facts = missing.filter((m) => m.source === source).length;
      const none = { source, facts, waits: 0, potentialFen: 0n, aloneWaits: 0, aloneFen: 0n };
      const sum = sums.get(source) ?? none;
      sum.waits += waits;
      sum.potentialFen += potentialFen;
      if (units.length === 1) {
        sum.aloneWaits += waits;
        sum.aloneFen += potentialFen;
      }
      sums.set(source, sum);
    }
  }
  return [...sums.values()].toSorted(
    (a, b) =>
      descending(a.potentialFen, b.potentialFen) ||
      b.waits - a.waits ||
      (a.source < b.source ? -1 : 1),
  );
}

/** The 缺数清单 of a run, greatest possible amount first, and the same by unit. */
export async function missingOf(
  duck: Duck,
  ruleSet: RuleSet,
  results: readonly Stored[],
): Promise<{ readonly missing: readonly MissingRow[]; readonly sources: readonly SourceRow[] }> {
  const found = new Map<string, Found>();
  const all: Wait[] = [];
  for (const stored of results) {
    for (const item of stored.result.layout.items) {
      const waits = await waitsOf(duck, stored, item, ruleSet);
      addWaits(found, stored, item, waits);
      all.push(...waits);
    }
    await countSubjects(duck, stored, found, ruleSet);
  }
  const missing = [...found.values()].map((f) => rowOf(f, ruleSet)).toSorted(byWorth);
  return { missing, sources: sourcesOf(all, missing) };
}
