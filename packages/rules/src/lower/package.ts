/** All files of a package → one frozen RuleSet, with every problem found on the way. */
import { checkPackage } from '../check/index.ts';
import type { Coverage } from '../check/coverage.ts';
import { hashOf } from '../canonical.ts';
import { readExamples } from '../example/read.ts';
import type { ExampleBlock } from '../example/read.ts';
import { SyntaxProblem } from '../feel/lex.ts';
import type { Cap, Duty, Item, Remark, RuleSet } from '../ir.ts';
import { checkManifest, readManifest } from '../manifest.ts';
import { Problems, problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { readBlock } from '../package/block.ts';
import type { Block } from '../package/block.ts';
import { Citations } from '../package/citation.ts';
import { DUTY_KEYWORDS, readMarkdown } from '../package/markdown.ts';
import type { Pages } from '../package/markdown.ts';
import { decisionNamed, decisionOf } from './decision.ts';
import type { Drafted } from './decision.ts';
import { withEarning } from './earning.ts';
import { lowerBenefit, lowerRight } from './item.ts';
import { lowerCap, lowerDuty, lowerRemark, lowerResponsibility } from './provision.ts';
import { readingNamed, readingOf } from './reading.ts';
import { Context, itemName, report } from './scope.ts';
import type { Definitions } from './walk.ts';
import {
  checkEntities,
  readEntity,
  readGate,
  readParameter,
  readRoster,
  readUnits,
} from './vocabulary.ts';

export interface PackageFile {
  readonly path: string;
  readonly text: string;
}

export interface PackageReading {
  /** The rules as far as they could be read; usable for drafts even when there are problems. */
  readonly ruleSet: RuleSet;
  readonly problems: readonly Problem[];
  readonly coverage: Coverage;
  readonly examples: readonly ExampleBlock[];
  /** Items that are left out, because a line of theirs could not be read: without that condition
   *  or limit they would promise more than the law. The others are whole. */
  readonly undecidable: readonly string[];
}

function duplicate(context: Context, block: Block, name: string, earlier: Block): void {
  const first = `${earlier.at.file}:${earlier.at.line}`;
  report(context, block, block.at, 'name-duplicate', { name, first });
}

function register(context: Context, blocks: readonly Block[]): void {
  const of = (...keywords: string[]): Block[] => blocks.filter((b) => keywords.includes(b.keyword));
  of('单位').forEach((b) => readUnits(context, b));
  of('名册').forEach((b) => readRoster(context, b));
  of('事实').forEach((b) => readEntity(context, b));
  checkEntities(context, of('事实'));
  of('参数').forEach((b) => readParameter(context, b));
  for (const b of of('解释')) {
    const first = context.readings.get(b.id)?.block;
    if (first !== undefined) duplicate(context, b, b.id, first);
    else if (b.id === '') report(context, b, b.at, 'id-missing', { block: b.keyword });
    else context.readings.set(b.id, { block: b, state: 'new', result: undefined });
  }
  for (const b of of('决策', '决策表', '条件')) {
    const first = context.decisions.get(b.name)?.block;
    if (b.name === '') report(context, b, b.at, 'name-missing', { block: b.keyword });
    else if (first !== undefined) duplicate(context, b, b.name, first);
    else context.decisions.set(b.name, { block: b, state: 'new', result: undefined });
  }
  of('认定').forEach((b) => readGate(context, b));
}

/** Provision ids and item names are unique in the package. */
function checkIds(context: Context, blocks: readonly Block[]): void {
  const ids = new Map<string, Block>();
  const names = new Map<string, Block>();
  for (const b of blocks) {
    const provision = [...DUTY_KEYWORDS, '待遇', '权益', '封顶', '责任', '说明'].includes(
      b.keyword,
    );
    if (provision) {
      if (b.id === '') report(context, b, b.at, 'id-missing', { block: b.keyword });
      const first = ids.get(`${b.keyword} ${b.id}`);
      if (first !== undefined && [...DUTY_KEYWORDS, '责任'].includes(b.keyword)) {
        duplicate(context, b, `${b.keyword} ${b.id}`, first);
      }
      ids.set(`${b.keyword} ${b.id}`, b);
    }
    if (b.keyword !== '待遇' && b.keyword !== '权益' && b.keyword !== '封顶') continue;
    if (b.name === '') report(context, b, b.at, 'name-missing', { block: b.keyword });
    const earlier = names.get(b.name);
    if (earlier !== undefined) duplicate(context, b, b.name, earlier);
    names.set(b.name, b);
  }
}

/** Lowers every named rule, used or not, so that its problems are found. */
function lowerAll(context: Context, drafted: Drafted): void {
  for (const [name, draft] of context.decisions) {
    try {
      decisionOf(context, name, 0, drafted);
    } catch (e) {
      if (!(e instanceof SyntaxProblem)) throw e;
      report(context, draft.block, draft.block.at, e.code, e.params);
    }
  }
  for (const [id, draft] of context.readings) {
    try {
      readingOf(context, id);
    } catch (e) {
      if (!(e instanceof SyntaxProblem)) throw e;
      report(context, draft.block, draft.block.at, e.code, e.params);
    }
  }
}

/** Which items a 条件 block holds for: `适用: 全部待遇`, or 全部事项 with the rights. */
function appliesTo(block: Block): string {
  const line = block.lines.find((l) => l.key === '适用')?.value.text;
  return line ?? block.attributes.get('适用')?.text ?? '';
}

/** Adds the conditions that hold for every item of their kind. */
function general(context: Context, items: readonly Item[]): readonly Item[] {
  const all = [...context.decisions].flatMap(([name, d]) => {
    const to = appliesTo(d.block);
    if (to === '') return [];
    context.used.add(`decision:${name}`);
    const holdsFor = (i: Item): boolean => to === '全部事项' || i.kind === '待遇';
    const r = d.result;
    if (r === undefined) {
      // Nobody can be decided without a condition that holds for everybody.
      for (const i of items) if (holdsFor(i)) context.broken.add(itemName(i.name));
      return [];
    }
    const expr = { k: 'decision', name, type: { t: 'bool' }, cite: r.expr.cite } as const;
    return [{ holdsFor, condition: { name, en: r.en, expr } }];
  });
  return items.map((i) => {
    const own = all.filter((g) => g.holdsFor(i)).map((g) => g.condition);
    return own.length === 0 ? i : { ...i, conditions: [...i.conditions, ...own] };
  });
}

interface Provisions {
  readonly items: readonly Item[];
  readonly caps: readonly Cap[];
  readonly duties: readonly Duty[];
  readonly remarks: readonly Remark[];
}

function lowerProvisions(context: Context, blocks: readonly Block[], drafted: Drafted): Provisions {
  const own: Item[] = [];
  const duties: Duty[] = [];
  const remarks: Remark[] = [];
  for (const b of blocks) {
    const duty = DUTY_KEYWORDS.find((k) => k === b.keyword);
    if (duty !== undefined) duties.push(lowerDuty(context, b, duty));
    else if (b.keyword === '待遇') own.push(lowerBenefit(context, b));
    else if (b.keyword === '权益') own.push(lowerRight(context, b));
    else if (b.keyword === '说明') remarks.push(lowerRemark(context, b));
    else if (b.keyword === '责任') remarks.push(lowerResponsibility(context, b));
  }
  const defs: Definitions = {
    decision: (name) => context.decisions.get(name)?.result?.expr,
    reading: (id) =>
      (context.readings.get(id)?.result?.interpretation.alternatives ?? []).flatMap(
        (a) => a.expr ?? [],
      ),
  };
  const tables = new Map([...drafted.tables].map(([name, { table }]) => [name, table]));
  const en = (name: string): string => context.decisions.get(name)?.result?.en ?? '';
  const items = general(
    context,
    own.map((i) => withEarning(i, tables, defs, en)),
  );
  const caps = blocks.flatMap((b) =>
    b.keyword === '封顶' ? (lowerCap(context, b, items) ?? []) : [],
  );
  return { items, caps, duties, remarks };
}

function decidable(p: Provisions, left: readonly string[]): Provisions {
  return {
    ...p,
    items: p.items.filter((i) => !left.includes(i.name)),
    caps: p.caps.map((c) => ({ ...c, items: c.items.filter((i) => !left.includes(i)) })),
  };
}

function ruleSetOf(context: Context, p: Provisions, reading: Pages): RuleSet {
  const done = <T>(drafts: Iterable<{ readonly result: T | undefined }>): T[] =>
    [...drafts].flatMap((d) => (d.result === undefined ? [] : [d.result]));
  const rest = {
    format: 1 as const,
    manifest: context.manifest,
    text: reading.quotes.map((q) => q.norm).join(''),
    measures: reading.headings.flatMap((h) => {
      const m = /^(\d+)\.\s*(.+)$/u.exec(h.text);
      return m === null ? [] : [{ id: m[1] ?? '', title: m[2] ?? '' }];
    }),
    entities: [...context.entities.values()],
    parameters: [...context.parameters.values()],
    interpretations: done(context.readings.values()).map((r) => r.interpretation),
    decisions: done(context.decisions.values()).map(({ id, name, en, expr, root, cite }) => ({
      id,
      name,
      en,
      expr,
      root,
      cite,
    })),
    gates: [...context.gates.values()],
    ...p,
    units: [...context.units.values()],
    rosters: [...context.rosters.values()],
    cites: context.citations.cites,
  };
  return freeze({ ...rest, hash: hashOf(rest) });
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}

/** Reads a package. Never throws on bad input: whatever is wrong is in `problems`. */
export function readPackage(files: readonly PackageFile[]): PackageReading {
  const problems = new Problems();
  const manifestFile = files.find((f) => f.path === 'package.yaml');
  const at = { file: 'package.yaml', line: 1, column: 1 };
  if (manifestFile === undefined)
    problems.add(problem('file-missing', at, { file: 'package.yaml' }));
  const head = readManifest(
    manifestFile?.text ?? '',
    'package.yaml',
    // Without the file its keys are not missing one by one.
    manifestFile === undefined ? new Problems() : problems,
  );
  const { manifest, source, sourcePlace } = head;
  const sourceFile = files.find((f) => f.path === source);
  if (sourceFile === undefined && source !== '') {
    problems.add(problem('file-missing', sourcePlace, { file: source }));
  }
  const markdown = files
    .filter((f) => f.path.endsWith('.md') && !/(?:^|\/)README\.md$/u.test(f.path))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const reading = readMarkdown(markdown, problems);
  if (reading.quotes.length > 0) {
    checkManifest(head, reading.quotes.map((q) => q.norm).join(''), problems);
  }
  const blocks = reading.blocks.map((b) => readBlock(b, problems));
  const citations = new Citations(problems);
  citations.nameClauses(blocks);
  const drafted: Drafted = { tables: new Map(), exceptions: [] };
  const context = new Context(problems, citations, manifest, {
    decision: (name, from, s) => decisionNamed(name, from, s, drafted),
    reading: readingNamed,
  });
  register(context, blocks);
  checkIds(context, blocks);
  lowerAll(context, drafted);
  const provisions = lowerProvisions(context, blocks, drafted);
  const examples = readExamples(context, blocks, provisions.items);
  citations.resolveRest(blocks);
  const coverage = checkPackage(context, {
    blocks,
    reading,
    drafted,
    source: sourceFile,
    items: provisions.items,
  });
  const undecidable = provisions.items
    .map((i) => i.name)
    .filter((name) => context.broken.has(itemName(name)));
  const ruleSet = ruleSetOf(context, decidable(provisions, undecidable), reading);
  return {
    ruleSet,
    problems: problems.sorted(),
    coverage,
    examples: examples.filter((e) => !undecidable.includes(e.item)),
    undecidable,
  };
}
