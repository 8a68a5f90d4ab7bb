/** What caps would trim: sums under each key against its limit. 预演 only; which award gives way is
 *  decided in the order of claims, by the ledger. */
import { preview } from '@zhida/rules';
import type { Engine, RuleSet } from '@zhida/rules';
import { GRANTED, verdictSql } from './layout.ts';
import type { StoredItem } from './layout.ts';
import type { Labels } from './plans.ts';
import { big, count, quoteText, text } from './duck.ts';
import type { Row, Duck } from './duck.ts';
import type { Stored } from './stored.ts';
import { labelled } from './subject.ts';
import type { Subjects } from './subject.ts';
import type { CapKeyUse, CapUse } from './summary.ts';

/** Over-subscribed keys that are listed of each cap, and awards under one of them. */
const LISTED = 20;
const AWARDS = 200;
/** A key part that is not known. */
const OPEN = '?';

type Cap = RuleSet['caps'][number];

const money = (item: StoredItem): string => `COALESCE(${item.money ?? '0'}, 0)`;
const granted = (item: StoredItem): string => `${verdictSql(item)} = ${GRANTED}`;

/** SQL of: no other item of the same 互斥组 grants the subject more (of equals, the first stays). */
function staysSql(ruleSet: RuleSet, items: readonly StoredItem[], item: StoredItem): string {
  const groupOf = (i: StoredItem): string =>
    ruleSet.items.find((r) => r.name === i.item)?.exclusive ?? '';
  const group = groupOf(item);
  if (group === '') return 'true';
  const at = items.indexOf(item);
  const rivals = items.filter((i) => i !== item && groupOf(i) === group);
  const tests = rivals.map((rival) => {
    const more = items.indexOf(rival) < at ? '>=' : '>';
    return `NOT (${granted(rival)} AND ${money(rival)} ${more} ${money(item)})`;
  });
  return tests.length === 0 ? 'true' : tests.join(' AND ');
}

/** Awards that count under `cap`: item, id, key parts k1 …, wanted, limit; undefined when none can. */
function awardsSql(ruleSet: RuleSet, results: readonly Stored[], cap: Cap): string | undefined {
  const parts = results.flatMap((stored) =>
    stored.result.layout.items.flatMap((item) => {
      const own = item.caps.find((c) => c.cap === cap.name);
      if (own === undefined || item.money === null) return [];
      const keys = own.keys.map((k, n) => `${k} AS k${n + 1}`).join(', ');
      const stays = staysSql(ruleSet, stored.result.layout.items, item);
      return [
        `SELECT ${quoteText(item.item)} AS item, ${quoteText(stored.result.entity)} AS entity, id, ${keys},
         ${item.money} AS wanted, ${own.limit} AS most FROM ${stored.view}
         WHERE ${granted(item)} AND ${item.money} IS NOT NULL AND ${own.limit} IS NOT NULL AND ${stays}`,
      ];
    }),
  );
  return parts.length === 0 ? undefined : parts.join(' UNION ALL ');
}

export interface CapPreview {
  readonly duck: Duck;
  readonly engine: Engine;
  readonly asOf: string;
  readonly subjects: Subjects;
  readonly labels: Labels;
}

/** Re-decides the awards under one key and lets the rules say what each would be left with. */
async function linesOf(
  p: CapPreview,
  cap: Cap,
  key: readonly string[],
  awards: readonly Row[],
): Promise<CapKeyUse['lines']> {
  const { ruleSet } = p.engine;
  const names = new Map<string, string>();
  const decisions = [];
  for (const entity of new Set(awards.map((a) => text(a['entity'])))) {
    const own = awards.filter((a) => text(a['entity']) === entity);
    const subjects = await p.subjects.read(
      entity,
      own.map((a) => text(a['id'])),
    );
    for (const a of own) {
      const subject = subjects.get(text(a['id']));
      const item = ruleSet.items.find((i) => i.name === text(a['item']));
      if (subject === undefined || item === undefined) continue;
      names.set(subject.id, labelled(subject, p.labels).name);
      decisions.push(p.engine.decide(item, subject, p.asOf));
    }
  }
  const use = preview(p.engine, decisions).caps.find(
    (c) => c.cap === cap.name && c.key.join('\n') === key.join('\n'),
  );
  return (use?.lines ?? []).map(({ decision, wantedFen, allowedFen }) => ({
    item: decision.item,
    subject: decision.subject,
    name: names.get(decision.subject) ?? '',
    wantedFen,
    allowedFen,
  }));
}

async function capOf(p: CapPreview, cap: Cap, awards: string): Promise<CapUse> {
  const keys = cap.keys.map((_, n) => `k${n + 1}`);
  const list = keys.join(', ');
  const open = keys.map((k) => `${k} = '${OPEN}'`).join(' OR ');
  const sums = `SELECT ${list}, count(*) AS n, CAST(sum(wanted) AS HUGEINT) AS wanted, max(most) AS most
    FROM (${awards}) WHERE NOT (${open}) GROUP BY ${list}`;
  const total = await p.duck.one(
    `SELECT count(*) AS keys, CAST(sum(wanted) AS HUGEINT) AS wanted, count(*) FILTER (WHERE wanted > most) AS over,
     CAST(sum(wanted - most) FILTER (WHERE wanted > most) AS HUGEINT) AS excess FROM (${sums})`,
  );
  const unkeyed = await p.duck.one(`SELECT count(*) AS n FROM (${awards}) WHERE ${open}`);
  const rows = await p.duck.rows(
    `SELECT * FROM (${sums}) WHERE wanted > most ORDER BY wanted - most DESC, ${list} LIMIT ${LISTED}`,
  );
  const over: CapKeyUse[] = [];
  for (const row of rows) {
    const key = keys.map((k) => text(row[k]));
    const where = keys.map((k, n) => `${k} = ${quoteText(key[n] ?? '')}`).join(' AND ');
    const own = await p.duck.rows(
      `SELECT entity, item, id FROM (${awards}) WHERE ${where} ORDER BY id, item LIMIT ${AWARDS + 1}`,
    );
    const [wantedFen, limitFen, n] = [big(row['wanted']), big(row['most']), count(row['n'])];
    // A part of the awards would not show what is left for each.
    const lines = own.length > AWARDS ? [] : await linesOf(p, cap, key, own);
    over.push({ key, awards: n, wantedFen, limitFen, overFen: wantedFen - limitFen, lines });
  }
  return {
    cap: cap.name,
    en: cap.en,
    items: cap.items,
    labels: cap.keys.map((k) => k.label),
    keys: count(total['keys']),
    wantedFen: big(total['wanted']),
    overKeys: count(total['over']),
    overFen: big(total['excess']),
    unkeyed: count(unkeyed['n']),
    order: p.engine.capOrder(cap),
    over,
  };
}

/** All caps under which the run has awards, those that would be exceeded first. */
export async function capsOf(
  p: CapPreview,
  results: readonly Stored[],
): Promise<readonly CapUse[]> {
  const uses: CapUse[] = [];
  for (const cap of p.engine.ruleSet.caps) {
    const awards = awardsSql(p.engine.ruleSet, results, cap);
    if (awards === undefined) continue;
    const use = await capOf(p, cap, awards);
    if (use.keys > 0 || use.unkeyed > 0) uses.push(use);
  }
  return uses.toSorted((a, b) => (a.overFen === b.overFen ? 0 : a.overFen < b.overFen ? 1 : -1));
}
