// Goal: imports are only ever added; a person sees what one changes before it does, and what was
// known on a day stays known. Method: small readings into a store in a temporary folder.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLock } from '../../src/store/lock.ts';
import { bring, newRegister, refusal, tableRows, temporary } from './temporary.ts';
import { reading } from './lines.ts';
import type { Line } from './lines.ts';

const FIRST: readonly Line[] = [
  ['企业', 'A', { 名称: '甲厂', 行业: '工业', 营业收入: 100_000_00n, 从业人员: 30n }],
  ['企业', 'B', { 名称: '乙店', 行业: '零售业', 营业收入: 5n }],
  ['企业', 'C', { 名称: '丙社', 限额以上: true, 限上入库年月: '2023-03-01' }],
];
const SECOND: readonly Line[] = [
  ['企业', 'A', { 营业收入: 100_000_01n, 从业人员: 30n }],
  ['企业', 'B', { 从业人员: 12n, 营业收入: null }],
  ['企业', 'D', { 营业收入: 7n }],
];
const signed = { by: '张三', on: '2023-12-01' };

describe('a dry run', () => {
  it('says when the source has already spoken of a later day', async () => {
    const register = await newRegister();
    const first = await register.stage(reading('年报', FIRST, { asOf: '2023-12-10' }));
    await first.commit(signed);
    const dayOf = async (asOf: string, name = '年报'): Promise<string> => {
      const dry = await register.stage(reading(name, SECOND, { asOf, sha256: `${name}${asOf}` }));
      dry.discard();
      return dry.newerDay;
    };
    expect(await dayOf('2023-12-01')).toBe('2023-12-10');
    expect(await dayOf('2023-12-10')).toBe('');
    expect(await dayOf('2023-12-11')).toBe('');
    expect(await dayOf('2023-12-01', '月报')).toBe('');
  });

  it('imports nothing, and says what would change', async () => {
    const register = await newRegister();
    await bring(register, '年报', FIRST);
    const dry = await register.stage(reading('年报', SECOND));
    expect(register.imports()).toHaveLength(1);
    const [firms] = dry.tables;
    expect(firms).toMatchObject({ table: '企业', added: 1, known: 2, absent: 1 });
    expect(firms).toMatchObject({ addedSample: ['D'], absentSample: ['C'] });
    expect(firms?.columns).toEqual([
      {
        label: '从业人员',
        added: 1,
        changed: 0,
        same: 1,
        withdrawn: 0,
        sumBefore: null,
        sumAfter: null,
      },
      {
        label: '营业收入',
        added: 1,
        changed: 1,
        same: 0,
        withdrawn: 1,
        sumBefore: '100000.05',
        sumAfter: '100000.08',
      },
    ]);
    const place = { table: '企业', parent: '', label: '营业收入' };
    expect(firms?.changes).toEqual([
      { ...place, id: 'A', before: '100000元', after: '100000.01元' },
      { ...place, id: 'B', before: '0.05元', after: null },
    ]);
    dry.discard();
    expect(readdirSync(join(register.folder, 'imports'))).toEqual(['000001']);
    expect((await refusal(dry.commit(signed))).code).toBe('import-closed');
  });

  it('is made again when somebody else imported meanwhile', async () => {
    const register = await newRegister();
    const dry = await register.stage(reading('年报', FIRST));
    await bring(register, '月报', [['企业', 'A', { 从业人员: 29n }]]);
    expect((await refusal(dry.commit(signed))).code).toBe('import-stale');
    const again = await dry.again();
    expect(again.tables[0]?.changes).toMatchObject([{ before: '29人', after: '30人' }]);
    expect(await again.commit(signed)).toMatchObject({ id: '000002' });
  });

  it('of a file that is in the register names its import, until that is undone', async () => {
    const register = await newRegister();
    const id = await bring(register, '年报', FIRST);
    const known = await refusal(register.stage(reading('年报', FIRST)));
    expect(known.code).toBe('import-known');
    expect(known.text('zh')).toContain(id);
    expect(known.text('en')).toContain('000001');
    await register.undo(id, signed);
    expect(await bring(register, '年报', FIRST)).toBe('000003');
  });

  it('leaves nothing behind when the reading fails, or names what the package does not know', async () => {
    const register = await newRegister();
    const broken = reading('年报', FIRST);
    const batches = (async function* () {
      yield* broken.batches;
      throw new Error('torn');
    })();
    await expect(register.stage({ ...broken, batches })).rejects.toThrow('torn');
    const table = await refusal(register.stage(reading('x', [['商户', 'A', {}]])));
    expect(table.code).toBe('table-unknown');
    const column = await refusal(register.stage(reading('x', [['企业', 'A', { 电话: '1' }]])));
    expect(column.text('zh')).toContain('企业');
    expect(readdirSync(join(register.folder, 'imports'))).toEqual([]);
    const none = await register.stage(reading('x', []));
    expect((await refusal(none.commit(signed))).code).toBe('import-empty');
  });

  it('takes columns that only later rows bring', async () => {
    const register = await newRegister();
    const late = reading('月报', [
      ['企业', 'A', { '月销售额 2021-05': 1n }],
      ['企业', 'B', { '月销售额 2019-12': 2n, 县区: '明山区' }],
    ]);
    const dry = await register.stage({ ...late, columns: new Map() });
    await dry.commit(signed);
    const rows = await tableRows(await register.snapshot({ at: 'now' }), '企业');
    expect(rows).toEqual([
      { 统一社会信用代码: 'A', 县区: null, '月销售额 2019-12': null, '月销售额 2021-05': 1n },
      { 统一社会信用代码: 'B', 县区: '明山区', '月销售额 2019-12': 2n, '月销售额 2021-05': null },
    ]);
  });
});

