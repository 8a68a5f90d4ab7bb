// What the columns of the invented register hold: DuckDB expressions over the row number `i` and over
// the helpers of the table. Figures stand around the bands, and a share of every fact is unknown.

/** A whole number from 0 to n − 1 for row `i`, by the salt of the column. */
export function dice(salt: number, n: number): string {
  return `(hash(i * 8191 + ${salt}) % ${n})::BIGINT`;
}

/** `sql`, but unknown in `percent` of a hundred rows. */
export function unknown(percent: number, salt: number, sql: string): string {
  return `CASE WHEN ${dice(salt, 100)} >= ${percent} THEN ${sql} END`;
}

/** One of the texts, as often as its weight says; the rest of a hundred rows is unknown. */
function weighted(salt: number, ...texts: readonly (readonly [number, string])[]): string {
  let seen = 0;
  const cases = texts.map(
    ([weight, text]) => `WHEN ${dice(salt, 100)} < ${(seen += weight)} THEN '${text}'`,
  );
  return `CASE ${cases.join(' ')} END`;
}

/** True in `yes` of a hundred rows, unknown in `open`. */
function flag(salt: number, yes: number, open: number): string {
  const d = dice(salt, 100);
  return `CASE WHEN ${d} < ${yes} THEN true WHEN ${d} < ${100 - open} THEN false END`;
}

export interface TableSpec {
  /** Rows for each thousand enterprises. */
  readonly perThousand: number;
  /** Values that several columns share, by name. */
  readonly helpers?: Readonly<Record<string, string>>;
  /** By label; other columns are made from their type. */
  readonly columns?: Readonly<Record<string, string>>;
}

const WAN = 1_000_000;

/** Three months of two years whose difference is the helper `growth`, exactly; the three months before
 *  them; and the turnover of those who have it, which is more than their sales of goods. */
function figures(): Record<string, string> {
  const months: Record<string, string> = {};
  const known = (salt: number, sql: string): string =>
    `CASE WHEN counted AND ${dice(salt, 100)} >= 3 THEN ${sql} END`;
  const third = '(growth // 3)';
  ['09', '10', '11'].forEach((m, n) => {
    const before = `(base + ${dice(20 + n, WAN)})`;
    const more = n === 2 ? `growth - 2 * ${third}` : third;
    const now = `greatest(0, ${before} + ${more})`;
    const summer = `(base + ${dice(90 + n, WAN)} + growth // 9)`;
    months[`月限上零售额 2022-${m}`] = known(30 + n, before);
    months[`月限上零售额 2023-${m}`] = known(40 + n, now);
    months[`月限上零售额 2023-0${6 + n}`] = known(80 + n, `greatest(0, ${summer})`);
    months[`月营业额 2022-${m}`] = known(30 + n, `${before} * 5 // 4`);
    months[`月营业额 2023-${m}`] = known(40 + n, `${now} * 5 // 4`);
  });
  return months;
}

