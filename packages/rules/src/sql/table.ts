/** Decision tables as terms: three-valued rows, hit policies. */
import type { Interval, TableExpr, TableRow } from '../ir.ts';
import { kindOf } from './meaning.ts';
import type { Reader } from './meaning.ts';
import type { Term } from './term.ts';
import { isPlain } from './term.ts';

export function collects(t: TableExpr): boolean {
  return t.hit === '求和' || t.hit === '最大' || t.hit === '最小';
}

/** Whether a row hits; unknown while a value that it tests is, unless another one fails. */
export function rowTerm(x: Reader, t: TableExpr, row: TableRow): Term {
  const tests = t.inputs.map((input, n) => x.tests(input, row.tests[n] ?? [], false));
  return x.columns.terms.and(tests);
}

/** True where no row hits. */
function noneHits(x: Reader, t: TableExpr, rows: readonly Term[]): Term {
  const terms = x.columns.terms;
  const [input] = t.inputs;
  const tested = t.rows.every((r) => r.tests[0]?.every((test) => test.k !== 'any') === true);
  // With one input that every row tests, nothing is open once it is known.
  if (input !== undefined && t.inputs.length === 1 && tested) return terms.not(x.isNull(input));
  return terms.not(terms.or(rows));
}

export function tableTerm(x: Reader, t: TableExpr): Term {
  if (collects(t)) return collected(x, t);
  const by = dividing(t);
  return by === undefined ? chain(x, t) : divided(x, t, by);
}

/** From this many rows on a table is divided. */
const MANY = 8;

/** The input by whose names a long table can be divided: each row asks for some names or for none. */
function dividing(t: TableExpr): number | undefined {
  if (t.rows.length < MANY) return undefined;
  const at = t.inputs.findIndex(
    (input, n) =>
      input.type.t === 'text' &&
      t.rows.every((r) => r.tests[n]?.every((test) => test.k === 'set' || test.k === 'any')),
  );
  return at < 0 ? undefined : at;
}

/** A long table as one short chain for each name: nobody passes through the rows of the others. */
function divided(x: Reader, t: TableExpr, by: number): Term {
  const terms = x.columns.terms;
  const input = t.inputs[by];
  if (input === undefined) return chain(x, t);
  const namesOf = (row: TableRow): readonly string[] =>
    (row.tests[by] ?? []).flatMap((test) => (test.k === 'set' ? test.values : []));
  const isFree = (row: TableRow): boolean =>
    row.tests[by]?.some((test) => test.k === 'any') === true;
  const part = (name: string | undefined): TableExpr => ({
    ...t,
    rows: t.rows
      .filter((r) => isFree(r) || (name !== undefined && namesOf(r).includes(name)))
      .map((r) => ({ ...r, tests: r.tests.map((test, n) => (n === by ? [{ k: 'any' }] : test)) })),
  });
  const names = [...new Set(t.rows.flatMap(namesOf))];
  const value = x.shared(input);
  const branches = names.map((name): readonly [Term, Term] => [
    terms.isIn(value, [terms.text(name)]),
    chain(x, part(name)),
  ]);
  return terms.choose([...branches, [terms.isNull(value), chain(x, t)]], chain(x, part(undefined)));
}

/** The rows of a table in their order. */
function chain(x: Reader, t: TableExpr): Term {
  const terms = x.columns.terms;
  const kind = kindOf(t);
  const nothing = terms.nothing(kind);
  const rows = t.rows.map((r) => rowTerm(x, t, r));
  const outs = t.rows.map((r) => (r.out === null ? nothing : x.term(r.out)));
  const branches = rows.flatMap((row, n): (readonly [Term, Term])[] => {
    const hit = [row, outs[n] ?? nothing] as const;
    // Under 首个 an open row keeps the later ones from deciding.
    return t.hit === '首个' && !row.known ? [hit, [terms.isNull(row), nothing]] : [hit];
  });
  if (t.rest === undefined || t.rest === null) return terms.choose(branches, nothing);
  const rest = x.term(t.rest);
  if (t.hit === '首个') return terms.choose(branches, rest);
  return terms.choose([...branches, [noneHits(x, t, rows), rest]], nothing);
}

