/** Measures 8 and 10 by the text: cold storage, farm loans, new sites, renovated facilities. */
import type { Draw, Judged, Scheme, Sight } from './case.ts';
import {
  ZERO,
  downToFen,
  exact,
  least,
  minus,
  most,
  order,
  over,
  percent,
  plus,
  times,
  wan,
  wholeOf,
} from './exact.ts';
import type { Exact } from './exact.ts';
import { lprOn } from './rates.ts';
import { all, any, choose, not, when } from './truth.ts';
import type { Truth } from './truth.ts';

const positive = (x: Exact | undefined): Truth => when(x, (v) => order(v, ZERO) > 0);

const NAMED_BUILDERS = ['示范家庭农场', '农民合作社示范社', '已登记农村集体经济组织'];
const STORES = ['通风贮藏库', '机械冷库', '气调贮藏库', '预冷设施'];

/** 8.8 「比例上限不超过建设设施总造价的30%、单个建设主体…最高不超过100万元」 */
const coldStorage: Scheme = {
  item: '产地冷藏保鲜设施补助',
  entity: '冷藏设施',
  kind: 'atMost',
  contingent: false,
  readings: {
    '8.8#1': '甲乙',
    '8.8#2': '甲乙',
    '8.8#3': '甲乙',
    '8.8#5': '甲乙',
    '8.8.b#1': '甲乙',
    '8.8.c#2': '甲乙',
  },
  judge(s): Judged {
    const cost = s.yuan(s.reads('8.8.c#2') === '乙' ? '全口径造价' : '净造价');
    const share = downToFen(times(cost, percent(30)));
    const standard =
      s.reads('8.8#5') === '乙'
        ? wan(100)
        : choose(
            s.holds('适用限定标准'),
            () => s.yuan('限定标准额'),
            () => wan(100),
          );
    const award = least(share, standard);
    const ranked = s.reads('8.8#2') === '乙' ? ['示范家庭农场'] : NAMED_BUILDERS.slice(0, 2);
    const stores = s.reads('8.8.b#1') === '乙' ? [...STORES, '仅配套设施'] : STORES;
    const year = s.word(s.reads('8.8#3') === '乙' ? '验收日期' : '列入计划日期');
    return {
      conditions: {
        主体类型: any(
          s.oneOf('主体类型', ...NAMED_BUILDERS),
          s.reads('8.8#1') === '乙',
          s.judged('同类建设主体'),
        ),
        示范层级: any(
          not(s.oneOf('主体类型', ...ranked)),
          s.oneOf('示范级别', '国家级', '省级', '市级', '县级'),
        ),
        建设地点: s.oneOf('建设地点', '重点乡镇', '中心村'),
        产品品类: s.oneOf('主要产品', '蔬菜', '水果', '其他鲜活农产品', '地方优势特色品种'),
        设施类型: s.oneOf('设施类型', ...stores),
        项目年度: when(year, (date) => date.startsWith('2023-')),
        有补助额: positive(award),
        验收合格: s.judged('冷藏设施验收合格'),
      },
      amount: least(award, wan(100)),
    };
  },
  draw(d): void {
    d.gate('同类建设主体');
    d.gate('冷藏设施验收合格');
    d.word('主体类型', NAMED_BUILDERS, ['其他主体']);
    d.word('示范级别', ['国家级', '省级', '市级', '县级'], ['乡镇级', '无']);
    d.word('建设地点', ['重点乡镇', '中心村'], ['其他']);
    d.word('主要产品', ['蔬菜', '水果', '其他鲜活农产品', '地方优势特色品种'], ['其他']);
    d.word('设施类型', STORES, ['仅配套设施', '其他']);
    d.date('列入计划日期', '2023-06-01', '2023-01-01', '2023-12-31');
    d.date('验收日期', '2023-06-01', '2023-01-01', '2023-12-31');
    for (const name of ['净造价', '全口径造价']) d.number(name, [333_333_334n, 3n, 10_001n]);
    d.evenly('适用限定标准');
    d.number('限定标准额', [100_000_000n, 50_000_000n]);
  },
};

