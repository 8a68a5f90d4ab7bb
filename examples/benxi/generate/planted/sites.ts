/** Planted sites, renovations and cold stores, for 10.3 to 10.5 and 8.8. */
import { scaled, wan, yuan } from '../register.ts';
import type { Facts } from '../register.ts';
import { operatorCode } from './operator.ts';
import { LAW, awaited, no, unknown, yes } from './planted.ts';
import type { Expectation, Planted } from './planted.ts';

const GREEN = '新建日光温室小区补贴';
const SHED = '新建冷棚小区补贴';

function site(
  n: number,
  green: string,
  shed: string,
  facts: Facts,
  expect: readonly Expectation[],
): Planted {
  return {
    table: '小区',
    id: `XQ-${n}`,
    facts: {
      名称: `样例小区${n}（合成）`,
      建设主体: operatorCode(201),
      新建: true,
      开工日期: '2023-05-10',
      建成日期: '2023-10-20',
      验收日期: '2023-11-30',
      日光温室占地面积: scaled(green, 2),
      日光温室棚内面积: (scaled(green, 2) * 8n) / 10n,
      冷棚占地面积: scaled(shed, 2),
      冷棚棚内面积: (scaled(shed, 2) * 8n) / 10n,
      ...facts,
    },
    expect,
  };
}

const greenNo = (failed: string, why: string): Expectation =>
  no(GREEN, failed, why, LAW.greenhouse);
const shedNo = (failed: string, why: string): Expectation => no(SHED, failed, why, LAW.shed);

const sites: readonly Planted[] = [
  site(901, '9.99', '0', {}, [greenNo('规模', '9.99亩，差0.01亩不到10亩')]),
  site(902, '10', '0', {}, [yes(GREEN, wan(12), '恰10亩×1.2万元', LAW.greenhouse)]),
  site(903, '10.01', '0', {}, [
    yes(GREEN, yuan('120120'), '10.01亩×1.2万元，全部面积计算（口径10.3#2）', LAW.greenhouse),
  ]),
  site(904, '0', '19.99', {}, [shedNo('规模', '19.99亩，差0.01亩不到20亩')]),
  site(905, '0', '20', {}, [yes(SHED, wan(6), '恰20亩×0.3万元', LAW.shed)]),
  site(906, '0', '20.01', {}, [yes(SHED, yuan('60030'), '20.01亩×0.3万元', LAW.shed)]),
  site(907, '12.5', '22', {}, [
    yes(GREEN, wan(15), '混建小区，日光温室12.5亩', LAW.greenhouse),
    yes(SHED, yuan('66000'), '混建小区，冷棚22亩，各按各的门槛', LAW.shed),
  ]),
  site(908, '9', '19', {}, [
    greenNo('规模', '两类合计28亩，但门槛分别计算'),
    shedNo('规模', '两类合计28亩，但门槛分别计算'),
  ]),
  site(909, '15', '0', { 建成日期: '2022-12-31' }, [
    greenNo('新建时间', '2022年建成（口径10.3#6）'),
  ]),
  site(910, '15', '0', { 建成日期: '2023-01-01' }, [
    yes(GREEN, wan(18), '2023年第一天建成', LAW.greenhouse),
  ]),
  site(911, '15', '0', { 建成日期: '2023-12-31' }, [
    yes(GREEN, wan(18), '2023年底前含最后一日', LAW.greenhouse),
  ]),
  site(912, '15', '0', { 建成日期: '2024-01-01' }, [greenNo('年底前', '2024年才建成')]),
  site(913, '15', '0', { 新建: false }, [greenNo('新建', '原址改扩建，不是新建')]),
  site(914, '15', '0', { 建成日期: undefined }, [
    unknown(GREEN, '建成日期', '没有竣工记录', LAW.greenhouse),
  ]),
  site(916, '11.25', '0', { 建设主体: 'NH210522001' }, [
    yes(
      GREEN,
      wan(13) + wan(1) / 2n,
      '农户没有信用代码，用登记编号；11.25亩×1.2万元',
      LAW.greenhouse,
    ),
  ]),
  site(915, '0', '30', { 冷棚占地面积: undefined }, [
    unknown(SHED, '冷棚占地面积', '尚未测绘', LAW.shed),
  ]),
];

const RENOVATE = '设施农业改造提升补贴';

function renovation(
  n: number,
  costs: readonly string[],
  mu: readonly string[],
  facts: Facts,
  expect: Expectation,
): Planted {
  const [a = '0', b = '0', c = '0', d = '0'] = costs;
  const [green = '0', shed = '0'] = mu;
  return {
    table: '改造项目',
    id: `GZ-${n}`,
    facts: {
      名称: `样例改造${n}（合成）`,
      主体: operatorCode(202),
      老旧或灾损: true,
      同年已享新建补贴: false,
      日光温室结构成本: yuan(a),
      日光温室配套成本: yuan(b),
      冷棚结构成本: yuan(c),
      冷棚配套成本: yuan(d),
      日光温室面积: scaled(green, 2),
      冷棚面积: scaled(shed, 2),
      ...facts,
    },
    expect: [expect],
  };
}

const mended = (fen: string, why: string): Expectation =>
  yes(RENOVATE, yuan(fen), why, LAW.renovation);

