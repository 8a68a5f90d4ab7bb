/** Carriers, first stores, livestream bases, overseas warehouses and consumer claims. */
import type { Firm } from './firm.ts';
import type { Chance } from './random.ts';
import { factsOf, thousand } from './register.ts';
import type { Facts, Register } from './register.ts';
import { yearBefore } from './trade.ts';

const CARRIERS = [
  '永丰广场',
  '溪城购物中心',
  '衍水天街',
  '彩屯万象城',
  '明山商业街',
  '地工路步行街',
  '华山商业综合体',
  '枫叶小镇',
  '小市里商街',
  '五女山商业广场',
  '药都生活广场',
  '太子河夜市街区',
  '平山百货大楼',
  '火连寨奥莱',
  '关门山旅游商街',
  '金山汇',
  '桓仁八卦城商街',
  '石桥子邻里中心',
  '牛心台生活广场',
  '站前商贸城',
];
const RETAIL_BRANDS = [
  '枫叶服饰',
  '北境户外',
  '云裳',
  '米尔咖啡器具',
  '海纹珠宝',
  '星野童装',
  '山川运动',
  '极光数码',
  '禾木家居',
  '白桦香氛',
];
const FOOD_BRANDS = [
  '沈记烤肉',
  '江畔火锅',
  '老边饺子坊',
  '南粤茶楼',
  '蜀香小馆',
  '雪域咖啡',
  '渔港海鲜',
  '麦田烘焙',
];

const number = (head: string, i: number): string => `${head}-${String(i + 1).padStart(3, '0')}`;

function addCarriers(register: Register): void {
  CARRIERS.forEach((name, i) => {
    Object.assign(factsOf(register, '载体', number('ZT', i)), { 名称: `${name}（合成）` });
  });
}

function addStores(c: Chance, register: Register, count: number): void {
  for (let i = 0; i < count; i++) {
    const food = c.chance(400);
    const level = c.weighted([
      ['全国', 12],
      ['亚洲', 1],
      ['辽宁', 30],
      ['本溪', 37],
      ['无', 20],
    ]);
    const flagship = c.chance(220);
    const facts = factsOf(register, '首店', number('SD', i));
    Object.assign(facts, {
      名称: `${c.pick(food ? FOOD_BRANDS : RETAIL_BRANDS)}${c.pick(CARRIERS)}店（合成）`,
      载体: number('ZT', c.below(CARRIERS.length)),
      品牌业态: food
        ? '餐饮'
        : c.weighted([
            ['零售', 80],
            ['其他', 20],
          ]),
      层级: level,
      旗舰店: flagship,
      旗舰店级别: flagship ? c.pick(['全国', '辽宁', '本溪']) : '无',
      开业日期: c.chance(620)
        ? c.day('2023-11-22', '2023-12-14')
        : c.day('2023-02-01', '2024-02-10'),
    });
    const gate = food ? '认定 符合要求的知名餐饮品牌' : '认定 符合要求的知名品牌';
    if (c.chance(650)) facts[gate] = c.chance(720);
    if (c.chance(60)) delete facts['层级'];
    if (c.chance(60)) delete facts['开业日期'];
  }
}

const BASE_MONTHS = ['2023-07', '2023-08', '2023-09', '2023-10', '2023-11'];
const SPRING = ['2023-02', '2023-03', '2023-04', '2023-05', '2023-06'];

/** Months of a livestream base; `grown` percent of the same month of 2022. */
export function baseMonths(c: Chance, monthly: number, grown: number): Facts {
  const facts: Facts = {};
  const put = (month: string, value: number): void => {
    facts[`月贡献纳税零售额 ${month}`] = thousand(value);
  };
  for (const month of BASE_MONTHS) {
    const before = Math.trunc((monthly * c.between(85, 115)) / 100);
    put(yearBefore(month), before);
    put(month, Math.trunc((before * grown) / 100));
  }
  for (const month of SPRING) put(month, Math.trunc((monthly * c.between(90, 130)) / 100));
  for (const month of BASE_MONTHS) {
    for (const m of [yearBefore(month), month]) {
      const sales = facts[`月贡献纳税零售额 ${m}`];
      if (typeof sales !== 'bigint') continue;
      facts[`月缴纳税额 ${m}`] = (sales * 3n) / 100n;
      facts[`月平台成交额 ${m}`] = (sales * BigInt(c.between(120, 190))) / 100n;
    }
  }
  return facts;
}

const BASE_PLACES = ['药都', '溪城', '枫叶', '山货', '参茸', '衍水', '五女山', '关门山'];

function addBases(c: Chance, register: Register, firms: readonly Firm[]): void {
  for (let i = 0; i < 22; i++) {
    const operator = c.pick(firms);
    const facts = factsOf(register, '直播基地', number('ZB', i));
    const provincial = c.chance(720);
    Object.assign(facts, {
      名称: `${c.pick(BASE_PLACES)}${c.pick(['电商', '助农', '文旅', '国货'])}直播基地${i + 1}号（合成）`,
      运营主体: operator.id,
      省级示范: provincial,
      认定日期: provincial ? c.day('2021-06-01', '2023-06-30') : undefined,
      ...baseMonths(c, c.between(900, 42000), c.between(80, 320)),
    });
    if (c.chance(620)) facts['认定 符合条件的直播基地'] = c.chance(850);
    if (c.chance(260)) delete facts[`月贡献纳税零售额 ${c.pick(BASE_MONTHS)}`];
  }
}

function addWarehouses(c: Chance, register: Register, firms: readonly Firm[]): void {
  for (let i = 0; i < 26; i++) {
    const facts = factsOf(register, '海外仓项目', number('HW', i));
    Object.assign(facts, {
      建设企业: c.pick(firms).id,
      由企业建设: c.chance(880),
      申报日期: c.day('2023-11-24', '2023-12-12'),
    });
    if (c.chance(560)) facts['认定 公共海外仓'] = c.chance(760);
    if (c.chance(90)) delete facts['由企业建设'];
  }
}

function addClaims(c: Chance, register: Register): void {
  for (let i = 0; i < 80; i++) {
    const facts = factsOf(register, '消费补贴', number('XF', i));
    const surname = c.pick(['张', '王', '李', '赵', '刘', '孙', '关', '佟', '那', '金']);
    Object.assign(facts, {
      名称: `${surname}某（合成）`,
      消费类别: c.weighted([
        ['汽车', 18],
        ['家电', 34],
        ['家居', 14],
        ['餐饮', 26],
        ['其他', 8],
      ]),
      列入方案品类: c.chance(900),
      方案已公布: c.chance(700),
    });
    if (c.chance(80)) delete facts['方案已公布'];
  }
}

/** Adds what the Bureau of Commerce keeps. `firms`: companies that can run a base or a warehouse. */
export function addCommerce(
  c: Chance,
  register: Register,
  firms: readonly Firm[],
  stores: number,
): void {
  addCarriers(register);
  addStores(c, register, stores);
  addBases(c, register, firms);
  addWarehouses(
    c,
    register,
    firms.filter((f) => f.facts['行业'] === '批发业' || f.facts['行业'] === '工业'),
  );
  addClaims(c, register);
}
