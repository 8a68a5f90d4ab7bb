/** Measures 2 to 4 by the text: growth awards of bases, retailers and caterers, first stores. */
import type { Draw, Judged, Scheme, Sight } from './case.ts';
import { ZERO, least, minus, most, nearestFen, order, percent, plus, times, wan } from './exact.ts';
import type { Exact } from './exact.ts';
import { drawGrowth, monthsOf } from './growth.ts';
import { all, any, choose, not, when } from './truth.ts';
import type { Truth } from './truth.ts';

const AUTUMN = monthsOf(2023, 9, 11);
const AUTUMN_BEFORE = monthsOf(2022, 9, 11);
const SUMMER = monthsOf(2023, 6, 8);

function growing(s: Sight, name: string, months: readonly string[]): Exact | undefined {
  const gains = months.map((m) =>
    most(minus(s.months(name, m), s.months(name, m.replace('2023', '2022'))), ZERO),
  );
  return plus(...gains);
}

/** 2.7 「2023年7月至11月期间贡献纳税零售额新增部分的1%…最高…不超过200万元」 */
function baseIncrease(s: Sight): Exact | undefined {
  const period = monthsOf(2023, 7, 11);
  const before = monthsOf(2022, 7, 11);
  const grown = (name: string): Exact | undefined =>
    minus(s.months(name, ...period), s.months(name, ...before));
  if (s.reads('2.7#2') === '乙') return grown('月缴纳税额');
  if (s.reads('2.7#2') === '丙') return grown('月平台成交额');
  const name = '月贡献纳税零售额';
  const sales = s.months(name, ...period);
  switch (s.reads('2.7#1')) {
    case '乙':
      return minus(sales, s.months(name, ...monthsOf(2023, 2, 6)));
    case '丙': {
      const isNew = when(s.word('认定日期'), (date) => date >= '2023-01-01');
      const base = choose(
        isNew,
        () => ZERO,
        () => s.months(name, ...before),
      );
      return minus(sales, base);
    }
    case '丁':
      return growing(s, name, period);
    default:
      return grown(name);
  }
}

const streamingBase: Scheme = {
  item: '直播基地增量奖励',
  entity: '直播基地',
  kind: 'exactly',
  contingent: false,
  readings: { '2.7#1': '甲乙丙丁', '2.7#2': '甲乙丙' },
  judge(s): Judged {
    const award = nearestFen(times(baseIncrease(s), percent(1)));
    return {
      conditions: {
        省级示范基地: s.holds('省级示范'),
        符合条件: s.judged('符合条件的直播基地'),
        有新增: when(award, (a) => order(a, ZERO) > 0),
      },
      amount: least(award, wan(200)),
    };
  },
  draw(d): void {
    d.likely('省级示范');
    d.gate('符合条件的直播基地');
    d.date('认定日期', '2023-01-01');
    const reading = d.reads('2.7#1');
    const rule = {
      period: monthsOf(2023, 7, 11),
      base: reading === '乙' ? monthsOf(2023, 2, 6) : monthsOf(2022, 7, 11),
      // 50 分 of growth round to the first 分; 2亿元 reach the cap.
      thresholds: [50n, 150n, 1_000_050n, 20_000_000_000n, 123_456_789n],
    };
    const other = { ...rule, base: monthsOf(2022, 7, 11), onlyGrowing: false };
    drawGrowth(d, '月贡献纳税零售额', { ...rule, onlyGrowing: reading === '丁' });
    drawGrowth(d, '月缴纳税额', other);
    drawGrowth(d, '月平台成交额', other);
  },
};

/** 3.3: wholesalers by sales where 3.3#3 says so, else all by retail sales. */
function measuredBySales(s: Sight): Truth {
  return s.reads('3.3#3') === '乙' ? when(s.word('行业'), (w) => w === '批发业') : false;
}

/** 3.3#2 for firms that entered the base after November 2022. */
function newcomer(s: Sight): Truth {
  return when(s.word('限上入库年月'), (date) => date > '2022-11-30');
}

