/** Planted cooperatives and projects with loans, for 10.2 设施农业贷款贴息. */
import { wan, yuan } from '../register.ts';
import type { Facts } from '../register.ts';
import { firm } from './firm.ts';
import { COUNTY, operatorCode } from './operator.ts';
import { LAW, awaited, no, unknown, yes } from './planted.ts';
import type { Expectation, Planted } from './planted.ts';
import { sitesPlanted } from './sites.ts';

const NAMES = [
  '雅河设施蔬菜',
  '北甸子冰葡萄',
  '二棚甸子人参',
  '沙尖子香菇',
  '五里甸子大榛子',
  '普乐堡冷水鱼',
];

/** Cooperatives 201 to 206, each a market entity and a farm operator. */
const operators: readonly Planted[] = NAMES.flatMap((name, i) => {
  const own = firm({
    n: 201 + i,
    name: `桓仁${name}专业合作社`,
    district: COUNTY,
    kind: '93',
    facts: {
      行业: '农林牧渔业',
      限额以上: false,
      参保单位类型: '其他单位',
      从业人员: 18n,
      营业收入: yuan('2100000'),
      资产总额: yuan('1500000'),
      规模: '小型',
    },
    expect: [],
  });
  return [own, { table: '农业主体', id: own.id, facts: { 名称: own.facts['名称'] }, expect: [] }];
});

const LOAN = '设施农业贷款贴息';

interface LoanPlan {
  readonly principal: string;
  readonly days: bigint;
  readonly signed?: string;
  readonly term?: bigint;
}

function project(
  n: number,
  facts: Facts,
  loans: readonly LoanPlan[],
  expect: Expectation,
): Planted[] {
  const id = `SN-${n}`;
  const rows = loans.map((loan, i): Planted => ({
    table: '设施农业项目.贷款',
    id: `DK-${n}-${i + 1}`,
    facts: {
      上级: id,
      本金: yuan(loan.principal),
      期限: loan.term ?? 36n,
      合同日期: loan.signed ?? '2022-12-05',
      计息起日: '2023-01-01',
      计息天数: loan.days,
      累计计息天数: loan.days,
    },
    expect: [],
  }));
  const own: Planted = {
    table: '设施农业项目',
    id,
    facts: {
      名称: `样例项目${n}（合成）`,
      主体: operatorCode(201),
      领域: '设施种植',
      建设性质: '新建',
      贷款用于必需投资: true,
      投资额: wan(20000),
      年度已付利息: wan(500),
      贴息期止日: '2023-12-10',
      '认定 符合要求的设施农业项目': true,
      ...facts,
    },
    expect: [expect],
  };
  return [own, ...rows];
}

const paid = (fen: string, why: string): Expectation => yes(LOAN, yuan(fen), why, LAW.farmLoan);
const one = (principal: string, days: bigint = 360n): LoanPlan => ({ principal, days });

const projects: readonly Planted[] = [
  ...project(
    901,
    { 主体: operatorCode(202) },
    [one('99999999.99')],
    paid('1999999.99', '99999999.99元×2%=1999999.9998元，舍去不足1分'),
  ),
  ...project(
    902,
    { 主体: operatorCode(203) },
    [one('100000000')],
    paid('2000000.00', '1亿元×2%×360÷360=200万元，恰到限额'),
  ),
  ...project(
    903,
    { 主体: operatorCode(204) },
    [one('100000000.5')],
    paid('2000000.00', '2000000.01元，按200万元封顶'),
  ),
  ...project(
    904,
    { 主体: operatorCode(205), 年度已付利息: yuan('31234.56') },
    [one('3000000')],
    paid('31234.56', '测算6万元，实付利息31234.56元，以实付为限（口径10.2#5）'),
  ),
  ...project(
    905,
    { 主体: operatorCode(205) },
    [
      { principal: '3000000', days: 334n, term: 84n },
      { principal: '1234567.89', days: 100n, signed: '2023-08-25' },
    ],
    paid(
      '62525.37',
      '3000000元×2%×334÷360 + 1234567.89元×2%×100÷360=62525.3771…元，合计后舍去不足1分',
    ),
  ),
  ...project(
    906,
    { 主体: operatorCode(206) },
    [one('90000000')],
    paid('1800000.00', '该主体两个项目合计360万元，超年度限额160万元'),
  ),
  ...project(
    907,
    { 主体: operatorCode(206) },
    [one('90000000')],
    paid('1800000.00', '该主体两个项目合计360万元，超年度限额160万元'),
  ),
  ...project(908, {}, [], unknown(LOAN, '贷款', '银行没有报该项目的贷款明细', LAW.farmLoan)),
  ...project(
    909,
    { 领域: '非设施农业' },
    [one('5000000')],
    no(LOAN, '领域', '露地种植，不属设施农业', LAW.farmLoan),
  ),
  ...project(
    910,
    { 建设性质: '其他' },
    [one('5000000')],
    no(LOAN, '建设性质', '只是维修，不是新建或改造提升', LAW.farmLoan),
  ),
  ...project(
    911,
    { '认定 符合要求的设施农业项目': undefined },
    [one('5000000')],
    awaited(LOAN, '符合要求的设施农业项目', '只差市农业农村局的认定', LAW.farmLoan),
  ),
  ...project(
    912,
    { 年度已付利息: 0n },
    [one('5000000')],
    no(LOAN, '已付利息', '尚未付息', LAW.farmLoan),
  ),
  ...project(
    913,
    { 年度已付利息: undefined },
    [one('5000000')],
    unknown(LOAN, '年度已付利息', '结息单未报', LAW.farmLoan),
  ),
  ...project(
    914,
    {},
    [one('5000000'), one('3000000')],
    unknown(
      LOAN,
      '贷款',
      '两笔贷款中一笔的合同日期写成2023-02-30，没有这一天；清单整份退回，不按剩下的一笔算',
      LAW.farmLoan,
    ),
  ),
];

export const farmingPlanted: readonly Planted[] = [...operators, ...projects, ...sitesPlanted];
