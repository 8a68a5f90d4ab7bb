/** Forms about facility farming, cold stores and the loans of banks. */
import { count, day, flag, id, money, mu, reference, text, word } from './bureau.ts';
import type { Bureaus, NameOf, Plan } from './bureau.ts';
import type { Column, Form } from './form.ts';
import type { File } from './mapping.ts';

const projectPlan = (nameOf: NameOf): Plan => ({
  key: 'farm-projects',
  sheet: '贷款贴息项目',
  title: '设施农业贷款贴息项目申报汇总',
  table: '设施农业项目',
  unit: '万元',
  total: true,
  columns: [
    id('项目编号'),
    text('项目名称', '名称'),
    ...reference('主体代码', '主体', nameOf, '主体名称'),
    word('领域', '领域'),
    word('建设性质', '建设性质'),
    flag('贷款用于必需投资', '贷款用于必需投资'),
    money('投资额', '投资额'),
    flag('是否符合要求（认定）', '认定 符合要求的设施农业项目'),
  ],
});

const sitePlan = (nameOf: NameOf): Plan => ({
  key: 'sites',
  sheet: '新建小区',
  title: '新建日光温室、冷棚小区验收汇总',
  table: '小区',
  columns: [
    id('小区编号'),
    text('小区名称', '名称'),
    ...reference('建设主体代码', '建设主体', nameOf, '建设主体名称'),
    flag('是否新建', '新建'),
    day('开工日期', '开工日期'),
    day('建成日期', '建成日期'),
    day('验收日期', '验收日期'),
    mu('日光温室/占地面积（亩）', '日光温室占地面积'),
    mu('日光温室/棚内面积（亩）', '日光温室棚内面积'),
    mu('冷棚/占地面积（亩）', '冷棚占地面积'),
    mu('冷棚/棚内面积（亩）', '冷棚棚内面积'),
  ],
  note: '面积以验收测绘报告为准。',
});

const renovationPlan = (nameOf: NameOf): Plan => ({
  key: 'renovations',
  sheet: '改造提升',
  title: '设施农业改造提升项目汇总',
  table: '改造项目',
  columns: [
    id('项目编号'),
    text('项目名称', '名称'),
    ...reference('主体代码', '主体', nameOf, '主体名称'),
    flag('老旧或灾损', '老旧或灾损'),
    flag('当年已享新建补贴', '同年已享新建补贴'),
    money('日光温室/结构物化成本（元）', '日光温室结构成本', '元'),
    money('日光温室/配套物化成本（元）', '日光温室配套成本', '元'),
    money('冷棚/结构物化成本（元）', '冷棚结构成本', '元'),
    money('冷棚/配套物化成本（元）', '冷棚配套成本', '元'),
    mu('改造面积/日光温室（亩）', '日光温室面积'),
    mu('改造面积/冷棚（亩）', '冷棚面积'),
  ],
});

const coldStorePlan = (nameOf: NameOf): Plan => ({
  key: 'cold-stores',
  sheet: '产地冷藏',
  title: '2023年产地冷藏保鲜设施建设项目汇总',
  table: '冷藏设施',
  unit: '元',
  columns: [
    id('项目编号'),
    ...reference('建设主体代码', '建设主体', nameOf, '建设主体名称'),
    word('主体类型', '主体类型'),
    word('示范级别', '示范级别'),
    word('建设地点', '建设地点'),
    word('主要产品', '主要产品'),
    word('设施类型', '设施类型'),
    day('列入计划日期', '列入计划日期'),
    day('验收日期', '验收日期'),
    money('造价/不含土地和可抵扣增值税', '净造价', '元'),
    money('造价/全口径', '全口径造价', '元'),
    flag('限定标准/是否适用', '适用限定标准'),
    money('限定标准/限额', '限定标准额', '元'),
    flag('同类主体认定', '认定 同类建设主体'),
    flag('验收结论', '认定 冷藏设施验收合格'),
  ].map((c) => (c.heading === '验收结论' ? { ...c, words: { 是: '合格', 否: '不合格' } } : c)),
});

/** The file of the Bureau of Agriculture and Rural Affairs. */
export function farmingFile(b: Bureaus): File {
  const unit = '市农业农村局';
  const plans = [projectPlan, sitePlan, renovationPlan, coldStorePlan];
  return {
    file: '市农业农村局-设施农业和冷藏设施.xlsx',
    source: '市农业农村局 设施农业',
    unit,
    kind: 'xlsx',
    recognise: ['市农业农村局', '设施农业'],
    forms: plans.map((plan) => b.form(unit, '2023年12月13日', plan(b.nameOf))),
  };
}

function loanColumns(head: string): Column[] {
  return [
    id('借据编号'),
    id(head, '上级'),
    money('贷款余额', '本金', '元'),
    count('期限（月）', '期限'),
    day('合同或重定价日期', '合同日期'),
    day('计息起日', '计息起日'),
    count('计息天数/本年度', '计息天数'),
    count('计息天数/放款以来', '累计计息天数'),
  ];
}

/** Loans and interest of both kinds of projects. */
export function bankFile(b: Bureaus): File {
  const unit = '银行业金融机构';
  const make = (plan: Plan): Form =>
    b.form('各银行业金融机构汇总', '2023年12月11日', { ...plan, unit: '元', total: true });
  return {
    file: '银行业金融机构-贴息贷款和结息明细.xlsx',
    source: '银行业金融机构 贴息贷款明细',
    unit,
    kind: 'xlsx',
    recognise: ['银行业金融机构', '贷款'],
    forms: [
      make({
        key: 'farm-loans',
        sheet: '设施农业贷款',
        title: '设施农业项目贷款明细',
        table: '设施农业项目.贷款',
        columns: loanColumns('项目编号'),
      }),
      make({
        key: 'farm-interest',
        sheet: '设施农业结息',
        title: '设施农业项目结息汇总（2023年度）',
        table: '设施农业项目',
        columns: [
          id('项目编号'),
          day('计息期止日', '贴息期止日'),
          money('本年度已付利息', '年度已付利息', '元'),
        ],
      }),
      make({
        key: 'upgrade-loans',
        sheet: '技改贷款',
        title: '技术改造项目贷款明细',
        table: '技改项目.贷款',
        columns: loanColumns('技改项目编号'),
      }),
      make({
        key: 'upgrade-interest',
        sheet: '技改结息',
        title: '技术改造项目结息汇总（2023年度）',
        table: '技改项目',
        columns: [
          id('项目编号'),
          money('已付利息/本年度', '年度已付利息', '元'),
          money('已付利息/放款以来', '累计已付利息', '元'),
        ],
        keep: (row) => row.facts['支持方式'] !== '直接补助',
      }),
    ],
  };
}
