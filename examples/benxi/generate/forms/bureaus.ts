/** Forms about stores, bases, farms, projects, land and users: one file or more of each bureau. */
import { bankNames } from '../estate.ts';
import type { Register } from '../register.ts';
import type { Column, Form, Row } from './form.ts';
import type { File } from './mapping.ts';

type NameOf = (id: string) => string;

const id = (heading: string, label = '编号'): Column => ({
  heading,
  label,
  kind: 'code',
  width: 14,
});
const text = (heading: string, label: string, width = 46): Column => ({
  heading,
  label,
  kind: 'text',
  width,
});
const flag = (heading: string, label: string): Column => ({ heading, label, kind: 'flag' });
const word = (heading: string, label: string): Column => ({ heading, label, kind: 'word' });
const day = (heading: string, label: string): Column => ({ heading, label, kind: 'day' });
const mu = (heading: string, label: string): Column => ({ heading, label, kind: 'hundredth' });
const count = (heading: string, label: string): Column => ({ heading, label, kind: 'count' });
const money = (heading: string, label: string, unit: '元' | '万元' | '亿元' = '万元'): Column => ({
  heading,
  label,
  kind: 'money',
  unit,
});

/** The code of another subject, with its name beside it. */
function reference(heading: string, label: string, nameOf: NameOf, nameHeading: string): Column[] {
  return [
    { heading, label, kind: 'code', width: 22, otherCodes: true },
    {
      heading: nameHeading,
      kind: 'text',
      width: 38,
      show: (row) => nameOf(String(row.facts[label] ?? '')),
    },
  ];
}

interface Plan {
  readonly key: string;
  readonly sheet: string;
  readonly title: string;
  readonly table: string;
  readonly columns: readonly Column[];
  readonly unit?: string;
  readonly total?: true;
  readonly keep?: (row: Row) => boolean;
  readonly note?: string;
}

class Bureaus {
  readonly #register: Register;
  readonly nameOf: NameOf;

  constructor(register: Register) {
    this.#register = register;
    this.nameOf = (code) => {
      for (const table of ['企业', '农业主体']) {
        const name = register.get(table)?.get(code)?.['名称'];
        if (typeof name === 'string') return name;
      }
      return '';
    };
  }

