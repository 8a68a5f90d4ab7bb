// A contrast: the same two awards with every number a DECIMAL(38,12) in 元, as a cautious programmer would
// write who does not want to think about ranges; and with the BIGINT in 分 that ranges allow.
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Snapshot } from '@zhida/register';
import { cost, median } from './contest.ts';

const NUMBERS = [
  ...['2023-09', '2023-10', '2023-11', '2022-09', '2022-10', '2022-11'].map(
    (m) => `月限上零售额 ${m}`,
  ),
  '单位失业保险费',
  '职工失业保险费',
  '月均参保人数',
  '裁员人数',
  '不计入裁员人数',
];

/** Growth of sales from which an award is due, and the award, in 元. */
const BANDS = [
  ['500000000', '1000000'],
  ['200000000', '500000'],
  ['100000000', '300000'],
  ['50000000', '100000'],
] as const;

const TRADE = `"限额以上" AND "法人" AND list_contains(['批发业', '零售业'], "行业")`;
const LARGE = `list_contains(['大型'], "规模")`;

function query(table: string, yuan: (n: string) => string, refund: string): string {
  const [n1, n2, n3, b1, b2, b3, unit, staff, heads, left, other] = NUMBERS.map((n) => `"${n}"`);
  const bands = BANDS.map(([from, award]) => `WHEN growth >= ${yuan(from)} THEN ${yuan(award)}`);
  return `SELECT sum(award), sum(refund) FROM (
    SELECT
      CASE WHEN ${TRADE} THEN CASE ${bands.join(' ')} END END AS award,
      CASE WHEN gone <= 0 OR gone * 100 <= ${heads} * 5 THEN ${refund} END AS refund
    FROM (
      SELECT *, ${n1} + ${n2} + ${n3} - ${b1} - ${b2} - ${b3} AS growth,
        ${unit} + ${staff} AS dues, ${left} - ${other} AS gone
      FROM ${table}
    )
  )`;
}

/** Median ms over the enterprises of the snapshot, in memory: both forms, in turns. */
export async function naive(
  connection: DuckDBConnection,
  snapshot: Snapshot,
  rounds: number,
): Promise<{ readonly uniform: number; readonly ranged: number }> {
  const file = `read_parquet('${snapshot.folder.replaceAll("'", "''")}/企业.parquet')`;
  const keep = ['限额以上', '法人', '行业', '规模'].map((c) => `"${c}"`);
  const make = async (name: string, column: (c: string) => string): Promise<void> => {
    const numbers = NUMBERS.map((n) => `${column(`"${n}"`)} AS "${n}"`);
    await connection.run(
      `CREATE OR REPLACE TABLE ${name} AS
       SELECT ${[...keep, ...numbers].join(', ')} FROM ${file} LIMIT 1000000`,
    );
  };
  await make('in_fen', (c) => c);
  await make('in_yuan', (c) => `(${c}::DECIMAL(26,0) * 0.01)::DECIMAL(38,12)`);
  const decimal = (n: string): string => `${n}::DECIMAL(38,12)`;
  const share = `CASE WHEN ${LARGE} THEN ${decimal('0.3')} ELSE ${decimal('0.6')} END`;
  const tenths = `CASE WHEN ${LARGE} THEN 3 ELSE 6 END`;
  const forms = {
    uniform: query('in_yuan', decimal, `round(dues * ${share}, 2)`),
    ranged: query('in_fen', (n) => `${n}00`, `(dues * ${tenths} + 5) // 10`),
  };
  const times: Record<keyof typeof forms, number[]> = { uniform: [], ranged: [] };
  for (let n = 0; n < rounds; n++) {
    for (const form of ['uniform', 'ranged'] as const) {
      times[form].push((await cost(() => connection.run(forms[form]))).cpu);
    }
  }
  await connection.run('DROP TABLE in_fen');
  await connection.run('DROP TABLE in_yuan');
  return { uniform: median(times.uniform), ranged: median(times.ranged) };
}
