/** `zhida check`: errors, both coverages, findings, what is still to be settled. */
import { problemText, runExamples } from '@zhida/rules';
import type { Language, RuleSet } from '@zhida/rules';
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

/** Prints the state of a package. Returns the exit code. */
export function check(folder: string, t: Terminal, json: boolean): number {
  const started = performance.now();
  const { ruleSet, problems, coverage, examples, undecidable } = loadPackage(folder);
  const took = Math.round(performance.now() - started);
  const errors = problems.filter((p) => p.severity === 'error');
  const findings = problems.filter((p) => p.severity === 'finding');
  const whole = [coverage.sentences, coverage.characters, coverage.numbers].every(
    (s) => s.bound === s.all,
  );
  const results = errors.length === 0 ? runExamples(ruleSet, examples) : [];
  const failing = results.filter((r) => !r.passed).length;
  const publishable = errors.length === 0 && whole && failing === 0;
  const { sentences, characters, numbers } = coverage;
  if (json) {
    const counts = { errors: errors.length, findings: findings.length, examplesFailed: failing };
    const shares = { sentences, characters, numbers };
    const out = {
      package: ruleSet.manifest,
      hash: ruleSet.hash,
      publishable,
      counts,
      ...shares,
      problems,
    };
    t.print(JSON.stringify(out, null, 2));
    return publishable ? 0 : 1;
  }
  const l = t.language;
  const { manifest, items, caps, gates, duties, interpretations } = ruleSet;
  t.print(t.colour('bold', `${manifest.title}  ${manifest.number}`));
  if (l === 'en') t.print(manifest.titleEn);
  t.print(
    t.colour(
      'dim',
      `sha256 ${ruleSet.hash.slice(0, 16)}…  ${say('readIn', l)} ${took} ${say('milliseconds', l)}`,
    ),
  );
  t.print();
  for (const p of problems) {
    t.print(t.colour(p.severity === 'error' ? 'red' : 'yellow', problemText(p, l)));
  }
  if (problems.length > 0) t.print();
  t.table(
    [{ head: say('bound', l) }, { head: '', right: true }, { head: '', right: true }],
    (
      [
        ['sentences', sentences],
        ['characters', characters],
        ['numbers', numbers],
      ] as const
    ).map(([word, s]) => [say(word, l), `${s.bound}/${s.all}`, percent(s)]),
  );
  t.print();
  const money = items.filter((i) => i.kind === '待遇').length;
  const switchable = interpretations.filter((i) =>
    i.alternatives.some((a) => a.expr !== null),
  ).length;
  const count = (n: number, word: Word): string => `${n} ${say(word, l)}`;
  t.print(
    [
      count(money, 'moneyItems'),
      count(items.length - money, 'rights'),
      count(caps.length, 'caps'),
      count(gates.length, 'gates'),
      `${count(interpretations.length, 'readings')} (${switchable} ${say('switchable', l)})`,
    ].join(' · '),
  );
  const kinds = new Map<string, number>();
  for (const d of duties) kinds.set(d.kind, (kinds.get(d.kind) ?? 0) + 1);
  t.print([...kinds].map(([kind, n]) => `${n} ${dutyKind(kind, l)}`).join(' · '));
  t.print(`${results.length} ${say('examples', l)}, ${failing} ${say('failed', l)}`);
  if (undecidable.length > 0) {
    t.print(t.colour('red', `${say('undecidable', l)}: ${undecidable.join(' ')}`));
  }
  const open = openPoints(ruleSet, l);
  if (open.length > 0) {
    t.print();
    t.print(`${say('toSettle', l)}:`);
    for (const line of open) t.print(`  ${line}`);
  }
  t.print();
  const verdict = publishable
    ? t.colour('green', say('usable', l))
    : t.colour('red', say('draftOnly', l));
  t.print(
    `${errors.length} ${say('errors', l)}, ${findings.length} ${say('findings', l)} — ${verdict}`,
  );
  return publishable ? 0 : 1;
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
