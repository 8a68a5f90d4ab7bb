/** Planted stores, carriers, bases, warehouses and consumer claims. */
import { wan, yuan } from '../register.ts';
import type { Facts } from '../register.ts';
import { firmCode } from './firm.ts';
import { LAW, awaited, no, unknown, yes } from './planted.ts';
import type { Expectation, Planted } from './planted.ts';

const NATIONAL = '知名品牌首店奖励';
const LIAONING = '辽宁首店旗舰店奖励';
const FOOD_NATIONAL = '餐饮全国首店奖励';
const FOOD_LIAONING = '餐饮辽宁首店旗舰店奖励';

const BRAND = '认定 符合要求的知名品牌';
const FOOD_BRAND = '认定 符合要求的知名餐饮品牌';

function store(n: number, name: string, facts: Facts, expect: readonly Expectation[]): Planted {
  const food = facts['品牌业态'] === '餐饮';
  return {
    table: '首店',
    id: `SD-${n}`,
    facts: {
      名称: `${name}（合成）`,
      品牌业态: '零售',
      层级: '全国',
      旗舰店: false,
      旗舰店级别: '无',
      开业日期: '2023-12-01',
      [food ? FOOD_BRAND : BRAND]: true,
      ...facts,
    },
    expect,
  };
}

const national = (why: string): Expectation => yes(NATIONAL, wan(50), why, LAW.store);
const liaoning = (why: string): Expectation => yes(LIAONING, wan(10), why, LAW.store);

function carrier(n: number, name: string): Planted {
  return { table: '载体', id: `ZT-${n}`, facts: { 名称: `${name}（合成）` }, expect: [] };
}

const carriers: readonly Planted[] = [
  carrier(901, '满额广场'),
  carrier(902, '超额广场'),
  carrier(903, '餐饮超额街区'),
  carrier(904, '样例天街'),
  carrier(906, '样例里商街'),
];

/** ZT-901: 50 + 50 = 100万, at the cap. ZT-902: 50 + 50 + 10, over it. */
const capped: readonly Planted[] = [
  store(901, '云裳全国首店', { 载体: 'ZT-901' }, [national('载体当年合计100万元，恰到限额')]),
  store(902, '海纹全国首店', { 载体: 'ZT-901' }, [national('载体当年合计100万元，恰到限额')]),
  store(903, '北境全国首店', { 载体: 'ZT-902' }, [national('载体当年合计110万元，超限额10万元')]),
  store(904, '极光全国首店', { 载体: 'ZT-902' }, [national('载体当年合计110万元，超限额10万元')]),
  store(905, '白桦辽宁首店', { 载体: 'ZT-902', 层级: '辽宁' }, [
    no(NATIONAL, '首店层级', '辽宁首店不是全国首店（口径3.4#1）', LAW.store),
    liaoning('载体当年合计110万元，超限额10万元'),
  ]),
  store(906, '江畔火锅全国首店', { 载体: 'ZT-903', 品牌业态: '餐饮' }, [
    yes(FOOD_NATIONAL, wan(30), '载体餐饮合计60万元，超限额10万元', LAW.food),
  ]),
  store(907, '渔港海鲜全国首店', { 载体: 'ZT-903', 品牌业态: '餐饮' }, [
    yes(FOOD_NATIONAL, wan(30), '载体餐饮合计60万元，超限额10万元', LAW.food),
  ]),
];

const dates: readonly Planted[] = [
  store(911, '印发前一日首店', { 载体: 'ZT-904', 开业日期: '2023-11-21' }, [
    no(NATIONAL, '开业时段', '2023-11-21开业，早于印发日（口径3.4#6）', LAW.store),
  ]),
  store(912, '印发当日首店', { 载体: 'ZT-904', 开业日期: '2023-11-22' }, [
    national('印发当日开业'),
  ]),
  store(913, '办理当日首店', { 载体: 'ZT-905', 开业日期: '2023-12-15' }, [
    national('办理当日开业；载体ZT-905谁都没有报，只能先记编号'),
  ]),
  store(914, '办理次日首店', { 载体: 'ZT-904', 开业日期: '2023-12-16' }, [
    no(NATIONAL, '已开业', '2023-12-16才开业', LAW.store),
  ]),
  store(915, '日期序号首店', { 载体: 'ZT-906', 开业日期: '2023-11-28' }, [
    national('开业日期在表里是序号45258，即2023-11-28'),
  ]),
];

