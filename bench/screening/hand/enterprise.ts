// 企业: the increase of retail sales, the lists of culture and tourism, unemployment insurance, rights.
import { unknowns } from './hand.ts';
import type { Hand, HandItem } from './hand.ts';

// A function of one text is computed once for each value of a Parquet dictionary, IN for each row.
const STAGES = `
SELECT *,
  above AND retail AND legal AND step33 AS owed33,
  above AND hotel AND legal AND step43 AS owed43,
  refundable AND insured AND paid AND lay_offs AND clean AND honest AND refund > 0 AS owed205
FROM (
  SELECT *,
    increase >= 5000000000 AS step33,
    increase >= 500000000 AS step43,
    culture OR tourism AS listed,
    (served AND many_jobs) OR small OR self_employed AS supported
  FROM (
    SELECT *,
      now - before AS increase,
      (dues * CASE WHEN large THEN 3 WHEN NOT large THEN 6 END + 5) // 10 AS refund,
      gone <= 0 OR gone * 100000 <= nullif(staff, 0) * CASE WHEN staff <= 3000 THEN 200 ELSE 55 END AS lay_offs
    FROM (
      SELECT *,
        n1 + n2 + n3 AS now,
        b1 + b2 + b3 AS before,
        left_all - left_other AS gone,
        dues_unit + dues_staff AS dues,
        list_contains(['批发业', '零售业'], industry) AS retail,
        list_contains(['住宿业', '餐饮业'], industry) AS hotel,
        NOT list_contains(['工业', '建筑业', '农林牧渔业'], industry) AS served,
        list_contains(['企业单位', '社会团体', '基金会', '社会服务机构', '律师事务所', '会计师事务所', '个体工商户'], kind)
          AS refundable,
        list_contains(['企业单位'], kind) AND list_contains(['大型'], size) AS large,
        list_contains(['小型', '微型'], size) AS small,
        list_contains(['个体工商户'], kind) AS self_employed,
        full_dues AND months >= 12 AS paid,
        NOT pollutes AS clean,
        NOT blacklisted AS honest,
        c_now AND NOT c_before AS culture,
        t_now AND NOT t_before AS tourism,
        hires > 0 AS hired,
        graduates > 0 AS took_graduates
      FROM (
        SELECT
          "统一社会信用代码" AS id, "限额以上" AS above, "法人" AS legal, "行业" AS industry, "规模" AS size,
          "参保单位类型" AS kind,
          "月限上零售额 2023-09" AS n1, "月限上零售额 2023-10" AS n2, "月限上零售额 2023-11" AS n3,
          "月限上零售额 2022-09" AS b1, "月限上零售额 2022-10" AS b2, "月限上零售额 2022-11" AS b3,
          "失业保险参保" AS insured, "失业保险足额缴费" AS full_dues, "累计缴费月数" AS months,
          "月均参保人数" AS staff, "裁员人数" AS left_all, "不计入裁员人数" AS left_other,
          "违反产业环保政策" AS pollutes, "列入负面清单" AS blacklisted,
          "单位失业保险费" AS dues_unit, "职工失业保险费" AS dues_staff,
          "失业保险在保" AS insured_now, "扩岗招用人数" AS hires, "吸纳毕业生人数" AS graduates,
          "创业孵化基地" AS incubator, "政务数据齐备" AS data_complete, "申请创业担保贷款" AS loan,
          "文化企业30强入选" AS c_now, "文化企业30强上届入选" AS c_before,
          "旅游集团20强入选" AS t_now, "旅游集团20强上届入选" AS t_before,
          "持有碳排放权" AS carbon, "认定 就业容量大" AS many_jobs
        FROM {企业}
      )
    )
  )
)`;

function band(x: string, ...steps: readonly (readonly [from: number, fen: number])[]): string {
  const cases = steps.map(([from, fen]) => `WHEN ${x} >= ${from} THEN ${fen}`);
  return `CASE ${cases.join(' ')} ELSE 0 END::BIGINT`;
}

const band33 = (x: string): string =>
  band(
    x,
    [50_000_000_000, 100_000_000],
    [20_000_000_000, 50_000_000],
    [10_000_000_000, 30_000_000],
    [5_000_000_000, 10_000_000],
  );
const band43 = (x: string): string =>
  band(x, [1_000_000_000, 10_000_000], [500_000_000, 5_000_000]);

/** What remains possible: without this year's figures everything, without last year's no more than now. */
function most(of: (x: string) => string, top: number): string {
  const known = of('now - coalesce(b1, 0) - coalesce(b2, 0) - coalesce(b3, 0)');
  return `CASE WHEN now IS NULL THEN ${top} ELSE ${known} END`;
}