  rows(table: string): Row[] {
    return [...(this.#register.get(table) ?? [])].map(([code, facts]) => ({ id: code, facts }));
  }

  form(unit: string, date: string, plan: Plan): Form {
    const { key, sheet, title, table, columns, total, keep, note } = plan;
    const serial: Column = {
      heading: '序号',
      kind: 'text',
      width: 7,
      show: (_, i) => String(i + 1),
    };
    const rows = this.rows(table).map((row) => ({
      ...row,
      facts: { ...row.facts, ...identity(table, row.id) },
    }));
    return {
      key,
      shape: key,
      sheet,
      title,
      lines: [
        `填报单位：${unit}`,
        `填报日期：${date}`,
        plan.unit === undefined ? '' : `单位：${plan.unit}`,
      ],
      table,
      columns: [serial, ...columns],
      rows: keep === undefined ? rows : rows.filter(keep),
      ...(total === undefined ? {} : { total: ['bottom', '合计'] as const }),
      notes: note === undefined ? [] : [`说明：${note}`],
    };
  }
}

const identity = (table: string, code: string): Record<string, string> =>
  table === '城市'
    ? { 名称: code }
    : table === '银行'
      ? { 统一社会信用代码: code }
      : { 编号: code };

const isFood = ({ facts }: Row): boolean => facts['品牌业态'] === '餐饮';

function storeColumns(gate: string): Column[] {
  return [
    id('首店编号'),
    text('店铺名称', '名称'),
    id('所在载体编号', '载体'),
    word('品牌业态', '品牌业态'),
    word('首店层级', '层级'),
    flag('旗舰店/是否', '旗舰店'),
    word('旗舰店/级别', '旗舰店级别'),
    day('开业日期', '开业日期'),
    flag('品牌认定结果', gate),
  ];
}

function commerceFiles(b: Bureaus): File[] {
  const unit = '市商务局';
  const date = '2023年12月13日';
  const make = (plan: Plan): Form => b.form(unit, date, plan);
  return [
    {
      file: '市商务局-商业载体和首店名录.xlsx',
      source: '市商务局 商业载体和首店名录',
      unit,
      kind: 'xlsx',
      recognise: ['市商务局', '首店'],
      forms: [
        make({
          key: 'carriers',
          sheet: '商业载体',
          title: '本溪市商业载体名录',
          table: '载体',
          columns: [id('载体编号'), text('载体名称', '名称')],
        }),
        make({
          key: 'stores',
          sheet: '零售等品牌首店',
          title: '本溪市品牌首店、旗舰店名录（零售等业态）',
          table: '首店',
          columns: storeColumns('认定 符合要求的知名品牌'),
          keep: (row) => !isFood(row),
          note: '品牌认定结果为空的，尚未认定。',
        }),
        make({
          key: 'food-stores',
          sheet: '餐饮品牌首店',
          title: '本溪市品牌首店、旗舰店名录（餐饮业态）',
          table: '首店',
          columns: storeColumns('认定 符合要求的知名餐饮品牌'),
          keep: isFood,
          note: '品牌认定结果为空的，尚未认定。',
        }),
      ],
    },
    {
      file: '市商务局-直播基地和海外仓.xlsx',
      source: '市商务局 直播基地和海外仓',
      unit,
      kind: 'xlsx',
      recognise: ['市商务局', '直播基地'],
      forms: [
        make({
          key: 'bases',
          sheet: '直播基地',
          title: '本溪市电商直播基地名录',
          table: '直播基地',
          columns: [
            id('基地编号'),
            text('基地名称', '名称'),
            ...reference('运营主体信用代码', '运营主体', b.nameOf, '运营主体名称'),
            flag('省级示范基地', '省级示范'),
            day('省级认定日期', '认定日期'),
            flag('支持条件认定结果', '认定 符合条件的直播基地'),
          ],
        }),
        make({
          key: 'warehouses',
          sheet: '海外仓',
          title: '公共海外仓项目申报汇总',
          table: '海外仓项目',
          columns: [
            id('项目编号'),
            ...reference('建设企业信用代码', '建设企业', b.nameOf, '建设企业名称'),
            flag('是否企业建设', '由企业建设'),
            day('申报日期', '申报日期'),
            flag('省级公共海外仓认定', '认定 公共海外仓'),
          ],
        }),
      ],
    },
    {
      file: '市商务局-消费券领取记录.csv',
      source: '市商务局 消费券领取记录',
      unit,
      kind: 'csv',
      recognise: ['市商务局', '消费券'],
      forms: [
        make({
          key: 'claims',
          sheet: '',
          title: '惠民补贴（消费券）领取记录',
          table: '消费补贴',
          columns: [
            id('记录编号'),
            text('申领人', '名称'),
            word('消费类别', '消费类别'),
            flag('列入方案品类', '列入方案品类'),
            flag('活动方案已公布', '方案已公布'),
          ],
        }),
      ],
    },
  ];
}

const BASE_MONTHS = [
  '2022-07',
  '2022-08',
  '2022-09',
  '2022-10',
  '2022-11',
  '2023-02',
  '2023-03',
  '2023-04',
  '2023-05',
  '2023-06',
  '2023-07',
  '2023-08',
  '2023-09',
  '2023-10',
  '2023-11',
];

const monthWord = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

function taxFile(b: Bureaus): File {
  const unit = '市税务局';
  const make = (key: string, sheet: string, label: string, months: readonly string[]): Form =>
    b.form(unit, '2023年12月12日', {
      key,
      sheet,
      title: `电商直播基地商户${sheet}`,
      table: '直播基地',
      unit: '元',
      columns: [
        id('基地编号'),
        {
          heading: '基地名称',
          kind: 'text',
          width: 30,
          show: (row) => String(row.facts['名称'] ?? ''),
        },
        ...months.map((m): Column => ({
          ...money(monthWord(m), `${label} ${m}`, '元'),
          width: 17,
        })),
      ],
      total: true,
      note: '按基地商户名单汇总增值税申报数。',
    });
  return {
    file: '市税务局-直播基地商户纳税零售额.xlsx',
    source: '市税务局 直播基地纳税零售额',
    unit,
    kind: 'xlsx',
    recognise: ['市税务局', '直播基地'],
    forms: [
      make('base-sales', '纳税零售额', '月贡献纳税零售额', BASE_MONTHS),
      make(
        'base-tax',
        '缴纳税额',
        '月缴纳税额',
        BASE_MONTHS.filter((m) => !/2023-0[2-6]/u.test(m)),
      ),
    ],
  };
}

function farmingFile(b: Bureaus): File {
  const unit = '市农业农村局';
  const make = (plan: Plan): Form => b.form(unit, '2023年12月13日', plan);
  return {
    file: '市农业农村局-设施农业和冷藏设施.xlsx',
    source: '市农业农村局 设施农业',
    unit,
    kind: 'xlsx',
    recognise: ['市农业农村局', '设施农业'],
    forms: [
      make({
        key: 'farm-projects',
        sheet: '贷款贴息项目',
        title: '设施农业贷款贴息项目申报汇总',
        table: '设施农业项目',
        unit: '万元',
        total: true,
        columns: [
          id('项目编号'),
          text('项目名称', '名称'),
          ...reference('主体代码', '主体', b.nameOf, '主体名称'),
          word('领域', '领域'),
          word('建设性质', '建设性质'),
          flag('贷款用于必需投资', '贷款用于必需投资'),
          money('投资额', '投资额'),
          flag('是否符合要求（认定）', '认定 符合要求的设施农业项目'),
        ],
      }),
      make({
        key: 'sites',
        sheet: '新建小区',
        title: '新建日光温室、冷棚小区验收汇总',
        table: '小区',
        columns: [
          id('小区编号'),
          text('小区名称', '名称'),
          ...reference('建设主体代码', '建设主体', b.nameOf, '建设主体名称'),
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
      }),
      make({
        key: 'renovations',
        sheet: '改造提升',
        title: '设施农业改造提升项目汇总',
        table: '改造项目',
        columns: [
          id('项目编号'),
          text('项目名称', '名称'),
          ...reference('主体代码', '主体', b.nameOf, '主体名称'),
          flag('老旧或灾损', '老旧或灾损'),
          flag('当年已享新建补贴', '同年已享新建补贴'),
          money('日光温室/结构物化成本（元）', '日光温室结构成本', '元'),
          money('日光温室/配套物化成本（元）', '日光温室配套成本', '元'),
          money('冷棚/结构物化成本（元）', '冷棚结构成本', '元'),
          money('冷棚/配套物化成本（元）', '冷棚配套成本', '元'),
          mu('改造面积/日光温室（亩）', '日光温室面积'),
          mu('改造面积/冷棚（亩）', '冷棚面积'),
        ],
      }),
      make({
        key: 'cold-stores',
        sheet: '产地冷藏',
        title: '2023年产地冷藏保鲜设施建设项目汇总',
        table: '冷藏设施',
        unit: '元',
        columns: [
          id('项目编号'),
          ...reference('建设主体代码', '建设主体', b.nameOf, '建设主体名称'),
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
        ].map((c) =>
          c.heading === '验收结论' ? { ...c, words: { 是: '合格', 否: '不合格' } } : c,
        ),
      }),
    ],
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

function bankFile(b: Bureaus): File {
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

function industryFiles(b: Bureaus): File[] {
  const owner = reference('企业信用代码', '企业', b.nameOf, '企业名称');
  return [
    {
      file: '市工业和信息化局-技术改造项目.xlsx',
      source: '市工业和信息化局 技术改造项目',
      unit: '市工业和信息化局',
      kind: 'xlsx',
      recognise: ['市工业和信息化局', '技术改造'],
      forms: [
        b.form('市工业和信息化局', '2023年12月13日', {
          key: 'upgrades',
          sheet: '技改项目',
          title: '制造业技术改造项目储备和申报汇总',
          table: '技改项目',
          unit: '万元',
          total: true,
          columns: [
            id('项目编号'),
            text('项目名称', '名称'),
            ...owner,
            flag('是否技术改造升级', '技术改造升级'),
            word('申报支持方式', '支持方式'),
            flag('列入省级专项', '列入省级专项'),
            money('投资/审定设备软件', '审定设备软件投资'),
            money('投资/备案总投资', '备案总投资'),
            day('申报日期', '申报日期'),
          ],
          note: '列入省级专项为空的，省级名单尚未公布。',
        }),
      ],
    },
    {
      file: '市科技局-科技项目和技术合同.xlsx',
      source: '市科技局 科技项目和技术合同',
      unit: '市科技局',
      kind: 'xlsx',
      recognise: ['市科技局', '科技项目'],
      forms: [
        b.form('市科技局', '2023年12月12日', {
          key: 'science',
          sheet: '科技项目',
          title: '企业科技攻关项目汇总',
          table: '科技项目',
          unit: '万元',
          columns: [
            id('项目编号'),
            text('项目名称', '名称'),
            ...owner,
            word('项目类别', '类别'),
            flag('组建创新联合体', '组建创新联合体'),
            flag('列入断点卡点堵点清单', '列入断点清单'),
            flag('省以上立项', '省以上立项'),
            day('立项日期', '立项日期'),
            money('投资/审定实际投资', '审定实际投资'),
            money('投资/批复预算', '批复投资预算'),
            flag('领军企业承担', '由领军企业承担'),
            money('联合计划/总额', '联合计划总额'),
            money('联合计划/企业出资', '企业出资额'),
          ],
        }),
        b.form('市科技局', '2023年12月12日', {
          key: 'contracts',
          sheet: '技术合同',
          title: '技术合同登记和付款汇总',
          table: '技术合同',
          unit: '元',
          columns: [
            id('登记编号'),
            text('合同名称', '名称'),
            ...owner,
            word('合同类别', '方式'),
            word('成果方类型', '成果方类型'),
            flag('已登记', '已登记'),
            day('末次付款日期', '付款日期'),
            money('付款额/2023年11月22日起', '印发后付款额', '元'),
            money('付款额/累计', '累计付款额', '元'),
            flag('其他承接方式认定', '认定 其他技术承接方式'),
          ],
        }),
      ],
    },
    {
      file: '市文化旅游和广电局-演艺项目.xlsx',
      source: '市文化旅游和广电局 演艺项目',
      unit: '市文化旅游和广电局',
      kind: 'xlsx',
      recognise: ['市文化旅游和广电局', '演艺'],
      forms: [
        b.form('市文化旅游和广电局', '2023年12月6日', {
          key: 'shows',
          sheet: '演艺项目',
          title: '文旅演艺项目汇总',
          table: '演艺项目',
          unit: '万元',
          columns: [
            id('项目编号'),
            text('项目名称', '名称'),
            ...reference('主体信用代码', '主体', b.nameOf, '主体名称'),
            flag('是否文旅演艺', '文旅演艺'),
            money('实际投资', '实际投资'),
            flag('专家评审（是否优秀）', '认定 优秀文旅演艺项目'),
          ],
        }),
      ],
    },
  ];
}

function planningFile(b: Bureaus): File {
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

function landFiles(b: Bureaus): File[] {
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

function otherFiles(b: Bureaus): File[] {
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

/** The files of the bureaus beside those about market entities. */
export function bureauFiles(register: Register): File[] {
  const b = new Bureaus(register);
  return [
    ...commerceFiles(b),
    taxFile(b),
    farmingFile(b),
    bankFile(b),
    ...industryFiles(b),
    planningFile(b),
    ...landFiles(b),
    ...otherFiles(b),
  ];
}
