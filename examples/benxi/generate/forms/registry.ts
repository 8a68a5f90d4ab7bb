/** Forms about market entities: registration, statistics, insurance. */
import { CLASS_WORDS } from '../firm.ts';
import type { Firm } from '../firm.ts';
import { decimal } from '../register.ts';
import type { Fact } from '../register.ts';
import { AUTUMN, SUMMER, isLodging, isTrade } from '../trade.ts';
import type { Column, Form, Row } from './form.ts';
import type { File } from './mapping.ts';
import { matchFiles } from './matches.ts';
import { CODE, SERIAL, named, rowsOf, shown } from './registry-columns.ts';

/** What the licence calls an entity, and whether that is a legal person. */
const PERSON = {
  有限责任公司: '是',
  股份有限公司: '是',
  农民专业合作社: '是',
  有限责任公司分公司: '否',
  个人独资企业: '否',
  个体工商户: '否',
};

const DISTRICT_WORDS = {
  平山区: '平山区',
  溪湖区: '溪湖区',
  明山区: '明山区',
  南芬区: '南芬区',
  本溪满族自治县: '本溪县',
  桓仁满族自治县: '桓仁县',
  高新区: '高新区',
};

const ENTITY: readonly Column[] = [
  SERIAL,
  CODE,
  { heading: '主体名称', label: '名称', kind: 'text', width: 44 },
  { ...shown('主体类型', 18), label: '法人', kind: 'flag', reads: PERSON },
  { heading: '县区', label: '县区', kind: 'word', words: DISTRICT_WORDS, width: 10 },
  shown('住所', 30),
  shown('登记行业', 20),
  shown('经营范围', 22),
  shown('成立日期', 12),
  shown('登记状态', 10),
];

function entityFile(firms: readonly Firm[], operators: readonly Row[]): File {
  const form = (key: string, sheet: string, list: readonly Firm[]): Form => ({
    key,
    shape: 'entity',
    sheet,
    title: `本溪市经营主体名录（${sheet}）`,
    lines: ['填报单位：本溪市市场监督管理局', '填报日期：2023年11月30日', ''],
    table: '企业',
    columns: ENTITY,
    rows: rowsOf(list),
    notes: ['说明：登记行业按经营范围归类，统计行业以市统计局统计登记为准。'],
  });
  return {
    file: '市市场监管局-经营主体名录-20231130.xlsx',
    source: '市市场监管局 经营主体名录',
    unit: '市市场监管局',
    kind: 'xlsx',
    recognise: ['市市场监管局', '经营主体名录'],
    forms: [
      form(
        'entity-firms',
        '企业和农民专业合作社',
        firms.filter((f) => f.kind === '企业' || f.kind === '农民专业合作社'),
      ),
      form(
        'entity-households',
        '个体工商户',
        firms.filter((f) => f.kind === '个体工商户'),
      ),
      {
        ...form('entity-farms', '涉农主体', []),
        shape: 'farms',
        table: '农业主体',
        columns: [
          SERIAL,
          { ...CODE, heading: '统一社会信用代码或登记编号', otherCodes: true, width: 24 },
          { heading: '主体名称', label: '名称', kind: 'text', width: 44 },
        ],
        rows: operators,
        notes: ['说明：农户没有信用代码，填经营主体登记编号。'],
      },
    ],
  };
}

const SIZE_WORDS = { 大型: '1 大型', 中型: '2 中型', 小型: '3 小型', 微型: '4 微型' };

const YEAR: readonly Column[] = [
  CODE,
  named('单位详细名称'),
  {
    heading: '行业类别',
    label: '行业',
    kind: 'word',
    width: 30,
    show: (row) => (row.facts['行业'] === undefined ? '' : (row.shown?.['门类'] ?? '')),
    reads: CLASS_WORDS,
  },
  { heading: '限额以上单位/是否限上', label: '限额以上', kind: 'flag', width: 10 },
  { heading: '限额以上单位/入库年月', label: '限上入库年月', kind: 'month' },
  { heading: '2022年主要指标/从业人员期末人数（人）', label: '从业人员', kind: 'count', width: 14 },
  { heading: '2022年主要指标/营业收入', label: '营业收入', kind: 'money', unit: '千元' },
  { heading: '2022年主要指标/资产总计', label: '资产总额', kind: 'money', unit: '千元' },
  { heading: '2022年主要指标/单位规模', label: '规模', kind: 'word', words: SIZE_WORDS, width: 10 },
];