const SALES = unknowns({
  above: '企业.限额以上',
  industry: '企业.行业',
  legal: '企业.法人',
  n1: '企业.月限上零售额 2023-09',
  n2: '企业.月限上零售额 2023-10',
  n3: '企业.月限上零售额 2023-11',
  b1: '企业.月限上零售额 2022-09',
  b2: '企业.月限上零售额 2022-10',
  b3: '企业.月限上零售额 2022-11',
});

/** An item of one condition that one fact decides. */
function plain(
  item: string,
  condition: string,
  fact: string,
  column: string,
  before = 0,
): HandItem {
  return {
    item,
    owed: condition,
    conditions: [...Array.from({ length: before }, () => 'true'), condition, 'true'],
    missing: unknowns({ [column]: `企业.${fact}` }),
  };
}

const REFUND: HandItem = {
  item: '稳岗返还',
  owed: 'owed205',
  conditions: [
    'refundable',
    'insured',
    'paid',
    'true',
    'lay_offs',
    'clean',
    'honest',
    'true',
    'refund > 0',
    'true',
  ],
  amount: 'refund',
  potential: '(dues * CASE WHEN large THEN 3 ELSE 6 END + 5) // 10',
  missing: [
    ...unknowns({ kind: '企业.参保单位类型', insured: '企业.失业保险参保' }),
    ['企业.失业保险足额缴费', 'paid IS NULL AND full_dues IS NULL'],
    ['企业.累计缴费月数', 'paid IS NULL AND months IS NULL'],
    ['企业.裁员人数', 'lay_offs IS NULL AND left_all IS NULL'],
    ['企业.不计入裁员人数', 'lay_offs IS NULL AND left_other IS NULL'],
    [
      '企业.月均参保人数',
      'lay_offs IS NULL AND (staff IS NULL OR (staff = 0 AND gone IS NOT NULL))',
    ],
    ...unknowns({
      pollutes: '企业.违反产业环保政策',
      blacklisted: '企业.列入负面清单',
      dues_unit: '企业.单位失业保险费',
      dues_staff: '企业.职工失业保险费',
    }),
    ['企业.规模', 'large IS NULL AND size IS NULL'],
  ],
};

export const ENTERPRISE: Hand = {
  entity: '企业',
  stages: STAGES,
  items: [
    { item: '申请政策解释', owed: 'true', conditions: ['true'], missing: [] },
    {
      item: '批零增量奖励',
      owed: 'owed33',
      conditions: ['above', 'retail', 'legal', 'true', 'step33', 'true'],
      amount: band33('increase'),
      potential: most(band33, 100_000_000),
      missing: SALES,
    },
    {
      item: '住餐增量奖励',
      owed: 'owed43',
      conditions: ['above', 'hotel', 'legal', 'true', 'true', 'step43', 'true'],
      amount: band43('increase'),
      potential: most(band43, 10_000_000),
      missing: SALES,
    },
    {
      item: '文旅榜单新入选奖补',
      owed: 'listed',
      conditions: ['listed', 'true'],
      amount: '100000000::BIGINT',
      potential: '100000000::BIGINT',
      missing: [
        ['企业.文化企业30强入选', 'culture IS NULL AND c_now IS NULL'],
        ['企业.文化企业30强上届入选', 'culture IS NULL AND c_before IS NULL'],
        ['企业.旅游集团20强入选', 'tourism IS NULL AND t_now IS NULL'],
        ['企业.旅游集团20强上届入选', 'tourism IS NULL AND t_before IS NULL'],
      ],
    },
    plain('碳排放权质押融资', 'carbon', '持有碳排放权', 'carbon'),
    plain('一次性扩岗补助', 'hired', '扩岗招用人数', 'hires', 1),
    {
      item: '稳岗扩岗支持',
      owed: 'supported',
      conditions: ['supported', 'true'],
      missing: [
        ['企业.行业', '(served AND many_jobs) IS NULL AND industry IS NULL'],
        ...unknowns({ size: '企业.规模', kind: '企业.参保单位类型' }),
      ],
      pending: [['就业容量大', '(served AND many_jobs) IS NULL AND many_jobs IS NULL']],
    },
    plain('创业孵化基地奖补', 'incubator', '创业孵化基地', 'incubator'),
    plain('失业保险降费率', 'insured_now', '失业保险在保', 'insured_now', 1),
    plain('免申即享扩面', 'data_complete', '政务数据齐备', 'data_complete'),
    REFUND,
    plain('吸纳高校毕业生补贴', 'took_graduates', '吸纳毕业生人数', 'graduates'),
    plain('小微创业贷绿色通道', 'loan', '申请创业担保贷款', 'loan'),
  ],
};
