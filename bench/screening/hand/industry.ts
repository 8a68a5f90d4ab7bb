// 技改项目 with its loans, 演艺项目, 科技项目, 技术合同.
import { unknowns } from './hand.ts';
import type { Hand, HandItem } from './hand.ts';

const PROJECT_CAP = { keys: ['id'], limit: '1000000000::BIGINT' };
const UPGRADE_FACTS = {
  upgrading: '技改项目.技术改造升级',
  mode: '技改项目.支持方式',
  listed: '技改项目.列入省级专项',
};

const UPGRADE: Hand = {
  entity: '技改项目',
  stages: `
SELECT *,
  upgrading AND direct AND listed AND part > 0 AS owed123,
  upgrading AND by_loan AND listed AND due > 0 AND paid > 0 AS owed124
FROM (
  SELECT p.*,
    list_contains(['直接补助'], mode) AS direct,
    list_contains(['贷款贴息'], mode) AS by_loan,
    audited * 5 // 100 AS part,
    CASE WHEN loans = 0 THEN 0 WHEN loans > 0 AND NOT open_rows THEN (yearly // 3600000)::BIGINT END AS due,
    CASE WHEN loans = 0 THEN 0 WHEN loans > 0 AND NOT endless THEN (most_yearly // 3600000)::BIGINT END AS most,
    coalesce(no_principal, false) AS no_principal, coalesce(no_contract, false) AS no_contract,
    coalesce(no_days, false) AS no_days, coalesce(no_rate, false) AS no_rate
  FROM (
    SELECT "编号" AS id, coalesce("企业", '?') AS firm, "技术改造升级" AS upgrading, "支持方式" AS mode,
      "列入省级专项" AS listed, "审定设备软件投资" AS audited, "年度已付利息" AS paid, "贷款 个数" AS loans
    FROM {技改项目}
  ) p LEFT JOIN (
    SELECT project,
      bool_or(principal IS NULL) AS no_principal, bool_or(contract IS NULL) AS no_contract,
      bool_or(days IS NULL) AS no_days,
      bool_or(contract IS NOT NULL AND short IS NULL) AS no_rate,
      bool_or(principal IS NULL OR days IS NULL OR short IS NULL) AS open_rows,
      bool_or(principal IS NULL OR days IS NULL) AS endless,
      sum(principal * days::HUGEINT * short) AS yearly,
      sum(principal * days::HUGEINT * coalesce(short, {highest})) AS most_yearly
    FROM (
      SELECT l."上级" AS project, l."本金" AS principal, l."计息天数" AS days, l."合同日期" AS contract, r.short
      FROM {技改项目.贷款} l ASOF LEFT JOIN {rates} r ON l."合同日期" >= r.since
    )
    GROUP BY project
  ) l ON l.project = p.id
)`,
  items: [
    {
      item: '技改直接补助',
      owed: 'owed123',
      conditions: ['upgrading', 'direct', 'listed', 'part > 0', 'true'],
      amount: 'CASE WHEN part < 1000000000 THEN part ELSE 1000000000 END',
      potential: 'least(1000000000, part)',
      missing: unknowns({ ...UPGRADE_FACTS, audited: '技改项目.审定设备软件投资' }),
      payee: 'firm',
      caps: [PROJECT_CAP],
    },
    {
      item: '技改贷款贴息',
      owed: 'owed124',
      conditions: ['upgrading', 'by_loan', 'listed', 'due > 0', 'paid > 0', 'true'],
      amount:
        'CASE WHEN due < paid AND due < 1000000000 THEN due WHEN paid < 1000000000 THEN paid ELSE 1000000000 END',
      potential: 'least(1000000000, most, paid)',
      missing: [
        ...unknowns({ ...UPGRADE_FACTS, loans: '技改项目.贷款' }),
        ['技改项目.贷款.本金', 'loans > 0 AND no_principal'],
        ['技改项目.贷款.合同日期', 'loans > 0 AND no_contract'],
        ['技改项目.贷款.计息天数', 'loans > 0 AND no_days'],
        ['LPR（参数）', 'loans > 0 AND no_rate'],
        ...unknowns({ paid: '技改项目.年度已付利息' }),
      ],
      payee: 'firm',
      caps: [PROJECT_CAP],
    },
  ],
};

const SHOW: Hand = {
  entity: '演艺项目',
  stages: `
SELECT *, performing AND large AND outstanding AS owed
FROM (
  SELECT "编号" AS id, coalesce("主体", '?') AS owner, "文旅演艺" AS performing, "实际投资" AS invested,
    "实际投资" > 10000000000 AS large, "认定 优秀文旅演艺项目" AS outstanding
  FROM {演艺项目}
)`,
  items: [
    {
      item: '优秀演艺项目奖补',
      owed: 'owed',
      conditions: ['performing', 'large', 'outstanding', 'true'],
      amount: '500000000::BIGINT',
      potential: '500000000::BIGINT',
      missing: unknowns({ performing: '演艺项目.文旅演艺', invested: '演艺项目.实际投资' }),
      pending: [['优秀文旅演艺项目', 'outstanding IS NULL']],
      payee: 'owner',
    },
  ],
};

