/** Market entities: companies, households and cooperatives with what registration and statistics know. */
import { creditCode } from './code.ts';
import {
  BRANDS,
  DISTRICTS,
  HOUSEHOLD_TRADES,
  LOCAL_INDUSTRY,
  SYLLABLES,
  TRADES,
} from './places.ts';
import type { District } from './places.ts';
import type { Chance } from './random.ts';
import { thousand } from './register.ts';
import type { Facts } from './register.ts';
import { rangeOf } from './size.ts';
import type { Size } from './size.ts';

export type Kind = '企业' | '个体工商户' | '农民专业合作社' | '其他组织';

export interface Firm {
  readonly id: string;
  readonly kind: Kind;
  readonly facts: Facts;
  /** What forms show beside the facts: 经营范围, 成立日期 … */
  readonly shown: Readonly<Record<string, string>>;
}

/** Companies per thousand of them, by industry. */
const INDUSTRIES: readonly (readonly [string, number])[] = [
  ['批发业', 165],
  ['零售业', 170],
  ['住宿业', 30],
  ['餐饮业', 52],
  ['工业', 215],
  ['建筑业', 90],
  ['交通运输业', 62],
  ['仓储业', 10],
  ['邮政业', 6],
  ['信息传输业', 6],
  ['软件和信息技术服务业', 35],
  ['房地产开发经营', 18],
  ['物业管理', 26],
  ['租赁和商务服务业', 62],
  ['农林牧渔业', 23],
  ['其他未列明行业', 30],
];

const SIZE_WEIGHTS: readonly (readonly [Size, number])[] = [
  ['大型', 5],
  ['中型', 95],
  ['小型', 360],
  ['微型', 540],
];

/** Classes of GB/T 4754 under which the statistics form prints an industry. */
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  工业: ['制造业', '制造业', '制造业', '采矿业', '电力、热力、燃气及水生产和供应业'],
  农林牧渔业: ['农、林、牧、渔业'],
  交通运输业: ['道路运输业'],
  信息传输业: ['电信、广播电视和卫星传输服务', '互联网和相关服务'],
  其他未列明行业: ['居民服务、修理和其他服务业', '文化、体育和娱乐业'],
};

/** Printed class of the statistics form → industry of the size table. */
export const CLASS_WORDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    INDUSTRIES.flatMap(([name]) => (CLASSES[name] ?? [name]).map((printed) => [printed, name])),
  ),
  社会工作: '其他未列明行业',
};

/** The class that a firm planted by hand is printed under. */
export const classOf = (industry: string): string => CLASSES[industry]?.[0] ?? industry;

/** Revenue in 万元 from which a legal person of the trade can be in the above-quota base. */
const QUOTA: Readonly<Record<string, number>> = {
  批发业: 2000,
  零售业: 500,
  住宿业: 200,
  餐饮业: 200,
};

/** Gives every name once, with 「（合成）」 behind it. */
export class Names {
  readonly #used = new Set<string>();

