// Goal: a snapshot holds the facts to the 分, is named by its content, and a plan can run on it.
// Method: small tables written from SQL into a temporary folder, then read back through the views.
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tablesOf } from '@zhida/rules';
import { openDuck, rowsOf } from '../../src/snapshot/duck.ts';
import type { Duck } from '../../src/snapshot/duck.ts';
import { openSnapshot } from '../../src/snapshot/open.ts';
import { Refusal } from '../../src/snapshot/refusal.ts';
import { writeSnapshot } from '../../src/snapshot/write.ts';
import { ruleSet, tableOf } from './policy.ts';

const folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
const taking = { knownOn: '2023-12-15', at: '2023-12-20', imports: ['000001'] };
let duck: Duck;

beforeAll(async () => {
  duck = await openDuck({ temp: join(folder, 'temp'), memory: '500MB' });
});
afterAll(() => {
  duck.close();
  rmSync(folder, { recursive: true, force: true });
});

const FIRMS = `SELECT * FROM (VALUES
  ('B', '乙店', '零售业', 12::BIGINT, 99999999::BIGINT, NULL, DATE '2023-03-01'),
  ('A', '甲厂', '工业', NULL, 9007199254740993::BIGINT, true, NULL),
  ('C', '丙社', NULL, 0::BIGINT, NULL, false, NULL))
  t("统一社会信用代码", "名称", "行业", "从业人员", "营业收入", "限额以上", "限上入库年月")`;
const STORES = `SELECT 'S1' "编号", 'Z9' "载体", '餐饮' "品牌业态"`;
const LOANS = `SELECT 'P1' "上级", 'L' || i "编号", (i * 1000000)::BIGINT "本金" FROM range(1, 4) r(i)`;

const write = (name: string, firms = FIRMS, more: { sorted?: boolean } = {}): Promise<string> =>
  writeSnapshot(
    duck.connection,
    ruleSet,
    join(folder, name),
    [
      { table: tableOf('企业'), parts: [firms], ...more },
      { table: tableOf('首店'), parts: [STORES] },
      { table: tableOf('设施农业项目.贷款'), parts: [LOANS] },
    ],
    taking,
  );

async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!(error instanceof Refusal)) throw new Error('not refused', { cause: error });
  expect(error.text('zh')).not.toMatch(/[{}]|^$/u);
  return `${error.code}: ${error.message}`;
}

describe('what a snapshot says of itself', () => {
  it('counts, bounds and sums as decimal text, beyond 2^53', async () => {
    const { manifest, takings } = await openSnapshot(await write('a'));
    const firms = manifest.tables.find((t) => t.table === '企业');
    expect(firms?.rows).toBe(3);
    const column = (label: string): unknown => firms?.columns.find((c) => c.label === label);
    expect(column('营业收入')).toEqual({
      label: '营业收入',
      type: 'integer',
      scale: 2,
      unit: '元',
      known: 2,
      min: '999999.99',
      max: '90071992547409.93',
      sum: '90071993547409.92',
    });
    expect(column('从业人员')).toMatchObject({ known: 2, min: '0', max: '12', sum: null });
    expect(column('限上入库年月')).toMatchObject({ known: 1, min: '2023-03-01' });
    expect(column('规模')).toBeUndefined();
    expect(takings).toEqual([taking]);
  });

  it('names who is referred to and was never sent', async () => {
    const { manifest } = await openSnapshot(await write('a'));
    expect(manifest.dangling).toEqual([
      {
        table: '设施农业项目.贷款',
        column: '上级',
        entity: '设施农业项目',
        rows: 3,
        subjects: 1,
        sample: ['P1'],
      },
      { table: '首店', column: '载体', entity: '载体', rows: 1, subjects: 1, sample: ['Z9'] },
    ]);
  });

  it('gives the next power of ten of each number', async () => {
    const sizes = (await openSnapshot(await write('a'))).magnitudes();
    expect(sizes.get('企业.从业人员')).toBe(100n);
    expect(sizes.get('企业.营业收入')).toBe(10n ** 16n);
    expect(sizes.get('设施农业项目.贷款.本金')).toBe(10_000_000n);
    expect(sizes.has('企业.行业')).toBe(false);
  });
});

