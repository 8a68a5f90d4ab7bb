// Goal: the comparison of two runs names everybody whose decision is another, once, with the right cause.
// Method: a register in which single facts were changed by hand, and a reading switched; all changes are
// counted again from the decisions of the engine.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '@zhida/register';
import type { RuleSet, Subject } from '@zhida/rules';
import { compareRuns, screen } from '@zhida/screening';
import type { Comparison, Made } from '@zhida/screening';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AS_OF, decideAll } from './naive.ts';
import { loadPackage, sample, snapshotOf, subjectsFrom } from './register.ts';

const RETAILER = '91210502MA070037X3';
const FILLED = '91210521MA07018584';
const GONE = '91210521MA07025942';
const ITEMS = ['申请政策解释', '批零增量奖励', '知名品牌首店奖励', '稳岗返还'];
const READING = new Map([['3.3#1', '乙']]);

let folder: string;
let ruleSet: RuleSet;
let before: readonly Subject[];
let after: readonly Subject[];
let snapshots: readonly [Snapshot, Snapshot];

type Facts = Subject['facts'];

function changed(subjects: readonly Subject[]): readonly Subject[] {
  const months = (s: Subject): Facts => s.facts['月限上零售额'] as Facts;
  const change = (s: Subject): Facts => {
    if (s.id === RETAILER)
      return { ...s.facts, 月限上零售额: { ...months(s), '2023-09': 12_500_000_000n } };
    if (s.id === FILLED) {
      const filled = { '2022-09': 0n, '2022-10': 0n, '2022-11': 0n };
      return { ...s.facts, 月限上零售额: { ...months(s), ...filled } };
    }
    // A fact that no rule of a changed decision reads.
    if (s.id === '91210504MA0701110U') return { ...s.facts, 名称: '改名' };
    // The carrier of two stores is another.
    if (s.id === 'SD-001') return { ...s.facts, 载体: { 编号: 'ZT-009', 名称: '新载体' } };
    return s.facts;
  };
  return subjects.filter((s) => s.id !== GONE).map((s) => ({ ...s, facts: change(s) }));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'compare-'));
  ruleSet = loadPackage('benxi-2023-10');
  before = sample(ruleSet);
  after = changed(before);
  snapshots = [
    await snapshotOf(ruleSet, before, join(folder, 'snapshots')),
    await snapshotOf(ruleSet, after, join(folder, 'snapshots')),
  ];
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function made(n: 0 | 1, readings: ReadonlyMap<string, string> = new Map()): Promise<Made> {
  const snapshot = snapshots[n];
  const run = await screen({
    ruleSet,
    snapshot,
    asOf: AS_OF,
    items: ITEMS,
    readings,
    folder: join(folder, 'runs'),
  });
  return { run, ruleSet, snapshot };
}

