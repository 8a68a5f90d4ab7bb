/** Facility farming: operators, projects with loans, sites, renovations, cold stores. */
import type { Firm } from './firm.ts';
import type { Chance } from './random.ts';
import { factsOf, thousand } from './register.ts';
import type { Facts, Register } from './register.ts';

const number = (head: string, i: number): string => `${head}-${String(i + 1).padStart(3, '0')}`;

const nameOf = (firm: Firm): string => String(firm.facts['名称'] ?? '').replace('（合成）', '');

/** 2,000 to 30,000 yuan above or below a round sum. */
const about = (c: Chance, low: number, high: number): bigint => thousand(c.between(low, high));

/** A loan of a project of either kind. `first`: day of interest, in 2023. */
export function loanFacts(c: Chance, principal: bigint): Facts {
  const signed = c.day('2022-01-20', '2023-08-31');
  const start = signed < '2023-01-01' ? '2023-01-01' : signed;
  const days = (Date.parse('2023-12-01') - Date.parse(start)) / 86_400_000;
  const since = (Date.parse('2023-12-01') - Date.parse(signed)) / 86_400_000;
  return {
    本金: principal,
    期限: BigInt(c.pick([12, 24, 36, 36, 60, 72, 84, 96])),
    合同日期: signed,
    计息起日: start,
    计息天数: BigInt(days),
    累计计息天数: BigInt(since),
  };
}

/** Interest at about `bp` hundredths of a percent on a loan for its days. */
function interest(loan: Facts, bp: number): bigint {
  const { 本金: principal, 计息天数: days } = loan;
  if (typeof principal !== 'bigint' || typeof days !== 'bigint') return 0n;
  return (principal * days * BigInt(bp)) / 3_600_000n;
}

/** Adds `count` loans to `parent` and gives the interest paid on them in the year and since the start. */
export function addLoans(
  c: Chance,
  register: Register,
  at: { readonly table: string; readonly parent: string; readonly head: string },
  count: number,
  size: readonly [number, number],
): { year: bigint; since: bigint } {
  let year = 0n;
  let since = 0n;
  const rate = c.between(320, 520);
  for (let i = 0; i < count; i++) {
    const loan = loanFacts(c, about(c, ...size));
    const id = `${at.head}-${at.parent.split('-')[1] ?? ''}-${i + 1}`;
    Object.assign(factsOf(register, at.table, id), { 上级: at.parent, ...loan });
    year += interest(loan, rate);
    since += interest({ ...loan, 计息天数: loan['累计计息天数'] }, rate);
  }
  return { year, since };
}

function addProjects(
  c: Chance,
  register: Register,
  operators: readonly Firm[],
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const id = number('SN', i);
    const operator = c.pick(operators);
    const facts = factsOf(register, '设施农业项目', id);
    Object.assign(facts, {
      名称: `${nameOf(operator)}${c.pick(['日光温室', '食用菌大棚', '畜禽舍', '冷水鱼池', '育苗工厂'])}项目（合成）`,
      主体: operator.id,
      领域: c.weighted([
        ['设施种植', 62],
        ['设施畜牧', 18],
        ['设施渔业', 9],
        ['其他设施农业', 7],
        ['非设施农业', 4],
      ]),
      建设性质: c.weighted([
        ['新建', 60],
        ['改造提升', 34],
        ['其他', 6],
      ]),
      贷款用于必需投资: c.chance(930),
      投资额: about(c, 900, 30000),
      贴息期止日: '2023-11-30',
    });
    if (c.chance(640)) facts['认定 符合要求的设施农业项目'] = c.chance(880);
    if (c.chance(70)) continue;
    const at = { table: '设施农业项目.贷款', parent: id, head: 'DK' };
    const paid = addLoans(
      c,
      register,
      at,
      c.weighted([
        [1, 60],
        [2, 30],
        [3, 10],
      ]),
      [300, 12000],
    );
    if (!c.chance(60)) facts['年度已付利息'] = paid.year;
  }
}

