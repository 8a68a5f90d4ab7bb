// What the register itself costs: a million rows staged, compared and committed, a second import over
// them, the snapshot; and a snapshot written straight from SQL. Rows are generated, nothing is read
// from a file. `node bench/register-load.ts [rows] [snapshot rows]`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuck, openRegister, openSnapshot, writeSnapshot } from '@zhida/register';
import type { CellValue, CheckedRow, FileReading } from '@zhida/register';
import { readPackage, tablesOf } from '@zhida/rules';
import { packageFiles } from './load.ts';

const rules = readPackage(packageFiles()).ruleSet;

const rows = Number(process.argv[2] ?? 1_000_000);
const snapshotRows = Number(process.argv[3] ?? 10_000_000);
const DISTRICTS = ['平山区', '溪湖区', '明山区', '南芬区', '高新区'];
const INDUSTRIES = ['批发业', '零售业', '住宿业', '餐饮业', '工业'];

function valuesOf(n: number, round: number): ReadonlyMap<string, CellValue | null> {
  const moved = round > 0 && n % 10 === 0 ? 1n : 0n;
  return new Map<string, CellValue | null>([
    ['名称', `本溪合成第${n}户`],
    ['县区', DISTRICTS[n % 5] ?? ''],
    ['行业', INDUSTRIES[n % 5] ?? ''],
    ['法人', n % 3 > 0],
    ['限额以上', n % 7 === 0],
    ['限上入库年月', '2023-03-01'],
    ['从业人员', BigInt(n % 700)],
    ['营业收入', BigInt(n) * 12_345n + moved],
    ['资产总额', n % 4 === 0 && round > 0 ? null : BigInt(n) * 54_321n],
    ['月限上零售额 2023-09', BigInt(n) * 11n],
    ['月限上零售额 2023-10', BigInt(n) * 12n],
    ['月限上零售额 2023-11', BigInt(n) * 13n + moved],
  ]);
}

function reading(round: number): FileReading {
  const batches = async function* (): AsyncGenerator<readonly CheckedRow[]> {
    for (let first = 0; first < rows; first += 4096) {
      const count = Math.min(4096, rows - first);
      yield Array.from({ length: count }, (_, i): CheckedRow => {
        // Files come in no order.
        const n = ((first + i) * 7919) % rows;
        const id = `91210500${String(n).padStart(10, '0')}`;
        const values = valuesOf(n, round);
        return { sheet: '表1', row: first + i + 4, table: '企业', id, parent: '', values };
      });
    }
  };
  const source = { unit: '市统计局', name: '年报', period: '2022年', asOf: '2023-01-31' };
  return {
    source: { ...source, file: `${round}.csv`, sha256: String(round) },
    columns: new Map([['企业', [...valuesOf(0, 0).keys()]]]),
    batches: batches(),
    report: { rows, good: rows, bad: 0, skipped: 0, problems: [] },
  };
}

async function timed<T>(what: string, count: number, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - start) / 1000;
  const memory = Math.round(process.resourceUsage().maxRSS / 1e3);
  const cpu = ((user + system) / 1e6).toFixed(1);
  const speed = Math.round(count / seconds).toLocaleString('en');
  process.stdout.write(
    `${what.padEnd(44)} ${seconds.toFixed(1).padStart(7)} s  cpu ${cpu.padStart(6)} s ${speed.padStart(12)} rows/s  ${memory} MB\n`,
  );
  return result;
}

const folder = mkdtempSync(join(tmpdir(), 'register-load-'));
try {
  const register = await openRegister(folder, rules);
  for (const round of [0, 1]) {
    const what = `${rows.toLocaleString('en')} rows, import ${round + 1}`;
    const dry = await timed(`${what}: stage and compare`, rows, () =>
      register.stage(reading(round)),
    );
    await timed(`${what}: commit`, rows, () => dry.commit({ by: 'bench', on: '2023-12-01' }));
  }
  await timed('snapshot', rows, () => register.snapshot({ at: '2023-12-01' }));
  await timed('sizes derived', rows, async () => {
    const { dryRun } = await register.deriveSize({ asOf: '2023-12-01' });
    await dryRun.commit({ by: 'bench', on: '2023-12-01' });
  });
  await timed('snapshot of three imports', rows, () => register.snapshot({ at: '2023-12-01' }));
  await timed('one subject', 1, () => register.subject('企业', '912105000000000700'));
  await timed('find', 1, () => register.find('第700户'));
  await register.close();

  const duck = await openDuck({ temp: join(folder, 'temp') });
  const table = tablesOf(rules).find((t) => t.label === '企业');
  if (table === undefined) throw new Error('no enterprises in the package');
  const money = table.columns.filter((c) => c.type === 'integer');
  const list = money.map((c, n) => `(hash(i + ${n}) % 100000000)::BIGINT AS "${c.label}"`);
  const select = `SELECT lpad(i::VARCHAR, 18, '0') AS "${table.columns[0]?.label ?? ''}",
    ${list.join(', ')} FROM range(${snapshotRows}) r(i)`;
  const what = `${snapshotRows.toLocaleString('en')} rows × ${money.length + 1} columns`;
  const taking = { knownOn: '', at: '', imports: [] };
  const input = { table, parts: [select], sorted: true };
  const written = await timed(`snapshot from SQL, ${what}`, snapshotRows, () =>
    writeSnapshot(duck.connection, rules, join(folder, 'direct'), [input], taking),
  );
  await timed('open it with hashes', snapshotRows, () => openSnapshot(written));
  duck.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