const kinds: readonly Planted[] = [
  store(941, '错别字首店', { 载体: 'ZT-904' }, []),
  store(921, '任一旗舰店', { 载体: 'ZT-904', 层级: '无', 旗舰店: true, 旗舰店级别: '本溪' }, [
    no(NATIONAL, '首店层级', '不是首店', LAW.store),
    liaoning('旗舰店不必是首店，也不限辽宁级（口径3.5#1）'),
  ]),
  store(922, '待认定首店', { 载体: 'ZT-904', [BRAND]: undefined }, [
    awaited(NATIONAL, '符合要求的知名品牌', '只差知名品牌的认定', LAW.store),
    awaited(LIAONING, '符合要求的知名品牌', '只差知名品牌的认定', LAW.store),
  ]),
  store(923, '非知名首店', { 载体: 'ZT-904', [BRAND]: false }, [
    no(NATIONAL, '知名品牌', '市商务局认定不属知名品牌', LAW.store),
  ]),
  store(924, '层级未核首店', { 载体: 'ZT-904', 层级: undefined }, [
    unknown(NATIONAL, '层级', '首店层级未核', LAW.store),
    unknown(LIAONING, '层级', '首店层级未核，又不是旗舰店', LAW.store),
  ]),
  store(925, '本溪首店', { 载体: 'ZT-904', 层级: '本溪' }, [
    no(NATIONAL, '首店层级', '只是本溪首店', LAW.store),
    no(LIAONING, '辽宁首店或旗舰店', '只是本溪首店，也不是旗舰店', LAW.store),
  ]),
  store(926, '南粤茶楼辽宁首店', { 载体: 'ZT-904', 品牌业态: '餐饮', 层级: '辽宁' }, [
    no(FOOD_NATIONAL, '全国首店', '辽宁首店不是全国首店', LAW.food),
    yes(FOOD_LIAONING, wan(5), '辽宁首店，餐饮品牌', LAW.food),
    no(NATIONAL, '首店层级、非餐饮品牌', '餐饮品牌适用第4条（口径3.4#8）', LAW.store),
  ]),
  store(
    927,
    '蜀香小馆待认定店',
    { 载体: 'ZT-904', 品牌业态: '餐饮', 层级: '辽宁', [FOOD_BRAND]: undefined },
    [awaited(FOOD_LIAONING, '符合要求的知名餐饮品牌', '只差知名餐饮品牌的认定', LAW.food)],
  ),
  store(
    928,
    '雪域咖啡亚洲首店',
    { 载体: 'ZT-904', 品牌业态: '餐饮', 层级: '亚洲', 开业日期: undefined },
    [
      unknown(FOOD_NATIONAL, '开业日期', '开业日期未报', LAW.food),
      unknown(FOOD_LIAONING, '开业日期', '开业日期未报', LAW.food),
    ],
  ),
  store(
    929,
    '麦田烘焙全国旗舰店',
    { 载体: 'ZT-904', 品牌业态: '餐饮', 层级: '无', 旗舰店: true, 旗舰店级别: '全国' },
    [
      no(FOOD_NATIONAL, '全国首店', '全国旗舰店不是全国首店（口径4.4#1）', LAW.food),
      yes(FOOD_LIAONING, wan(5), '旗舰店归辽宁首店、旗舰店一档', LAW.food),
    ],
  ),
  store(930, '待认定餐饮全国首店', { 载体: 'ZT-906', 品牌业态: '餐饮', [FOOD_BRAND]: undefined }, [
    awaited(FOOD_NATIONAL, '符合要求的知名餐饮品牌', '只差知名餐饮品牌的认定', LAW.food),
  ]),
  store(931, '餐饮本溪首店', { 载体: 'ZT-906', 品牌业态: '餐饮', 层级: '本溪' }, [
    no(FOOD_LIAONING, '辽宁首店或旗舰店', '只是本溪首店，也不是旗舰店', LAW.food),
  ]),
];

const BASE = '直播基地增量奖励';
const GATE = '符合条件的直播基地';

/** Five months of 2022 with 8,000万 each, and of 2023 with `fen` more in all. */
function baseFigures(fen: bigint): Facts {
  const facts: Facts = {};
  ['07', '08', '09', '10', '11'].forEach((month, i) => {
    const before = wan(8000);
    const share = (fen / 5_000_000n) * 1_000_000n;
    facts[`月贡献纳税零售额 2022-${month}`] = before;
    facts[`月贡献纳税零售额 2023-${month}`] = before + (i < 4 ? share : fen - share * 4n);
  });
  return facts;
}

function base(n: number, name: string, facts: Facts, expect: Expectation): Planted {
  return {
    table: '直播基地',
    id: `ZB-${n}`,
    facts: {
      名称: `${name}直播基地（合成）`,
      运营主体: firmCode(1),
      省级示范: true,
      认定日期: '2022-09-30',
      [`认定 ${GATE}`]: true,
      ...facts,
    },
    expect: [expect],
  };
}