function addSites(c: Chance, register: Register, operators: readonly Firm[], count: number): void {
  for (let i = 0; i < count; i++) {
    const greenhouse = c.chance(600);
    const facts = factsOf(register, '小区', number('XQ', i));
    const operator = c.pick(operators);
    const built = c.chance(780)
      ? c.day('2023-03-01', '2023-12-12')
      : c.day('2022-05-01', '2022-12-31');
    const start = new Date(Date.parse(built) - c.between(40, 160) * 86_400_000)
      .toISOString()
      .slice(0, 10);
    const land = BigInt(c.between(greenhouse ? 600 : 1400, greenhouse ? 4200 : 7000));
    const covered = (land * BigInt(c.between(70, 88))) / 100n;
    Object.assign(facts, {
      名称: `${nameOf(operator)}${greenhouse ? '日光温室' : '冷棚'}小区（合成）`,
      建设主体: operator.id,
      新建: c.chance(900),
      开工日期: start,
      建成日期: built,
      验收日期: c.chance(700) ? c.day(built, '2023-12-14') : undefined,
      日光温室占地面积: greenhouse ? land : 0n,
      日光温室棚内面积: greenhouse ? covered : 0n,
      冷棚占地面积: greenhouse ? 0n : land,
      冷棚棚内面积: greenhouse ? 0n : covered,
    });
    if (c.chance(60)) delete facts['建成日期'];
    if (c.chance(40)) delete facts[greenhouse ? '日光温室占地面积' : '冷棚占地面积'];
  }
}

function addRenovations(
  c: Chance,
  register: Register,
  operators: readonly Firm[],
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const greenhouse = c.chance(650);
    const old = c.chance(750);
    const operator = c.pick(operators);
    const structure = old ? about(c, 30, 900) : 0n;
    const equipment = c.chance(620) ? about(c, 10, 500) : 0n;
    const facts = factsOf(register, '改造项目', number('GZ', i));
    const mu = BigInt(c.between(200, 4000));
    Object.assign(facts, {
      名称: `${nameOf(operator)}${greenhouse ? '温室' : '冷棚'}改造（合成）`,
      主体: operator.id,
      老旧或灾损: old,
      同年已享新建补贴: c.chance(60),
      日光温室结构成本: greenhouse ? structure : 0n,
      日光温室配套成本: greenhouse ? equipment : 0n,
      冷棚结构成本: greenhouse ? 0n : structure,
      冷棚配套成本: greenhouse ? 0n : equipment,
      日光温室面积: greenhouse ? mu : 0n,
      冷棚面积: greenhouse ? 0n : mu,
    });
    if (c.chance(60)) delete facts['老旧或灾损'];
    if (c.chance(50)) delete facts[greenhouse ? '日光温室面积' : '冷棚面积'];
  }
}

function addColdStores(
  c: Chance,
  register: Register,
  operators: readonly Firm[],
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const kind = c.weighted([
      ['示范家庭农场', 22],
      ['农民合作社示范社', 44],
      ['已登记农村集体经济组织', 18],
      ['其他主体', 16],
    ]);
    const model = kind === '示范家庭农场' || kind === '农民合作社示范社';
    const planned = c.chance(880)
      ? c.day('2023-02-15', '2023-09-30')
      : c.day('2022-03-01', '2022-10-31');
    const cost = about(c, 180, 5200);
    const facts = factsOf(register, '冷藏设施', number('LC', i));
    Object.assign(facts, {
      建设主体: c.pick(operators).id,
      主体类型: kind,
      示范级别: model
        ? c.weighted([
            ['国家级', 3],
            ['省级', 18],
            ['市级', 30],
            ['县级', 40],
            ['乡镇级', 9],
          ])
        : '无',
      建设地点: c.weighted([
        ['重点乡镇', 48],
        ['中心村', 44],
        ['其他', 8],
      ]),
      主要产品: c.weighted([
        ['蔬菜', 40],
        ['水果', 30],
        ['其他鲜活农产品', 12],
        ['地方优势特色品种', 13],
        ['其他', 5],
      ]),
      设施类型: c.weighted([
        ['机械冷库', 55],
        ['通风贮藏库', 20],
        ['气调贮藏库', 12],
        ['预冷设施', 7],
        ['仅配套设施', 4],
        ['其他', 2],
      ]),
      列入计划日期: planned,
      验收日期: c.chance(600) ? c.day('2023-10-01', '2023-12-12') : undefined,
      净造价: cost,
      全口径造价: cost + cost / 10n,
      适用限定标准: false,
    });
    if (c.chance(250)) Object.assign(facts, { 适用限定标准: true, 限定标准额: about(c, 60, 700) });
    if (facts['验收日期'] !== undefined) facts['认定 冷藏设施验收合格'] = c.chance(900);
    if (kind === '其他主体' && c.chance(500)) facts['认定 同类建设主体'] = c.chance(600);
    if (c.chance(60)) delete facts['净造价'];
  }
}

/** Adds what the Bureau of Agriculture and Rural Affairs keeps. `operators`: cooperatives and farms. */
export function addFarming(c: Chance, register: Register, operators: readonly Firm[]): void {
  for (const { id, facts } of operators) {
    Object.assign(factsOf(register, '农业主体', id), { 名称: facts['名称'] });
  }
  addProjects(c, register, operators, 90);
  addSites(c, register, operators, 110);
  addRenovations(c, register, operators, 80);
  addColdStores(c, register, operators, 70);
}
