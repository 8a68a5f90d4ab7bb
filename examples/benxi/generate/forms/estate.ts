/** Forms about projects, land, power users, banks and the city. */
import { bankNames } from '../estate.ts';
import { day, flag, id, money, mu, reference, text, word } from './bureau.ts';
import type { Bureaus, Plan } from './bureau.ts';
import type { Column, Form } from './form.ts';
import type { File } from './mapping.ts';

/** Projects and indicators. */
export function planningFile(b: Bureaus): File {
  const unit = '市发展改革委';
  const make = (plan: Plan): Form => b.form(unit, '2023年12月8日', plan);
  return {
    file: '市发展改革委-项目库和指标.xlsx',
    source: '市发展改革委 项目库和指标',
    unit,
    kind: 'xlsx',
    recognise: ['市发展改革委', '项目库'],
    forms: [
      make({
        key: 'infrastructure',
        sheet: '基础设施',
        title: '基础设施项目清单',
        table: '基础设施项目',
        columns: [id('项目代码'), word('级别', '级别'), flag('是否重大基础设施', '重大基础设施')],
      }),
      make({
        key: 'dual-use',
        sheet: '平急两用',
        title: '“平急两用”公共基础设施项目清单',
        table: '平急两用项目',
        columns: [id('项目代码'), flag('是否列入清单', '列入清单')],
      }),
      make({
        key: 'energy',
        sheet: '能源项目',
        title: '能源项目清单',
        table: '能源项目',
        columns: [id('项目代码'), word('类别', '类别')],
      }),
      make({
        key: 'reserve',
        sheet: '项目储备',
        title: '项目储备和新开工计划',
        table: '城市',
        unit: '亿元',
        columns: [
          text('地区', '名称', 24),
          money('2024年储备项目总投资/未计划开工', '储备项目总投资', '亿元'),
          money('2024年储备项目总投资/含拟开工', '储备项目总投资_含拟开工', '亿元'),
          money('计划新开工总投资/2024年', '计划新开工总投资_2024', '亿元'),
          money('计划新开工总投资/2023年', '计划新开工总投资_2023', '亿元'),
        ],
      }),
    ],
  };
}

/** Industrial land: title and plan, from two units. */
export function landFiles(b: Bureaus): File[] {
  const file = (
    unit: string,
    date: string,
    key: string,
    title: string,
    columns: Column[],
  ): File => ({
    file: `${unit}-工业用地${title}.xlsx`,
    source: `${unit} 工业用地${title}`,
    unit,
    kind: 'xlsx',
    recognise: [unit, '工业用地'],
    forms: [
      b.form(unit, date, {
        key,
        sheet: '工业用地',
        title: `工业用地${title}`,
        table: '工业用地',
        columns: [id('不动产单元号'), ...columns],
      }),
    ],
  });
  return [
    file('市不动产登记中心', '2023年12月5日', 'land-title', '登记信息', [
      ...reference('使用权人信用代码', '使用权人', b.nameOf, '使用权人名称'),
      flag('国有建设用地使用权', '取得国有建设用地使用权'),
      word('用途', '用途'),
    ]),
    file('市自然资源局', '2023年12月7日', 'land-plan', '规划调整', [
      flag('符合规划', '符合规划'),
      flag('改变用途', '改变用途'),
      flag('提高土地利用率', '提高土地利用率'),
      mu('容积率/调整前', '原容积率'),
      mu('容积率/调整后', '新容积率'),
      day('批准日期', '调整批准日期'),
    ]),
  ];
}

/** Power users, banks and quotas. */
export function otherFiles(b: Bureaus): File[] {
  return [
    {
      file: '供电企业-园区用户清单.xlsx',
      source: '供电企业 园区用户清单',
      unit: '供电企业',
      kind: 'xlsx',
      recognise: ['供电企业', '园区用户'],
      forms: [
        b.form('国网供电企业（合成）', '2023年12月6日', {
          key: 'users',
          sheet: '园区用户',
          title: '工业园区供配电用户清单',
          table: '园区用户',
          columns: [
            id('用户编号'),
            ...reference('用电企业信用代码', '用电企业', b.nameOf, '用电企业名称'),
            flag('位于园区内', '位于园区内'),
            flag('供配电用户', '供配电用户'),
            word('工程位置', '工程位置'),
            word('接入类型', '接入类型'),
          ],
        }),
      ],
    },
    {
      file: '人民银行本溪市分行-碳减排银行和额度.xlsx',
      source: '人民银行本溪市分行 碳减排银行和额度',
      unit: '人民银行本溪市分行',
      kind: 'xlsx',
      recognise: ['人民银行', '额度'],
      forms: [
        b.form('中国人民银行本溪市分行', '2023年12月5日', {
          key: 'banks',
          sheet: '碳减排支持工具',
          title: '碳减排支持工具金融机构名单比对',
          table: '银行',
          columns: [
            { heading: '统一社会信用代码', label: '统一社会信用代码', kind: 'code' },
            {
              heading: '机构名称',
              kind: 'text',
              width: 32,
              show: (row) => bankNames.get(row.id) ?? '',
            },
            flag('是否列入总行名单', '列入总行名单'),
          ],
        }),
        b.form('中国人民银行本溪市分行', '2023年12月5日', {
          key: 'quota',
          sheet: '再贷款额度',
          title: '再贷款再贴现额度和使用情况（2023年11月末）',
          table: '城市',
          unit: '亿元',
          columns: [
            text('地区', '名称', 24),
            money('安排额度', '再贷款再贴现额度', '亿元'),
            money('本年累计发放', '再贷款再贴现累计发放额', '亿元'),
          ],
        }),
      ],
    },
  ];
}
