// Goal: what each scheme gives, computed apart from every engine: bigint 分, three-valued conditions,
// written straight from the provisions. It serves to say who was wrong, and is not timed.
import { DECIDED_ON } from './cases.ts';
import {
  and,
  atLeast,
  both,
  cents,
  cut,
  flag,
  least,
  map,
  not,
  oneOf,
  or,
  positive,
  share,
  since,
  sum,
  until,
} from './known.ts';
import type { Known } from './known.ts';
import type { Facts, Months, Row, Subject, Value } from './subject.ts';

export interface Answer {
  readonly verdict: 'yes' | 'no' | 'unknown';
  /** 分, when the verdict is yes and the scheme names an amount. */
  readonly fen: bigint | null;
}

interface Finding {
  readonly conditions: readonly Known[];
  /** Absent where the amount is in another document. */
  readonly fen?: bigint | null;
}

const ISSUED = '2023-11-22';
const WAN = 1_000_000n;

/** The months of 2023 less those of 2022. */
function growth(value: Value | undefined): bigint | null {
  const months = Object.entries((value ?? {}) as Months);
  const of = (year: string): bigint | null =>
    sum(...months.filter(([m]) => m.startsWith(year)).map(([, v]) => cents(v)));
  return both(of('2023'), of('2022'), (a, b) => a - b);
}

function band(value: bigint | null, ...bands: readonly (readonly [bigint, bigint])[]) {
  return map(value, (v) => bands.find(([from]) => v >= from)?.[1] ?? 0n);
}

/** Rates in hundredths of a percent, by the day of the contract. */
export type Prime = (contract: string, longTerm: boolean) => bigint;

/** Σ principal × days × rate ÷ 360, cut to 分. A rate is given in millionths. */
function interest(loans: Value | undefined, rate: (loan: Row) => bigint): bigint | null {
  if (!Array.isArray(loans)) return null;
  const rows = loans as readonly Row[];
  const total = rows.map((row) =>
    both(cents(row['principal']), cents(row['days']), (p, d) => p * (d / 100n) * rate(row)),
  );
  return cut(sum(...total), 1n, 360n * 1_000_000n);
}

function opened(f: Facts): Known[] {
  return [until(f['opened'], DECIDED_ON), since(f['opened'], ISSUED)];
}

const liaoning = (f: Facts): Known =>
  or(oneOf(f['level'], '辽宁', '全国', '亚洲', '全球'), flag(f['flagship']));
const national = (f: Facts): Known => oneOf(f['level'], '全国', '亚洲', '全球');

function trade(f: Facts, first: string, second: string): Known[] {
  return [flag(f['aboveQuota']), oneOf(f['industry'], first, second), flag(f['legalPerson'])];
}

function coldStore(f: Facts): Finding {
  const limit = map(flag(f['standard']), (s) =>
    s ? cents(f['standardLimit']) : 100n * WAN * 100n,
  );
  const part = cut(cents(f['cost']), 30n, 100n);
  const fen = least(part, limit, 100n * WAN);
  const kinds = ['示范家庭农场', '农民合作社示范社'];
  return {
    conditions: [
      or(oneOf(f['builder'], ...kinds, '已登记农村集体经济组织'), flag(f['similar'])),
      or(not(oneOf(f['builder'], ...kinds)), oneOf(f['model'], '国家级', '省级', '市级', '县级')),
      oneOf(f['site'], '重点乡镇', '中心村'),
      oneOf(f['produce'], '蔬菜', '水果', '其他鲜活农产品', '地方优势特色品种'),
      oneOf(f['facility'], '通风贮藏库', '机械冷库', '气调贮藏库', '预冷设施'),
      and(since(f['planned'], '2023-01-01'), until(f['planned'], '2023-12-31')),
      positive(fen),
      flag(f['accepted']),
    ],
    fen,
  };
}

function farm(f: Facts, prime: Prime): Finding {
  const rate = (row: Row): bigint => {
    const part = prime(row['contract'] ?? '', Number(row['term']) > 60) * 70n;
    return part < 20_000n ? part : 20_000n;
  };
  const due = interest(f['loans'], rate);
  return {
    conditions: [
      flag(f['qualified']),
      oneOf(f['line'], '设施种植', '设施畜牧', '设施渔业', '其他设施农业'),
      oneOf(f['nature'], '新建', '改造提升'),
      flag(f['necessary']),
      positive(due),
      positive(cents(f['interest'])),
    ],
    fen: least(due, cents(f['interest']), 200n * WAN),
  };
}

function greenhouses(f: Facts, area: 'warm' | 'cold', from: bigint, fenPerMu: bigint): Finding {
  const mu = cents(f[area]);
  const fen = map(mu, (v) => (v * fenPerMu) / 100n);
  const built = f['completed'];
  return {
    conditions: [
      flag(f['isNew']),
      since(built, '2023-01-01'),
      until(built, '2023-12-31'),
      atLeast(mu, from * 100n),
      positive(fen),
    ],
    fen,
  };
}