/** Interest days of all loans at their rates, before the division by the year. */
function farmInterest(s: Sight): Exact | undefined {
  const days = exact(s.reads('10.2#4') === '乙' ? 365 : 360);
  const short = exact(s.reads('10.2#7') === '乙' ? 12 : 60);
  const loans = s.rows('贷款');
  if (loans === undefined) return undefined;
  const parts = loans.map((loan) => {
    const tenor = when(loan.number('期限', 1), (months) => order(months, short) <= 0);
    const date = loan.word(s.reads('10.2#2') === '乙' ? '计息起日' : '合同日期');
    const rate = choose(
      tenor,
      () => lprOn('1Y', date),
      () => lprOn('5Y+', date),
    );
    const years = over(loan.number('计息天数', 1), days);
    const principal = loan.yuan('本金');
    const share = times(rate, percent(70));
    switch (s.reads('10.2#1')) {
      case '乙':
        return times(principal, least(times(share, years), percent(2)));
      case '丙':
        return times(principal, years, share);
      default:
        return times(principal, years, least(share, percent(2)));
    }
  });
  const total = plus(...parts);
  if (s.reads('10.2#1') !== '丙') return total;
  return least(total, times(s.yuan('投资额'), percent(2)));
}

/** 10.2 「不高于…LPR的70%且不超过2%，…年度贴息资金最高不超过200万元」 */
const farmLoans: Scheme = {
  item: '设施农业贷款贴息',
  entity: '设施农业项目',
  kind: 'atMost',
  contingent: false,
  readings: {
    '10.2#1': '甲乙丙',
    '10.2#2': '甲乙',
    '10.2#4': '甲乙',
    '10.2#5': '甲乙',
    '10.2#7': '甲乙',
  },
  judge(s): Judged {
    const award = downToFen(farmInterest(s));
    const paid = s.yuan('年度已付利息');
    const limited = s.reads('10.2#5') === '乙' ? award : least(award, paid);
    return {
      conditions: {
        符合要求: s.judged('符合要求的设施农业项目'),
        领域: s.oneOf('领域', '设施种植', '设施畜牧', '设施渔业', '其他设施农业'),
        建设性质: s.oneOf('建设性质', '新建', '改造提升'),
        贷款用途: s.holds('贷款用于必需投资'),
        有贴息额: positive(award),
        已付利息: positive(paid),
      },
      amount: least(limited, wan(200)),
    };
  },
  draw(d): void {
    d.gate('符合要求的设施农业项目');
    d.word('领域', ['设施种植', '设施畜牧', '设施渔业', '其他设施农业'], ['非设施农业']);
    d.word('建设性质', ['新建', '改造提升'], ['其他']);
    d.likely('贷款用于必需投资');
    d.number('投资额', [10_000_000_000n, 1_000_000n]);
    d.number('年度已付利息', [200_000_000n, 1n, 3_000_000n]);
    drawLoans(d);
  },
};

export function drawLoans(d: Draw): void {
  const { random } = d;
  const rows = Array.from({ length: random.pick([0, 1, 1, 2, 3]) }, () => {
    const row = d.row();
    row.number('本金', [10_000_000_000n, 1_000_000n, 17n]);
    row.value('期限', random.near([60n, 12n]) % 400n);
    row.date('合同日期', '2021-12-20', '2022-08-22', '2023-06-20', '2023-08-21');
    row.date('计息起日', '2023-01-01', '2022-08-22', '2023-06-20');
    row.value('计息天数', BigInt(random.pick([0, 1, 360, 365, 366, random.below(370)])));
    row.value('累计计息天数', BigInt(random.below(1_500)));
    return row.facts;
  });
  d.value('贷款', rows);
}