const STATISTICS = '填报单位：本溪市统计局';

function yearFile(firms: readonly Firm[]): File {
  return {
    file: '市统计局-基本单位及2022年统计年报.xlsx',
    source: '市统计局 基本单位统计年报',
    unit: '市统计局',
    kind: 'xlsx',
    recognise: ['市统计局', '统计年报'],
    forms: [
      {
        key: 'year',
        shape: 'year',
        sheet: '基本单位',
        title: '本溪市法人单位基本情况（2022年度统计年报）',
        lines: [STATISTICS, '填报日期：2023年11月20日', '单位：千元'],
        table: '企业',
        columns: YEAR,
        rows: rowsOf(firms.filter((f) => f.kind !== '个体工商户')),
        total: ['bottom', '合计'],
        notes: [
          '说明：单位规模按《统计上大中小微型企业划分办法（2017）》，空白为尚未划型。',
          '统计负责人：　　　填表人：',
        ],
      },
    ],
  };
}

/** 1—9月 of a month, as forms print it: what ran up, without a claim to be exact. */
const runUp =
  (label: string, month: string) =>
  (row: Row): string => {
    const value = row.facts[`${label} ${month}`];
    if (typeof value !== 'bigint') return '';
    const n = BigInt(month.slice(5));
    return decimal(((value / 100_000n) * n * 96n) / 100n, 0);
  };

function monthColumns(groups: readonly (readonly [string, string])[], month: string): Column[] {
  const before = AUTUMN.includes(month);
  const n = Number(month.slice(5));
  return groups.flatMap(([heading, label]): Column[] => [
    { heading: `${heading}/本月`, label: `${label} {月}`, kind: 'money', unit: '千元' },
    before
      ? {
          heading: `${heading}/上年同月`,
          label: `${label} {上年同月}`,
          kind: 'money',
          unit: '千元',
        }
      : {
          heading: `${heading}/上年同月`,
          kind: 'money',
          width: 16,
          show: runUp(label, `2022-${month.slice(5)}`),
        },
    { heading: `${heading}/1—${n}月累计`, kind: 'money', width: 16, show: runUp(label, month) },
  ]);
}

interface Monthly {
  readonly key: string;
  readonly report: string;
  readonly title: string;
  readonly groups: readonly (readonly [string, string])[];
}

const RETAIL: Monthly = {
  key: 'retail',
  report: 'E204-1',
  title: '限额以上批发和零售业商品销售情况',
  groups: [
    ['商品销售额', '月销售额'],
    ['零售额', '月限上零售额'],
  ],
};

const LODGING: Monthly = {
  key: 'lodging',
  report: 'S204-1',
  title: '限额以上住宿和餐饮业经营情况',
  groups: [
    ['营业额', '月营业额'],
    ['餐费收入和商品销售额', '月限上零售额'],
  ],
};

/** `filed`: month of 2023 in which the file was exported. */
function monthlyForm(plan: Monthly, month: string, filed: number, firms: readonly Firm[]): Form {
  const [year = '', number = ''] = month.split('-');
  const period = `${year}年${Number(number)}月`;
  return {
    key: `${plan.key}-${month}`,
    shape: `${plan.key}-${AUTUMN.includes(month) ? 'autumn' : 'summer'}`,
    sheet: period,
    title: `${plan.title}（${plan.report}表） ${period}`,
    lines: [STATISTICS, `填报日期：2023年${filed}月8日`, '单位：千元'],
    table: '企业',
    columns: [CODE, named('单位详细名称'), ...monthColumns(plan.groups, month)],
    rows: rowsOf(firms),
    month,
    total: ['top', '总计'],
    notes: [
      '单位负责人：　　　统计负责人：　　　填表人：',
      '说明：零售额为计入社会消费品零售总额的部分。',
    ],
  };
}