function renovation(f: Facts): Finding {
  const gear = sum(cents(f['warmGear']), cents(f['coldGear']));
  const frames = map(flag(f['damaged']), (d) =>
    d ? sum(cents(f['warmFrame']), cents(f['coldFrame'])) : 0n,
  );
  const limit = both(cents(f['warmArea']), cents(f['coldArea']), (w, c) => w * 5_000n + c * 1_000n);
  const part = map(sum(gear, frames), (v) => v * 15n);
  const fen = cut(
    least(
      part,
      map(limit, (v) => v * 100n),
    ),
    1n,
    100n,
  );
  return {
    conditions: [or(flag(f['damaged']), positive(gear)), not(flag(f['paidAsNew'])), positive(fen)],
    fen,
  };
}

function upgrade(f: Facts, mode: string): Known[] {
  return [flag(f['upgrading']), oneOf(f['mode'], mode), flag(f['listed'])];
}

function jobs(f: Facts): Known {
  return or(
    and(not(oneOf(f['industry'], '工业', '建筑业', '农林牧渔业')), flag(f['manyJobs'])),
    oneOf(f['size'], '小型', '微型'),
    oneOf(f['unitKind'], '个体工商户'),
  );
}

function refund(f: Facts): Finding {
  const gone = both(cents(f['layoffs']), cents(f['notLayoffs']), (a, b) => a - b);
  const staff = cents(f['staff']);
  const within = both(gone, staff, (g, s) =>
    g * 1000n <= s * (s <= 3_000n ? 200n : 55n) ? 1n : 0n,
  );
  const large = and(oneOf(f['unitKind'], '企业单位'), oneOf(f['size'], '大型'));
  const dues = sum(cents(f['unitDues']), cents(f['staffDues']));
  const fen = map(large, (l) => share(dues, l ? 30n : 60n, 100n));
  const kinds = ['企业单位', '社会团体', '基金会', '社会服务机构'];
  return {
    conditions: [
      oneOf(f['unitKind'], ...kinds, '律师事务所', '会计师事务所', '个体工商户'),
      flag(f['insured']),
      and(flag(f['duesPaid']), atLeast(cents(f['duesMonths']), 1200n)),
      or(
        map(gone, (g) => g <= 0n),
        map(within, (w) => w === 1n),
      ),
      not(flag(f['pollutes'])),
      not(flag(f['blacklisted'])),
      DECIDED_ON <= '2023-12-31',
      positive(fen),
    ],
    fen,
  };
}

function share10(f: Facts, kinds: readonly string[]): Finding {
  const due = share(cents(f['invested']), 10n, 100n);
  return {
    conditions: [oneOf(f['category'], ...kinds), flag(f['provincial']), positive(due)],
    fen: least(due, 1000n * WAN),
  };
}

type Of = (subject: (record: string) => Facts, prime: Prime) => Finding;

