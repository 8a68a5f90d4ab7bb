/** Planted projects and contracts of measures 12, 13 and 15. */
import { wan, yuan } from '../register.ts';
import type { Facts } from '../register.ts';
import { firmCode } from './firm.ts';
import { LAW, awaited, no, unknown, yes } from './planted.ts';
import type { Expectation, Planted } from './planted.ts';

const GRANT = '技改直接补助';
const INTEREST = '技改贷款贴息';
/** A large maker, planted for measure 20. */
const MAKER = firmCode(144);

function upgrade(n: number, facts: Facts, expect: readonly Expectation[]): Planted {
  return {
    table: '技改项目',
    id: `JG-${n}`,
    facts: {
      名称: `样例技改${n}（合成）`,
      企业: MAKER,
      技术改造升级: true,
      支持方式: '直接补助',
      列入省级专项: true,
      备案总投资: wan(26000),
      申报日期: '2023-12-01',
      ...facts,
    },
    expect,
  };
}

function loan(n: number, row: number, principal: string, days: bigint, signed: string): Planted {
  return {
    table: '技改项目.贷款',
    id: `JD-${n}-${row}`,
    facts: {
      上级: `JG-${n}`,
      本金: yuan(principal),
      期限: 60n,
      合同日期: signed,
      计息起日: '2023-01-01',
      计息天数: days,
      累计计息天数: days,
    },
    expect: [],
  };
}

const granted = (fen: string, why: string): Expectation => yes(GRANT, yuan(fen), why, LAW.upgrade);
const eased = (fen: string, why: string): Expectation =>
  yes(INTEREST, yuan(fen), why, LAW.upgradeLoan);

const LOAN: Facts = {
  支持方式: '贷款贴息',
  审定设备软件投资: wan(8000),
  年度已付利息: wan(2000),
  累计已付利息: wan(2000),
};

const upgrades: readonly Planted[] = [
  upgrade(901, { 审定设备软件投资: yuan('199999999.99') }, [
    granted('9999999.99', '199999999.99元×5%=9999999.9995元，舍去不足1分'),
    no(INTEREST, '贷款贴息方式', '申报的是直接补助', LAW.upgradeLoan),
  ]),
  upgrade(902, { 审定设备软件投资: yuan('200000000') }, [
    granted('10000000.00', '2亿元×5%=1000万元，恰到限额'),
  ]),
  upgrade(903, { 审定设备软件投资: yuan('200000000.20') }, [
    granted('10000000.00', '10000000.01元，按1000万元封顶（口径12.5#1）'),
  ]),
  upgrade(904, { 审定设备软件投资: yuan('33333.33') }, [
    granted('1666.66', '33333.33元×5%=1666.6665元，舍去不足1分'),
  ]),
  upgrade(905, { 审定设备软件投资: wan(3000), 列入省级专项: undefined }, [
    unknown(GRANT, '列入省级专项', '省级名单未公布（口径12.3#3）', LAW.upgrade),
  ]),
  upgrade(906, { 审定设备软件投资: wan(3000), 列入省级专项: false }, [
    no(GRANT, '列入省级专项', '未列入省级专项（口径12.3#3）', LAW.upgrade),
  ]),
  upgrade(907, { 审定设备软件投资: wan(3000), 支持方式: '两者兼用' }, [
    no(GRANT, '直接补助方式', '两种方式择一（口径12.4#3）', LAW.upgrade),
    no(INTEREST, '贷款贴息方式', '两种方式择一（口径12.4#3）', LAW.upgradeLoan),
  ]),
  upgrade(908, { 审定设备软件投资: wan(3000), 技术改造升级: false }, [
    no(GRANT, '技术改造升级', '新建产能，不是技术改造', LAW.upgrade),
  ]),
  upgrade(911, LOAN, [
    eased('9999999.99', '273972602.73元×3.65%×360÷360=9999999.9996元，舍去不足1分'),
  ]),
  loan(911, 1, '273972602.73', 360n, '2022-12-20'),
  upgrade(912, LOAN, [
    eased('10000000.00', '273972602.74元×3.65%=10000000.00001元，按1000万元封顶'),
  ]),
  loan(912, 1, '273972602.74', 360n, '2022-12-20'),
  upgrade(913, LOAN, [eased('10000000.00', '289855073元×3.45%=1000万元有余，按1000万元封顶')]),
  loan(913, 1, '289855073', 360n, '2023-08-21'),
  upgrade(914, { ...LOAN, 年度已付利息: yuan('812345.67') }, [
    eased('812345.67', '测算109.5万元，以实付利息为限（口径12.4#5）'),
  ]),
  loan(914, 1, '30000000', 360n, '2023-05-22'),
  upgrade(915, LOAN, [
    eased(
      '545458.33',
      '1000万元×3.65%×360÷360 + 1000万元×3.55%×183÷360=545458.3333…元，合计后舍去不足1分',
    ),
  ]),
  loan(915, 1, '10000000', 360n, '2023-06-19'),
  loan(915, 2, '10000000', 183n, '2023-06-20'),
  upgrade(916, { ...LOAN, 年度已付利息: undefined, 累计已付利息: undefined }, [
    unknown(INTEREST, '年度已付利息', '结息单未报', LAW.upgradeLoan),
  ]),
  loan(916, 1, '10000000', 360n, '2023-05-22'),
  upgrade(917, LOAN, [unknown(INTEREST, '贷款', '银行没有报该项目的贷款明细', LAW.upgradeLoan)]),
];

