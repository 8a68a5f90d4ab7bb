// Rights: no amounts, only whether they are due.
import { unknowns } from './hand.ts';
import type { Hand } from './hand.ts';

const INFRASTRUCTURE: Hand = {
  entity: '基础设施项目',
  stages: `
SELECT *, high AND major AND in_order AS owed
FROM (
  SELECT "编号" AS id, "级别" AS rank, "重大基础设施" AS major, "认定 分期分段符合规定" AS in_order,
    list_contains(['国家级', '省级'], "级别") AS high
  FROM {基础设施项目}
)`,
  items: [
    {
      item: '农转用征收分期分段',
      owed: 'owed',
      conditions: ['high', 'major', 'in_order', 'true'],
      missing: unknowns({ rank: '基础设施项目.级别', major: '基础设施项目.重大基础设施' }),
      pending: [['分期分段符合规定', 'in_order IS NULL']],
    },
  ],
};

const LAND: Hand = {
  entity: '工业用地',
  stages: `
SELECT *, state_right AND for_industry AND conforms AND kept AND intensive AND after_issue AS owed
FROM (
  SELECT "编号" AS id, coalesce("使用权人", '?') AS holder, "取得国有建设用地使用权" AS state_right, "用途" AS purpose,
    "符合规划" AS conforms, "改变用途" AS changed, "提高土地利用率" AS raised, "原容积率" AS ratio_before,
    "新容积率" AS ratio_after, "调整批准日期" AS approved,
    list_contains(['工业'], "用途") AS for_industry, NOT "改变用途" AS kept,
    "提高土地利用率" OR "新容积率" > "原容积率" AS intensive,
    "调整批准日期" >= DATE '2023-11-22' AS after_issue
  FROM {工业用地}
)`,
  items: [
    {
      item: '工业用地增容免增价款',
      owed: 'owed',
      conditions: [
        'state_right',
        'for_industry',
        'conforms',
        'kept',
        'intensive',
        'after_issue',
        'true',
      ],
      missing: [
        ...unknowns({
          state_right: '工业用地.取得国有建设用地使用权',
          purpose: '工业用地.用途',
          conforms: '工业用地.符合规划',
          changed: '工业用地.改变用途',
        }),
        ['工业用地.提高土地利用率', 'intensive IS NULL AND raised IS NULL'],
        ['工业用地.原容积率', 'intensive IS NULL AND ratio_before IS NULL'],
        ['工业用地.新容积率', 'intensive IS NULL AND ratio_after IS NULL'],
        ...unknowns({ approved: '工业用地.调整批准日期' }),
      ],
      payee: 'holder',
    },
  ],
};

const DUAL_USE: Hand = {
  entity: '平急两用项目',
  stages: `SELECT "编号" AS id, "列入清单" AS listed FROM {平急两用项目}`,
  items: [
    {
      item: '平急两用绿色审批通道',
      owed: 'listed',
      conditions: ['listed', 'true'],
      missing: unknowns({ listed: '平急两用项目.列入清单' }),
    },
  ],
};

const ENERGY: Hand = {
  entity: '能源项目',
  stages: `
SELECT "编号" AS id, "类别" AS class,
  list_contains(['保障性电源项目', '重大产业项目', '储能等新能源产业项目'], "类别") AS named
FROM {能源项目}`,
  items: [
    {
      item: '绿色电力支持',
      owed: 'named',
      conditions: ['named', 'true'],
      missing: unknowns({ class: '能源项目.类别' }),
    },
  ],
};

const PARK_USER: Hand = {
  entity: '园区用户',
  stages: `
SELECT *, inside AND user AND beyond AND access AS owed
FROM (
  SELECT "编号" AS id, coalesce("用电企业", '?') AS firm, "位于园区内" AS inside, "供配电用户" AS user, "工程位置" AS place,
    "接入类型" AS kind, "认定 特殊用电接入" AS special,
    list_contains(['红线外'], "工程位置") AS beyond,
    list_contains(['常规接入'], "接入类型") OR "认定 特殊用电接入" AS access
  FROM {园区用户}
)`,
  items: [
    {
      item: '园区红线外电网免投资',
      owed: 'owed',
      conditions: ['inside', 'user', 'beyond', 'access', 'true'],
      missing: [
        ...unknowns({
          inside: '园区用户.位于园区内',
          user: '园区用户.供配电用户',
          place: '园区用户.工程位置',
        }),
        ['园区用户.接入类型', 'access IS NULL AND kind IS NULL'],
      ],
      pending: [['特殊用电接入', 'access IS NULL AND special IS NULL']],
      payee: 'firm',
    },
  ],
};

const BANK: Hand = {
  entity: '银行',
  stages: `
SELECT "统一社会信用代码" AS id, "列入总行名单" AS listed, "认定 碳减排工具合格银行" AS qualified,
  "列入总行名单" AND "认定 碳减排工具合格银行" AS owed
FROM {银行}`,
  items: [
    {
      item: '银行纳入碳减排工具',
      owed: 'owed',
      conditions: ['qualified', 'listed', 'true'],
      missing: unknowns({ listed: '银行.列入总行名单' }),
      pending: [['碳减排工具合格银行', 'qualified IS NULL']],
    },
  ],
};

export const RIGHTS: readonly Hand[] = [INFRASTRUCTURE, LAND, DUAL_USE, ENERGY, PARK_USER, BANK];
