// Goal: subjects as a bureau would meet them. Most are entitled, some fail one condition, some stand
// on a boundary or a 分 beside it, some lack a fact or a judgement. Records vary at their own pace,
// so that no two subjects of a run are alike and nothing can be folded into a constant.
import type { Facts, Months, Subject } from './subject.ts';

const FIRM = { 统一社会信用代码: '91210500MA0000001X' };
const FARMER = { 统一社会信用代码: '93210500MA0000002X' };

export const DECIDED_ON = '2023-12-15';

type Figures = readonly (string | null)[];

/** Months of 2022 and the same of 2023, from the month `first` on. */
function twoYears(first: number, before: Figures, now: Figures): Months {
  const year = (name: string, figures: Figures): [string, string | null][] =>
    figures.map((v, i) => [`${name}-${String(first + i).padStart(2, '0')}`, v]);
  return Object.fromEntries([...year('2022', before), ...year('2023', now)]);
}

const autumn = (before: Figures, now: Figures): Months => twoYears(9, before, now);

const ENTERPRISE: Facts = {
  code: FIRM.统一社会信用代码,
  aboveQuota: true,
  industry: '零售业',
  legalPerson: true,
  retail: autumn(
    ['41000000.10', '38000000.20', '40000000.30'],
    ['99000000', '98000000', '101000000'],
  ),
  size: '中型',
  unitKind: '企业单位',
  insured: true,
  duesPaid: true,
  duesMonths: '36',
  staff: '186.5',
  layoffs: '12',
  notLayoffs: '3',
  pollutes: false,
  blacklisted: false,
  unitDues: '333333.35',
  staffDues: '142857.10',
  insuredNow: true,
  newHires: '4',
  graduates: '2',
  incubator: false,
  top30: true,
  top30Before: false,
  top20: false,
  top20Before: false,
  manyJobs: true,
};

const STORE: Facts = {
  level: '全国',
  flagship: false,
  flagshipLevel: '无',
  trade: '零售',
  opened: '2023-12-01',
  brand: true,
  cateringBrand: true,
  carrier: { 编号: 'Z-07' },
};

const KITCHEN: Facts = { ...STORE, trade: '餐饮' };

const UPGRADE: Facts = {
  number: 'J-11',
  upgrading: true,
  mode: '直接补助',
  listed: true,
  audited: '23456789.30',
  interest: '812345.67',
  loans: [
    { principal: '12000000', term: '36', contract: '2023-03-10', days: '365' },
    { principal: '8500000.50', term: '60', contract: '2023-09-01', days: '105' },
  ],
  firm: FIRM,
};

const SCIENCE: Facts = {
  number: 'K-3',
  category: '重大攻关示范项目',
  consortium: true,
  gap: true,
  provincial: true,
  invested: '31415926.55',
  leading: true,
  plan: '15555555.54',
  firm: FIRM,
};

const FARM: Facts = {
  line: '设施种植',
  nature: '新建',
  necessary: true,
  interest: '118000.25',
  until: '2023-12-20',
  loans: [
    { principal: '2000000', term: '36', contract: '2023-03-10', days: '365' },
    { principal: '1333333.33', term: '84', contract: '2022-06-01', days: '184' },
  ],
  qualified: true,
  owner: FARMER,
};

const RENOVATION: Facts = {
  damaged: true,
  paidAsNew: false,
  warmFrame: '120000.10',
  warmGear: '44000.20',
  coldFrame: '30000.33',
  coldGear: '9000.00',
  warmArea: '12.35',
  coldArea: '8.4',
  owner: FARMER,
};

const COLD_STORE: Facts = {
  builder: '农民合作社示范社',
  model: '县级',
  site: '中心村',
  produce: '水果',
  facility: '气调贮藏库',
  planned: '2023-08-15',
  cost: '1234567.89',
  standard: true,
  standardLimit: '360000',
  similar: null,
  accepted: true,
  owner: FIRM,
};