describe('content-addressed', () => {
  it('has one folder for the same facts, whatever the order, and notes each taking', async () => {
    const one = await write('b');
    const other = await writeSnapshot(
      duck.connection,
      ruleSet,
      join(folder, 'b'),
      [
        { table: tableOf('设施农业项目.贷款'), parts: [`${LOANS} ORDER BY i DESC`] },
        { table: tableOf('首店'), parts: [STORES] },
        { table: tableOf('企业'), parts: [`${FIRMS} ORDER BY 1 DESC`] },
      ],
      { ...taking, knownOn: '2023-12-31' },
    );
    expect(other).toBe(one);
    expect(readdirSync(join(folder, 'b'))).toHaveLength(1);
    expect((await openSnapshot(one)).takings).toHaveLength(2);
  });

  it('has another for another 分', async () => {
    const one = await write('c');
    expect(await write('c', FIRMS.replace('99999999', '99999998'))).not.toBe(one);
  });

  it('gives the same bytes in several parts and with another number of threads', async () => {
    const rows = (where: string): string =>
      `SELECT lpad((i * 7919 % 200003)::VARCHAR, 18, '0') "统一社会信用代码", i "营业收入"
       FROM range(200003) r(i) WHERE ${where}`;
    const id = `lpad((i * 7919 % 200003)::VARCHAR, 18, '0')`;
    const at = "'000000000000150001'";
    const make = (parts: readonly string[]): Promise<string> =>
      writeSnapshot(
        duck.connection,
        ruleSet,
        join(folder, 'd'),
        [{ table: tableOf('企业'), parts }],
        taking,
      );
    const one = await make([rows('true')]);
    await duck.connection.run('SET threads = 1');
    expect(await make([rows('true')])).toBe(one);
    await duck.connection.run('SET threads = 3');
    expect(await make([rows(`${id} < ${at}`), rows(`${id} >= ${at}`)])).toBe(one);
  });

  it('notices a changed file, manifest or an absent one', async () => {
    const one = await write('e');
    appendFileSync(join(one, '企业.parquet'), 'x');
    expect(await refusal(openSnapshot(one))).toMatch(/^snapshot-changed: .*企业.parquet/u);
    expect((await openSnapshot(one, { check: false })).hash).toBe(one.slice(-64));
    rmSync(join(one, '首店.parquet'));
    appendFileSync(join(one, 'manifest.json'), '}');
    expect(await refusal(openSnapshot(one))).toMatch(/^snapshot-format/u);
    expect(await refusal(openSnapshot(join(folder, 'none')))).toMatch(/^snapshot-missing/u);
  });
});

describe('refused', () => {
  it.each([
    ['column-unknown', FIRMS.replace('"行业"', '"行当"')],
    [
      'column-type',
      FIRMS.replace('9007199254740993::BIGINT', '1.5::DOUBLE').replace('99999999::BIGINT', '2'),
    ],
    ['identity-missing', FIRMS.replace("'A'", "''")],
    ['identity-order', FIRMS.replace("'A'", "'B'")],
  ])('%s', async (code, sql) => {
    expect(await refusal(write('f', sql))).toMatch(new RegExp(`^${code}: `, 'u'));
    expect(readdirSync(join(folder, 'f'))).toEqual([]);
  });

  it('rows that are not in the order they claim', async () => {
    expect(await refusal(write('f', FIRMS, { sorted: true }))).toMatch(/^identity-order/u);
  });

  it('a column that the package now measures otherwise', async () => {
    const snapshot = await openSnapshot(await write('a'));
    const table = tableOf('企业');
    const columns = table.columns.map((c) => (c.label === '营业收入' ? { ...c, scale: 4 } : c));
    expect(() => snapshot.viewsSql([{ ...table, columns }])).toThrow(Refusal);
  });
});

it('gives views with the names of the plan; what nobody sent is NULL or empty', async () => {
  const snapshot = await openSnapshot(await write('a'));
  for (const sql of snapshot.viewsSql(tablesOf(ruleSet))) await duck.connection.run(sql);
  for (const table of tablesOf(ruleSet)) {
    const described = await rowsOf(duck.connection, `DESCRIBE ${table.name}`);
    expect(described.map((r) => r['column_name'])).toEqual(table.columns.map((c) => c.name));
  }
  const { name, columns } = tableOf('企业');
  const at = (label: string): string => columns.find((c) => c.label === label)?.name ?? '';
  const rows = await rowsOf(
    duck.connection,
    `SELECT id, ${at('营业收入')} revenue, ${at('规模')} size, ${at('限上入库年月')}::VARCHAR entry
     FROM ${name}`,
  );
  expect(rows).toEqual([
    { id: 'A', revenue: 9007199254740993n, size: null, entry: null },
    { id: 'B', revenue: 99999999n, size: null, entry: '2023-03-01' },
    { id: 'C', revenue: null, size: null, entry: null },
  ]);
  expect(await rowsOf(duck.connection, `SELECT * FROM ${tableOf('小区').name}`)).toEqual([]);
});
