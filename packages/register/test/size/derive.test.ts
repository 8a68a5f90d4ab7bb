// Goal: sizes are derived only where nobody stated one, follow their figures, and can be opened.
// Method: a few enterprises through the same dry run and commit as any file.
import { expect, it } from 'vitest';
import { sizeTrace } from '../../src/size/size.ts';
import { bring, newRegister, refusal, tableRows } from '../store/temporary.ts';
import type { Line } from '../store/lines.ts';
import type { Register } from '../../src/store/register.ts';

const signed = { by: '系统', on: '2023-12-01' };
const WAN = 1_000_000n;
const shop = (id: string, staff: bigint, revenue: bigint, more = {}): Line => [
  '企业',
  id,
  { 行业: '零售业', 从业人员: staff, 营业收入: revenue * WAN, ...more },
];

async function sizes(register: Register): Promise<unknown> {
  const rows = await tableRows(await register.snapshot({ at: 'now' }), '企业');
  return Object.fromEntries(rows.map((r) => [r['统一社会信用代码'], r['规模']]));
}

it('fills what nobody stated and tells what differs or is missing', async () => {
  const register = await newRegister();
  await bring(register, '年报', [
    shop('A', 50n, 500n),
    shop('B', 9n, 500n),
    shop('C', 50n, 500n, { 规模: '小型' }),
    shop('D', 9n, 50n, { 规模: '微型' }),
    ['企业', 'E', { 行业: '零售业', 营业收入: 500n * WAN }],
    ['企业', 'F', { 名称: '己' }],
  ]);
  const found = await register.deriveSize({ asOf: '2023-12-01' });
  expect(found).toMatchObject({
    enterprises: 6,
    stated: 2,
    computed: 2,
    undetermined: 2,
    missing: { 从业人员: 1, 行业: 1 },
    conflicting: 1,
  });
  expect(found.conflicts).toMatchObject([{ id: 'C', stated: '小型', computed: '中型' }]);
  expect(found.dryRun).toMatchObject({ rows: 6, good: 2, skipped: 4 });
  expect(found.dryRun.tables[0]).toMatchObject({ known: 2, absent: 0 });
  await found.dryRun.commit(signed);
  expect(await sizes(register)).toEqual({
    A: '中型',
    B: '微型',
    C: '小型',
    D: '微型',
    E: null,
    F: null,
  });
  expect(register.imports().at(-1)?.kind).toBe('推导');
  const { known } = await register.subject('企业', 'A');
  const size = known.find((f) => f.path === '企业.规模');
  expect(size?.source).toMatchObject({
    kind: '推导',
    unit: '统计上大中小微型企业划分办法（2017）',
  });
  expect(sizeTrace(size?.source.basis ?? '')?.steps.at(-1)?.zh).toBe(
    '营业收入 5000000元 ≥ 5000000元（中型下限）',
  );
});

it('follows the figures, never a stated size, and is taken back with them', async () => {
  const register = await newRegister();
  await bring(register, '年报', [shop('A', 50n, 500n), shop('B', 50n, 500n), shop('C', 9n, 1n)]);
  const derive = async (): Promise<number> => {
    const { dryRun } = await register.deriveSize({ asOf: '2023-12-01' });
    if (dryRun.good > 0) await dryRun.commit(signed);
    return dryRun.good;
  };
  expect(await derive()).toBe(3);
  expect(await derive()).toBe(0);
  const { dryRun } = await register.deriveSize({ asOf: '2023-12-01' });
  expect((await refusal(dryRun.commit(signed))).code).toBe('import-empty');
  await bring(register, '更正', [
    ['企业', 'A', { 从业人员: 49n }],
    ['企业', 'B', { 从业人员: null }],
    ['企业', 'C', { 规模: '小型' }],
  ]);
  expect(await derive()).toBe(2);
  expect(await sizes(register)).toEqual({ A: '小型', B: null, C: '小型' });
});

it('of an empty register finds nobody', async () => {
  const found = await (await newRegister()).deriveSize({ asOf: '2023-12-01' });
  expect(found).toMatchObject({ enterprises: 0, conflicting: 0 });
});