const EXACT: Readonly<Record<string, Of>> = {
  '1.2': (of) => {
    const f = of('subsidy');
    return {
      conditions: [flag(f['planned']), oneOf(f['category'], '汽车', '家电', '家居', '餐饮')],
    };
  },
  '2.7': (of) => {
    const f = of('base');
    const due = share(growth(f['taxed']), 1n, 100n);
    return {
      conditions: [flag(f['provincial']), flag(f['qualified']), positive(due)],
      fen: least(due, 200n * WAN),
    };
  },
  '3.3': (of) => {
    const f = of('enterprise');
    const fen = band(
      growth(f['retail']),
      [50_000n * WAN, 100n * WAN],
      [20_000n * WAN, 50n * WAN],
      [10_000n * WAN, 30n * WAN],
      [5_000n * WAN, 10n * WAN],
    );
    return { conditions: [...trade(f, '批发业', '零售业'), positive(fen)], fen };
  },
  '3.4': (of) => {
    const f = of('nationalStore');
    const other = not(oneOf(f['trade'], '餐饮'));
    return { conditions: [national(f), flag(f['brand']), other, ...opened(f)], fen: 50n * WAN };
  },
  '3.5': (of) => {
    const f = of('flagship');
    const other = not(oneOf(f['trade'], '餐饮'));
    return { conditions: [liaoning(f), flag(f['brand']), other, ...opened(f)], fen: 10n * WAN };
  },
  '4.3': (of) => {
    const f = of('hotel');
    const fen = band(growth(f['retail']), [1000n * WAN, 10n * WAN], [500n * WAN, 5n * WAN]);
    return { conditions: [...trade(f, '住宿业', '餐饮业'), positive(fen)], fen };
  },
  '4.4.a': (of) => {
    const f = of('nationalKitchen');
    const own = oneOf(f['trade'], '餐饮');
    return {
      conditions: [national(f), own, flag(f['cateringBrand']), ...opened(f)],
      fen: 30n * WAN,
    };
  },
  '4.4.b': (of) => {
    const f = of('liaoningKitchen');
    const own = oneOf(f['trade'], '餐饮');
    return {
      conditions: [liaoning(f), own, flag(f['cateringBrand']), ...opened(f)],
      fen: 5n * WAN,
    };
  },
  '8.8': (of) => coldStore(of('coldStore')),
  '9.6': (of) => {
    const f = of('warehouse');
    return { conditions: [flag(f['byFirm']), flag(f['recognised'])], fen: 100n * WAN };
  },
  '10.2': (of, prime) => farm(of('farm'), prime),
  '10.3': (of) => greenhouses(of('greenhouses'), 'warm', 10n, 1_200_000n),
  '10.4': (of) => greenhouses(of('greenhouses'), 'cold', 20n, 300_000n),
  '10.5': (of) => renovation(of('renovation')),
  '12.3': (of) => {
    const f = of('directUpgrade');
    const due = cut(cents(f['audited']), 5n, 100n);
    return {
      conditions: [...upgrade(f, '直接补助'), positive(due)],
      fen: least(due, 1000n * WAN),
    };
  },
  '12.4': (of, prime) => {
    const f = of('loanUpgrade');
    const due = interest(f['loans'], (row) => prime(row['contract'] ?? '', false) * 100n);
    const paid = cents(f['interest']);
    return {
      conditions: [...upgrade(f, '贷款贴息'), positive(due), positive(paid)],
      fen: least(due, paid, 1000n * WAN),
    };
  },
  '13.1': (of) => {
    const f = of('enterprise');
    const culture = and(flag(f['top30']), not(flag(f['top30Before'])));
    const tourism = and(flag(f['top20']), not(flag(f['top20Before'])));
    return { conditions: [or(culture, tourism)], fen: 100n * WAN };
  },
  '13.2': (of) => {
    const f = of('show');
    const large = map(cents(f['invested']), (v) => v > 10_000n * WAN);
    return { conditions: [flag(f['performing']), large, flag(f['outstanding'])], fen: 500n * WAN };
  },
  '15.1': (of) => {
    const f = of('consortium');
    const kind = oneOf(f['category'], '重大攻关示范项目');
    return { conditions: [flag(f['consortium']), kind, flag(f['provincial'])], fen: 1000n * WAN };
  },
  '15.2': (of) => {
    const f = of('keyProject');
    const kind = oneOf(f['category'], '关键技术攻关项目');
    return { conditions: [flag(f['gap']), kind, flag(f['provincial'])], fen: 100n * WAN };
  },
  '15.3': (of) => share10(of('rebuild'), ['产业基础再造工程', '重大技术装备攻关工程']),
  '15.4': (of) => {
    const f = of('jointPlan');
    const due = share(cents(f['plan']), 25n, 100n);
    const kind = oneOf(f['category'], '应用基础研究联合计划');
    return {
      conditions: [flag(f['leading']), kind, flag(f['provincial']), positive(due)],
      fen: least(due, 500n * WAN),
    };
  },
  '15.5': (of) => {
    const f = of('contract');
    return {
      conditions: [
        or(oneOf(f['kind'], '技术转让', '技术许可', '技术开发'), flag(f['otherWay'])),
        oneOf(f['provider'], '高等学校', '科研院所'),
        flag(f['registered']),
        positive(cents(f['paid'])),
      ],
      fen: 200n * WAN,
    };
  },
  '19.5': (of) => {
    const f = of('person');
    return { conditions: [flag(f['extended']), oneOf(f['home'], '存量公寓')] };
  },
  '20.2.a': (of) => ({ conditions: [atLeast(cents(of('enterprise')['newHires']), 100n)] }),
  '20.2.b': (of) => ({ conditions: [jobs(of('enterprise'))] }),
  '20.2.c': (of) => ({
    conditions: [flag(of('person')['certified']), flag(of('person')['insured'])],
  }),
  '20.2.d': (of) => ({ conditions: [flag(of('enterprise')['incubator'])] }),
  '20.2.e': (of) => ({ conditions: [flag(of('enterprise')['insuredNow'])] }),
  '20.5': (of) => refund(of('enterprise')),
  '20.12.a': (of) => ({ conditions: [positive(cents(of('enterprise')['graduates']))] }),
  '20.12.b': (of) => graduate(of('person'), 'placed'),
  '20.12.c': (of) => graduate(of('person'), 'flexible'),
  '20.12.d': (of) => graduate(of('person'), 'seeking'),
};

function graduate(f: Facts, field: string): Finding {
  return { conditions: [flag(f['graduate']), flag(f[field])] };
}

/** The right answer for one scheme. */
export function exact(scheme: string, subject: Subject, prime: Prime): Answer {
  const of = EXACT[scheme];
  if (of === undefined) throw new Error(`no exact calculation for ${scheme}`);
  const found = of((record) => subject[record] ?? {}, prime);
  const held = and(DECIDED_ON >= ISSUED, ...found.conditions);
  if (held === false) return { verdict: 'no', fen: null };
  if (held === null || found.fen === null) return { verdict: 'unknown', fen: null };
  return { verdict: 'yes', fen: found.fen ?? null };
}
