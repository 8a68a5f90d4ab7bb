/** Every money item that is decided for whole tables, written anew from the words of 本政规〔2023〕10号 under
 *  the readings in force of the package (甲 throughout), for 2023-12-15. Nothing here knows the rules engine. */
import { LAW } from '../planted/planted.ts';
import { wan } from '../register.ts';
import type { Facts, Register } from '../register.ts';
import {
  all,
  among,
  any,
  answer,
  day,
  halfUp,
  holds,
  is,
  judged,
  least,
  money,
  not,
  sum,
} from './logic.ts';
import type { Answer, State } from './logic.ts';
import { farmInterest, upgradeInterest } from './loans.ts';

export const DECIDED_ON = '2023-12-15';
const ISSUED = '2023-11-22';

export interface ItemAnswer {
  readonly id: string;
  readonly item: string;
  readonly table: string;
  readonly law: string;
  readonly decide: (facts: Facts, id: string, register: Register) => Answer;
}

const months = (facts: Facts, label: string, list: readonly string[]): bigint | undefined =>
  sum(list.map((month) => money(facts, `${label} ${month}`)));

/** Of 2023 less the same months of 2022 (口径 2.7#1, 3.3#1, 4.3#2). */
function increase(facts: Facts, label: string, list: readonly string[]): bigint | undefined {
  const now = months(
    facts,
    label,
    list.map((m) => `2023-${m}`),
  );
  const before = months(
    facts,
    label,
    list.map((m) => `2022-${m}`),
  );
  return now === undefined || before === undefined ? undefined : now - before;
}

/** 「贡献纳税零售额新增部分的1%」, at most 200万元. */
function livestream(facts: Facts): Answer {
  const more = increase(facts, '月贡献纳税零售额', ['07', '08', '09', '10', '11']);
  const award = more === undefined ? undefined : halfUp(more, 1n, 100n);
  const state = all(
    is(facts, '省级示范'),
    judged(facts, '符合条件的直播基地'),
    holds(award, (v) => v > 0n),
  );
  return answer(state, award === undefined ? undefined : least(award, wan(200)));
}

type Bands = readonly (readonly [from: bigint, award: bigint])[];

const TRADE: Bands = [
  [wan(50_000), wan(100)],
  [wan(20_000), wan(50)],
  [wan(10_000), wan(30)],
  [wan(5_000), wan(10)],
];
/** 「超过1000万元（包含）」 includes 1000万元 (口径 4.3.a#1). */
const LODGING: Bands = [
  [wan(1_000), wan(10)],
  [wan(500), wan(5)],
];

const growth =
  (industries: readonly string[], bands: Bands) =>
  (facts: Facts): Answer => {
    const more = increase(facts, '月限上零售额', ['09', '10', '11']);
    const award =
      more === undefined ? undefined : (bands.find(([from]) => more >= from)?.[1] ?? 0n);
    const who = all(is(facts, '限额以上'), among(facts, '行业', industries), is(facts, '法人'));
    return answer(
      all(
        who,
        holds(award, (v) => v > 0n),
      ),
      award,
    );
  };

/** Opened, and not before the day of issue (口径 3.4#6). */
const opened = (facts: Facts): State =>
  holds(day(facts, '开业日期'), (d) => d >= ISSUED && d <= DECIDED_ON);

const NATIONAL = ['全国', '亚洲', '全球'];
/** 「辽宁首店、旗舰店」: either (口径 3.5#1). */
const liaoningOrFlagship = (facts: Facts): State =>
  any(among(facts, '层级', ['辽宁', ...NATIONAL]), is(facts, '旗舰店'));

const store =
  (food: boolean, level: (facts: Facts) => State, ceiling: bigint) =>
  (facts: Facts): Answer => {
    const catering = among(facts, '品牌业态', ['餐饮']);
    const gate = food ? '符合要求的知名餐饮品牌' : '符合要求的知名品牌';
    const state = all(
      level(facts),
      judged(facts, gate),
      food ? catering : not(catering),
      opened(facts),
    );
    return answer(state, ceiling);
  };

const national = (facts: Facts): State => among(facts, '层级', NATIONAL);

