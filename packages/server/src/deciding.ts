/** Deciding many subjects under their items: one use case for the table, CSV, JSON and start. */
import { prepare } from '@zhida/rules';
import type { Decision, Engine, Item, RuleSet } from '@zhida/rules';
import type { ReadSubject } from './facts-file.ts';
import { UsageError } from './usage.ts';
import { Progress } from './progress.ts';

export interface Decided {
  readonly subject: ReadSubject;
  readonly item: Item;
  readonly decision: Decision;
}

/** `3.3#1=乙` → a switched reading. Throws UsageError on an unknown reading or alternative. */
export function readSwitches(
  ruleSet: RuleSet,
  said: readonly string[],
): ReadonlyMap<string, string> {
  const switches = new Map<string, string>();
  for (const text of said) {
    const [id = '', key = ''] = text.split('=');
    const found = ruleSet.interpretations.find((i) => i.id === id);
    if (found === undefined) throw new UsageError('reading-unknown', { text, id });
    const keys = found.alternatives.map((a) => a.key);
    if (!keys.includes(key)) {
      throw new UsageError('reading-alternative', { text, id, keys: keys.join(' ') });
    }
    if (found.alternatives.every((a) => a.expr === null)) {
      throw new UsageError('reading-words', { text, id });
    }
    switches.set(id, key);
  }
  return switches;
}

export function engineWith(ruleSet: RuleSet, switches: readonly string[]): Engine {
  return prepare(ruleSet, readSwitches(ruleSet, switches));
}

/** Items whose name or provision id is asked for; all when nothing is. */
export function chooseItems(ruleSet: RuleSet, asked: readonly string[]): readonly Item[] {
  if (asked.length === 0) return ruleSet.items;
  return asked.flatMap((a) => {
    const found = ruleSet.items.filter(
      (i) => i.name === a || i.id === a || i.id.startsWith(`${a}.`),
    );
    if (found.length > 0) return found;
    const near = ruleSet.items.filter((i) => i.name.includes(a)).map((i) => `${i.id} ${i.name}`);
    const ids = [...new Set(ruleSet.items.map((i) => i.id))];
    const hint = near.length > 0 ? near.join(', ') : ids.join(' ');
    throw new UsageError('item-unknown', { asked: a, hint });
  });
}

export function isDay(text: string): boolean {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (m === null) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Every subject under every item for its kind, in the order of the file and of the text. */
export function decideAll(
  engine: Engine,
  items: readonly Item[],
  subjects: readonly ReadSubject[],
  asOf: string,
): readonly Decided[] {
  if (!isDay(asOf)) throw new UsageError('day', { text: asOf });
  const progress = new Progress('decide', subjects.length);
  const result: Decided[] = [];
  subjects.forEach((subject, n) => {
    for (const item of items) {
      if (item.entity !== subject.entity) continue;
      result.push({ subject, item, decision: engine.decide(item, subject, asOf) });
    }
    progress.at(n + 1);
  });
  progress.end();
  return result;
}
