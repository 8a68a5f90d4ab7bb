/** What an expression may refer to, and the package-wide state of lowering. */
import type { Block, Line } from '../package/block.ts';
import type { Citations } from '../package/citation.ts';
import type { Located } from '../package/located.ts';
import { problem } from '../problem.ts';
import type { Code, Place, Problems } from '../problem.ts';
import type {
  DecisionRule,
  Entity,
  Expr,
  Fact,
  Gate,
  Interpretation,
  Manifest,
  Parameter,
  Roster,
  Type,
  Unit,
} from '../ir.ts';
import { FailedElsewhere, SyntaxProblem } from '../feel/lex.ts';
import { sentences, withoutSpace } from '../text.ts';

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** A named rule that is lowered when first used; `busy` while it is, to find circles. */
export interface Draft<T> {
  readonly block: Block;
  state: 'new' | 'busy' | 'done';
  result: T | undefined;
  /** Depth of its expression, the rules it names included; known when done. */
  levels?: number;
}

export interface LoweredReading {
  readonly interpretation: Interpretation;
  readonly type: Type | undefined;
  /** Some alternative is an expression, whether or not it could be read. */
  readonly said: boolean;
  readonly root: string;
}

export interface LoweredDecision extends DecisionRule {
  readonly type: Type;
}

/** Lowers named rules on first use. Wired in `lower/package.ts`, so that the files that lower
 *  expressions need not know those that lower blocks. */
export interface Resolver {
  decision(name: string, at: number, s: Scope): Expr | undefined;
  reading(id: string, at: number, s: Scope): Expr;
}

export class Context {
  readonly problems: Problems;
  readonly citations: Citations;
  readonly manifest: Manifest;
  readonly resolver: Resolver;
  readonly entities: Map<string, Entity> = new Map();
  readonly parameters: Map<string, Parameter> = new Map();
  readonly parameterBlocks: Map<string, Block> = new Map();
  readonly units: Map<string, Unit> = new Map();
  readonly rosters: Map<string, Roster> = new Map();
  readonly gates: Map<string, Gate> = new Map();
  readonly readings: Map<string, Draft<LoweredReading>> = new Map();
  readonly decisions: Map<string, Draft<LoweredDecision>> = new Map();
  /** Where each fact was declared, for findings about unused ones. */
  readonly factPlaces: Map<string, Place> = new Map();
  readonly used: Set<string> = new Set();
  /** Words of lines that could not be read: what they name is not called unused as well. */
  readonly unread: string[] = [];
  /** Facts, gates, periods and items that could not be read: their users keep silent. */
  readonly broken: Set<string> = new Set();
  /** Definitions that are being lowered, each because the one before names it. */
  definitions = 0;

  constructor(problems: Problems, citations: Citations, manifest: Manifest, resolver: Resolver) {
    this.problems = problems;
    this.citations = citations;
    this.manifest = manifest;
    this.resolver = resolver;
  }

  fact(entity: string, name: string): Fact | undefined {
    return this.entities.get(entity)?.facts.find((f) => f.name === name);
  }
}

/** The surroundings of one expression. `root` is the entity that its facts start from; found while
 *  lowering when not fixed. */
export class Scope {
  readonly context: Context;
  readonly block: Block;
  readonly line: Located;
  readonly cite: number;
  readonly periods: ReadonlyMap<string, Period>;
  /** Row variables of enclosing `for`, with their entities. */
  readonly rows: ReadonlyMap<string, string>;
  /** Shared with the scopes inside: the root is found wherever a fact is first named. */
  readonly anchor: { root: string };

  constructor(
    context: Context,
    block: Block,
    line: Located,
    cite: number,
    more: {
      readonly root?: string;
      readonly periods?: ReadonlyMap<string, Period>;
      readonly rows?: ReadonlyMap<string, string>;
      readonly anchor?: { root: string };
    } = {},
  ) {
    this.context = context;
    this.block = block;
    this.line = line;
    this.cite = cite;
    this.periods = more.periods ?? new Map();
    this.rows = more.rows ?? new Map();
    this.anchor = more.anchor ?? { root: more.root ?? '' };
  }

  get root(): string {
    return this.anchor.root;
  }

