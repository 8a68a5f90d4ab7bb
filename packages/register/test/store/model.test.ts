// Goal: what the register knows on any day is what its imports say by the plain rules of docs/register.md.
// Method: random sequences of imports, corrections, withdrawn values, lists, undoings and undoings of
// these; after each sequence every day's snapshot and every subject equal a naive model in this file.
import * as fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readFacts } from '@zhida/rules';
import { openRegister } from '../../src/store/register.ts';
import type { Register } from '../../src/store/register.ts';
import { ruleSet } from '../snapshot/policy.ts';
import { tableRows } from './temporary.ts';
import { reading } from './lines.ts';
import type { Line, Values } from './lines.ts';

const PROJECT = '设施农业项目';
const LOANS = `${PROJECT}.贷款`;
const COUNT = '贷款 个数';

interface Import {
  readonly lines: readonly Line[];
  readonly undoes?: number;
}
/** One step: an import or the undoing of an earlier step (taken modulo), and days passed since. */
interface Step {
  readonly lines: readonly Line[];
  readonly undo: number | null;
  readonly days: number;
}

const amount = fc.option(fc.bigInt({ min: 0n, max: 3n }), { nil: null });
const project = fc
  .record(
    {
      投资额: amount,
      名称: fc.constantFrom('甲', '乙', null),
      贷款用于必需投资: fc.option(fc.boolean(), { nil: null }),
      贴息期止日: fc.constantFrom('2023-01-01', '2024-02-29', null),
      [COUNT]: fc.constantFrom(0n, 2n, null),
    },
    { requiredKeys: [] },
  )
  .map((values): readonly [string, Values] => [PROJECT, values as Values]);
const loan = fc
  .record({ 本金: amount, 期限: amount }, { requiredKeys: [] })
  .map((values): readonly [string, Values] => [LOANS, values]);
const line = fc
  .tuple(fc.constantFrom('P1', 'P2', 'P3'), fc.constantFrom('L1', 'L2'), fc.oneof(project, loan))
  .map(([parent, id, [table, values]]): Line =>
    table === LOANS ? [table, [parent, id], values] : [table, parent, values],
  );
const step: fc.Arbitrary<Step> = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 6 }),
  undo: fc.option(fc.nat(20), { nil: null, freq: 3 }),
  days: fc.nat(1),
});

const dayOf = (n: number): string => `2023-12-${String(n + 1).padStart(2, '0')}`;

/** The naive model: everything ever imported, asked anew each time. */
class Model {
  readonly #imports: { readonly day: number; readonly entry: Import }[] = [];

  add(day: number, entry: Import): void {
    this.#imports.push({ day, entry });
  }

  get size(): number {
    return this.#imports.length;
  }

  holds(n: number, day: number): boolean {
    const at = this.#imports[n];
    if (at === undefined || at.day > day) return false;
    return !this.#imports.some((e, m) => e.entry.undoes === n && this.holds(m, day));
  }

  #held(day: number): readonly Import[] {
    return this.#imports.filter((_, n) => this.holds(n, day)).map(({ entry }) => entry);
  }

  /** Parent → its list; absent: not known. */
  #lists(day: number): ReadonlyMap<string, ReadonlyMap<string, Values>> {
    const lists = new Map<string, Map<string, Values>>();
    for (const { lines } of this.#held(day)) {
      // Within one file, rows are stronger than any count.
      for (const [table, key, values] of lines) {
        if (table !== PROJECT || typeof key !== 'string') continue;
        if (values[COUNT] === 0n) lists.set(key, new Map());
        if (values[COUNT] === null) lists.delete(key);
      }
      const fresh = new Map<string, Map<string, Values>>();
      for (const [table, key, values] of lines) {
        if (table !== LOANS || typeof key === 'string') continue;
        const list = fresh.get(key[0]) ?? new Map<string, Values>();
        list.set(key[1], said(list.get(key[1]), values));
        fresh.set(key[0], list);
      }
      for (const [parent, list] of fresh) lists.set(parent, list);
    }
    return lists;
  }

  loans(day: number): readonly unknown[] {
    return [...this.#lists(day)]
      .toSorted(byKey)
      .flatMap(([parent, list]) =>
        [...list].toSorted(byKey).map(([id, values]) => [parent, id, told(values)]),
      );
  }

  projects(day: number): readonly unknown[] {
    const subjects = new Map<string, Values>();
    for (const { lines } of this.#held(day)) {
      for (const [table, key, values] of lines) {
        if (table !== PROJECT || typeof key !== 'string') continue;
        const { [COUNT]: _, ...own } = values;
        subjects.set(key, said(subjects.get(key), own));
      }
    }
    const lists = this.#lists(day);
    return [...subjects].toSorted(byKey).map(([id, values]) => {
      const list = lists.get(id);
      return [id, told({ ...values, ...(list && { [COUNT]: BigInt(list.size) }) })];
    });
  }
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1;

/** A later word on the same fact wins; null takes it back. */
const said = (before: Values | undefined, now: Values): Values => ({ ...before, ...now });

/** What is known, without the rest; keys in order. */
const told = (values: Readonly<Record<string, unknown>>): unknown =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, v]) => v !== null && v !== undefined)
      .toSorted(byKey),
  );

/** Rows of a snapshot in the shape of the model. */
function shaped(rows: Awaited<ReturnType<typeof tableRows>>, keys: readonly string[]): unknown {
  return rows.map((row) => {
    const rest = Object.fromEntries(Object.entries(row).filter(([label]) => !keys.includes(label)));
    return [...keys.map((k) => row[k]), told(rest)];
  });
}

async function play(register: Register, model: Model, steps: readonly Step[]): Promise<number> {
  let day = 0;
  for (const [n, { lines, undo, days }] of steps.entries()) {
    day += days;
    const signature = { by: '甲', on: dayOf(day) };
    if (undo === null || model.size === 0) {
      const dry = await register.stage(reading(`文件${n}`, lines, { sha256: String(n) }));
      await dry.commit(signature);
      model.add(day, { lines });
      continue;
    }
    const target = undo % model.size;
    if (!model.holds(target, day)) continue;
    await register.undo(String(target + 1).padStart(6, '0'), signature);
    model.add(day, { lines: [], undoes: target });
  }
  return day;
}

async function agree(register: Register, model: Model, day: number): Promise<void> {
  const knownOn = dayOf(day);
  const snapshot = await register.snapshot({ knownOn, at: 'now' });
  expect(shaped(await tableRows(snapshot, PROJECT), ['编号'])).toEqual(model.projects(day));
  expect(shaped(await tableRows(snapshot, LOANS), ['上级', '编号'])).toEqual(model.loans(day));
  const at = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };
  for (const [id, values] of model.projects(day) as readonly [string, Record<string, unknown>][]) {
    const subject = await register.subject(PROJECT, id, { knownOn });
    const { facts, problems } = readFacts(ruleSet, PROJECT, subject.facts, at);
    expect(problems).toEqual([]);
    const { 编号: _, 贷款: list, ...own } = facts;
    const known = Array.isArray(list) ? { ...own, [COUNT]: BigInt(list.length) } : own;
    expect(told(known)).toEqual(values);
  }
}

it('knows on every day what a naive model knows', async () => {
  let days = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'register-model-'));
      const register = await openRegister(folder, ruleSet, { memory: '300MB' });
      try {
        const model = new Model();
        const last = await play(register, model, steps);
        for (let day = 0; day <= last; day++, days++) await agree(register, model, day);
      } finally {
        await register.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 12), seed: Number(process.env['SEED'] ?? 20231122) },
  );
  expect(days).toBeGreaterThan(10);
});
