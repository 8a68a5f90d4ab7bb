/** Forms about stores, carriers, bases, warehouses and consumer claims. */
import { day, flag, id, money, reference, text, word } from './bureau.ts';
import type { Bureaus, Plan } from './bureau.ts';
import type { Column, Form, Row } from './form.ts';
import type { File } from './mapping.ts';

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

const unit = '市商务局';
const date = '2023年12月13日';

function storeFile(b: Bureaus): File {
  const make = (plan: Plan): Form => b.form(unit, date, plan);
  return {
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
  };
}

function baseFile(b: Bureaus): File {
  const make = (plan: Plan): Form => b.form(unit, date, plan);
  return {
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
  };
}

function claimFile(b: Bureaus): File {
  const make = (plan: Plan): Form => b.form(unit, date, plan);
  return {
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
  };
}

/** Files of the Bureau of Commerce. */
export function commerceFiles(b: Bureaus): File[] {
  return [storeFile(b), baseFile(b), claimFile(b)];
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

/** What the tax office knows of livestream bases. */
export function taxFile(b: Bureaus): File {
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
