// 设施农业项目 with its loans, 小区, 改造项目.
import { unknowns } from './hand.ts';
import type { Hand } from './hand.ts';

/** Loans per project under the prime rate of their day: sums over the rows, unknown if one of them is. */
const FARM: Hand = {
  entity: '设施农业项目',
  stages: `
SELECT *, qualified AND farming AND kind AND necessary AND due > 0 AND paid > 0 AS owed
FROM (
  SELECT p.*,
    CASE WHEN loans = 0 THEN 0 WHEN loans > 0 AND NOT open_rows THEN (yearly // 36000000)::BIGINT END AS due,
    CASE WHEN loans = 0 THEN 0 WHEN loans > 0 AND NOT endless THEN (most_yearly // 36000000)::BIGINT END AS most,
    coalesce(no_principal, false) AS no_principal, coalesce(no_term, false) AS no_term,
    coalesce(no_contract, false) AS no_contract, coalesce(no_days, false) AS no_days,
    coalesce(no_rate, false) AS no_rate
  FROM (
    SELECT "编号" AS id, coalesce("主体", '?') AS owner, "领域" AS line, "建设性质" AS nature, "贷款用于必需投资" AS necessary,
      "年度已付利息" AS paid, "贴息期止日" AS until, "贷款 个数" AS loans, "认定 符合要求的设施农业项目" AS qualified,
      list_contains(['设施种植', '设施畜牧', '设施渔业', '其他设施农业'], "领域") AS farming,
      list_contains(['新建', '改造提升'], "建设性质") AS kind
    FROM {设施农业项目}
  ) p LEFT JOIN (
    SELECT project,
      bool_or(principal IS NULL) AS no_principal, bool_or(term IS NULL) AS no_term,
      bool_or(contract IS NULL) AS no_contract, bool_or(days IS NULL) AS no_days,
      bool_or(term IS NOT NULL AND contract IS NOT NULL AND rate IS NULL) AS no_rate,
      bool_or(principal IS NULL OR days IS NULL OR rate IS NULL) AS open_rows,
      bool_or(principal IS NULL OR days IS NULL) AS endless,
      sum(principal * days::HUGEINT * rate) AS yearly,
      sum(principal * days::HUGEINT * coalesce(rate, 2000)) AS most_yearly
    FROM (
      SELECT project, principal, days, term, contract,
        CASE WHEN percent * 7 < 2000 THEN percent * 7 WHEN percent * 7 >= 2000 THEN 2000 END AS rate
      FROM (
        SELECT l."上级" AS project, l."本金" AS principal, l."计息天数" AS days, l."期限" AS term, l."合同日期" AS contract,
          CASE WHEN l."期限" <= 60 THEN r.short WHEN l."期限" > 60 THEN r.long END AS percent
        FROM {设施农业项目.贷款} l ASOF LEFT JOIN {rates} r ON l."合同日期" >= r.since
      )
    )
    GROUP BY project
  ) l ON l.project = p.id
)`,
  items: [
    {
      item: '设施农业贷款贴息',
      owed: 'owed',
      conditions: ['qualified', 'farming', 'kind', 'necessary', 'due > 0', 'paid > 0', 'true'],
      amount:
        'CASE WHEN due < paid AND due < 200000000 THEN due WHEN paid < 200000000 THEN paid ELSE 200000000 END',
      potential: 'least(200000000, most, paid)',
      missing: [
        ...unknowns({
          line: '设施农业项目.领域',
          nature: '设施农业项目.建设性质',
          necessary: '设施农业项目.贷款用于必需投资',
          loans: '设施农业项目.贷款',
        }),
        ['设施农业项目.贷款.本金', 'loans > 0 AND no_principal'],
        ['设施农业项目.贷款.期限', 'loans > 0 AND no_term'],
        ['设施农业项目.贷款.合同日期', 'loans > 0 AND no_contract'],
        ['设施农业项目.贷款.计息天数', 'loans > 0 AND no_days'],
        ['LPR（参数）', 'loans > 0 AND no_rate'],
        ...unknowns({ paid: '设施农业项目.年度已付利息' }),
      ],
      pending: [['符合要求的设施农业项目', 'qualified IS NULL']],
      payee: 'owner',
      caps: [
        { keys: ['owner', `coalesce(year(until)::VARCHAR, '?')`], limit: '200000000::BIGINT' },
      ],
    },
  ],
};