function retailIncrease(s: Sight): Exact | undefined {
  const by = <T>(f: (name: string) => T | undefined): T | undefined =>
    choose(
      measuredBySales(s),
      () => f('月销售额'),
      () => f('月限上零售额'),
    );
  const total = by((name) => s.months(name, ...AUTUMN));
  // 甲 asks nothing about the date of entry; 乙 and 丙 do, and wait for it.
  const zeroBase: Truth =
    s.reads('3.3#2') === '甲'
      ? false
      : s.reads('3.3#2') === '丙'
        ? newcomer(s)
        : all(newcomer(s), not(newcomer(s)));
  switch (s.reads('3.3#1')) {
    case '乙':
      return minus(
        total,
        by((name) => s.months(name, ...SUMMER)),
      );
    case '丙':
      return choose(
        zeroBase,
        () => total,
        () => by((name) => growing(s, name, AUTUMN)),
      );
    case '丁':
      return total;
    default: {
      const base = choose(
        zeroBase,
        () => ZERO,
        () => by((name) => s.months(name, ...AUTUMN_BEFORE)),
      );
      return minus(total, base);
    }
  }
}

/** The award of the highest band that the increase reaches; nothing below the lowest. */
function band(
  increase: Exact | undefined,
  bands: readonly (readonly [Exact, Exact])[],
): { readonly reached: Truth; readonly award: Exact | undefined } {
  const hit = bands.find(([from]) => increase !== undefined && order(increase, from) >= 0);
  return { reached: when(increase, () => hit !== undefined), award: hit?.[1] };
}

const retail: Scheme = {
  item: '批零增量奖励',
  entity: '企业',
  kind: 'exactly',
  contingent: false,
  readings: { '3.3#1': '甲乙丙丁', '3.3#2': '甲乙丙', '3.3#3': '甲乙' },
  judge(s): Judged {
    const { reached, award } = band(retailIncrease(s), [
      [wan(50_000), wan(100)],
      [wan(20_000), wan(50)],
      [wan(10_000), wan(30)],
      [wan(5_000), wan(10)],
    ]);
    const waits = newcomer(s) === 'no fact' ? 'no fact' : true;
    const excluded = { 甲: true, 乙: not(newcomer(s)), 丙: waits }[s.reads('3.3#2')] ?? true;
    return {
      conditions: {
        限额以上: s.holds('限额以上'),
        行业: s.oneOf('行业', '批发业', '零售业'),
        法人: s.holds('法人'),
        新入库处理: excluded as Truth,
        限上零售额增量: reached,
      },
      amount: award,
    };
  },
  draw(d): void {
    drawFirm(d, ['批发业', '零售业'], '3.3#1', '月限上零售额', [50n, 20n, 10n, 5n]);
    drawSeries(d, '月销售额', '3.3#1', [50n, 20n, 10n, 5n]);
  },
};

function drawSeries(d: Draw, name: string, id: string, millions: readonly bigint[]): void {
  const reading = d.reads(id);
  const base = reading === '丁' ? undefined : reading === '乙' ? SUMMER : AUTUMN_BEFORE;
  const thresholds = millions.map((m) => m * 10_000_000n * 100n);
  drawGrowth(d, name, { period: AUTUMN, base, onlyGrowing: reading === '丙', thresholds });
}

function drawFirm(
  d: Draw,
  industries: readonly string[],
  id: string,
  series: string,
  tens: readonly bigint[],
): void {
  d.likely('限额以上', '法人');
  d.word('行业', industries, ['工业', '批发业', '零售业', '住宿业', '餐饮业', '建筑业']);
  d.date('限上入库年月', '2022-11-30');
  drawSeries(d, series, id, tens);
}

const catering: Scheme = {
  item: '住餐增量奖励',
  entity: '企业',
  kind: 'exactly',
  contingent: false,
  readings: { '4.3#1': '甲乙', '4.3#2': '甲乙', '4.3#3': '甲乙', '4.3.a#1': '甲乙' },
  judge(s): Judged {
    const name = s.reads('4.3#1') === '乙' ? '月营业额' : '月限上零售额';
    const base = s.reads('4.3#2') === '乙' ? SUMMER : AUTUMN_BEFORE;
    const increase = minus(s.months(name, ...AUTUMN), s.months(name, ...base));
    const { reached, award } = band(increase, [
      [wan(1_000), wan(10)],
      [wan(500), wan(5)],
    ]);
    const exactlyTen = when(increase, (x) => order(x, wan(1_000)) === 0);
    return {
      conditions: {
        限额以上: s.holds('限额以上'),
        行业: s.oneOf('行业', '住宿业', '餐饮业'),
        法人: s.holds('法人'),
        新入库处理: s.reads('4.3#3') === '乙' ? not(newcomer(s)) : true,
        千万元本数: s.reads('4.3.a#1') === '乙' ? not(exactlyTen) : true,
        住餐零售额增量: reached,
      },
      amount: award,
    };
  },
  draw(d): void {
    drawFirm(d, ['住宿业', '餐饮业'], '4.3#2', '月限上零售额', [1n]);
    drawSeries(d, '月营业额', '4.3#2', [1n]);
    const half = { period: AUTUMN, base: AUTUMN_BEFORE, onlyGrowing: false };
    const name = d.reads('4.3#1') === '乙' ? '月营业额' : '月限上零售额';
    const base = d.reads('4.3#2') === '乙' ? SUMMER : AUTUMN_BEFORE;
    if (d.random.chance(0.5)) drawGrowth(d, name, { ...half, base, thresholds: [500_000_000n] });
  },
};

