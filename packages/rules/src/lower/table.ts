/** 决策表 blocks → table nodes; marginal bands become sums of slices. */
import type { Ast, TestAst } from '../feel/ast.ts';
import { SyntaxProblem } from '../feel/lex.ts';
import { parseExpression, parseTests } from '../feel/parse.ts';
import type { Expr, Hit, TableExpr, TableRow, Test } from '../ir.ts';
import type { Block, QuoteMark, Row } from '../package/block.ts';
import type { Located } from '../package/located.ts';
import { lower, unify } from './expression.ts';
import { checkFounded, literalsOf } from './line.ts';
import type { Literal } from './line.ts';
import { add, extreme, literal, multiply, numberOf } from './number.ts';
import { Scope, guarded, report } from './scope.ts';
import type { Context } from './scope.ts';
import { lowerTests } from './tests.ts';

const HITS: readonly Hit[] = ['唯一', '首个', '求和', '最大', '最小', '超额累进'];
/** Slices of marginal bands are added up one inside the other. */
const MAX_BANDS = 100;
const REMARKS: ReadonlySet<string> = new Set(['依据', '状态', '说明', '出处']);
const CITED = /「((?:[^「」]|「[^「」]*」)*)」(?:#(\d+))?/gu;

interface Columns {
  readonly inputs: readonly { readonly index: number; readonly head: Located }[];
  readonly output: number;
  readonly basis: number;
}

function columnsOf(context: Context, block: Block): Columns | undefined {
  const head = block.table?.head ?? [];
  const outputs = head.flatMap((h, i) => (h.text.startsWith('→') ? [i] : []));
  const inputs = head.flatMap((h, index) =>
    h.text.startsWith('→') || REMARKS.has(h.text) ? [] : [{ index, head: h }],
  );
  const output = outputs[0];
  if (output === undefined || outputs.length > 1 || inputs.length === 0) {
    report(context, block, head[0]?.place() ?? block.at, 'table-columns', { name: block.name });
    return undefined;
  }
  return { inputs, output, basis: head.findIndex((h) => h.text === '依据') };
}

function marksOf(cell: Located | undefined): QuoteMark[] {
  if (cell === undefined) return [];
  return [...cell.text.matchAll(CITED)].map((m) => ({
    text: m[1] ?? '',
    nth: m[2] === undefined ? undefined : Number(m[2]),
    at: cell.place(m.index),
  }));
}

interface ParsedRow {
  readonly row: Row;
  readonly rest: boolean;
  readonly tests: readonly (readonly TestAst[])[];
  /** undefined: 不满足. */
  readonly out: Ast | undefined;
  readonly outCell: Located;
  readonly cite: number;
  readonly literals: readonly { readonly cell: Located; readonly list: readonly Literal[] }[];
}

/** Each row cites its words, and what it says stands in them. */
function checkRows(context: Context, block: Block, rows: readonly ParsedRow[]): void {
  for (const { row, rest, cite, literals } of rows) {
    const cited = context.citations.cites[cite];
    const silent = cited?.spans.length === 0 && cited.readings.length === 0;
    const unclear = context.citations.misquoting.has(cite);
    if (!rest && block.quote !== undefined && silent && !unclear) {
      report(context, block, row.at, 'row-uncited', { name: block.name });
      continue;
    }
    for (const { cell, list } of literals) checkFounded(context, block, cell, list, cite);
  }
}

function parseRow(context: Context, block: Block, row: Row, c: Columns): ParsedRow | undefined {
  const first = row.cells[c.inputs[0]?.index ?? 0];
  const outCell = row.cells[c.output];
  if (first === undefined || outCell === undefined) return undefined;
  // A row with too many or too few cells has been reported as such.
  if (row.cells.length !== block.table?.head.length) return undefined;
  const rest = first.text === '其余';
  const tests = rest
    ? []
    : c.inputs.map(({ index }) => {
        const cell = row.cells[index] ?? first;
        return guarded(context, block, cell, () => parseTests(cell.text === '' ? '-' : cell.text));
      });
  const fails = outCell.text === '不满足';
  const out = fails
    ? undefined
    : guarded(context, block, outCell, () => parseExpression(outCell.text));
  const parsed = tests.flatMap((t) => (t === undefined ? [] : [t]));
  const broken = parsed.length < tests.length || (!fails && out === undefined);
  const basis = row.cells[c.basis];
  const literals = [
    ...parsed.map((t, i) => ({ cell: row.cells[c.inputs[i]?.index ?? 0] ?? first, ast: t })),
    ...(out === undefined ? [] : [{ cell: outCell, ast: [out] }]),
  ].map(({ cell, ast }) => ({ cell, list: ast.flatMap(literalsOf) }));
  const keys = new Set(literals.flatMap((l) => l.list).flatMap((l) => l.keys));
  const readings = [...(basis?.text ?? '').matchAll(/口径[(\s]\s*([^\s()]+)\)?/gu)].map(
    (m) => m[1] ?? '',
  );
  for (const id of readings) context.used.add(`reading:${id}`);
  const quotes = marksOf(basis);
  if (broken) return undefined;
  const cite = context.citations.line({ quotes, readings }, block, keys);
  return { row, rest, tests: parsed, out, outCell, cite, literals };
}

function headOf(
  context: Context,
  block: Block,
  head: Located,
  anchor: { root: string },
): Expr | undefined {
  return guarded(context, block, head, () => {
    const cite = context.citations.line({ quotes: [], readings: [] }, block, new Set());
    return lower(parseExpression(head.text), new Scope(context, block, head, cite, { anchor }));
  });
}

/** Marginal bands: Σ rate × max(0, min(x, hi) − lo), the sum of the slices inside each band. */
function marginal(input: Expr, rows: readonly TableRow[], cite: number): Expr | undefined {
  let total: Expr | undefined;
  if (rows.length > MAX_BANDS) {
    throw new SyntaxProblem('expression-too-deep', 0, { limit: String(MAX_BANDS) });
  }
  for (const row of rows) {
    const test = row.tests[0]?.[0];
    if (test?.k !== 'interval' || row.out === null || row.tests.length !== 1) return undefined;
    const type = numberOf(input, 0);
    const bound = (value: string): Expr => ({ k: 'literal', value, type, cite });
    const upper = test.hi === null ? input : extreme('min', [input, bound(test.hi)], 0, cite);
    const lower0 = test.lo === null ? bound('0') : bound(test.lo);
    const slice = add('subtract', upper, lower0, 0, cite);
    const above = extreme('max', [slice, literal({ n: 0n, s: 0 }, '', cite)], 0, cite);
    const part = multiply(above, row.out, 0, row.cite);
    total = total === undefined ? part : add('add', total, part, 0, cite);
  }
  return total === undefined ? undefined : { ...total, origin: '超额累进' };
}

/** The outputs of all rows, of one type; undefined after a problem, which names its own row. */
function outputs(
  context: Context,
  block: Block,
  rows: readonly ParsedRow[],
  scopes: (r: ParsedRow) => Scope,
): (Expr | null)[] | undefined {
  const lowered = rows.map((r) => {
    const { out } = r;
    if (out === undefined) return null;
    return guarded(context, block, r.outCell, () => lower(out, scopes(r)));
  });
  const first = lowered.find((e) => e !== null && e !== undefined) ?? undefined;
  const fits = lowered.map((e, i) => {
    const cell = rows[i]?.outCell;
    if (e === null || e === undefined || first === undefined || cell === undefined) return e;
    return guarded(context, block, cell, () => unify([first, e], 0)) === undefined ? undefined : e;
  });
  if (fits.includes(undefined)) return undefined;
  const known = fits.flatMap((e) => (e === undefined ? [] : [e]));
  const present = known.filter((e) => e !== null);
  if (present.length === 0) return known;
  const { items, type } = unify(present, 0);
  let next = 0;
  return known.map((e) => {
    if (e === null) return null;
    const item = items[next++] ?? e;
    return type.t === 'text' ? { ...item, type } : item;
  });
}

/** Lowers a 决策表. The result is a table node, or for 超额累进 a sum. */
export function lowerTable(
  context: Context,
  block: Block,
  anchor: { root: string },
): { expr: Expr; bands: TableExpr } | undefined {
  const c = columnsOf(context, block);
  const hitText = block.attributes.get('命中')?.text ?? '唯一';
  const hit = HITS.find((h) => h === hitText);
  if (hit === undefined) {
    const at = block.attributes.get('命中')?.place() ?? block.at;
    report(context, block, at, 'table-hit', { hit: hitText, known: HITS.join(' ') });
  }
  if (c === undefined || hit === undefined) return undefined;
  const parsed = (block.table?.rows ?? []).map((r) => parseRow(context, block, r, c));
  const rows = parsed.flatMap((r) => (r === undefined ? [] : [r]));
  const inputs = c.inputs.map(({ head }) => headOf(context, block, head, anchor));
  if (rows.length < parsed.length || inputs.some((i) => i === undefined)) {
    return undefined;
  }
  const parts = { c, hit, rows, inputs: inputs as Expr[] };
  const table = assemble(context, block, parts, anchor);
  if (table !== undefined) checkRows(context, block, rows);
  return table;
}

interface Parts {
  readonly c: Columns;
  readonly hit: Hit;
  readonly rows: readonly ParsedRow[];
  readonly inputs: readonly Expr[];
}

function assemble(
  context: Context,
  block: Block,
  parts: Parts,
  anchor: { root: string },
): { expr: Expr; bands: TableExpr } | undefined {
  const { hit, rows, c } = parts;
  const listed = rows.filter((r) => !r.rest);
  const cite = context.citations.line({ quotes: [], readings: [] }, block, new Set());
  const scope = (cell: Located, at: number): Scope =>
    new Scope(context, block, cell, at, { anchor });
  const columns = parts.inputs.map((input, i) => {
    const head = c.inputs[i]?.head ?? rows[0]?.outCell;
    if (head === undefined) return undefined;
    // Each cell alone first, so that a problem stands at its own cell.
    const cells = listed.map((r) => {
      const cell = r.row.cells[c.inputs[i]?.index ?? 0] ?? head;
      const own = [r.tests[i] ?? []];
      return guarded(context, block, cell, () => lowerTests(input, own, scope(cell, cite)));
    });
    if (cells.includes(undefined)) return undefined;
    const tests = listed.map((r) => r.tests[i] ?? []);
    return lowerTests(input, tests, scope(head, cite));
  });
  const outCell = rows[0]?.outCell;
  const out = outputs(context, block, rows, (r) => scope(r.outCell, r.cite));
  if (outCell === undefined || columns.includes(undefined) || out === undefined) return undefined;
  const outOf = new Map(rows.map((r, i) => [r, out[i] ?? null]));
  const rest = rows.find((r) => r.rest);
  const tableRows: TableRow[] = listed.map((r, n) => ({
    tests: columns.map((col): readonly Test[] => col?.tests[n] ?? []),
    out: outOf.get(r) ?? null,
    cite: r.cite,
    line: r.row.at.line,
  }));
  const typed = out.find((e) => e !== null);
  if (typed === undefined || typed === null) {
    report(context, block, block.at, 'table-columns', { name: block.name });
    return undefined;
  }
  const bands: TableExpr = {
    k: 'table',
    name: block.name,
    hit,
    inputs: columns.flatMap((x) => (x === undefined ? [] : [x.input])),
    labels: c.inputs.map(({ head }) => head.text),
    rows: tableRows,
    ...(rest === undefined ? {} : { rest: outOf.get(rest) ?? null }),
    type: typed.type,
    cite,
  };
  if (hit !== '超额累进') return { expr: bands, bands };
  const input = bands.inputs[0];
  const sum =
    input === undefined
      ? undefined
      : guarded(context, block, outCell, () => marginal(input, tableRows, cite));
  if (sum === undefined) {
    report(context, block, block.at, 'table-marginal', { name: block.name });
    return undefined;
  }
  return { expr: sum, bands };
}