const baseYes = (fen: string, why: string): Expectation => yes(BASE, yuan(fen), why, LAW.base);

const bases: readonly Planted[] = [
  base(
    901,
    '限额之下',
    baseFigures(yuan('199999999')),
    baseYes('1999999.99', '199999999元×1%=1999999.99元'),
  ),
  base(
    902,
    '恰到限额',
    baseFigures(yuan('200000000')),
    baseYes('2000000.00', '2亿元×1%=200万元，恰到限额'),
  ),
  base(
    903,
    '限额之上',
    baseFigures(yuan('200000001')),
    baseYes('2000000.00', '2000000.01元，按200万元封顶'),
  ),
  base(
    904,
    '半分进一',
    baseFigures(yuan('0.50')),
    baseYes('0.01', '0.50元×1%=0.005元，四舍五入为1分'),
  ),
  base(
    905,
    '不足半分',
    baseFigures(yuan('0.49')),
    no(BASE, '有新增', '0.0049元，四舍五入为0，没有奖励额', LAW.base),
  ),
  base(
    906,
    '负增长',
    baseFigures(-yuan('3000000')),
    no(BASE, '有新增', '增量为-300万元', LAW.base),
  ),
  base(
    907,
    '非省级',
    { ...baseFigures(yuan('90000000')), 省级示范: false },
    no(BASE, '省级示范基地', '不是省级示范基地', LAW.base),
  ),
  base(
    908,
    '待认定',
    { ...baseFigures(yuan('90000000')), [`认定 ${GATE}`]: undefined },
    awaited(BASE, GATE, '只差省级支持条件的认定', LAW.base),
  ),
  base(
    909,
    '缺税务数',
    { ...baseFigures(yuan('90000000')), '月贡献纳税零售额 2023-11': undefined },
    unknown(BASE, '月贡献纳税零售额 2023-11', '11月税务数未出', LAW.base),
  ),
];

const WAREHOUSE = '公共海外仓建设支持';

function warehouse(n: number, builder: number, facts: Facts, expect: Expectation): Planted {
  return {
    table: '海外仓项目',
    id: `HW-${n}`,
    facts: {
      建设企业: firmCode(builder),
      由企业建设: true,
      申报日期: '2023-12-04',
      '认定 公共海外仓': true,
      ...facts,
    },
    expect: [expect],
  };
}

const built = (why: string): Expectation => yes(WAREHOUSE, wan(100), why, LAW.warehouse);

const warehouses: readonly Planted[] = [
  warehouse(901, 2, {}, built('该企业当年两个项目，合计200万元，恰到限额')),
  warehouse(902, 2, {}, built('该企业当年两个项目，合计200万元，恰到限额')),
  warehouse(903, 4, {}, built('该企业当年三个项目，合计300万元，超限额100万元')),
  warehouse(904, 4, {}, built('该企业当年三个项目，合计300万元，超限额100万元')),
  warehouse(905, 4, {}, built('该企业当年三个项目，合计300万元，超限额100万元')),
  warehouse(
    906,
    6,
    { '认定 公共海外仓': undefined },
    awaited(WAREHOUSE, '公共海外仓', '待省级认定', LAW.warehouse),
  ),
  warehouse(
    907,
    6,
    { 由企业建设: false },
    no(WAREHOUSE, '企业建设', '租用他人仓库，不是企业建设', LAW.warehouse),
  ),
  warehouse(
    908,
    8,
    { 由企业建设: undefined },
    unknown(WAREHOUSE, '由企业建设', '产权文件未交', LAW.warehouse),
  ),
];

const CLAIM = '消费惠民补贴';

function claim(n: number, facts: Facts, expect: Expectation): Planted {
  return {
    table: '消费补贴',
    id: `XF-${n}`,
    facts: {
      名称: '某某（合成）',
      消费类别: '家电',
      列入方案品类: true,
      方案已公布: true,
      ...facts,
    },
    expect: [expect],
  };
}

const claims: readonly Planted[] = [
  claim(901, {}, yes(CLAIM, undefined, '方案已公布，家电属大宗商品；原文无金额', LAW.claims)),
  claim(902, { 消费类别: '其他' }, no(CLAIM, '消费类别', '不属大宗商品和餐饮', LAW.claims)),
  claim(903, { 方案已公布: false }, no(CLAIM, '活动方案', '没有有文号的活动方案', LAW.claims)),
  claim(
    904,
    { 方案已公布: undefined },
    unknown(CLAIM, '方案已公布', '不知有无活动方案', LAW.claims),
  ),
];

export const commercePlanted: readonly Planted[] = [
  ...carriers,
  ...capped,
  ...dates,
  ...kinds,
  ...bases,
  ...warehouses,
  ...claims,
];