function coldStore(facts: Facts): Answer {
  const kind = among(facts, '主体类型', [
    '示范家庭农场',
    '农民合作社示范社',
    '已登记农村集体经济组织',
  ]);
  const model = among(facts, '主体类型', ['示范家庭农场', '农民合作社示范社']);
  const level = among(facts, '示范级别', ['国家级', '省级', '市级', '县级']);
  const cost = money(facts, '净造价');
  const limited = facts['适用限定标准'];
  const standard =
    limited === true ? money(facts, '限定标准额') : limited === false ? wan(100) : undefined;
  const award =
    cost === undefined || standard === undefined ? undefined : least((cost * 30n) / 100n, standard);
  const state = all(
    any(kind, judged(facts, '同类建设主体')),
    any(not(model), level),
    among(facts, '建设地点', ['重点乡镇', '中心村']),
    among(facts, '主要产品', ['蔬菜', '水果', '其他鲜活农产品', '地方优势特色品种']),
    among(facts, '设施类型', ['通风贮藏库', '机械冷库', '气调贮藏库', '预冷设施']),
    holds(day(facts, '列入计划日期'), (d) => d.startsWith('2023-')),
    holds(award, (v) => v > 0n),
    judged(facts, '冷藏设施验收合格'),
  );
  return answer(state, award === undefined ? undefined : least(award, wan(100)));
}

const warehouse = (facts: Facts): Answer =>
  answer(all(is(facts, '由企业建设'), judged(facts, '公共海外仓')), wan(100));

function farmLoan(facts: Facts, id: string, register: Register): Answer {
  const interest = farmInterest(register, id);
  const paid = money(facts, '年度已付利息');
  const state = all(
    judged(facts, '符合要求的设施农业项目'),
    among(facts, '领域', ['设施种植', '设施畜牧', '设施渔业', '其他设施农业']),
    among(facts, '建设性质', ['新建', '改造提升']),
    is(facts, '贷款用于必需投资'),
    holds(interest, (v) => v > 0n),
    holds(paid, (v) => v > 0n),
  );
  const known = interest !== undefined && paid !== undefined;
  return answer(state, known ? least(least(interest, paid), wan(200)) : undefined);
}

/** Areas are hundredths of a 亩; `perMu` is the subsidy of one in 分. */
const site =
  (area: string, from: bigint, perMu: bigint) =>
  (facts: Facts): Answer => {
    const mu = money(facts, area);
    const built = day(facts, '建成日期');
    const state = all(
      is(facts, '新建'),
      holds(built, (d) => d >= '2023-01-01' && d <= '2023-12-31'),
      holds(mu, (v) => v >= from),
    );
    return answer(state, mu === undefined ? undefined : (mu * perMu) / 100n);
  };

function renovation(facts: Facts): Answer {
  const old = facts['老旧或灾损'];
  const [greenFrame, shedFrame] = [money(facts, '日光温室结构成本'), money(facts, '冷棚结构成本')];
  const equipment = sum([money(facts, '日光温室配套成本'), money(facts, '冷棚配套成本')]);
  const frames = old === undefined ? undefined : old === true ? sum([greenFrame, shedFrame]) : 0n;
  const cost = sum([frames, equipment]);
  const [green, shed] = [money(facts, '日光温室面积'), money(facts, '冷棚面积')];
  const limit =
    green === undefined || shed === undefined
      ? undefined
      : (green * 500_000n + shed * 100_000n) / 100n;
  const award =
    cost === undefined || limit === undefined ? undefined : least((cost * 15n) / 100n, limit);
  const state = all(
    any(
      is(facts, '老旧或灾损'),
      holds(equipment, (v) => v > 0n),
    ),
    not(is(facts, '同年已享新建补贴')),
    holds(award, (v) => v > 0n),
  );
  return answer(state, award);
}

function grant(facts: Facts): Answer {
  const invested = money(facts, '审定设备软件投资');
  const award = invested === undefined ? undefined : (invested * 5n) / 100n;
  const state = all(
    is(facts, '技术改造升级'),
    among(facts, '支持方式', ['直接补助']),
    is(facts, '列入省级专项'),
    holds(award, (v) => v > 0n),
  );
  return answer(state, award === undefined ? undefined : least(award, wan(1000)));
}

function upgradeLoan(facts: Facts, id: string, register: Register): Answer {
  const interest = upgradeInterest(register, id);
  const paid = money(facts, '年度已付利息');
  const state = all(
    is(facts, '技术改造升级'),
    among(facts, '支持方式', ['贷款贴息']),
    is(facts, '列入省级专项'),
    holds(interest, (v) => v > 0n),
    holds(paid, (v) => v > 0n),
  );
  const known = interest !== undefined && paid !== undefined;
  return answer(state, known ? least(least(interest, paid), wan(1000)) : undefined);
}

/** 「新入选」: this edition and not the one before (口径 13.1#3); either list (13.1#1), paid once (13.1#2). */
function listed(facts: Facts): Answer {
  const fresh = (list: string): State =>
    all(is(facts, `${list}入选`), not(is(facts, `${list}上届入选`)));
  return answer(any(fresh('文化企业30强'), fresh('旅游集团20强')), wan(100));
}

/** 「超过亿元」 does not include 1亿元 (口径 13.2#1). */
function show(facts: Facts): Answer {
  const state = all(
    is(facts, '文旅演艺'),
    holds(money(facts, '实际投资'), (v) => v > wan(10_000)),
    judged(facts, '优秀文旅演艺项目'),
  );
  return answer(state, wan(500));
}