describe('an import', () => {
  it('says who, when, from what, how much, and chains to the one before', async () => {
    const register = await newRegister();
    await bring(register, '年报', FIRST);
    await bring(register, '月报', SECOND, '2023-12-02T08:30:00+08:00');
    const [one, two] = register.imports();
    expect(one).toMatchObject({
      kind: '导入',
      by: '张三',
      on: '2023-12-01',
      good: 3,
      previous: '',
    });
    expect(one?.source).toMatchObject({ unit: '市统计局', file: '年报.xlsx' });
    expect(one?.tables[0]?.columns.find((c) => c.label === '营业收入')).toMatchObject({
      known: 2,
      sum: '100000.05',
    });
    expect(two?.tables[0]?.columns.find((c) => c.label === '营业收入')?.withdrawn).toBe(1);
    expect(two?.previous).toMatch(/^[0-9a-f]{64}$/u);
    const file = join(register.folder, 'imports/000001/manifest.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('张三', '李四'));
    expect(() => register.imports()).toThrow(/000002.*changed/u);
  });

  it('cannot be dated before the last one, nor on a day that does not exist', async () => {
    const register = await newRegister();
    await bring(register, '年报', FIRST, '2023-12-05');
    const dry = await register.stage(reading('月报', SECOND));
    expect((await refusal(dry.commit({ by: '', on: '2023-12-04' }))).code).toBe('day-back');
    const bad = await refusal((async () => dry.commit({ by: '', on: '2023-02-30' }))());
    expect(bad.text('zh')).toContain('2023-02-30');
    expect(await dry.commit({ by: '', on: '2023-12-05' })).toMatchObject({ id: '000002' });
  });
});

describe('what is known', () => {
  it('on a day is what the imports until then say: blanks say nothing, 撤销 takes back', async () => {
    const register = await newRegister();
    await bring(register, '年报', FIRST, '2023-12-01');
    await bring(register, '年报', SECOND, '2023-12-10');
    const revenue = async (knownOn?: string): Promise<unknown> => {
      const snapshot = await register.snapshot({ ...(knownOn && { knownOn }), at: 'now' });
      return (await tableRows(snapshot, '企业')).map((r) => r['营业收入']);
    };
    expect(await revenue('2023-11-30')).toEqual([]);
    expect(await revenue('2023-12-09')).toEqual([10_000_000n, 5n, null]);
    expect(await revenue('2023-12-10')).toEqual([10_000_001n, null, null, 7n]);
    expect(await revenue()).toEqual([10_000_001n, null, null, 7n]);
  });

  it('comes back when an import is undone, and goes when that is undone', async () => {
    const register = await newRegister();
    await bring(register, '年报', FIRST, '2023-12-01');
    const second = await bring(register, '年报', SECOND, '2023-12-02');
    const before = await register.snapshot({ at: '1' });
    const undone = await register.undo(second, { by: '李四', on: '2023-12-03' });
    expect(register.imports().map((e) => e.holds)).toEqual([true, false, true]);
    const rows = await tableRows(await register.snapshot({ at: '2' }), '企业');
    expect(rows.map((r) => r['营业收入'])).toEqual([10_000_000n, 5n, null]);
    expect((await register.snapshot({ knownOn: '2023-12-02', at: '3' })).hash).toBe(before.hash);
    expect((await refusal(register.undo(second, signed))).code).toBe('undo-twice');
    expect((await refusal(register.undo('000009', signed))).text('en')).toContain('000001');
    await register.undo(undone.id, { by: '李四', on: '2023-12-03' });
    expect((await register.snapshot({ at: '4' })).hash).toBe(before.hash);
  });

  it('of a list is what the last import of that list says, whole', async () => {
    const register = await newRegister();
    const project = '设施农业项目';
    const loan = (parent: string, id: string, n: bigint): Line => [
      `${project}.贷款`,
      [parent, id],
      { 本金: n },
    ];
    await bring(register, '项目', [
      ...['P1', 'P2', 'P3'].map((id): Line => [project, id, { 名称: id }]),
      loan('P1', 'L1', 1n),
      loan('P1', 'L2', 2n),
      loan('P2', 'L1', 3n),
    ]);
    const shown = async (): Promise<unknown> => {
      const snapshot = await register.snapshot({ at: 'now' });
      const [loans, projects] = [
        await tableRows(snapshot, `${project}.贷款`),
        await tableRows(snapshot, project),
      ];
      return [
        loans.map((r) => `${String(r['上级'])} ${String(r['编号'])} ${String(r['本金'])}`).join(),
        projects.map((r) => r['贷款 个数']),
      ];
    };
    expect(await shown()).toEqual(['P1 L1 1,P1 L2 2,P2 L1 3', [2n, 1n, null]]);
    const dry = await register.stage(reading('贷款', [loan('P1', 'L2', 5n), loan('P1', 'L3', 6n)]));
    expect(dry.tables).toMatchObject([
      { added: 1, known: 1, absent: 1, addedSample: ['L3'], absentSample: ['L1'] },
    ]);
    expect(dry.tables[0]?.columns).toMatchObject([{ sumBefore: '0.06', sumAfter: '0.14' }]);
    await dry.commit(signed);
    expect(await shown()).toEqual(['P1 L2 5,P1 L3 6,P2 L1 3', [2n, 1n, null]]);
    await bring(register, '无贷款', [
      [project, 'P1', { '贷款 个数': 0n }],
      [project, 'P3', { '贷款 个数': 0n }],
    ]);
    expect(await shown()).toEqual(['P2 L1 3', [0n, 1n, 0n]]);
    await bring(register, '撤销', [[project, 'P3', { '贷款 个数': null }]]);
    expect(await shown()).toEqual(['P2 L1 3', [0n, 1n, null]]);
  });

  it('has the same hash when the imports brought their rows in another order', async () => {
    const [one, other] = [await newRegister(), await newRegister()];
    await bring(one, '年报', FIRST);
    await bring(one, '月报', SECOND);
    await bring(other, '补报', FIRST.toReversed());
    await bring(other, '月报', SECOND.toReversed());
    const [a, b] = [await one.snapshot({ at: '1' }), await other.snapshot({ at: '2' })];
    expect(a.hash).toBe(b.hash);
    expect(a.takings[0]?.imports).toEqual(['000001', '000002']);
  });
});

describe('two processes', () => {
  it('wait for each other; a lock whose process is gone is taken over', async () => {
    const folder = temporary();
    const lock = join(folder, 'lock');
    const gone = { host: hostname(), pid: 2 ** 22 + 1, start: '1', token: 'aa' };
    writeFileSync(lock, JSON.stringify(gone));
    expect(await withLock(folder, async () => readFileSync(lock, 'utf8'))).not.toContain('"aa"');
    expect(readdirSync(folder)).toEqual([]);
    // This process bears the number of the one that began at another time.
    writeFileSync(lock, JSON.stringify({ ...gone, pid: process.pid }));
    await withLock(folder, async () => undefined);
    const held = { ...gone, host: 'elsewhere', pid: 17 };
    writeFileSync(lock, JSON.stringify(held));
    const busy = await refusal(withLock(folder, async () => undefined, 60));
    expect(busy.text('zh')).toMatch(/17.*elsewhere/u);
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toEqual(held);
  });

  it('never run at once', async () => {
    const folder = temporary();
    const seen: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      seen.push(`${name}+`);
      await new Promise((done) => setTimeout(done, 5));
      seen.push(`${name}-`);
    };
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => withLock(folder, work(name))));
    expect(seen.filter((_, n) => n % 2 === 0).map((s) => s[0])).toEqual(
      seen.filter((_, n) => n % 2 === 1).map((s) => s[0]),
    );
  });
});

it('removes what a killed process left', async () => {
  const folder = temporary();
  const left = `.unfinished-4194305-1-aabbcc@${hostname()}`;
  for (const place of ['', 'imports', 'snapshots']) {
    mkdirSync(join(folder, place, left), { recursive: true });
    writeFileSync(join(folder, place, left, 'x'), '');
  }
  mkdirSync(join(folder, 'imports', '.unfinished-17-1-aabbcc@elsewhere'));
  await newRegister(folder);
  expect(readdirSync(folder).toSorted()).toEqual(['imports', 'snapshots']);
  expect(readdirSync(join(folder, 'imports'))).toEqual(['.unfinished-17-1-aabbcc@elsewhere']);
});
