// json-rules-engine: a rule of conditions per scheme. Conditions compare one fact with one value, so
// every figure is a dynamic fact, computed in JavaScript with binary numbers; a careful author lets
// an unknown figure spoil it (NaN), which then fails its condition: unknown is "no". Facts are one
// object per record with its own path resolver, which it runs faster than two hundred flat facts.
import { Engine } from 'json-rules-engine';
import type { Almanac, RuleProperties, TopLevelCondition } from 'json-rules-engine';
import type { RuleSet } from '@zhida/rules';
import { DECIDED_ON } from '../cases.ts';
import type { Contestant } from '../contest.ts';
import type { Answer } from '../exact.ts';
import { peerFacts, SCHEMES } from '../subject.ts';
import type { PeerFacts, PeerValue } from '../subject.ts';
import { answerOf } from './answer.ts';
import { rates } from './rates.ts';
import type { Rate } from './rates.ts';

type Condition = TopLevelCondition | Test;

interface Test {
  readonly fact: string;
  readonly path?: string;
  readonly operator: string;
  readonly value: unknown;
}

const all = (...conditions: readonly Condition[]): TopLevelCondition => ({
  all: [...conditions],
});
const any = (...conditions: readonly Condition[]): TopLevelCondition => ({
  any: [...conditions],
});

const test = (place: string, operator: string, value: unknown): Test => {
  // Figures have a space in their name, fields of a record a point.
  const [fact = '', path] = place.includes(' ') ? [place] : place.split('.');
  return { fact, ...(path === undefined ? {} : { path }), operator, value };
};
const is = (place: string): Test => test(place, 'equal', true);
const isNot = (place: string): Test => test(place, 'equal', false);
const equal = (place: string, value: string): Test => test(place, 'equal', value);
const within = (place: string, ...values: readonly string[]): Test => test(place, 'in', values);
const above = (place: string, value: number): Test => test(place, 'greaterThan', value);
const atLeast = (place: string, value: number): Test => test(place, 'greaterThanInclusive', value);
const since = (place: string, day: string): Test => test(place, 'onOrAfter', day);
const until = (place: string, day: string): Test => test(place, 'onOrBefore', day);

const opened = (f: string): Test[] => [
  until(`${f}.opened`, DECIDED_ON),
  since(`${f}.opened`, '2023-11-22'),
];
const national = (f: string): Test => within(`${f}.level`, '全国', '亚洲', '全球');
const liaoning = (f: string): TopLevelCondition =>
  any(within(`${f}.level`, '辽宁', '全国', '亚洲', '全球'), is(`${f}.flagship`));
const trade = (f: string, ...kinds: readonly string[]): Test[] => [
  is(`${f}.aboveQuota`),
  within(`${f}.industry`, ...kinds),
  is(`${f}.legalPerson`),
];