/** Decisions that differ, in the words of the comparison: item, subject, kind. */
function naive(
  one: readonly Subject[],
  other: readonly Subject[],
  readings: ReadonlyMap<string, string>,
): readonly string[] {
  const say = (
    subjects: readonly Subject[],
    r?: ReadonlyMap<string, string>,
  ): Map<string, string> =>
    new Map(
      decideAll(ruleSet, subjects, r)
        .all.filter((d) => ITEMS.includes(d.item.name))
        .map((d) => [
          `${d.item.name} ${d.subject.id}`,
          `${d.decision.verdict} ${d.decision.amount?.fen ?? ''}`,
        ]),
    );
  const [was, is] = [say(one), say(other, readings)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((k) => was.get(k) !== is.get(k))
    .toSorted();
}

const listed = (c: Comparison): readonly string[] =>
  c.listed.map((x) => `${x.item} ${x.id}`).toSorted();

describe('a comparison', () => {
  it('of a run with itself finds nothing', async () => {
    const c = await compareRuns(await made(0), await made(0));
    expect(c).toMatchObject({ total: 0, items: [], listed: [], rules: [], sameSnapshot: true });
  });

  it('lays changes on the facts when only the register is another, and names them', async () => {
    const c = await compareRuns(await made(0), await made(1));
    expect(listed(c)).toEqual(naive(before, after, new Map()));
    const of = (id: string, item: string): Comparison['listed'][number] | undefined =>
      c.listed.find((x) => x.id === id && x.item === item);
    expect(of(RETAILER, '批零增量奖励')).toMatchObject({
      kind: 'amount',
      cause: 'facts',
      before: { verdict: '满足', amountFen: 50_000_000n },
      after: { verdict: '满足', amountFen: 30_000_000n },
      facts: [
        { path: '企业.月限上零售额 2023-09', before: '175,000,000元', after: '125,000,000元' },
      ],
    });
    expect(of(FILLED, '批零增量奖励')).toMatchObject({ kind: 'entered', cause: 'facts' });
    expect(of(GONE, '稳岗返还')).toMatchObject({
      kind: 'left',
      cause: 'register',
      after: null,
    });
    expect(c.total).toBe(c.listed.length);
  });

  it('lays changes on the rules when only a reading is another', async () => {
    const c = await compareRuns(await made(0), await made(0, READING));
    expect(c.rules).toEqual(['readings']);
    expect(listed(c)).toEqual(naive(before, before, READING));
    expect(c.listed.every((x) => x.cause === 'rules' && x.facts.length === 0)).toBe(true);
    const retail = c.items.find((i) => i.item === '批零增量奖励');
    const sum = retail?.changes.reduce((s, x) => s + x.differenceFen, 0n);
    expect(sum).toBe((retail?.afterFen ?? 0n) - (retail?.beforeFen ?? 0n));
    expect(sum).not.toBe(0n);
  });

  it('tells both from rules alone when register and reading are others', async () => {
    const c = await compareRuns(await made(0), await made(1, READING));
    expect(listed(c)).toEqual(naive(before, after, READING));
    const cause = (id: string): readonly string[] => [
      ...new Set(c.listed.filter((x) => x.id === id).map((x) => x.cause)),
    ];
    expect(cause(RETAILER)).toEqual(['both']);
    expect(cause(GONE)).toEqual(['register']);
    // Its name is another, which no rule reads.
    expect(cause('91210504MA0701110U')).toEqual(['rules']);
  });

  it('counts what it does not list', async () => {
    const whole = await compareRuns(await made(0), await made(1));
    const short = await compareRuns(await made(0), await made(1), { listed: 1 });
    expect(short.listed).toEqual(whole.listed.slice(0, 1));
    expect(short.total).toBe(whole.total);
  });
});

describe('a fact of somebody whom the subject refers to', () => {
  it('is a changed fact of the subject', async () => {
    const city = loadPackage('example-city');
    const register = (excellent: string): Promise<Snapshot> => {
      const owner = { 统一社会信用代码: 'YZ', '认定 优秀示范企业': excellent };
      const plain = { 备案编号: 'XM', 投资额: '6000万元', 业主: owner };
      return snapshotOf(city, subjectsFrom(city, { 项目: [plain] }), join(folder, 'city'));
    };
    const half = async (excellent: string, asOf: string): Promise<Made> => {
      const snapshot = await register(excellent);
      const runs = join(folder, 'city-runs');
      const run = await screen({
        ruleSet: city,
        snapshot,
        asOf,
        items: ['重大技改专项支持'],
        folder: runs,
      });
      return { run, ruleSet: city, snapshot };
    };
    const before = await half('否', '2024-06-03');
    const same = await compareRuns(before, await half('是', '2024-06-03'));
    expect(same.listed).toMatchObject([
      {
        id: 'XM',
        kind: 'entered',
        cause: 'facts',
        facts: [{ path: '项目.业主.认定 优秀示范企业', before: '否', after: '是' }],
      },
    ]);
    const later = await compareRuns(before, await half('是', '2024-06-04'));
    expect(later.rules).toEqual(['day']);
    expect(later.listed).toMatchObject([{ id: 'XM', kind: 'entered', cause: 'both' }]);
  });
});