/** 10.3 and 10.4: new sites by the area, from the first 亩 on once the size is reached. */
function site(
  item: string,
  kind: string,
  leastArea: number,
  perMu: Exact,
  more: Readonly<Record<string, string>>,
): Scheme {
  return {
    item,
    entity: '小区',
    kind: 'exactly',
    contingent: false,
    readings: {
      '10.3#2': '甲乙',
      '10.3#3': '甲乙',
      '10.3#4': '甲乙',
      '10.3#5': '甲乙丙',
      '10.3#6': '甲乙',
      ...more,
    },
    judge(s): Judged {
      const area = s.number(`${kind}${s.reads('10.3#3') === '乙' ? '棚内' : '占地'}面积`, 100);
      const beyond = most(minus(area, exact(leastArea)), ZERO);
      const paid = s.reads('10.3#2') === '乙' ? beyond : area;
      const award = times(s.reads('10.3#4') === '乙' ? wholeOf(paid) : paid, perMu);
      const built = { 甲: '建成日期', 乙: '开工日期', 丙: '验收日期' }[s.reads('10.3#5')] ?? '';
      const from = s.reads('10.3#6') === '乙' ? '2023-11-22' : '2023-01-01';
      const date = s.word(built);
      return {
        conditions: {
          新建: s.holds('新建'),
          新建时间: when(date, (x) => x >= from),
          年底前: any(
            when(date, (x) => x <= '2023-12-31'),
            s.reads('10.4#1') === '乙',
          ),
          规模: when(area, (x) => order(x, exact(leastArea)) >= 0),
          有补贴额: positive(award),
        },
        amount: award,
      };
    },
    draw(d): void {
      d.likely('新建');
      const dates = ['2023-01-01', '2023-11-22', '2023-12-31', '2023-08-01'];
      for (const name of ['建成日期', '开工日期', '验收日期']) d.date(name, ...dates);
      const edges = [BigInt(leastArea) * 100n, BigInt(leastArea) * 100n + 100n, 12_345n];
      for (const name of ['占地面积', '棚内面积']) d.number(`${kind}${name}`, edges);
    },
  };
}

const KINDS = ['日光温室', '冷棚'] as const;

/** 10.5 「不超过…物化成本的15%…日光温室每亩不超过0.5万元、冷棚每亩不超过0.1万元」 */
function renovation(s: Sight): Exact | undefined {
  const old = s.holds('老旧或灾损');
  const cost = (kind: string, part: string): Exact | undefined => {
    const counts = part === '结构' ? old : any(s.reads('10.5#5') !== '乙', old);
    return choose(
      counts,
      () => s.yuan(`${kind}${part}成本`),
      () => ZERO,
    );
  };
  const limit = { 日光温室: exact(5_000), 冷棚: exact(1_000) };
  const limitOf = (kind: (typeof KINDS)[number]): Exact | undefined =>
    times(s.number(`${kind}面积`, 100), limit[kind]);
  // Pools: parts of the cost that share one limit.
  const parts = s.reads('10.5#2') === '乙' ? [['结构'], ['配套']] : [['结构', '配套']];
  const kinds = s.reads('10.5#4') === '乙' ? [[KINDS[0]], [KINDS[1]]] : [[...KINDS]];
  const pools = parts.flatMap((p) =>
    kinds.map((k) => {
      const costs = k.flatMap((kind) => p.map((part) => cost(kind, part)));
      return least(times(plus(...costs), percent(15)), plus(...k.map(limitOf)));
    }),
  );
  return downToFen(plus(...pools));
}

const renovated: Scheme = {
  item: '设施农业改造提升补贴',
  entity: '改造项目',
  kind: 'atMost',
  contingent: false,
  readings: { '10.5#2': '甲乙', '10.5#4': '甲乙', '10.5#5': '甲乙', '10.5#6': '甲乙' },
  judge(s): Judged {
    const award = renovation(s);
    const equipment = plus(...KINDS.map((kind) => s.yuan(`${kind}配套成本`)));
    return {
      conditions: {
        老旧灾损或新增配套: any(
          s.holds('老旧或灾损'),
          all(s.reads('10.5#5') !== '乙', positive(equipment)),
        ),
        未重复享受: any(not(s.holds('同年已享新建补贴')), s.reads('10.5#6') === '乙'),
        有补贴额: positive(award),
      },
      amount: award,
    };
  },
  draw(d): void {
    d.likely('老旧或灾损');
    d.unlikely('同年已享新建补贴');
    for (const kind of KINDS) {
      d.number(`${kind}结构成本`, [33_333_333n, 7n, 666_667n]);
      d.number(`${kind}配套成本`, [33_333_333n, 7n, 666_667n]);
      d.number(`${kind}面积`, [1_000n, 1n, 333n]);
    }
  },
};

export const farmingSchemes: readonly Scheme[] = [
  coldStorage,
  farmLoans,
  site('新建日光温室小区补贴', '日光温室', 10, wan(1.2), {}),
  site('新建冷棚小区补贴', '冷棚', 20, wan(0.3), { '10.4#1': '甲乙' }),
  renovated,
];