const CONDITIONS: Readonly<Record<string, TopLevelCondition>> = {
  '1.2': all(is('subsidy.planned'), within('subsidy.category', '汽车', '家电', '家居', '餐饮')),
  '2.7': all(is('base.provincial'), is('base.qualified'), above('yuan 2.7', 0)),
  '3.3': all(...trade('enterprise', '批发业', '零售业'), above('yuan 3.3', 0)),
  '3.4': all(
    national('nationalStore'),
    is('nationalStore.brand'),
    test('nationalStore.trade', 'notEqual', '餐饮'),
    ...opened('nationalStore'),
  ),
  '3.5': all(
    liaoning('flagship'),
    is('flagship.brand'),
    test('flagship.trade', 'notEqual', '餐饮'),
    ...opened('flagship'),
  ),
  '4.3': all(...trade('hotel', '住宿业', '餐饮业'), above('yuan 4.3', 0)),
  '4.4.a': all(
    national('nationalKitchen'),
    equal('nationalKitchen.trade', '餐饮'),
    is('nationalKitchen.cateringBrand'),
    ...opened('nationalKitchen'),
  ),
  '4.4.b': all(
    liaoning('liaoningKitchen'),
    equal('liaoningKitchen.trade', '餐饮'),
    is('liaoningKitchen.cateringBrand'),
    ...opened('liaoningKitchen'),
  ),
  '8.8': all(
    any(
      within('coldStore.builder', '示范家庭农场', '农民合作社示范社', '已登记农村集体经济组织'),
      is('coldStore.similar'),
    ),
    any(
      test('coldStore.builder', 'notIn', ['示范家庭农场', '农民合作社示范社']),
      within('coldStore.model', '国家级', '省级', '市级', '县级'),
    ),
    within('coldStore.site', '重点乡镇', '中心村'),
    within('coldStore.produce', '蔬菜', '水果', '其他鲜活农产品', '地方优势特色品种'),
    within('coldStore.facility', '通风贮藏库', '机械冷库', '气调贮藏库', '预冷设施'),
    since('coldStore.planned', '2023-01-01'),
    until('coldStore.planned', '2023-12-31'),
    above('yuan 8.8', 0),
    is('coldStore.accepted'),
  ),
  '9.6': all(is('warehouse.byFirm'), is('warehouse.recognised')),
  '10.2': all(
    is('farm.qualified'),
    within('farm.line', '设施种植', '设施畜牧', '设施渔业', '其他设施农业'),
    within('farm.nature', '新建', '改造提升'),
    is('farm.necessary'),
    above('yuan 10.2', 0),
    above('farm.interest', 0),
  ),
  '10.3': all(...built(), atLeast('greenhouses.warm', 10)),
  '10.4': all(...built(), atLeast('greenhouses.cold', 20)),
  '10.5': all(
    any(is('renovation.damaged'), above('gear', 0)),
    isNot('renovation.paidAsNew'),
    above('yuan 10.5', 0),
  ),
  '12.3': all(
    is('directUpgrade.upgrading'),
    equal('directUpgrade.mode', '直接补助'),
    is('directUpgrade.listed'),
    above('yuan 12.3', 0),
  ),
  '12.4': all(
    is('loanUpgrade.upgrading'),
    equal('loanUpgrade.mode', '贷款贴息'),
    is('loanUpgrade.listed'),
    above('yuan 12.4', 0),
    above('loanUpgrade.interest', 0),
  ),
  '13.1': any(
    all(is('enterprise.top30'), isNot('enterprise.top30Before')),
    all(is('enterprise.top20'), isNot('enterprise.top20Before')),
  ),
  '13.2': all(is('show.performing'), above('show.invested', 100_000_000), is('show.outstanding')),
  '15.1': all(
    is('consortium.consortium'),
    equal('consortium.category', '重大攻关示范项目'),
    is('consortium.provincial'),
  ),
  '15.2': all(
    is('keyProject.gap'),
    equal('keyProject.category', '关键技术攻关项目'),
    is('keyProject.provincial'),
  ),
  '15.3': all(
    within('rebuild.category', '产业基础再造工程', '重大技术装备攻关工程'),
    is('rebuild.provincial'),
    above('yuan 15.3', 0),
  ),
  '15.4': all(
    is('jointPlan.leading'),
    equal('jointPlan.category', '应用基础研究联合计划'),
    is('jointPlan.provincial'),
    above('yuan 15.4', 0),
  ),
  '15.5': all(
    any(within('contract.kind', '技术转让', '技术许可', '技术开发'), is('contract.otherWay')),
    within('contract.provider', '高等学校', '科研院所'),
    is('contract.registered'),
    above('contract.paid', 0),
  ),
  '19.5': all(is('person.extended'), equal('person.home', '存量公寓')),
  '20.2.a': all(atLeast('enterprise.newHires', 1)),
  '20.2.b': any(
    all(
      test('enterprise.industry', 'notIn', ['工业', '建筑业', '农林牧渔业']),
      is('enterprise.manyJobs'),
    ),
    within('enterprise.size', '小型', '微型'),
    equal('enterprise.unitKind', '个体工商户'),
  ),
  '20.2.c': all(is('person.certified'), is('person.insured')),
  '20.2.d': all(is('enterprise.incubator')),
  '20.2.e': all(is('enterprise.insuredNow')),
  '20.5': all(
    within(
      'enterprise.unitKind',
      '企业单位',
      '社会团体',
      '基金会',
      '社会服务机构',
      '律师事务所',
      '会计师事务所',
      '个体工商户',
    ),
    is('enterprise.insured'),
    is('enterprise.duesPaid'),
    atLeast('enterprise.duesMonths', 12),
    is('layoffs within limit'),
    isNot('enterprise.pollutes'),
    isNot('enterprise.blacklisted'),
    until('asOf', '2023-12-31'),
    above('yuan 20.5', 0),
  ),
  '20.12.a': all(above('enterprise.graduates', 0)),
  '20.12.b': all(is('person.graduate'), is('person.placed')),
  '20.12.c': all(is('person.graduate'), is('person.flexible')),
  '20.12.d': all(is('person.graduate'), is('person.seeking')),
};

