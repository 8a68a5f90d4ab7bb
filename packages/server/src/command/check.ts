/** `zhida check`: errors, both coverages, findings, what is still to be settled. */
import { problemText, runExamples } from '@zhida/rules';
import type { ExampleResult, Language, RuleSet } from '@zhida/rules';
import { loadPackage } from '../package-folder.ts';
import type { Terminal } from '../terminal.ts';
import { say } from '../words.ts';
import type { Word } from '../words.ts';

function percent(share: { readonly bound: number; readonly all: number }): string {
  if (share.bound === share.all) return '100 %';
  // Never rounded up to 100: one unbound sentence shows.
  return `${Math.floor((share.bound * 1000) / share.all) / 10} %`;
}

function openPoints(ruleSet: RuleSet, language: Language): string[] {
  const open = ruleSet.items.filter((i) => i.openQuestions.length > 0);
  const values = ruleSet.parameters.flatMap((p) => p.rows.filter((r) => r.status !== 'sourced'));
  const unsigned = ruleSet.interpretations.filter((i) => i.status === '待确认');
  const lines: string[] = [];
  const add = (word: Word, n: number, more: string): void => {
    if (n > 0) lines.push(`${say(word, language)}: ${n}${more === '' ? '' : ` (${more})`}`);
  };
  add('unsigned', unsigned.length, say('readings', language));
  add('fundOpen', open.length, open.map((i) => i.id).join(' '));
  add('unconfirmedValues', values.length, '');
  return lines;
}

type Loaded = ReturnType<typeof loadPackage>;

interface State extends Loaded {
  readonly errors: number;
  readonly findings: number;
  readonly ran: number;
  readonly failing: readonly ExampleResult[];
  /** Money items that no worked example guards. */
  readonly unexampled: readonly string[];
  readonly publishable: boolean;
  readonly milliseconds: number;
}

function stateOf(folder: string): State {
  const started = performance.now();
  const loaded = loadPackage(folder);
  const milliseconds = Math.round(performance.now() - started);
  const { ruleSet, problems, coverage, examples } = loaded;
  const errors = problems.filter((p) => p.severity === 'error').length;
  const findings = problems.length - errors;
  const whole = [coverage.sentences, coverage.characters, coverage.numbers].every(
    (s) => s.bound === s.all,
  );
  const results = errors === 0 ? runExamples(ruleSet, examples) : [];
  const failing = results.filter((r) => !r.passed);
  const unexampled = ruleSet.items
    .filter(
      (i) => i.kind === '待遇' && !examples.some((e) => e.item === i.name && e.examples.length > 0),
    )
    .map((i) => i.name);
  const publishable = errors === 0 && whole && failing.length === 0 && unexampled.length === 0;
  const ran = results.length;
  return { ...loaded, errors, findings, ran, failing, unexampled, publishable, milliseconds };
}

function asJson(s: State): string {
  const { sentences, characters, numbers } = s.coverage;
  const out = {
    package: s.ruleSet.manifest,
    hash: s.ruleSet.hash,
    publishable: s.publishable,
    counts: { errors: s.errors, findings: s.findings, examplesFailed: s.failing.length },
    undecidable: s.undecidable,
    unexampled: s.unexampled,
    sentences,
    characters,
    numbers,
    problems: [...s.problems, ...s.failing.flatMap((f) => f.problems)],
  };
  return JSON.stringify(out, null, 2);
}

function printHead(s: State, t: Terminal): void {
  const l = t.language;
  const { manifest, hash } = s.ruleSet;
  t.print(t.colour('bold', `${manifest.title}  ${manifest.number}`));
  if (l === 'en') t.print(manifest.titleEn);
  const read = `${say('readIn', l)} ${s.milliseconds} ${say('milliseconds', l)}`;
  t.print(t.colour('dim', `sha256 ${hash.slice(0, 16)}…  ${read}`));
  t.print();
  const problems = [...s.problems, ...s.failing.flatMap((f) => f.problems)];
  for (const p of problems) {
    t.print(t.colour(p.severity === 'error' ? 'red' : 'yellow', problemText(p, l)));
  }
  if (problems.length > 0) t.print();
}

function printCoverage(s: State, t: Terminal): void {
  const l = t.language;
  const rows = (['sentences', 'characters', 'numbers'] as const).map((word) => {
    const share = s.coverage[word];
    return [say(word, l), `${share.bound}/${share.all}`, percent(share)];
  });
  t.table([{ head: '' }, { head: say('bound', l), right: true }, { head: '%', right: true }], rows);
  t.print();
}

function printCounts(s: State, t: Terminal): void {
  const l = t.language;
  const { items, caps, gates, duties, interpretations } = s.ruleSet;
  const money = items.filter((i) => i.kind === '待遇').length;
  const switchable = interpretations.filter((i) =>
    i.alternatives.some((a) => a.expr !== null),
  ).length;
  const count = (n: number, word: Word): string => `${n} ${say(word, l)}`;
  const counts = [
    count(money, 'moneyItems'),
    count(items.length - money, 'rights'),
    count(caps.length, 'caps'),
    count(gates.length, 'gates'),
    `${count(interpretations.length, 'readings')} (${switchable} ${say('switchable', l)})`,
  ];
  t.print(counts.join(' · '));
  const kinds = new Map<string, number>();
  for (const d of duties) kinds.set(d.kind, (kinds.get(d.kind) ?? 0) + 1);
  t.print([...kinds].map(([kind, n]) => `${n} ${dutyKind(kind, l)}`).join(' · '));
  t.print(`${s.ran} ${say('examples', l)}, ${s.failing.length} ${say('failed', l)}`);
  if (s.unexampled.length > 0) {
    t.print(t.colour('red', `${say('unexampled', l)}: ${s.unexampled.join(' ')}`));
  }
  if (s.undecidable.length > 0) {
    t.print(t.colour('red', `${say('undecidable', l)}: ${s.undecidable.join(' ')}`));
  }
}

/** Prints the state of a package. Returns the exit code. */
export function check(folder: string, t: Terminal, json: boolean): number {
  const s = stateOf(folder);
  const l = t.language;
  if (json) {
    t.print(asJson(s));
    return s.publishable ? 0 : 1;
  }
  printHead(s, t);
  printCoverage(s, t);
  printCounts(s, t);
  const open = openPoints(s.ruleSet, l);
  if (open.length > 0) {
    t.print();
    t.print(`${say('toSettle', l)}:`);
    for (const line of open) t.print(`  ${line}`);
  }
  t.print();
  const verdict = s.publishable
    ? t.colour('green', say('usable', l))
    : t.colour('red', say('draftOnly', l));
  t.print(`${s.errors} ${say('errors', l)}, ${s.findings} ${say('findings', l)} — ${verdict}`);
  return s.publishable ? 0 : 1;
}

const DUTY_KINDS: Readonly<Record<string, string>> = {
  任务: 'duties',
  指标: 'indicators',
  清单: 'lists',
  活动: 'events',
  服务: 'services',
  宣传: 'publicity provisions',
};

export function dutyKind(kind: string, language: Language): string {
  return language === 'zh' ? kind : (DUTY_KINDS[kind] ?? kind);
}