/** A subject that is entitled to nearly everything. */
const ENTITLED: Subject = {
  subsidy: { category: '家电', planned: true },
  base: {
    provincial: true,
    taxed: twoYears(
      7,
      ['2100000.01', '2200000.02', '2300000.03', '2400000.04', '2500000.05'],
      ['5100000.55', '5200000', '5300000.10', '5400000.20', '5500000.30'],
    ),
    qualified: true,
    operator: FIRM,
  },
  enterprise: ENTERPRISE,
  hotel: {
    ...ENTERPRISE,
    industry: '住宿业',
    retail: autumn(
      ['1200000.10', '1100000.20', '1300000.30'],
      ['4200000', '3100000.60', '3800000'],
    ),
  },
  nationalStore: STORE,
  flagship: { ...STORE, level: '无', flagship: true, flagshipLevel: '辽宁' },
  nationalKitchen: KITCHEN,
  liaoningKitchen: { ...KITCHEN, level: '辽宁' },
  coldStore: COLD_STORE,
  warehouse: { number: 'H-1', byFirm: true, claimed: '2023-12-01', recognised: true, firm: FIRM },
  farm: FARM,
  greenhouses: {
    isNew: true,
    completed: '2023-11-30',
    warm: '10.05',
    cold: '20.15',
    owner: FARMER,
  },
  renovation: RENOVATION,
  directUpgrade: UPGRADE,
  loanUpgrade: { ...UPGRADE, number: 'J-12', mode: '贷款贴息' },
  show: { performing: true, invested: '100000000.01', outstanding: true, owner: FIRM },
  consortium: SCIENCE,
  keyProject: { ...SCIENCE, number: 'K-4', category: '关键技术攻关项目' },
  rebuild: { ...SCIENCE, number: 'K-5', category: '产业基础再造工程' },
  jointPlan: { ...SCIENCE, number: 'K-6', category: '应用基础研究联合计划' },
  contract: {
    number: 'T-9',
    kind: '技术开发',
    provider: '高等学校',
    registered: true,
    paid: '640000.64',
    paidOn: '2023-12-08',
    otherWay: null,
    firm: FIRM,
  },
  person: {
    extended: true,
    home: '存量公寓',
    certified: true,
    insured: true,
    graduate: true,
    placed: true,
    flexible: true,
    seeking: true,
  },
};

/** What can be different, per record; `{}` keeps the entitled one. */
const TURNS: Readonly<Record<string, readonly Facts[]>> = {
  subsidy: [{}, {}, { category: '其他' }, {}, { planned: null }],
  base: [
    {},
    { provincial: false },
    {},
    { taxed: twoYears(7, ['1', '1', '1', '1', '1'], ['1', '1', '1', '1', '1']) },
    {},
    { qualified: null },
    {},
    { taxed: twoYears(7, ['1', '1', '1', '1', '1'], ['9', '9', '9', '9', null]) },
  ],
  enterprise: [
    {},
    { layoffs: '14' },
    { retail: autumn(['0.10', '0.10', '0.10'], ['16666666.80', '16666666.70', '16666666.80']) },
    { staff: '29.9', layoffs: '9', unitKind: '社会团体' },
    {},
    { retail: autumn(['0.10', '0.10', '0.10'], ['16666666.80', '16666666.70', '16666666.79']) },
    { size: '大型', top30Before: true, newHires: '0' },
    { retail: autumn(['1', '1', '1'], ['900000000', '1', null]), duesMonths: null },
    { industry: '批发业', graduates: '0', blacklisted: true },
    { industry: '工业', size: '小型', incubator: true },
    {},
    { manyJobs: null, legalPerson: null, duesMonths: '11' },
  ],
  hotel: [
    {},
    {},
    { industry: '餐饮业', legalPerson: false },
    { retail: autumn(['1000000.10', '0.20', '0'], ['2000000.10', '2000000.10', '7000000.10']) },
    {},
    { retail: autumn(['1000000.10', '0.20', '0'], ['2000000.10', '2000000.10', null]) },
    { aboveQuota: false },
  ],
  nationalStore: [{}, {}, { brand: null }, { level: '辽宁' }, {}, { opened: '2023-11-21' }],
  flagship: [{}, { flagship: null }, {}, { flagship: false }, {}, { trade: '餐饮' }, {}],
  nationalKitchen: [{}, { cateringBrand: false }, {}, {}, { opened: '2023-12-16' }],
  liaoningKitchen: [{}, {}, { level: null }, {}, { level: '本溪' }, {}, {}],
  coldStore: [
    {},
    { cost: '999999.99', standard: false },
    { accepted: null },
    { builder: '其他主体', similar: true },
    { cost: '3333333.35', standardLimit: '1000000' },
    { site: '其他', produce: '其他' },
    { standardLimit: null },
  ],
  warehouse: [{}, {}, { recognised: null }, {}, { byFirm: false }],
  farm: [
    {},
    { interest: '41234.56' },
    { qualified: null },
    { line: '非设施农业', nature: '其他' },
    {},
    { interest: null },
    { loans: [{ principal: '300000000', term: '48', contract: '2021-12-31', days: '300' }] },
  ],
  greenhouses: [
    {},
    { warm: '10', cold: '20' },
    { warm: '9.99', cold: '19.99' },
    { completed: '2024-01-03' },
    { warm: '33.33', cold: '66.67' },
    { warm: null },
  ],
  renovation: [
    {},
    { warmFrame: '900000' },
    { damaged: false },
    { paidAsNew: true },
    {},
    { coldArea: null },
    { damaged: false, warmGear: '0', coldGear: '0' },
  ],
  directUpgrade: [{}, { audited: '0.10' }, { listed: null }, { mode: '两者兼用' }, {}],
  loanUpgrade: [{}, {}, { interest: '100000.01' }, { listed: false }, {}, { interest: null }],
  show: [{}, { invested: '100000000' }, {}, { outstanding: null }, {}, { performing: false }],
  consortium: [{}, { provincial: null }, {}, { consortium: false }, {}],
  keyProject: [{}, {}, { gap: false }, {}],
  rebuild: [{}, { invested: '100000000.01' }, { category: '其他' }, {}, { invested: null }],
  jointPlan: [{}, { plan: '20000000.02' }, {}, { plan: '0.01' }, { leading: null }, {}],
  contract: [
    {},
    { kind: '技术咨询' },
    {},
    { kind: '技术服务', otherWay: true },
    { provider: '企业' },
    { paid: '0' },
    {},
  ],
  person: [
    {},
    { extended: false, certified: null },
    { graduate: false },
    {},
    { home: '二手住房', graduate: null, seeking: false },
  ],
};