const ENTERPRISE: TableSpec = {
  perThousand: 1000,
  helpers: {
    industry: weighted(
      1,
      [9, '批发业'],
      [24, '零售业'],
      [3, '住宿业'],
      [9, '餐饮业'],
      [12, '工业'],
      [6, '建筑业'],
      [5, '交通运输业'],
      [1, '仓储业'],
      [1, '邮政业'],
      [2, '信息传输业'],
      [3, '软件和信息技术服务业'],
      [2, '房地产开发经营'],
      [2, '物业管理'],
      [7, '租赁和商务服务业'],
      [6, '农林牧渔业'],
      [5, '其他未列明行业'],
    ),
    counted: `${dice(2, 100)} < 60`,
    base: `(${dice(3, 1000)} + 1) * (CASE WHEN ${dice(4, 10)} < 6 THEN ${WAN} ELSE ${20 * WAN} END)`,
    growth:
      `CASE WHEN ${dice(5, 10)} < 3 THEN ${dice(6, 200 * WAN)} - ${100 * WAN}` +
      ` WHEN ${dice(5, 10)} < 6 THEN ${dice(6, 1500 * WAN)}` +
      ` WHEN ${dice(5, 10)} < 9 THEN ${dice(6, 60_000 * WAN)}` +
      ` ELSE (ARRAY[500, 1000, 5000, 10000, 20000, 50000])[${dice(7, 6)} + 1]::BIGINT * ${WAN} + ${dice(8, 3)} - 1 END`,
    staff: `CASE WHEN ${dice(9, 10)} < 7 THEN ${dice(10, 6000)} ELSE ${dice(10, 200_000)} END`,
    dues: `${dice(11, 100)} * ${dice(12, WAN)}`,
  },
  columns: {
    行业: 'industry',
    县区: weighted(
      13,
      [22, '平山区'],
      [16, '溪湖区'],
      [24, '明山区'],
      [6, '南芬区'],
      [14, '本溪满族自治县'],
      [12, '桓仁满族自治县'],
      [6, '高新区'],
    ),
    规模: weighted(14, [2, '大型'], [10, '中型'], [35, '小型'], [43, '微型']),
    参保单位类型: weighted(
      15,
      [55, '企业单位'],
      [4, '社会团体'],
      [2, '基金会'],
      [4, '社会服务机构'],
      [2, '律师事务所'],
      [2, '会计师事务所'],
      [20, '个体工商户'],
      [2, '其他单位'],
    ),
    法人: flag(16, 80, 5),
    限额以上: flag(17, 40, 8),
    失业保险参保: flag(18, 80, 6),
    失业保险足额缴费: flag(19, 80, 8),
    累计缴费月数: unknown(8, 50, dice(51, 60)),
    月均参保人数: unknown(6, 52, 'staff'),
    裁员人数: unknown(8, 53, `staff * ${dice(54, 30)} // 10000`),
    不计入裁员人数: unknown(8, 55, dice(56, 3)),
    违反产业环保政策: flag(57, 3, 6),
    列入负面清单: flag(58, 3, 6),
    单位失业保险费: unknown(6, 59, 'dues'),
    职工失业保险费: unknown(6, 60, `dues * 3 // 7 + ${dice(61, 100)}`),
    失业保险在保: flag(62, 80, 8),
    扩岗招用人数: unknown(10, 63, `greatest(0, ${dice(64, 20)} - 14)`),
    吸纳毕业生人数: unknown(10, 65, `greatest(0, ${dice(66, 20)} - 15)`),
    创业孵化基地: flag(67, 2, 5),
    政务数据齐备: flag(68, 50, 20),
    申请创业担保贷款: flag(69, 5, 5),
    文化企业30强入选: flag(70, 2, 4),
    文化企业30强上届入选: flag(71, 1, 8),
    旅游集团20强入选: flag(72, 2, 4),
    旅游集团20强上届入选: flag(73, 1, 8),
    持有碳排放权: flag(74, 4, 8),
    '认定 就业容量大': flag(75, 30, 40),
    从业人员: unknown(8, 76, 'staff // 100'),
    ...figures(),
  },
};

/** Dates about the day of issue, the day of the run and the ends of the year. */
function day(salt: number): string {
  return unknown(
    8,
    salt,
    `CASE WHEN ${dice(salt + 1, 10)} < 7 THEN DATE '2023-11-01' + ${dice(salt + 2, 45)}::INTEGER` +
      ` ELSE DATE '2022-12-31' + ${dice(salt + 2, 400)}::INTEGER END`,
  );
}

const LOAN: TableSpec = {
  perThousand: 0,
  columns: {
    本金: unknown(4, 1, `(${dice(2, 3000)} + 1) * ${WAN} + ${dice(3, 100)}`),
    期限: unknown(4, 4, `12 * (1 + ${dice(5, 9)})`),
    合同日期: unknown(4, 6, `DATE '2021-06-01' + ${dice(7, 900)}::INTEGER`),
    计息天数: unknown(4, 8, `${dice(9, 365)} + 1`),
  },
};

/** By label of the table; a table that is not named has ten rows for each thousand enterprises. */
export const SPECS: Readonly<Record<string, TableSpec>> = {
  企业: ENTERPRISE,
  // Persons are decided on their own application, never screened.
  个人: { perThousand: 0 },
  城市: { perThousand: 0 },
  贷款: { perThousand: 0 },
  '设施农业项目.贷款': LOAN,
  '技改项目.贷款': LOAN,
  首店: {
    perThousand: 20,
    columns: {
      开业日期: day(1),
      层级: weighted(
        4,
        [5, '全球'],
        [5, '亚洲'],
        [25, '全国'],
        [35, '辽宁'],
        [15, '本溪'],
        [7, '无'],
      ),
    },
  },
  设施农业项目: { perThousand: 20, columns: { 年度已付利息: unknown(8, 1, dice(2, 300 * WAN)) } },
  技改项目: {
    perThousand: 10,
    columns: {
      年度已付利息: unknown(8, 1, dice(2, 2000 * WAN)),
      审定设备软件投资: unknown(8, 3, dice(4, 30_000 * WAN)),
    },
  },
  小区: {
    perThousand: 20,
    columns: {
      建成日期: day(1),
      日光温室占地面积: unknown(
        8,
        4,
        `CASE WHEN ${dice(5, 10)} < 2 THEN 999 + ${dice(6, 3)} ELSE ${dice(6, 6000)} END`,
      ),
      冷棚占地面积: unknown(
        8,
        7,
        `CASE WHEN ${dice(8, 10)} < 2 THEN 1999 + ${dice(9, 3)} ELSE ${dice(9, 9000)} END`,
      ),
    },
  },
  冷藏设施: {
    perThousand: 10,
    columns: {
      净造价: unknown(8, 1, dice(2, 500 * WAN)),
      限定标准额: unknown(8, 3, dice(4, 120 * WAN)),
    },
  },
};