const SHOW = '优秀演艺项目奖补';
const OUTSTANDING = '认定 优秀文旅演艺项目';

function show(n: number, invested: string | undefined, facts: Facts, expect: Expectation): Planted {
  return {
    table: '演艺项目',
    id: `YY-${n}`,
    facts: {
      名称: `《样例剧目${n}》驻场演出（合成）`,
      主体: firmCode(151),
      文旅演艺: true,
      实际投资: invested === undefined ? undefined : yuan(invested),
      [OUTSTANDING]: true,
      ...facts,
    },
    expect: [expect],
  };
}

const shows: readonly Planted[] = [
  show(901, '99999999.99', {}, no(SHOW, '投资超亿元', '不到1亿元', LAW.show)),
  show(
    902,
    '100000000.00',
    {},
    no(SHOW, '投资超亿元', '恰1亿元，“超过”不含本数（口径13.2#1）', LAW.show),
  ),
  show(903, '100000000.01', {}, yes(SHOW, wan(500), '超过1亿元1分', LAW.show)),
  show(
    904,
    '180000000',
    { [OUTSTANDING]: undefined },
    awaited(SHOW, '优秀文旅演艺项目', '待专家评审', LAW.show),
  ),
  show(905, '180000000', { [OUTSTANDING]: false }, no(SHOW, '优秀', '评审不属优秀', LAW.show)),
  show(
    906,
    '180000000',
    { 文旅演艺: false },
    no(SHOW, '文旅演艺项目', '会议中心，不是演艺项目', LAW.show),
  ),
  show(907, undefined, {}, unknown(SHOW, '实际投资', '审计报告未交', LAW.show)),
];

const CONSORTIUM = '联合体重大攻关支持';
const WEAK = '关键技术攻关支持';
const REBUILD = '基础再造和重大装备支持';
const JOINT = '领军企业联合计划支持';

function science(n: number, kind: string | undefined, facts: Facts, expect: Expectation): Planted {
  return {
    table: '科技项目',
    id: `KJ-${n}`,
    facts: {
      名称: `样例科研${n}（合成）`,
      企业: MAKER,
      类别: kind,
      组建创新联合体: true,
      列入断点清单: true,
      省以上立项: true,
      立项日期: '2023-10-16',
      由领军企业承担: true,
      ...facts,
    },
    expect: [expect],
  };
}

const rebuilt = (fen: string, why: string): Expectation =>
  yes(REBUILD, yuan(fen), why, LAW.rebuild);
const joined = (fen: string, why: string): Expectation => yes(JOINT, yuan(fen), why, LAW.joint);