/** `count` different subjects. */
export function subjects(count: number): readonly Subject[] {
  return Array.from({ length: count }, (_, n) =>
    Object.fromEntries(
      Object.entries(ENTITLED).map(([record, facts], at) => {
        const turns = TURNS[record] ?? [{}];
        // Starting at another place in every record keeps the first subjects from being all entitled.
        return [record, { ...facts, ...turns[(n + at) % turns.length] }] as const;
      }),
    ),
  );
}

/** A decimal text `cents` × 0.01. */
function decimal(cents: bigint): string {
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
}

type Turn = { readonly [record: string]: Facts };

/** Amounts at which a rule turns, or a product falls on half a 分, in the units of the field. */
function turnAt(n: bigint): Turn {
  const near = (turn: bigint): string => decimal(turn + (n % 7n) - 3n);
  const odd = 33_333_335n + n * 7_910n;
  // 0.10 + 0.20 and the like: sums of figures that binary cannot hold, exactly at a band's end.
  const dime = (n % 9n) * 10n + 10n;
  const band = [500_000_000_0n, 1_000_000_000_0n, 2_000_000_000_0n, 5_000_000_000_0n][
    Number(n % 4n)
  ];
  const rest = (band ?? 0n) + 3n * dime - 2n * (1_234_567_890n + n) + (n % 3n) - 1n;
  return {
    enterprise: {
      retail: autumn(
        [decimal(dime), decimal(dime), decimal(dime)],
        [decimal(1_234_567_890n + n), decimal(1_234_567_890n + n), decimal(rest)],
      ),
      unitDues: decimal(odd),
      staffDues: decimal(n),
      staff: decimal(20_000n + n),
      layoffs: '11',
      notLayoffs: '0',
      size: n % 2n === 0n ? '大型' : '小型',
    },
    hotel: {
      retail: autumn(
        [decimal(dime), decimal(dime), decimal(dime)],
        [decimal(dime), near(500_000_000n * (1n + (n % 2n)) + dime), decimal(dime)],
      ),
    },
    base: {
      taxed: twoYears(
        7,
        ['0.10', '0.20', '0.30', '0.70', '1.10'],
        ['0.10', '0.20', decimal(dime), decimal(n), decimal(odd * 3n + (n % 2n) * 50n)],
      ),
    },
    coldStore: { cost: decimal(odd), standard: false },
    greenhouses: { warm: decimal(1_000n + n), cold: near(2_000n) },
    renovation: { warmFrame: decimal(odd / 10n), warmGear: '0.10', coldFrame: decimal(n) },
    directUpgrade: { audited: decimal(odd + 10n) },
    farm: { interest: decimal(n), loans: [loan(odd, 100n + n)] },
    loanUpgrade: { loans: [loan(odd * 3n, 1n + n)] },
    show: { invested: near(10_000_000_000n) },
    rebuild: { invested: decimal(odd * 2n) },
    jointPlan: { plan: decimal(odd * 2n) },
  };
}

function loan(principal: bigint, days: bigint): { [field: string]: string } {
  const due = String((days % 365n) + 1n);
  return { principal: decimal(principal), term: '36', contract: '2023-03-10', days: due };
}

/** Entitled subjects whose figures stand on boundaries: whether an engine is right to the 分. */
export function boundarySubjects(count: number): readonly Subject[] {
  return Array.from({ length: count }, (_, n) => {
    const turn = turnAt(BigInt(n));
    return Object.fromEntries(
      Object.entries(ENTITLED).map(([record, facts]) => [record, { ...facts, ...turn[record] }]),
    );
  });
}
