// The schemes in publicodes: conditions and amounts, by provision.

export type Formula = string | number | readonly Formula[] | { readonly [word: string]: Formula };

export const all = (...conditions: readonly Formula[]): Formula => ({
  'toutes ces conditions': conditions,
});
export const any = (...conditions: readonly Formula[]): Formula => ({
  'une de ces conditions': conditions,
});
export const within = (place: string, ...values: readonly string[]): Formula =>
  any(...values.map((v) => `${place} = '${v}'`));
export const outside = (place: string, ...values: readonly string[]): Formula =>
  all(...values.map((v) => `${place} != '${v}'`));
export const least = (...items: readonly Formula[]): Formula => ({ 'le minimum de': items });
export const rounded = (valeur: Formula): Formula => ({ valeur, arrondi: '2 décimales' });
export const cut = (x: string): Formula => rounded(`${x} - 0.005`);
export const choice = (...cases: readonly (readonly [string, Formula])[]): Formula[] =>
  cases.map(([si, alors]) => ({ si, alors }));
export const otherwise = (sinon: Formula): Formula => ({ sinon });

export function sum(place: string, count: number): Formula {
  return { somme: Array.from({ length: count }, (_, i) => `${place} ${i + 1}`) };
}

function band(place: string, ...bands: readonly (readonly [number, number])[]): Formula {
  return {
    variations: [
      ...choice(...bands.map(([from, yuan]) => [`${place} >= ${from}`, yuan] as const)),
      otherwise(0),
    ],
  };
}

const opened = (f: string): Formula[] => [`${f} . opened <= as of`, `${f} . opened >= 22/11/2023`];
const national = (f: string): Formula => within(`${f} . level`, '全国', '亚洲', '全球');
const liaoning = (f: string): Formula =>
  any(within(`${f} . level`, '辽宁', '全国', '亚洲', '全球'), `${f} . flagship`);
const trade = (f: string, ...kinds: readonly string[]): Formula[] => [
  `${f} . above quota`,
  within(`${f} . industry`, ...kinds),
  `${f} . legal person`,
];

export interface Rule {
  readonly when: Formula;
  readonly yuan?: Formula;
}

const TRADE: Readonly<Record<string, Rule>> = {
  '1.2': {
    when: all('subsidy . planned', within('subsidy . category', '汽车', '家电', '家居', '餐饮')),
  },
  '2.7': {
    when: all('base . provincial', 'base . qualified', 'taxed due > 0'),
    yuan: least('taxed due', 2_000_000),
  },
  '3.3': {
    when: all(...trade('enterprise', '批发业', '零售业'), 'retail growth >= 50000000'),
    yuan: band(
      'retail growth',
      [500_000_000, 1_000_000],
      [200_000_000, 500_000],
      [100_000_000, 300_000],
      [50_000_000, 100_000],
    ),
  },
  '3.4': {
    when: all(
      national('national store'),
      'national store . brand',
      outside('national store . trade', '餐饮'),
      ...opened('national store'),
    ),
    yuan: 500_000,
  },
  '3.5': {
    when: all(
      liaoning('flagship'),
      'flagship . brand',
      outside('flagship . trade', '餐饮'),
      ...opened('flagship'),
    ),
    yuan: 100_000,
  },
  '4.3': {
    when: all(...trade('hotel', '住宿业', '餐饮业'), 'hotel growth >= 5000000'),
    yuan: band('hotel growth', [10_000_000, 100_000], [5_000_000, 50_000]),
  },
  '4.4.a': {
    when: all(
      national('national kitchen'),
      within('national kitchen . trade', '餐饮'),
      'national kitchen . catering brand',
      ...opened('national kitchen'),
    ),
    yuan: 300_000,
  },
  '4.4.b': {
    when: all(
      liaoning('liaoning kitchen'),
      within('liaoning kitchen . trade', '餐饮'),
      'liaoning kitchen . catering brand',
      ...opened('liaoning kitchen'),
    ),
    yuan: 50_000,
  },
};

const built = [
  'greenhouses . is new',
  'greenhouses . completed >= 01/01/2023',
  'greenhouses . completed <= 31/12/2023',
];