const SITE: Hand = {
  entity: '小区',
  stages: `
SELECT *,
  is_new AND since_start AND by_end AND warm >= 1000 AND warm > 0 AS owed103,
  is_new AND since_start AND by_end AND cold >= 2000 AND cold > 0 AS owed104
FROM (
  SELECT "编号" AS id, coalesce("建设主体", '?') AS builder, "新建" AS is_new, "建成日期" AS built,
    "日光温室占地面积" AS warm, "冷棚占地面积" AS cold,
    "建成日期" >= DATE '2023-01-01' AS since_start, "建成日期" <= DATE '2023-12-31' AS by_end
  FROM {小区}
)`,
  items: [
    {
      item: '新建日光温室小区补贴',
      owed: 'owed103',
      conditions: ['is_new', 'since_start', 'by_end', 'warm >= 1000', 'warm > 0', 'true'],
      amount: 'warm * 12000',
      potential: 'warm * 12000',
      missing: unknowns({
        is_new: '小区.新建',
        built: '小区.建成日期',
        warm: '小区.日光温室占地面积',
      }),
      payee: 'builder',
    },
    {
      item: '新建冷棚小区补贴',
      owed: 'owed104',
      conditions: ['is_new', 'since_start', 'by_end', 'cold >= 2000', 'cold > 0', 'true'],
      amount: 'cold * 3000',
      potential: 'cold * 3000',
      missing: unknowns({ is_new: '小区.新建', built: '小区.建成日期', cold: '小区.冷棚占地面积' }),
      payee: 'builder',
    },
  ],
};

const COSTS = {
  warm_frame: '改造项目.日光温室结构成本',
  cold_frame: '改造项目.冷棚结构成本',
};

const RENOVATION: Hand = {
  entity: '改造项目',
  stages: `
SELECT *, needed AND NOT paid_as_new AND due > 0 AS owed
FROM (
  SELECT *,
    CASE WHEN part IS NULL OR bound IS NULL THEN NULL WHEN part < bound THEN part ELSE bound END AS due,
    damaged OR gear > 0 AS needed
  FROM (
    SELECT *,
      CASE WHEN damaged THEN warm_frame + cold_frame + gear WHEN NOT damaged THEN gear END * 15 // 100 AS part,
      warm * 5000 + cold * 1000 AS bound
    FROM (
      SELECT "编号" AS id, coalesce("主体", '?') AS owner, "老旧或灾损" AS damaged, "同年已享新建补贴" AS paid_as_new,
        "日光温室结构成本" AS warm_frame, "日光温室配套成本" AS warm_gear, "冷棚结构成本" AS cold_frame,
        "冷棚配套成本" AS cold_gear, "日光温室面积" AS warm, "冷棚面积" AS cold,
        "日光温室配套成本" + "冷棚配套成本" AS gear
      FROM {改造项目}
    )
  )
)`,
  items: [
    {
      item: '设施农业改造提升补贴',
      owed: 'owed',
      conditions: ['needed', 'NOT paid_as_new', 'due > 0', 'true'],
      amount: 'due',
      // Without the state of the facility the whole cost can count; without a cost the area bounds it.
      potential: `CASE WHEN due IS NOT NULL THEN due
        ELSE least(bound, CASE WHEN damaged IS NOT DISTINCT FROM false THEN gear
          ELSE warm_frame + cold_frame + gear END * 15 // 100) END`,
      missing: [
        ['改造项目.老旧或灾损', 'damaged IS NULL AND (needed IS NULL OR due IS NULL)'],
        ['改造项目.同年已享新建补贴', 'paid_as_new IS NULL'],
        ...unknowns({ warm_gear: '改造项目.日光温室配套成本', cold_gear: '改造项目.冷棚配套成本' }),
        ...Object.entries(COSTS).map(([c, fact]) => [fact, `damaged AND ${c} IS NULL`] as const),
        ...unknowns({ warm: '改造项目.日光温室面积', cold: '改造项目.冷棚面积' }),
      ],
      payee: 'owner',
    },
  ],
};

export const FARMING: readonly Hand[] = [FARM, SITE, RENOVATION];