const renovations: readonly Planted[] = [
  renovation(
    901,
    ['333333.33'],
    ['10'],
    {},
    mended('49999.99', '333333.33元×15%=49999.9995元，舍去不足1分，低于10亩限额5万元'),
  ),
  renovation(
    902,
    ['333333.34'],
    ['10'],
    {},
    mended('50000.00', '15%为50000.001元，按10亩×0.5万元封顶'),
  ),
  renovation(
    903,
    ['0', '0', '100000', '0'],
    ['0', '15'],
    {},
    mended('15000.00', '100000元×15%=15000元，恰等于15亩×0.1万元'),
  ),
  renovation(
    904,
    ['0', '0', '100000.07', '0'],
    ['0', '15'],
    {},
    mended('15000.00', '15%为15000.0105元，按15亩×0.1万元封顶'),
  ),
  renovation(
    905,
    ['200000', '100000', '50000', '0'],
    ['8', '10'],
    {},
    mended(
      '50000.00',
      '四项成本合计35万元×15%=52500元，限额合并为8×0.5万+10×0.1万=5万元（口径10.5#4）',
    ),
  ),
  renovation(
    906,
    ['120000', '80000'],
    ['8'],
    { 老旧或灾损: false },
    mended('12000.00', '不属老旧灾损，结构成本不计；配套8万元×15%（口径10.5#5）'),
  ),
  renovation(
    907,
    ['120000'],
    ['8'],
    { 老旧或灾损: false },
    no(RENOVATE, '老旧灾损或新增配套、有补贴额', '既非老旧灾损，又无新增配套', LAW.renovation),
  ),
  renovation(
    908,
    ['120000'],
    ['8'],
    { 同年已享新建补贴: true },
    no(RENOVATE, '未重复享受', '同年已享新建补贴（口径10.5#6）', LAW.renovation),
  ),
  renovation(
    909,
    ['120000'],
    ['8'],
    { 老旧或灾损: undefined },
    unknown(RENOVATE, '老旧或灾损', '乡镇证明未出', LAW.renovation),
  ),
];

const COLD = '产地冷藏保鲜设施补助';
const ACCEPTED = '认定 冷藏设施验收合格';

function coldStore(n: number, cost: string, facts: Facts, expect: Expectation): Planted {
  return {
    table: '冷藏设施',
    id: `LC-${n}`,
    facts: {
      建设主体: operatorCode(203),
      主体类型: '农民合作社示范社',
      示范级别: '县级',
      建设地点: '重点乡镇',
      主要产品: '蔬菜',
      设施类型: '机械冷库',
      列入计划日期: '2023-04-18',
      验收日期: '2023-11-20',
      净造价: yuan(cost),
      全口径造价: yuan(cost) + wan(20),
      适用限定标准: false,
      [ACCEPTED]: true,
      ...facts,
    },
    expect: [expect],
  };
}

const cooled = (fen: string, why: string): Expectation => yes(COLD, yuan(fen), why, LAW.cold);

const coldStores: readonly Planted[] = [
  coldStore(
    901,
    '3333333.30',
    { 建设主体: operatorCode(204) },
    cooled('999999.99', '3333333.30元×30%=999999.99元，限额之下1分'),
  ),
  coldStore(
    902,
    '3333333.33',
    { 建设主体: operatorCode(205) },
    cooled('999999.99', '30%为999999.999元，舍去不足1分（口径8.8#7）'),
  ),
  coldStore(
    903,
    '3333333.34',
    { 建设主体: operatorCode(206) },
    cooled('1000000.00', '30%为1000000.002元，按100万元封顶'),
  ),
  coldStore(
    904,
    '2000000',
    { 适用限定标准: true, 限定标准额: yuan('432100.55') },
    cooled('432100.55', '有限定标准，按限定标准额（口径8.8#5）'),
  ),
  coldStore(
    905,
    '2500000',
    {},
    cooled('750000.00', '该主体当年合计1182100.55元，超100万元限额182100.55元'),
  ),
  coldStore(
    906,
    '800000',
    { 主体类型: '示范家庭农场', 示范级别: '乡镇级' },
    no(COLD, '示范层级', '乡镇级，不到县级', LAW.coldWho),
  ),
  coldStore(
    907,
    '800000',
    { 主体类型: '已登记农村集体经济组织', 示范级别: '无', 建设主体: operatorCode(201) },
    cooled('240000.00', '已登记的集体经济组织不要求示范级别'),
  ),
  coldStore(
    908,
    '800000',
    { 建设地点: '其他' },
    no(COLD, '建设地点', '不在重点乡镇和中心村', LAW.coldWho),
  ),
  coldStore(
    909,
    '800000',
    { 设施类型: '仅配套设施' },
    no(COLD, '设施类型', '单独建配套不支持（口径8.8.b#1）', LAW.coldKind),
  ),
  coldStore(
    910,
    '800000',
    { 列入计划日期: '2022-12-31' },
    no(COLD, '项目年度', '列入2022年计划', LAW.coldWho),
  ),
  coldStore(
    911,
    '800000',
    { [ACCEPTED]: undefined, 验收日期: undefined },
    awaited(COLD, '冷藏设施验收合格', '尚未验收', LAW.cold),
  ),
  coldStore(
    912,
    '800000',
    { 主体类型: '其他主体', 示范级别: '无' },
    awaited(COLD, '同类建设主体', '列举以外的主体，逐户认定（口径8.8#1）', LAW.coldWho),
  ),
  coldStore(
    913,
    '800000',
    { 主体类型: '其他主体', 示范级别: '无', '认定 同类建设主体': false },
    no(COLD, '主体类型', '经认定不属同类主体', LAW.coldWho),
  ),
  coldStore(914, '0', { 净造价: undefined }, unknown(COLD, '净造价', '造价审核报告未交', LAW.cold)),
];

export const sitesPlanted: readonly Planted[] = [...sites, ...renovations, ...coldStores];