function built(): Test[] {
  return [
    is('greenhouses.isNew'),
    since('greenhouses.completed', '2023-01-01'),
    until('greenhouses.completed', '2023-12-31'),
  ];
}

const number = (value: PeerValue | undefined): number =>
  typeof value === 'number' ? value : Number.NaN;
const sum = (list: PeerValue | undefined): number =>
  (list as readonly PeerValue[]).reduce<number>((total, x) => total + number(x), 0);
const round = (yuan: number): number => Math.round(yuan * 100) / 100;
const cut = (yuan: number): number => Math.floor(yuan * 100) / 100;
const growth = (now: PeerValue | undefined, before: PeerValue | undefined): number =>
  sum(now) - sum(before);

function band(value: number, ...bands: readonly (readonly [number, number])[]): number {
  return bands.find(([from]) => value >= from)?.[1] ?? 0;
}

interface Loan {
  readonly principal: number;
  readonly term: number;
  readonly contract: string;
  readonly days: number;
}

function interest(loans: PeerValue | undefined, percent: (loan: Loan) => number): number {
  const rows = loans as unknown as readonly Loan[];
  return cut(rows.reduce((t, x) => t + x.principal * x.days * percent(x), 0) / 36_000);
}

type Figure = (facts: PeerFacts) => unknown;

/** Figures by name, each from one record. */
function figures(table: readonly Rate[]): Readonly<Record<string, readonly [string, Figure]>> {
  const rate = (loan: Loan): Rate | undefined => table.find((r) => r.from <= loan.contract);
  const farmRate = (loan: Loan): number => {
    const row = rate(loan);
    return Math.min((loan.term <= 60 ? number(row?.short) : number(row?.long)) * 0.7, 2);
  };
  const gear = (f: PeerFacts): number => number(f['warmGear']) + number(f['coldGear']);
  const frames = (f: PeerFacts): number =>
    f['damaged'] === true ? number(f['warmFrame']) + number(f['coldFrame']) : 0;
  return {
    'yuan 2.7': [
      'base',
      (f) => Math.min(round(growth(f['taxed2023'], f['taxed2022']) * 0.01), 2_000_000),
    ],
    'yuan 3.3': [
      'enterprise',
      (f) =>
        band(
          growth(f['retail2023'], f['retail2022']),
          ...([
            [500_000_000, 1_000_000],
            [200_000_000, 500_000],
            [100_000_000, 300_000],
            [50_000_000, 100_000],
          ] as const),
        ),
    ],
    'yuan 4.3': [
      'hotel',
      (f) =>
        band(growth(f['retail2023'], f['retail2022']), [10_000_000, 100_000], [5_000_000, 50_000]),
    ],
    'yuan 8.8': [
      'coldStore',
      (f) => {
        const limit = f['standard'] === true ? number(f['standardLimit']) : 1_000_000;
        return Math.min(cut(number(f['cost']) * 0.3), limit, 1_000_000);
      },
    ],
    'yuan 10.2': [
      'farm',
      (f) => Math.min(interest(f['loans'], farmRate), number(f['interest']), 2_000_000),
    ],
    'yuan 10.3': ['greenhouses', (f) => number(f['warm']) * 12_000],
    'yuan 10.4': ['greenhouses', (f) => number(f['cold']) * 3_000],
    gear: ['renovation', gear],
    'yuan 10.5': [
      'renovation',
      (f) => {
        const limit = number(f['warmArea']) * 5_000 + number(f['coldArea']) * 1_000;
        return cut(Math.min((frames(f) + gear(f)) * 0.15, limit));
      },
    ],
    'yuan 12.3': ['directUpgrade', (f) => Math.min(cut(number(f['audited']) * 0.05), 10_000_000)],
    'yuan 12.4': [
      'loanUpgrade',
      (f) =>
        Math.min(
          interest(f['loans'], (loan) => number(rate(loan)?.short)),
          number(f['interest']),
          10_000_000,
        ),
    ],
    'yuan 15.3': ['rebuild', (f) => Math.min(round(number(f['invested']) * 0.1), 10_000_000)],
    'yuan 15.4': ['jointPlan', (f) => Math.min(round(number(f['plan']) * 0.25), 5_000_000)],
    'layoffs within limit': [
      'enterprise',
      (f) => {
        const gone = number(f['layoffs']) - number(f['notLayoffs']);
        const staff = number(f['staff']);
        return gone <= 0 || gone / staff <= (staff <= 30 ? 0.2 : 0.055);
      },
    ],
    'yuan 20.5': [
      'enterprise',
      (f) => {
        const large = f['unitKind'] === '企业单位' && f['size'] === '大型';
        return round((number(f['unitDues']) + number(f['staffDues'])) * (large ? 0.3 : 0.6));
      },
    ],
  };
}

