// Goal: what a run says of everybody is what the rules engine says one by one, and every figure of the
// summary follows from it. Method: the sample of Benxi and some hundred variations of it (facts left out,
// numbers moved around thresholds) as a snapshot; each figure is counted again the slow way.
import { mkdtempSync, rmSync, statSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '@zhida/register';
import { PERSON, preview } from '@zhida/rules';
import type { RuleSet, Subject } from '@zhida/rules';
import { RunError, RunReader, openRun, screen, verifyRun } from '@zhida/screening';
import type { ResultRow, Run } from '@zhida/screening';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crowd } from './crowd.ts';
import { AS_OF, decideAll, wantsOf } from './naive.ts';
import type { Decided } from './naive.ts';
import { loadPackage, sample, snapshotOf } from './register.ts';

let folder: string;
let ruleSet: RuleSet;
let subjects: readonly Subject[];
let snapshot: Snapshot;
let all: readonly Decided[];
let run: Run;
let reader: RunReader;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'screen-'));
  ruleSet = loadPackage('benxi-2023-10');
  subjects = [...crowd(ruleSet, 12), ...atTheEdges()];
  snapshot = await snapshotOf(ruleSet, subjects, join(folder, 'snapshots'));
  ({ all } = decideAll(ruleSet, subjects));
  run = await screen({
    ruleSet,
    snapshot,
    asOf: AS_OF,
    folder: join(folder, 'runs'),
    chunkRows: 50,
  });
  reader = await RunReader.open(run, { ruleSet, snapshot });
});