const PROJECTS: Readonly<Record<string, Rule>> = {
  '8.8': {
    when: all(
      any(
        within(
          'cold store . builder',
          '示范家庭农场',
          '农民合作社示范社',
          '已登记农村集体经济组织',
        ),
        'cold store . similar',
      ),
      any(
        outside('cold store . builder', '示范家庭农场', '农民合作社示范社'),
        within('cold store . model', '国家级', '省级', '市级', '县级'),
      ),
      within('cold store . site', '重点乡镇', '中心村'),
      within('cold store . produce', '蔬菜', '水果', '其他鲜活农产品', '地方优势特色品种'),
      within('cold store . facility', '通风贮藏库', '机械冷库', '气调贮藏库', '预冷设施'),
      'cold store . planned >= 01/01/2023',
      'cold store . planned <= 31/12/2023',
      'cold share > 0',
      'cold store . accepted',
    ),
    yuan: least('cold share', 'cold limit', 1_000_000),
  },
  '9.6': { when: all('warehouse . by firm', 'warehouse . recognised'), yuan: 1_000_000 },
  '10.2': {
    when: all(
      'farm . qualified',
      within('farm . line', '设施种植', '设施畜牧', '设施渔业', '其他设施农业'),
      within('farm . nature', '新建', '改造提升'),
      'farm . necessary',
      'farm due > 0',
      'farm . interest > 0',
    ),
    yuan: least('farm due', 'farm . interest', 2_000_000),
  },
  '10.3': { when: all(...built, 'greenhouses . warm >= 10'), yuan: 'greenhouses . warm * 12000' },
  '10.4': { when: all(...built, 'greenhouses . cold >= 20'), yuan: 'greenhouses . cold * 3000' },
  '10.5': {
    when: all(
      any('renovation . damaged', 'gear > 0'),
      'renovation . paid as new = non',
      'renewed > 0',
    ),
    yuan: 'renewed',
  },
  '12.3': {
    when: all(
      'direct upgrade . upgrading',
      within('direct upgrade . mode', '直接补助'),
      'direct upgrade . listed',
      'upgrade due > 0',
    ),
    yuan: least('upgrade due', 10_000_000),
  },
  '12.4': {
    when: all(
      'loan upgrade . upgrading',
      within('loan upgrade . mode', '贷款贴息'),
      'loan upgrade . listed',
      'loan due > 0',
      'loan upgrade . interest > 0',
    ),
    yuan: least('loan due', 'loan upgrade . interest', 10_000_000),
  },
  '13.1': {
    when: any(
      all('enterprise . top30', 'enterprise . top30 before = non'),
      all('enterprise . top20', 'enterprise . top20 before = non'),
    ),
    yuan: 1_000_000,
  },
  '13.2': {
    when: all('show . performing', 'show . invested > 100000000', 'show . outstanding'),
    yuan: 5_000_000,
  },
};

const SCIENCE: Readonly<Record<string, Rule>> = {
  '15.1': {
    when: all(
      'consortium . consortium',
      within('consortium . category', '重大攻关示范项目'),
      'consortium . provincial',
    ),
    yuan: 10_000_000,
  },
  '15.2': {
    when: all(
      'key project . gap',
      within('key project . category', '关键技术攻关项目'),
      'key project . provincial',
    ),
    yuan: 1_000_000,
  },
  '15.3': {
    when: all(
      within('rebuild . category', '产业基础再造工程', '重大技术装备攻关工程'),
      'rebuild . provincial',
      'rebuild due > 0',
    ),
    yuan: least('rebuild due', 10_000_000),
  },
  '15.4': {
    when: all(
      'joint plan . leading',
      within('joint plan . category', '应用基础研究联合计划'),
      'joint plan . provincial',
      'plan due > 0',
    ),
    yuan: least('plan due', 5_000_000),
  },
  '15.5': {
    when: all(
      any(within('contract . kind', '技术转让', '技术许可', '技术开发'), 'contract . other way'),
      within('contract . provider', '高等学校', '科研院所'),
      'contract . registered',
      'contract . paid > 0',
    ),
    yuan: 2_000_000,
  },
};

const PEOPLE: Readonly<Record<string, Rule>> = {
  '19.5': { when: all('person . extended', within('person . home', '存量公寓')) },
  '20.2.a': { when: 'enterprise . new hires >= 1' },
  '20.2.b': {
    when: any(
      all(
        outside('enterprise . industry', '工业', '建筑业', '农林牧渔业'),
        'enterprise . many jobs',
      ),
      within('enterprise . size', '小型', '微型'),
      within('enterprise . unit kind', '个体工商户'),
    ),
  },
  '20.2.c': { when: all('person . certified', 'person . insured') },
  '20.2.d': { when: 'enterprise . incubator' },
  '20.2.e': { when: 'enterprise . insured now' },
  '20.5': {
    when: all(
      within(
        'enterprise . unit kind',
        '企业单位',
        '社会团体',
        '基金会',
        '社会服务机构',
        '律师事务所',
        '会计师事务所',
        '个体工商户',
      ),
      'enterprise . insured',
      'enterprise . dues paid',
      'enterprise . dues months >= 12',
      any('gone <= 0', 'gone / enterprise . staff <= layoff limit'),
      'enterprise . pollutes = non',
      'enterprise . blacklisted = non',
      'as of <= 31/12/2023',
      'refund > 0',
    ),
    yuan: 'refund',
  },
  '20.12.a': { when: 'enterprise . graduates > 0' },
  '20.12.b': { when: all('person . graduate', 'person . placed') },
  '20.12.c': { when: all('person . graduate', 'person . flexible') },
  '20.12.d': { when: all('person . graduate', 'person . seeking') },
};

export const RULES: Readonly<Record<string, Rule>> = {
  ...TRADE,
  ...PROJECTS,
  ...SCIENCE,
  ...PEOPLE,
};