function collected(x: Reader, t: TableExpr): Term {
  const terms = x.columns.terms;
  const nothing = terms.nothing('integer');
  const rows = t.rows.map((r) => rowTerm(x, t, r));
  const paying = t.rows.flatMap((r, n) => {
    const hits = rows[n];
    return r.out === null || hits === undefined ? [] : [{ hits, out: share(x, x.term(r.out)) }];
  });
  const open = terms.or([
    ...rows.map((r) => terms.isNull(r)),
    ...paying.map(({ hits, out }) => terms.and([terms.surely(hits), terms.isNull(out)])),
  ]);
  const any = terms.or(paying.map((p) => terms.surely(p.hits)));
  const rest = t.rest === undefined || t.rest === null ? nothing : x.term(t.rest);
  return terms.choose(
    [
      [open, nothing],
      [any, foldPaying(x, t, paying)],
    ],
    rest,
  );
}

function share(x: Reader, term: Term): Term {
  return isPlain(term) ? term : x.columns.share(term);
}

function foldPaying(
  x: Reader,
  t: TableExpr,
  paying: readonly { readonly hits: Term; readonly out: Term }[],
): Term {
  const terms = x.columns.terms;
  if (t.hit === '求和') {
    const parts = paying.map(({ hits, out }) => terms.choose([[hits, out]], terms.integer(0n)));
    return parts.reduce((a, b) => terms.add(a, b), terms.integer(0n));
  }
  const op = t.hit === '最大' ? '>' : '<';
  return paying.reduce((best, { hits, out }) => {
    const before = share(x, best);
    const better = terms.or([terms.isNull(before), terms.compare(op, out, before)]);
    return terms.choose([[terms.and([hits, better]), out]], before);
  }, terms.nothing('integer'));
}

/** Whether the inputs of a table earn anything. */
export function hitsTerm(x: Reader, t: TableExpr): Term {
  const terms = x.columns.terms;
  const simple = t.hit !== '首个' && (t.rest === undefined || t.rest === null);
  // Every row pays and nothing else does: it earns where some row hits.
  if (simple && t.rows.every((r) => r.out !== null)) return anyRow(x, t);
  const rows = t.rows.map((r) => rowTerm(x, t, r));
  const restPays = terms.boolean(t.rest !== undefined && t.rest !== null);
  const unknown = terms.nothing('boolean');
  const pays = t.rows.map((r) => r.out !== null);
  if (collects(t)) {
    const earning = terms.or(rows.filter((_, n) => pays[n]).map((r) => terms.surely(r)));
    const open = terms.or(rows.map((r) => terms.isNull(r)));
    return terms.choose(
      [
        [earning, terms.boolean(true)],
        [open, unknown],
      ],
      restPays,
    );
  }
  // While it is open: no row that could pay is left, and 其余 pays nothing.
  const hopeless =
    restPays.literal === true
      ? terms.boolean(false)
      : terms.and(rows.filter((_, n) => pays[n]).map((r) => terms.surely(terms.not(r))));
  const whileOpen = terms.choose([[hopeless, terms.boolean(false)]], unknown);
  const branches = rows.flatMap((row, n): (readonly [Term, Term])[] => {
    const hit = [row, terms.boolean(pays[n] === true)] as const;
    return t.hit === '首个' && !row.known ? [hit, [terms.isNull(row), whileOpen]] : [hit];
  });
  if (t.hit === '首个') return terms.choose(branches, restPays);
  return terms.choose([...branches, [noneHits(x, t, rows), restPays]], whileOpen);
}

/** Whether some row hits; bands that touch are one. */
function anyRow(x: Reader, t: TableExpr): Term {
  const [input] = t.inputs;
  const bands = t.rows.flatMap((r) => r.tests[0] ?? []);
  const intervals = bands.filter((b) => b.k === 'interval');
  const numbers = input !== undefined && t.inputs.length === 1 && input.type.t === 'number';
  if (!numbers || intervals.length !== bands.length) {
    return x.columns.terms.or(t.rows.map((r) => rowTerm(x, t, r)));
  }
  return x.tests(input, merged(intervals), false);
}

/** Touching intervals as one, ascending. */
function merged(intervals: readonly Interval[]): readonly Interval[] {
  const from = (i: Interval): bigint | null => (i.lo === null ? null : BigInt(i.lo));
  const sorted = intervals.toSorted((a, b) => {
    const [x, y] = [from(a), from(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? -1 : 1;
    return x < y ? -1 : x > y ? 1 : 0;
  });
  return sorted.reduce<Interval[]>((done, next) => {
    const last = done.at(-1);
    const touches =
      last !== undefined &&
      last.hi !== null &&
      last.hi === next.lo &&
      !(last.hiOpen && next.loOpen);
    if (!touches) return [...done, next];
    return [...done.slice(0, -1), { ...last, hi: next.hi, hiOpen: next.hiOpen }];
  }, []);
}