  take(make: () => string): string {
    for (let i = 0; i < 1000; i++) {
      const name = make();
      if (this.#used.has(name)) continue;
      this.#used.add(name);
      return `${name}（合成）`;
    }
    throw new Error('names ran out');
  }
}

const twoOf = (c: Chance): string => {
  const first = c.pick(SYLLABLES);
  const second = c.pick(SYLLABLES);
  return first === second ? `${first}源` : first + second;
};

const brandOf = (c: Chance): string => (c.chance(150) ? c.pick(BRANDS) : twoOf(c));

const districtOf = (c: Chance): District => c.weighted(DISTRICTS.map((d) => [d, d.weight]));

const address = (c: Chance, d: District): string =>
  `${d.name}${c.pick(d.towns)}${c.between(1, 188)}号`;

/** Staff, revenue and assets of 2022 that give the class `size`. */
export function yearFacts(c: Chance, industry: string, size: Size): Facts {
  const draw = (measure: '从业人员' | '营业收入' | '资产总额'): number =>
    c.skewed(...rangeOf(industry, size, measure));
  return {
    从业人员: BigInt(draw('从业人员')),
    营业收入: thousand(draw('营业收入') * 10 + c.below(10)),
    资产总额: thousand(draw('资产总额') * 10 + c.below(10)),
    规模: size,
  };
}

function quotaFacts(c: Chance, industry: string, facts: Facts): Facts {
  const least = QUOTA[industry];
  const revenue = facts['营业收入'];
  const reaches =
    least !== undefined && typeof revenue === 'bigint' && revenue >= thousand(least * 10);
  if (!reaches || !c.chance(900)) return { 限额以上: false };
  const year = c.weighted([
    [c.between(2012, 2021), 88],
    [2022, 7],
    [2023, 5],
  ]);
  const month = year === 2023 ? c.between(1, 8) : c.between(1, 12);
  return { 限额以上: true, 限上入库年月: `${year}-${String(month).padStart(2, '0')}-01` };
}

export function company(c: Chance, names: Names, serial: number): Firm {
  const district = districtOf(c);
  const industry = c.weighted(INDUSTRIES);
  const size = c.weighted(SIZE_WEIGHTS);
  const local = industry === '工业' ? LOCAL_INDUSTRY[district.name] : undefined;
  const trade = c.pick(local ?? TRADES[industry] ?? ['商贸']);
  const year = yearFacts(c, industry, size);
  const id = creditCode('91', district.code, serial);
  const facts: Facts = {
    名称: names.take(() => `${district.prefix}${brandOf(c)}${trade}有限公司`),
    县区: district.name,
    法人: !c.chance(12),
    行业: industry,
    ...year,
    ...quotaFacts(c, industry, year),
  };
  // Statistics has not classed every unit; a few never reported at all.
  if (c.chance(30)) delete facts['规模'];
  if (c.chance(8))
    for (const label of ['从业人员', '营业收入', '资产总额', '规模']) delete facts[label];
  if (c.chance(6)) delete facts['行业'];
  return { id, kind: '企业', facts, shown: shownOf(c, district, facts, industry, trade) };
}

function shownOf(
  c: Chance,
  d: District,
  facts: Facts,
  industry: string,
  trade: string,
): Record<string, string> {
  return {
    主体类型:
      facts['法人'] === false
        ? '个人独资企业'
        : c.pick(['有限责任公司', '有限责任公司', '股份有限公司']),
    住所: address(c, d),
    登记行业: industry,
    门类: c.pick(CLASSES[industry] ?? [industry]),
    经营范围: trade,
    成立日期: c.day('1998-01-01', '2023-06-30'),
    登记状态: '存续',
  };
}

export function household(c: Chance, names: Names, serial: number): Firm {
  const district = districtOf(c);
  const [industry, trades] = c.weighted(HOUSEHOLD_TRADES.map((t) => [t, t[2]] as const));
  const trade = c.pick(trades);
  const facts: Facts = {
    名称: names.take(() => `${district.name}${c.pick(district.towns)}${twoOf(c)}${trade}`),
    县区: district.name,
    法人: false,
  };
  const shown = {
    主体类型: '个体工商户',
    住所: address(c, district),
    登记行业: industry,
    经营范围: trade,
    成立日期: c.day('2005-01-01', '2023-09-30'),
    登记状态: '存续',
  };
  return { id: creditCode('92', district.code, serial), kind: '个体工商户', facts, shown };
}

const CROPS = [
  '食用菌',
  '香菇',
  '人参',
  '中药材',
  '蔬菜',
  '山野菜',
  '葡萄',
  '大榛子',
  '肉牛',
  '冷水鱼',
  '蓝莓',
];

/** Cooperatives of the two counties, mostly: mushrooms, ginseng, grapes, vegetables. */
export function cooperative(c: Chance, names: Names, serial: number): Firm {
  const district = c.weighted(
    DISTRICTS.map((d) => [d, d.name.endsWith('自治县') ? 10 : 1] as const),
  );
  const crop = c.pick(CROPS);
  const town = c.pick(district.towns);
  const size = c.weighted<Size>([
    ['中型', 3],
    ['小型', 45],
    ['微型', 52],
  ]);
  const facts: Facts = {
    名称: names.take(() => `${district.prefix}${town}${twoOf(c)}${crop}专业合作社`),
    县区: district.name,
    法人: true,
    行业: '农林牧渔业',
    ...yearFacts(c, '农林牧渔业', size),
    限额以上: false,
  };
  const shown = {
    主体类型: '农民专业合作社',
    住所: `${district.name}${town}镇`,
    登记行业: '农林牧渔业',
    门类: '农、林、牧、渔业',
    经营范围: `${crop}种植、养殖及销售`,
    成立日期: c.day('2008-01-01', '2023-03-31'),
    登记状态: '存续',
  };
  return { id: creditCode('93', district.code, serial), kind: '农民专业合作社', facts, shown };
}

const ORGANISATIONS: readonly (readonly [string, string, readonly string[]])[] = [
  ['51', '社会团体', ['商会', '行业协会', '志愿者协会']],
  ['52', '社会服务机构', ['养老服务中心', '民办幼儿园', '职业培训学校']],
  ['53', '基金会', ['教育基金会', '慈善基金会']],
  ['31', '律师事务所', ['律师事务所']],
];

/** Insured units that are no market entities: known to insurance and statistics only. */
export function organisation(c: Chance, names: Names, serial: number): Firm {
  const district = districtOf(c);
  const [kind, type, endings] = c.pick(ORGANISATIONS);
  const facts: Facts = {
    名称: names.take(() => `${district.prefix}${twoOf(c)}${c.pick(endings)}`),
    参保单位类型: type,
    行业: kind === '31' ? '租赁和商务服务业' : '其他未列明行业',
    限额以上: false,
  };
  const id = creditCode(kind, kind === '31' ? '210000' : district.code, serial);
  return {
    id,
    kind: '其他组织',
    facts,
    shown: { 门类: kind === '31' ? '租赁和商务服务业' : '社会工作' },
  };
}