/** Amounts that are the same for everyone. */
const FIXED: Readonly<Record<string, number>> = {
  '3.4': 500_000,
  '3.5': 100_000,
  '4.4.a': 300_000,
  '4.4.b': 50_000,
  '9.6': 1_000_000,
  '13.1': 1_000_000,
  '13.2': 5_000_000,
  '15.1': 10_000_000,
  '15.2': 1_000_000,
  '15.5': 2_000_000,
};

function ruleOf(id: string, pays: boolean): RuleProperties {
  const own = CONDITIONS[id];
  if (own === undefined) throw new Error(`json-rules-engine has no rule for ${id}`);
  const yuan = FIXED[id] ?? (pays ? { fact: `yuan ${id}` } : null);
  const conditions = all({ condition: 'in force' }, own);
  return { name: id, conditions, event: { type: id, params: { yuan } } };
}

export function jsonRulesEngine(ruleSet: RuleSet): Contestant {
  const engine = new Engine([], {
    allowUndefinedFacts: true,
    replaceFactsInEventParams: true,
    pathResolver: (value, path) => (value as Record<string, unknown>)[path],
  });
  const dates = (value: string): boolean => typeof value === 'string';
  engine.addOperator('onOrAfter', (a: string, b: string) => dates(a) && a >= b);
  engine.addOperator('onOrBefore', (a: string, b: string) => dates(a) && a <= b);
  engine.setCondition('in force', all(since('asOf', '2023-11-22')));
  for (const [name, [record, figure]] of Object.entries(figures(rates(ruleSet)))) {
    engine.addFact(name, async (_params: Record<string, unknown>, almanac: Almanac) =>
      figure(await almanac.factValue<PeerFacts>(record)),
    );
  }
  for (const { id, pays } of SCHEMES) engine.addRule(ruleOf(id, pays));
  return {
    name: 'json-rules-engine',
    ready: (subject) => {
      const facts = { asOf: DECIDED_ON, ...peerFacts(subject) };
      const run = async () => await engine.run(facts);
      const answers = async (): Promise<ReadonlyMap<string, Answer>> => {
        const { events } = await run();
        const yuan = new Map(events.map((e) => [e.type, e.params?.['yuan'] as unknown]));
        return new Map(
          SCHEMES.map(({ id }) => [id, answerOf(yuan.has(id), yuan.get(id))] as const),
        );
      };
      return { run, answers };
    },
  };
}