const sciences: readonly Planted[] = [
  science(
    901,
    '重大攻关示范项目',
    {},
    yes(CONSORTIUM, wan(1000), '只有下限：不低于1000万元', LAW.consortium),
  ),
  science(
    902,
    '重大攻关示范项目',
    { 组建创新联合体: false },
    no(CONSORTIUM, '联合体', '没有组建联合体', LAW.consortium),
  ),
  science(
    903,
    '重大攻关示范项目',
    { 省以上立项: undefined },
    unknown(CONSORTIUM, '省以上立项', '省里结果未出（口径15.1#2）', LAW.consortium),
  ),
  science(
    904,
    '关键技术攻关项目',
    {},
    yes(WEAK, wan(100), '只有下限：不低于100万元', LAW.weakLink),
  ),
  science(
    905,
    '关键技术攻关项目',
    { 列入断点清单: false },
    no(WEAK, '断点卡点堵点', '不在断点清单上', LAW.weakLink),
  ),
  science(
    906,
    '关键技术攻关项目',
    { 列入断点清单: undefined },
    unknown(WEAK, '列入断点清单', '清单未核对', LAW.weakLink),
  ),
  science(
    911,
    '产业基础再造工程',
    { 审定实际投资: yuan('99999999.94') },
    rebuilt('9999999.99', '10%为9999999.994元，四舍五入到分'),
  ),
  science(
    912,
    '重大技术装备攻关工程',
    { 审定实际投资: yuan('100000000') },
    rebuilt('10000000.00', '1亿元×10%，恰到限额'),
  ),
  science(
    913,
    '产业基础再造工程',
    { 审定实际投资: yuan('100000000.10') },
    rebuilt('10000000.00', '10000000.01元，按1000万元封顶'),
  ),
  science(
    914,
    '产业基础再造工程',
    { 审定实际投资: yuan('0.05') },
    rebuilt('0.01', '0.005元，四舍五入为1分'),
  ),
  science(
    915,
    '产业基础再造工程',
    { 审定实际投资: yuan('0.04') },
    no(REBUILD, '有支持额', '0.004元，四舍五入为0', LAW.rebuild),
  ),
  science(
    916,
    '产业基础再造工程',
    { 审定实际投资: undefined },
    unknown(REBUILD, '审定实际投资', '审计报告未交', LAW.rebuild),
  ),
  science(
    921,
    '应用基础研究联合计划',
    { 联合计划总额: yuan('19999999.96') },
    joined('4999999.99', '25%为4999999.99元，限额之下1分'),
  ),
  science(
    922,
    '应用基础研究联合计划',
    { 联合计划总额: yuan('20000000') },
    joined('5000000.00', '2000万元×25%，恰到限额'),
  ),
  science(
    923,
    '应用基础研究联合计划',
    { 联合计划总额: yuan('20000000.04') },
    joined('5000000.00', '5000000.01元，按500万元封顶'),
  ),
  science(
    924,
    '应用基础研究联合计划',
    { 联合计划总额: wan(600), 由领军企业承担: false },
    no(JOINT, '科技领军企业', '不是认定的领军企业', LAW.joint),
  ),
  science(
    925,
    '应用基础研究联合计划',
    { 联合计划总额: wan(600), 省以上立项: false },
    no(JOINT, '省以上立项', '省里没有立项（口径15.1#3）', LAW.joint),
  ),
  science(926, '应用基础研究联合计划', {}, unknown(JOINT, '联合计划总额', '协议未交', LAW.joint)),
];

const CONTRACT = '承接高校院所成果奖补';

function contract(n: number, facts: Facts, expect: Expectation): Planted {
  return {
    table: '技术合同',
    id: `HT-${n}`,
    facts: {
      名称: `样例技术合同${n}（合成）`,
      企业: firmCode(127, '91', '高新区'),
      方式: '技术转让',
      成果方类型: '高等学校',
      已登记: true,
      付款日期: '2023-12-01',
      印发后付款额: yuan('860000'),
      累计付款额: yuan('1200000'),
      ...facts,
    },
    expect: [expect],
  };
}

const taken = (why: string): Expectation => yes(CONTRACT, wan(200), why, LAW.contract);

const contracts: readonly Planted[] = [
  contract(
    901,
    {},
    taken('只列200万元上限，比例另定（口径15.5#1）；该企业当年合计400万元，超限额200万元'),
  ),
  contract(
    902,
    { 印发后付款额: yuan('0.01') },
    taken('印发后付款1分也算已付款；该企业当年合计400万元，超限额200万元'),
  ),
  contract(
    903,
    { 印发后付款额: 0n, 付款日期: '2023-11-21' },
    no(CONTRACT, '已付款', '款项都在印发前付清（口径15.5#4）', LAW.contract),
  ),
  contract(
    904,
    { 方式: '技术服务', 企业: MAKER },
    awaited(CONTRACT, '其他技术承接方式', '技术服务合同逐份认定（口径15.5#3）', LAW.contract),
  ),
  contract(
    905,
    { 方式: '技术服务', '认定 其他技术承接方式': false },
    no(CONTRACT, '承接方式', '认定不属承接成果', LAW.contract),
  ),
  contract(906, { 成果方类型: '企业' }, no(CONTRACT, '高校院所成果', '成果方是企业', LAW.contract)),
  contract(907, { 已登记: false }, no(CONTRACT, '合同登记', '合同未登记', LAW.contract)),
  contract(
    908,
    { 印发后付款额: undefined, 付款日期: undefined },
    unknown(CONTRACT, '印发后付款额', '付款凭证未交', LAW.contract),
  ),
];

export const industryPlanted: readonly Planted[] = [
  ...upgrades,
  ...shows,
  ...sciences,
  ...contracts,
];
