/** `zhida test`: the package's worked examples. */
import { problemText, runExamples } from '@zhida/rules';
import type { ExampleResult } from '@zhida/rules';
import { loadPackage } from '../package-folder.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError, shown } from '../usage.ts';
import { named, say } from '../words.ts';

function summary(
  results: readonly ExampleResult[],
): Map<string, { passed: number; failed: number }> {
  const byItem = new Map<string, { passed: number; failed: number }>();
  for (const r of results) {
    const count = byItem.get(r.example.item) ?? { passed: 0, failed: 0 };
    if (r.passed) count.passed++;
    else count.failed++;
    byItem.set(r.example.item, count);
  }
  return byItem;
}

/** Runs the examples of the items whose name or provision contains `filter`. */
export function test(folder: string, filter: string, t: Terminal, json: boolean): number {
  const { ruleSet, examples, problems } = loadPackage(folder);
  const chosen = examples.filter((b) => {
    const item = ruleSet.items.find((i) => i.name === b.item);
    return filter === '' || b.item.includes(filter) || item?.id.startsWith(filter) === true;
  });
  if (chosen.length === 0 && filter !== '') {
    throw new UsageError('no-example', { asked: filter, folder: shown(folder) });
  }
  const results = runExamples(ruleSet, chosen);
  const failed = results.filter((r) => !r.passed);
  const errors = problems.filter((p) => p.severity === 'error');
  if (json) {
    const failures = failed.map((r) => ({ ...r.example, found: r.found, problems: r.problems }));
    t.print(JSON.stringify({ passed: results.length - failed.length, failed: failures }, null, 2));
    return failed.length === 0 && results.length > 0 ? 0 : 1;
  }
  const l = t.language;
  const rows = [...summary(results)].map(([name, n]) => {
    const item = ruleSet.items.find((i) => i.name === name);
    const mark = n.failed === 0 ? t.colour('green', '✓') : t.colour('red', '✗');
    return [
      mark,
      item?.id ?? '',
      named(name, item?.en ?? '', l),
      String(n.passed),
      String(n.failed),
    ];
  });
  t.table(
    [
      { head: ' ' },
      { head: say('clause', l) },
      { head: say('item', l), most: 56 },
      { head: say('passed', l), right: true },
      { head: say('failed', l), right: true },
    ],
    rows,
  );
  t.print();
  for (const r of failed) for (const p of r.problems) t.print(t.colour('red', problemText(p, l)));
  if (errors.length > 0) t.print(`${errors.length} ${say('errors', l)}: zhida check`);
  t.print(
    `${results.length - failed.length} ${say('passed', l)}, ${failed.length} ${say('failed', l)}`,
  );
  return failed.length === 0 && results.length > 0 && errors.length === 0 ? 0 : 1;
}