const consortium = (facts: Facts): Answer =>
  answer(
    all(
      is(facts, '组建创新联合体'),
      among(facts, '类别', ['重大攻关示范项目']),
      is(facts, '省以上立项'),
    ),
    wan(1000),
  );

const weakLink = (facts: Facts): Answer =>
  answer(
    all(
      is(facts, '列入断点清单'),
      among(facts, '类别', ['关键技术攻关项目']),
      is(facts, '省以上立项'),
    ),
    wan(100),
  );

function rebuild(facts: Facts): Answer {
  const invested = money(facts, '审定实际投资');
  const award = invested === undefined ? undefined : halfUp(invested, 10n, 100n);
  const state = all(
    among(facts, '类别', ['产业基础再造工程', '重大技术装备攻关工程']),
    is(facts, '省以上立项'),
    holds(award, (v) => v > 0n),
  );
  return answer(state, award === undefined ? undefined : least(award, wan(1000)));
}

function joint(facts: Facts): Answer {
  const plan = money(facts, '联合计划总额');
  const award = plan === undefined ? undefined : halfUp(plan, 25n, 100n);
  const state = all(
    is(facts, '由领军企业承担'),
    among(facts, '类别', ['应用基础研究联合计划']),
    is(facts, '省以上立项'),
    holds(award, (v) => v > 0n),
  );
  return answer(state, award === undefined ? undefined : least(award, wan(500)));
}

function contract(facts: Facts): Answer {
  const way = among(facts, '方式', ['技术转让', '技术许可', '技术开发']);
  const state = all(
    any(way, judged(facts, '其他技术承接方式')),
    among(facts, '成果方类型', ['高等学校', '科研院所']),
    is(facts, '已登记'),
    holds(money(facts, '印发后付款额'), (v) => v > 0n),
  );
  return answer(state, wan(200));
}

const SERVICE_NOT = ['工业', '建筑业', '农林牧渔业'];

/** 「就业容量大的服务业企业、小微企业、个体工商户」: the first two words bind service firms only (口径 20.2#1). */
const supported = (facts: Facts): State =>
  any(
    all(not(among(facts, '行业', SERVICE_NOT)), judged(facts, '就业容量大')),
    among(facts, '规模', ['小型', '微型']),
    among(facts, '参保单位类型', ['个体工商户']),
  );

const REFUNDED = [
  '企业单位',
  '社会团体',
  '基金会',
  '社会服务机构',
  '律师事务所',
  '会计师事务所',
  '个体工商户',
];

/** Layoffs are separations less those not counted (口径 20.5#4), over the monthly average (20.5#3). */
function layoffs(facts: Facts): State {
  const left = money(facts, '裁员人数');
  const notCounted = money(facts, '不计入裁员人数');
  if (left === undefined || notCounted === undefined) return 'fact';
  const laidOff = left - notCounted;
  if (laidOff <= 0n) return 'yes';
  return holds(money(facts, '月均参保人数'), (heads) => {
    // Heads are hundredths of a person: laidOff ÷ (heads ÷ 100) ≤ limit ÷ 1000.
    const limit = heads <= 3000n ? 200n : 55n;
    return laidOff * 100n * 1000n <= limit * heads;
  });
}

/** 30 % for large enterprises, else 60 %; unknown while the size of an enterprise is. */
function refundRate(facts: Facts): bigint | undefined {
  const large = all(among(facts, '参保单位类型', ['企业单位']), among(facts, '规模', ['大型']));
  return large === 'fact' ? undefined : large === 'yes' ? 30n : 60n;
}

function refund(facts: Facts): Answer {
  const dues = sum([money(facts, '单位失业保险费'), money(facts, '职工失业保险费')]);
  const rate = refundRate(facts);
  const amount = dues === undefined || rate === undefined ? undefined : halfUp(dues, rate, 100n);
  const state = all(
    among(facts, '参保单位类型', REFUNDED),
    is(facts, '失业保险参保'),
    is(facts, '失业保险足额缴费'),
    holds(money(facts, '累计缴费月数'), (n) => n >= 12n),
    layoffs(facts),
    not(is(facts, '违反产业环保政策')),
    not(is(facts, '列入负面清单')),
    holds(amount, (v) => v > 0n),
  );
  return answer(state, amount);
}

const some =
  (label: string) =>
  (facts: Facts): Answer =>
    answer(holds(money(facts, label), (n) => n > 0n));

const claim = (facts: Facts): Answer =>
  answer(all(is(facts, '方案已公布'), among(facts, '消费类别', ['汽车', '家电', '家居', '餐饮'])));

const FIRM = '企业';