afterAll(() => {
  reader?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Greenhouse sites around the threshold of 10亩 and around the distances from it that are counted. */
function atTheEdges(): readonly Subject[] {
  const site = sample(ruleSet).find((s) => s.id === 'XQ-002');
  if (site === undefined) throw new Error('the sample has no XQ-002');
  return [799n, 800n, 801n, 899n, 900n, 949n, 950n, 999n, 1000n, 1050n, 1051n].map((area) => {
    const facts = { ...site.facts, 编号: `EDGE-${area}`, 日光温室占地面积: area };
    return { entity: site.entity, id: `EDGE-${area}`, facts };
  });
}

const key = (item: string, id: string): string => `${item} ${id}`;

async function rowsOf(item: string): Promise<readonly ResultRow[]> {
  const rows: ResultRow[] = [];
  for await (const batch of reader.rows(item)) rows.push(...batch);
  return rows;
}

describe('rows of a run', () => {
  it('are the decisions of the engine, with conditions, amounts, caps and what is missing', async () => {
    const wanted = new Map(all.map((d) => [key(d.item.name, d.subject.id), d]));
    let seen = 0;
    for (const item of ruleSet.items.filter((i) => i.entity !== PERSON)) {
      for (const row of await rowsOf(item.name)) {
        const one = wanted.get(key(item.name, row.id));
        if (one === undefined) continue;
        const { decision, states } = one;
        seen += 1;
        expect(row.verdict, key(item.name, row.id)).toBe(decision.verdict);
        expect(row.conditions).toEqual(states);
        expect(row.amountFen).toBe(decision.amount?.fen ?? null);
        expect(row.payee).toBe(decision.payee);
        const granted = decision.verdict === '满足';
        expect(row.potentialFen).toBe(granted ? null : decision.potentialFen);
        const wants = [
          ...row.missing.map((m) => `fact ${m.path} ${m.month}`),
          ...row.pending.map((p) => `gate ${p} `),
        ];
        expect(wants.toSorted()).toEqual(wantsOf(decision));
        const caps = row.caps.filter((c) => c.limitFen !== null);
        const limits = decision.limits.filter((l) => l.capFen !== null);
        expect(caps).toEqual(limits.map((l) => ({ cap: l.cap, key: l.key, limitFen: l.capFen })));
      }
    }
    expect(seen).toBe(all.length);
  });

  it('say in words why, in both languages', async () => {
    const [row] = await rowsOf('批零增量奖励').then((rows) =>
      rows.filter((r) => r.id === '91210521MA07018584'),
    );
    expect(row?.reasons).toEqual(['缺：月限上零售额 2022-09、2022-10、2022-11（市统计局）']);
    for await (const [first] of reader.rows('批零增量奖励', {
      language: 'en',
      verdicts: ['不满足'],
      limit: 1,
    })) {
      expect(first?.reasons).toEqual([
        'not met: In the above-quota statistical base',
        'not met: Industry (classes of the 2017 size table)',
      ]);
    }
  });

  it('can be asked for by verdict and district', async () => {
    const rows: ResultRow[] = [];
    for await (const b of reader.rows('稳岗返还', { verdicts: ['满足'], district: '平山区' }))
      rows.push(...b);
    const wanted = all.filter(
      (d) =>
        d.item.name === '稳岗返还' &&
        d.decision.verdict === '满足' &&
        d.subject.facts['县区'] === '平山区',
    );
    expect(rows.map((r) => r.id)).toEqual(wanted.map((d) => d.subject.id).toSorted());
    expect(wanted.length).toBeGreaterThan(0);
  });

  it('open the proof of one subject', async () => {
    const proofs = await reader.proofOf('企业', '91210502MA070037X3');
    const award = proofs.find((p) => p.item.name === '批零增量奖励');
    expect(award?.decision.amount?.fen).toBe(50_000_000n);
    expect(award?.conditions.every((c) => c.state === 'met')).toBe(true);
    await expect(reader.proofOf('企业', 'nobody')).rejects.toThrow('has no nobody among 企业');
  });
});

describe('the summary', () => {
  it('counts verdicts, money and districts as the decisions do', () => {
    for (const item of run.summary.items) {
      const own = all.filter((d) => d.item.name === item.item);
      const of = (v: string): readonly Decided[] => own.filter((d) => d.decision.verdict === v);
      for (const v of ['满足', '待认定', '资料不足', '不满足'] as const) {
        expect(item.verdicts[v], `${item.item} ${v}`).toBe(of(v).length);
      }
      const fen = of('满足').reduce((sum, d) => sum + (d.decision.amount?.fen ?? 0n), 0n);
      expect(item.amountFen ?? 0n).toBe(fen);
      const potential = own
        .filter((d) => d.decision.verdict !== '满足')
        .reduce((sum, d) => sum + (d.decision.potentialFen ?? 0n), 0n);
      expect(item.potentialFen).toBe(potential);
      expect(item.districts.reduce((sum, s) => sum + s.amountFen, 0n)).toBe(fen);
      expect(item.districts.reduce((sum, s) => sum + s.granted, 0)).toBe(of('满足').length);
    }
    const { money, districts, payers, funds } = run.summary;
    for (const slices of [districts, payers, funds]) {
      const sum = slices.reduce((s, x) => s + x.money.exactlyFen, 0n);
      expect(sum).toBe(money.exactlyFen);
    }
    const retail = run.summary.items.find((i) => i.item === '批零增量奖励');
    const ping = all.filter(
      (d) => d.item.name === '批零增量奖励' && d.subject.facts['县区'] === '平山区',
    );
    expect(retail?.districts.find((d) => d.name.zh === '平山区')?.amountFen).toBe(
      ping.reduce((sum, d) => sum + (d.decision.amount?.fen ?? 0n), 0n),
    );
  });

  it('gives the money to the district of who is paid', () => {
    for (const name of ['技改直接补助', '领军企业联合计划支持', '直播基地增量奖励']) {
      const sums = new Map<string, bigint>();
      for (const { item, decision } of all) {
        if (item.name !== name || decision.verdict !== '满足') continue;
        const payee = subjects.find((x) => x.entity === '企业' && x.id === decision.payee);
        const district = payee?.facts['县区'];
        const where = typeof district === 'string' ? district : '未知';
        sums.set(where, (sums.get(where) ?? 0n) + (decision.amount?.fen ?? 0n));
      }
      const slices = run.summary.items.find((i) => i.item === name)?.districts ?? [];
      const found = slices
        .filter((d) => d.granted > 0)
        .map((d) => [d.name.zh, d.amountFen] as const);
      expect(new Map(found), name).toEqual(sums);
      expect(sums.size).toBeGreaterThan(0);
    }
  });

  it('leads each subject through the funnel once: exits + unknown + remaining = total', () => {
    for (const { item, funnel } of run.summary.items) {
      const own = all.filter((d) => d.item.name === item);
      let entering = own;
      funnel.steps.forEach((step, at) => {
        expect(step.entering).toBe(entering.length);
        expect(step.failed).toBe(entering.filter((d) => d.states[at] === false).length);
        const open = entering.filter((d) => d.states[at] === null);
        expect(step.unknown).toBe(open.length);
        expect(step.otherwise).toBe(open.filter((d) => d.decision.verdict === '不满足').length);
        entering = entering.filter((d) => d.states[at] === true);
      });
      expect(funnel.remaining).toBe(entering.length);
      const left = funnel.steps.reduce((sum, s) => sum + s.failed + s.unknown, 0);
      expect(left + funnel.remaining).toBe(funnel.total);
      expect(funnel.amountUnknown + funnel.amountNothing + funnel.granted).toBe(funnel.remaining);
    }
  });

  it('ranks what is missing by the yuan that could follow', async () => {
    const sums = new Map<
      string,
      { waits: number; fen: bigint; alone: number; aloneFen: bigint; ids: Set<string> }
    >();
    for (const { decision, subject } of all) {
      const wants = wantsOf(decision);
      for (const w of wants) {
        const none = { waits: 0, fen: 0n, alone: 0, aloneFen: 0n, ids: new Set<string>() };
        const sum = sums.get(w) ?? none;
        sum.waits += 1;
        sum.fen += decision.potentialFen ?? 0n;
        sum.ids.add(`${subject.entity} ${subject.id}`);
        if (wants.length === 1) {
          sum.alone += 1;
          sum.aloneFen += decision.potentialFen ?? 0n;
        }
        sums.set(w, sum);
      }
    }
    const { missing, sources } = run.summary;
    expect(missing).toHaveLength(sums.size);
    for (const row of missing) {
      const sum = sums.get(`${row.kind} ${row.path} ${row.month}`);
      const found = {
        waits: row.waits,
        fen: row.potentialFen,
        alone: row.aloneWaits,
        aloneFen: row.aloneFen,
      };
      expect({ ...found, subjects: row.subjects }, row.path).toEqual({
        waits: sum?.waits,
        fen: sum?.fen,
        alone: sum?.alone,
        aloneFen: sum?.aloneFen,
        subjects: sum?.ids.size,
      });
    }
    const worth = missing.map((m) => m.potentialFen);
    expect(worth).toEqual(worth.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
    const [first] = missing;
    if (first === undefined) throw new Error('nothing is missing');
    const waiting = await reader.waiting(first);
    expect(waiting).toHaveLength(first.waits);
    expect(waiting.filter((w) => w.alone)).toHaveLength(first.aloneWaits);
    expect(sources.every((s) => s.waits >= s.aloneWaits)).toBe(true);
    expect(sources.find((s) => s.source === '市统计局')?.facts).toBe(
      missing.filter((m) => m.source === '市统计局').length,
    );
  });

  it('finds the near misses that the engine measures', () => {
    const wanted = all.flatMap(({ item, subject, decision, states }) => {
      const [f] = decision.failed;
      if (f === undefined || decision.failed.length > 1 || states.includes(null)) return [];
      if (typeof f.threshold !== 'bigint' || f.gap === undefined || f.type?.t !== 'number')
        return [];
      if (f.gap <= 0n || f.gap * 5n > f.threshold) return [];
      return [`${item.name} ${subject.id} ${f.condition} ${f.gap}`];
    });
    const found = run.summary.nearMisses.map(
      (n) => `${n.item} ${n.id} ${n.condition} ${n.gapScaled}`,
    );
    expect(found.toSorted()).toEqual(wanted.toSorted());
    expect(wanted.length).toBeGreaterThan(5);
    expect(run.summary.items.reduce((sum, i) => sum + i.nearMisses, 0)).toBe(wanted.length);
  });

  it('counts near misses by their number where they are too many to measure', async () => {
    const items = ['批零增量奖励', '新建日光温室小区补贴'];
    const runs = join(folder, 'few');
    const few = await screen({
      ruleSet,
      snapshot,
      asOf: AS_OF,
      items,
      folder: runs,
      measuredAtMost: 2,
    });
    const whole = run.summary.items.filter((i) => items.includes(i.item));
    expect(few.summary.items.map((i) => i.nearMisses)).toEqual(whole.map((i) => i.nearMisses));
    for (const item of items) {
      const nearest = run.summary.nearMisses.filter((n) => n.item === item).slice(0, 2);
      expect(few.summary.nearMisses.filter((n) => n.item === item)).toEqual(nearest);
    }
    expect(Math.max(...whole.map((i) => i.nearMisses))).toBeGreaterThan(2);
  });

  it('puts every number into one bin, with the thresholds at their ends', () => {
    for (const item of run.summary.items) {
      for (const d of item.distributions) {
        expect(d.bins.reduce((sum, b) => sum + b.count, 0)).toBe(d.known);
        const ends = d.bins.map((b) => b.fromScaled);
        for (const t of d.thresholdsScaled) expect(ends).toContain(t);
        d.bins.slice(1).forEach((b, i) => expect(b.fromScaled).toBe(d.bins[i]?.toScaled));
      }
    }
    const size = run.summary.items
      .find((i) => i.item === '新建日光温室小区补贴')
      ?.distributions.find((d) => d.condition === '规模');
    const areas = subjects.flatMap((s) => {
      const area = s.entity === '小区' ? s.facts['日光温室占地面积'] : undefined;
      return typeof area === 'bigint' ? [area] : [];
    });
    expect(size?.thresholdsScaled).toEqual([1000n]);
    expect(size?.known).toBe(areas.length);
    const five = size?.bunching[0]?.within.find((w) => w.percent === 5);
    expect(five).toEqual({
      percent: 5,
      below: areas.filter((a) => a >= 950n && a < 1000n).length,
      above: areas.filter((a) => a >= 1000n && a <= 1050n).length,
    });
  });

  it('previews caps: what is wanted under each key, and what would be trimmed', () => {
    const cap = run.summary.caps.find((c) => c.cap === '批零载体年度');
    const carrier = cap?.over.find((k) => k.key[0] === 'ZT-001');
    const lines = carrier?.lines ?? [];
    expect(lines.reduce((sum, l) => sum + l.wantedFen, 0n)).toBe(carrier?.wantedFen);
    expect(lines.reduce((sum, l) => sum + l.allowedFen, 0n)).toBe(carrier?.limitFen);
    expect(carrier?.overFen).toBe((carrier?.wantedFen ?? 0n) - (carrier?.limitFen ?? 0n));
    expect(carrier?.overFen).toBeGreaterThan(0n);
  });
});

describe('caps under a reading that grants one store twice', () => {
  it('count the higher award only, as the preview of the rules does', async () => {
    const readings = new Map([['3.4#1', '乙']]);
    const items = ruleSet.items.filter((i) => i.entity === '首店').map((i) => i.name);
    const own = await screen({
      ruleSet,
      snapshot,
      asOf: AS_OF,
      readings,
      items,
      folder: join(folder, 'caps'),
    });
    const decided = decideAll(ruleSet, subjects, readings);
    const stores = decided.all.filter((d) => items.includes(d.item.name)).map((d) => d.decision);
    const { superseded, caps } = preview(decided.engine, stores);
    expect(superseded.length).toBeGreaterThan(0);
    const sums = new Map<string, { keys: number; wanted: bigint; over: bigint; unkeyed: number }>();
    for (const { cap, key: parts, capFen, lines } of caps) {
      const wanted = lines.reduce((sum, l) => sum + l.wantedFen, 0n);
      const sum = sums.get(cap) ?? { keys: 0, wanted: 0n, over: 0n, unkeyed: 0 };
      sums.set(cap, sum);
      // Awards of a carrier that nobody knows are under no key.
      if (parts.includes('?')) {
        sum.unkeyed += lines.length;
        continue;
      }
      sum.keys += 1;
      sum.wanted += wanted;
      sum.over += wanted > capFen ? wanted - capFen : 0n;
    }
    const found = own.summary.caps.map(
      ({ cap, keys, wantedFen: wanted, overFen: over, unkeyed }) =>
        [cap, { keys, wanted, over, unkeyed }] as const,
    );
    const known = [...sums].filter(([cap]) => found.some(([name]) => name === cap));
    expect(new Map(found)).toEqual(new Map(known));
    expect(found.length).toBeGreaterThan(0);
  });
});

describe('a stored run', () => {
  it('is opened, not made again, when the same is asked for', async () => {
    const path = join(run.folder, 'manifest.json');
    const before = statSync(path).mtimeMs;
    const again = await screen({ ruleSet, snapshot, asOf: AS_OF, folder: join(folder, 'runs') });
    expect(statSync(path).mtimeMs).toBe(before);
    expect(again.summary).toEqual(run.summary);
    await verifyRun(again);
  });

  it('is another for another day or reading', async () => {
    const other = await screen({
      ruleSet,
      snapshot,
      asOf: AS_OF,
      readings: new Map([['3.3#1', '乙']]),
      items: ['批零增量奖励'],
      folder: join(folder, 'runs'),
    });
    expect(other.head.id).not.toBe(run.head.id);
    expect(other.head.readings).toEqual([{ id: '3.3#1', key: '乙' }]);
    const readings = new Map([['3.3#1', '乙']]);
    const own = decideAll(ruleSet, subjects, readings).all.filter(
      (d) => d.item.name === '批零增量奖励',
    );
    expect(other.summary.items[0]?.verdicts.满足).toBe(
      own.filter((d) => d.decision.verdict === '满足').length,
    );
  });

  it('is refused when a file is not what was written', async () => {
    const copy = await screen({
      ruleSet,
      snapshot,
      asOf: AS_OF,
      folder: join(folder, 'copy'),
      items: ['稳岗返还'],
    });
    const summary = join(copy.folder, 'summary.json');
    writeFileSync(summary, readFileSync(summary, 'utf8').replace('稳岗返还', '稳岗'));
    expect(() => openRun(copy.folder)).toThrow(RunError);
    expect(() => openRun(join(folder, 'nowhere'))).toThrow('no finished run');
  });

  it('is not explained with another package', async () => {
    const other = loadPackage('example-city');
    await expect(RunReader.open(run, { ruleSet: other, snapshot })).rejects.toThrow(
      'another package',
    );
  });

  it('asks about items that exist', async () => {
    const wrong = screen({
      ruleSet,
      snapshot,
      asOf: AS_OF,
      items: ['无'],
      folder: join(folder, 'runs'),
    });
    await expect(wrong).rejects.toThrow('there is no item 无');
  });
});

describe('persons', () => {
  it('are never screened, not even when asked for', async () => {
    const persons = ruleSet.items.filter((i) => i.entity === PERSON);
    expect(persons.length).toBeGreaterThan(5);
    expect(run.head.entities.map((e) => e.entity)).not.toContain(PERSON);
    const items = persons.slice(0, 1).map((i) => i.name);
    const asked = { ruleSet, snapshot, asOf: AS_OF, folder: join(folder, 'runs'), items };
    await expect(screen(asked)).rejects.toThrow('never screened');
  });
});