  /** Takes `entity` as the root, or objects when another one is. */
  enter(entity: string, at: number): void {
    if (entity === '' || entity === this.anchor.root) return;
    if (this.anchor.root !== '') {
      throw new SyntaxProblem('root-mixed', at, { root: this.anchor.root, other: entity });
    }
    this.anchor.root = entity;
  }

  withRow(variable: string, entity: string): Scope {
    const { periods, anchor } = this;
    const rows = new Map([...this.rows, [variable, entity] as const]);
    return new Scope(this.context, this.block, this.line, this.cite, { periods, rows, anchor });
  }

  report(code: Code, at: number, params: Readonly<Record<string, string>>): void {
    report(this.context, this.block, this.line.place(at), code, params);
  }
}

/** The words that the line or table row at `line` cites. */
function citedAt(block: Block, line: number): readonly string[] {
  const row = block.table?.rows.find((r) => r.at.line === line);
  const marks = row?.cells.flatMap((c) => [...c.text.matchAll(/「([^」]*)」/gu)]) ?? [];
  if (marks.length > 0) return marks.map((m) => m[1] ?? '');
  const found = block.lines.findLast((l) => l.whole.place().line <= line);
  return found?.quotes.map((q) => q.text) ?? [];
}

/** The sentence that a line implements; where the line cites none, the whole blockquote. */
function sentenceOf(block: Block, line: number): string {
  const norm = block.quote?.norm ?? '';
  const cited = line === block.at.line ? [] : citedAt(block, line);
  // Most problems of a long blockquote cite nothing: it is not cut into sentences for each.
  if (cited.length === 0) return norm;
  const at = cited.map((q) => norm.indexOf(withoutSpace(q.split('…')[0] ?? '')));
  const around = sentences(norm).filter((s) => at.some((i) => i >= s.start && i < s.end));
  return around.length === 0 ? norm : around.map((s) => norm.slice(s.start, s.end)).join('');
}

/** Adds a problem with the clause and the sentence of the block it stands in. */
export function report(
  context: Context,
  block: Block,
  at: Place,
  code: Code,
  params: Readonly<Record<string, string>>,
): void {
  const clause = context.citations.clause(block);
  const quote = at.file === block.at.file ? sentenceOf(block, at.line) : '';
  // The codes and their parameters are checked by a test over all messages.
  context.problems.add(problem(code as 'null-literal', at, params as never, { clause, quote }));
}

/** A period of a block, as `Context.broken` names it. */
export function periodName(block: Block, name: string): string {
  return `${block.at.file}:${block.at.line} ${name}`;
}

/** An item, as `Context.broken` names it. */
export function itemName(name: string): string {
  return `待遇 ${name}`;
}

/** What the line cites and names is not reported as forgotten: the line has its own problem. */
export function excuseLine(context: Context, block: Block, line: Line): void {
  context.citations.line(line, block, 'any');
  context.unread.push(line.whole.text);
}

/** The same of a whole block, the cells of its table included. */
export function excuseBlock(context: Context, block: Block): void {
  for (const line of block.lines) excuseLine(context, block, line);
  for (const row of block.table?.rows ?? []) {
    const quotes = row.cells.flatMap((cell) =>
      [...cell.text.matchAll(/「([^」]*)」(?:#(\d+))?/gu)].map((m) => ({
        text: m[1] ?? '',
        nth: m[2] === undefined ? undefined : Number(m[2]),
        at: cell.place(m.index),
      })),
    );
    context.citations.line({ quotes, readings: [] }, block, 'any');
    context.unread.push(...row.cells.map((cell) => cell.text));
  }
}

/** Runs `work`; a SyntaxProblem becomes a reported problem at its place in `line`. */
export function guarded<T>(
  context: Context,
  block: Block,
  line: Located,
  work: () => T,
): T | undefined {
  try {
    return work();
  } catch (e) {
    context.unread.push(line.text);
    if (e instanceof FailedElsewhere) return undefined;
    if (!(e instanceof SyntaxProblem)) throw e;
    context.unread.push(...Object.values(e.params));
    report(context, block, line.place(e.at), e.code, e.params);
    return undefined;
  }
}