/** The items in the order of the law; those for persons are not decided for tables. */
export const itemAnswers: readonly ItemAnswer[] = [
  { id: '1.2', item: '消费惠民补贴', table: '消费补贴', law: LAW.claims, decide: claim },
  { id: '2.7', item: '直播基地增量奖励', table: '直播基地', law: LAW.base, decide: livestream },
  {
    id: '3.3',
    item: '批零增量奖励',
    table: FIRM,
    law: LAW.trade,
    decide: growth(['批发业', '零售业'], TRADE),
  },
  {
    id: '3.4',
    item: '知名品牌首店奖励',
    table: '首店',
    law: LAW.store,
    decide: store(false, national, wan(50)),
  },
  {
    id: '3.5',
    item: '辽宁首店旗舰店奖励',
    table: '首店',
    law: LAW.store,
    decide: store(false, liaoningOrFlagship, wan(10)),
  },
  {
    id: '4.3',
    item: '住餐增量奖励',
    table: FIRM,
    law: LAW.lodging,
    decide: growth(['住宿业', '餐饮业'], LODGING),
  },
  {
    id: '4.4.a',
    item: '餐饮全国首店奖励',
    table: '首店',
    law: LAW.food,
    decide: store(true, national, wan(30)),
  },
  {
    id: '4.4.b',
    item: '餐饮辽宁首店旗舰店奖励',
    table: '首店',
    law: LAW.food,
    decide: store(true, liaoningOrFlagship, wan(5)),
  },
  { id: '8.8', item: '产地冷藏保鲜设施补助', table: '冷藏设施', law: LAW.cold, decide: coldStore },
  {
    id: '9.6',
    item: '公共海外仓建设支持',
    table: '海外仓项目',
    law: LAW.warehouse,
    decide: warehouse,
  },
  {
    id: '10.2',
    item: '设施农业贷款贴息',
    table: '设施农业项目',
    law: LAW.farmLoan,
    decide: farmLoan,
  },
  {
    id: '10.3',
    item: '新建日光温室小区补贴',
    table: '小区',
    law: LAW.greenhouse,
    decide: site('日光温室占地面积', 1000n, wan(1) + wan(2) / 10n),
  },
  {
    id: '10.4',
    item: '新建冷棚小区补贴',
    table: '小区',
    law: LAW.shed,
    decide: site('冷棚占地面积', 2000n, wan(3) / 10n),
  },
  {
    id: '10.5',
    item: '设施农业改造提升补贴',
    table: '改造项目',
    law: LAW.renovation,
    decide: renovation,
  },
  { id: '12.3', item: '技改直接补助', table: '技改项目', law: LAW.upgrade, decide: grant },
  {
    id: '12.4',
    item: '技改贷款贴息',
    table: '技改项目',
    law: LAW.upgradeLoan,
    decide: upgradeLoan,
  },
  { id: '13.1', item: '文旅榜单新入选奖补', table: FIRM, law: LAW.lists, decide: listed },
  { id: '13.2', item: '优秀演艺项目奖补', table: '演艺项目', law: LAW.show, decide: show },
  {
    id: '15.1',
    item: '联合体重大攻关支持',
    table: '科技项目',
    law: LAW.consortium,
    decide: consortium,
  },
  { id: '15.2', item: '关键技术攻关支持', table: '科技项目', law: LAW.weakLink, decide: weakLink },
  {
    id: '15.3',
    item: '基础再造和重大装备支持',
    table: '科技项目',
    law: LAW.rebuild,
    decide: rebuild,
  },
  { id: '15.4', item: '领军企业联合计划支持', table: '科技项目', law: LAW.joint, decide: joint },
  {
    id: '15.5',
    item: '承接高校院所成果奖补',
    table: '技术合同',
    law: LAW.contract,
    decide: contract,
  },
  // 口径 20.2#3: each follows its upper-level rule, not limited to the three groups.
  {
    id: '20.2.a',
    item: '一次性扩岗补助',
    table: FIRM,
    law: LAW.jobs,
    decide: some('扩岗招用人数'),
  },
  {
    id: '20.2.b',
    item: '稳岗扩岗支持',
    table: FIRM,
    law: LAW.jobs,
    decide: (f) => answer(supported(f)),
  },
  {
    id: '20.2.d',
    item: '创业孵化基地奖补',
    table: FIRM,
    law: LAW.jobs,
    decide: (f) => answer(is(f, '创业孵化基地')),
  },
  {
    id: '20.2.e',
    item: '失业保险降费率',
    table: FIRM,
    law: LAW.jobs,
    decide: (f) => answer(is(f, '失业保险在保')),
  },
  { id: '20.5', item: '稳岗返还', table: FIRM, law: LAW.refund, decide: refund },
  {
    id: '20.12.a',
    item: '吸纳高校毕业生补贴',
    table: FIRM,
    law: LAW.graduates,
    decide: some('吸纳毕业生人数'),
  },
];