function science(
  item: string,
  owed: string,
  conditions: readonly string[],
  own: Partial<HandItem>,
  facts: Readonly<Record<string, string>>,
): HandItem {
  return {
    item,
    owed,
    conditions: [...conditions, 'true'],
    missing: unknowns({ class: '科技项目.类别', provincial: '科技项目.省以上立项', ...facts }),
    payee: 'firm',
    ...own,
  };
}

const SCIENCE: Hand = {
  entity: '科技项目',
  stages: `
SELECT *,
  consortium AND key_show AND provincial AS owed151,
  weak_point AND key_technology AND provincial AS owed152,
  rebuilding AND provincial AND due153 > 0 AS owed153,
  carried AND joint_plan AND provincial AND due154 > 0 AS owed154
FROM (
  SELECT "编号" AS id, coalesce("企业", '?') AS firm, "类别" AS class, "组建创新联合体" AS consortium,
    "列入断点清单" AS weak_point, "省以上立项" AS provincial, "审定实际投资" AS invested, "由领军企业承担" AS carried,
    "联合计划总额" AS plan,
    list_contains(['重大攻关示范项目'], "类别") AS key_show,
    list_contains(['关键技术攻关项目'], "类别") AS key_technology,
    list_contains(['产业基础再造工程', '重大技术装备攻关工程'], "类别") AS rebuilding,
    list_contains(['应用基础研究联合计划'], "类别") AS joint_plan,
    ("审定实际投资" + 5) // 10 AS due153,
    ("联合计划总额" * 25 + 50) // 100 AS due154
  FROM {科技项目}
)`,
  items: [
    science(
      '联合体重大攻关支持',
      'owed151',
      ['consortium', 'key_show', 'provincial'],
      { amount: '1000000000::BIGINT' },
      { consortium: '科技项目.组建创新联合体' },
    ),
    science(
      '关键技术攻关支持',
      'owed152',
      ['weak_point', 'key_technology', 'provincial'],
      { amount: '100000000::BIGINT' },
      { weak_point: '科技项目.列入断点清单' },
    ),
    science(
      '基础再造和重大装备支持',
      'owed153',
      ['rebuilding', 'provincial', 'due153 > 0'],
      {
        amount: 'CASE WHEN due153 < 1000000000 THEN due153 ELSE 1000000000 END',
        potential: 'least(1000000000, due153)',
        caps: [PROJECT_CAP],
      },
      { invested: '科技项目.审定实际投资' },
    ),
    science(
      '领军企业联合计划支持',
      'owed154',
      ['carried', 'joint_plan', 'provincial', 'due154 > 0'],
      {
        amount: 'CASE WHEN due154 < 500000000 THEN due154 ELSE 500000000 END',
        potential: 'least(500000000, due154)',
        caps: [{ keys: ['id'], limit: '500000000::BIGINT' }],
      },
      { carried: '科技项目.由领军企业承担', plan: '科技项目.联合计划总额' },
    ),
  ],
};

const CONTRACT: Hand = {
  entity: '技术合同',
  stages: `
SELECT *, way AND provider AND registered AND paid > 0 AS owed
FROM (
  SELECT "编号" AS id, coalesce("企业", '?') AS firm, "方式" AS kind, "成果方类型" AS provider_kind, "已登记" AS registered,
    "付款日期" AS paid_on, "印发后付款额" AS paid, "认定 其他技术承接方式" AS other_way,
    list_contains(['技术转让', '技术许可', '技术开发'], "方式") OR "认定 其他技术承接方式" AS way,
    list_contains(['高等学校', '科研院所'], "成果方类型") AS provider
  FROM {技术合同}
)`,
  items: [
    {
      item: '承接高校院所成果奖补',
      owed: 'owed',
      conditions: ['way', 'provider', 'registered', 'paid > 0', 'true'],
      amount: '200000000::BIGINT',
      potential: '200000000::BIGINT',
      missing: [
        ['技术合同.方式', 'way IS NULL AND kind IS NULL'],
        ...unknowns({
          provider_kind: '技术合同.成果方类型',
          registered: '技术合同.已登记',
          paid: '技术合同.印发后付款额',
        }),
      ],
      pending: [['其他技术承接方式', 'way IS NULL AND other_way IS NULL']],
      payee: 'firm',
      caps: [
        { keys: ['firm', `coalesce(year(paid_on)::VARCHAR, '?')`], limit: '200000000::BIGINT' },
      ],
    },
  ],
};

export const INDUSTRY: readonly Hand[] = [UPGRADE, SHOW, SCIENCE, CONTRACT];