function monthlyFile(
  plan: Monthly,
  months: readonly string[],
  words: string,
  firms: readonly Firm[],
): File {
  const source = `市统计局 ${plan.key === 'retail' ? '限上批零' : '限上住餐'}月报`;
  return {
    file: `市统计局-${plan.title}${plan.report}-2023年${words}.xlsx`,
    source,
    unit: '市统计局',
    kind: 'xlsx',
    recognise: ['市统计局', plan.report],
    forms: months.map((month) =>
      monthlyForm(plan, month, Number(months.at(-1)?.slice(5)) + 1, firms),
    ),
  };
}

const INSURED: readonly Column[] = [
  SERIAL,
  CODE,
  named('单位名称'),
  { heading: '参保单位类型', label: '参保单位类型', kind: 'word', width: 16 },
  { heading: '2022年是否参保', label: '失业保险参保', kind: 'flag', width: 11 },
  { heading: '参保人数/2022年月均', label: '月均参保人数', kind: 'hundredth', width: 12 },
  { heading: '参保人数/2021年12月末', label: '年初参保人数', kind: 'count', width: 14 },
  { heading: '参保人数/2022年12月末', label: '年末参保人数', kind: 'count', width: 14 },
  { heading: '2022年减员/离职减员合计', label: '裁员人数', kind: 'count', width: 14 },
  { heading: '2022年减员/其中：不计入裁员', label: '不计入裁员人数', kind: 'count', width: 16 },
  { heading: '2022年新领失业金人数', label: '新领失业金人数', kind: 'count', width: 13 },
  { heading: '缴费月数/累计', label: '累计缴费月数', kind: 'count', width: 9 },
  { heading: '缴费月数/2022年当年', label: '当年缴费月数', kind: 'count', width: 12 },
  { heading: '2023年在保', label: '失业保险在保', kind: 'flag', width: 10 },
];

function insuredFile(firms: readonly Firm[]): File {
  return {
    file: '失业保险经办机构-2022年度参保情况比对表.xlsx',
    source: '失业保险经办机构 年度参保情况',
    unit: '失业保险经办机构',
    kind: 'xlsx',
    recognise: ['失业保险经办机构', '参保情况'],
    forms: [
      {
        key: 'insured',
        shape: 'insured',
        sheet: '参保情况',
        title: '失业保险参保单位情况比对表（2022年度）',
        lines: ['填报单位：本溪市失业保险经办机构', '填报日期：2023年12月1日', '单位：人'],
        table: '企业',
        columns: INSURED,
        rows: rowsOf(firms),
        notes: ['说明：离职减员合计含退休、死亡、辞职、合同到期等；未参保单位各项人数留空。'],
      },
    ],
  };
}

const inQuota = (
  firms: readonly Firm[],
  trade: (industry: Fact | undefined) => boolean,
  label: string,
): Firm[] =>
  firms.filter(
    (f) =>
      (f.facts['限额以上'] === true && trade(f.facts['行业'])) ||
      Object.keys(f.facts).some((l) => l.startsWith(label)),
  );

/** The files about market entities. `operators`: rows of 农业主体. */
export function registryFiles(firms: readonly Firm[], operators: readonly Row[]): File[] {
  const retail = inQuota(firms, isTrade, '月销售额 ');
  const lodging = inQuota(firms, isLodging, '月营业额 ').filter((f) => !retail.includes(f));
  return [
    entityFile(firms, operators),
    yearFile(firms),
    monthlyFile(RETAIL, SUMMER, '6—8月', retail),
    monthlyFile(RETAIL, AUTUMN, '9—11月', retail),
    monthlyFile(LODGING, [...SUMMER, ...AUTUMN], '6—11月', lodging),
    insuredFile(firms),
    ...matchFiles(firms),
  ];
}