const NATIONAL = ['全国', '亚洲', '全球'];

function opening(s: Sight): Readonly<Record<string, Truth>> {
  const date = s.word('开业日期');
  return {
    已开业: when(date, (x) => x <= s.today),
    开业时段: when(date, (x) =>
      s.reads('3.4#6') === '乙' ? x.startsWith('2023-') : x >= '2023-11-22',
    ),
  };
}

/** 3.5 「辽宁首店、旗舰店」 */
function liaoningOrFlagship(s: Sight): Truth {
  const first = s.oneOf('层级', '辽宁', ...NATIONAL);
  const flagship = s.holds('旗舰店');
  switch (s.reads('3.5#1')) {
    case '乙':
      return any(first, all(flagship, s.oneOf('旗舰店级别', '辽宁', '全国')));
    case '丙':
      return all(first, flagship);
    default:
      return any(first, flagship);
  }
}

function notCatering(s: Sight): Truth {
  return any(not(s.oneOf('品牌业态', '餐饮')), s.reads('3.4#8') === '乙');
}

function drawStore(d: Draw): void {
  const lines = ['零售', '餐饮', '其他'];
  d.word('品牌业态', lines, []);
  d.word('层级', ['全球', '亚洲', '全国', '辽宁'], ['本溪', '无']);
  d.evenly('旗舰店');
  d.word('旗舰店级别', ['全国', '辽宁', '本溪', '无'], []);
  d.date('开业日期', '2023-11-22', '2023-11-22', '2023-01-01', '2023-12-31');
  d.gate('符合要求的知名品牌');
  d.gate('符合要求的知名餐饮品牌');
  d.value('载体', { 编号: `载体${d.random.below(3)}` });
}

function store(
  item: string,
  tenThousands: number,
  readings: Readonly<Record<string, string>>,
  conditions: (s: Sight) => Readonly<Record<string, Truth>>,
): Scheme {
  return {
    item,
    entity: '首店',
    kind: 'atMost',
    contingent: false,
    readings: { ...readings, '3.4#6': '甲乙' },
    judge: (s) => ({ conditions: { ...conditions(s), ...opening(s) }, amount: wan(tenThousands) }),
    draw: drawStore,
  };
}

const stores: readonly Scheme[] = [
  store('知名品牌首店奖励', 50, { '3.4#1': '甲乙', '3.4#8': '甲乙' }, (s) => ({
    首店层级: s.reads('3.4#1') === '乙' ? not(s.oneOf('层级', '无')) : s.oneOf('层级', ...NATIONAL),
    知名品牌: s.judged('符合要求的知名品牌'),
    非餐饮品牌: notCatering(s),
  })),
  store('辽宁首店旗舰店奖励', 10, { '3.5#1': '甲乙丙', '3.5#3': '甲乙', '3.4#8': '甲乙' }, (s) => ({
    辽宁首店或旗舰店: liaoningOrFlagship(s),
    知名品牌: any(s.judged('符合要求的知名品牌'), s.reads('3.5#3') === '乙'),
    非餐饮品牌: notCatering(s),
  })),
  store('餐饮全国首店奖励', 30, { '4.4#1': '甲乙' }, (s) => ({
    全国首店: any(
      s.oneOf('层级', ...NATIONAL),
      all(s.reads('4.4#1') === '乙', s.holds('旗舰店'), s.oneOf('旗舰店级别', '全国')),
    ),
    餐饮品牌: s.oneOf('品牌业态', '餐饮'),
    知名品牌: s.judged('符合要求的知名餐饮品牌'),
  })),
  store('餐饮辽宁首店旗舰店奖励', 5, { '3.5#1': '甲乙丙' }, (s) => ({
    辽宁首店或旗舰店: liaoningOrFlagship(s),
    餐饮品牌: s.oneOf('品牌业态', '餐饮'),
    知名品牌: s.judged('符合要求的知名餐饮品牌'),
  })),
];

export const retailSchemes: readonly Scheme[] = [streamingBase, retail, catering, ...stores];
