/** Planted firms for measure 20 (稳岗返还 and the items set elsewhere) and for 13.1. */
import { yuan } from '../register.ts';
import type { Facts } from '../register.ts';
import { firm, insured, trader } from './firm.ts';
import { LAW, awaited, no, unknown, yes } from './planted.ts';
import type { Expectation, Planted } from './planted.ts';

const REFUND = '稳岗返还';
const RATE = '裁员率不超限';

const maker: Facts = {
  行业: '工业',
  限额以上: false,
  从业人员: 220n,
  营业收入: yuan('18600000'),
  资产总额: yuan('9800000'),
  规模: '小型',
};

const large: Facts = {
  ...maker,
  从业人员: 1260n,
  营业收入: yuan('905000000'),
  资产总额: yuan('1200000000'),
  规模: '大型',
};

const refund = (fen: string, why: string): Expectation => yes(REFUND, yuan(fen), why, LAW.refund);
const refused = (failed: string, why: string): Expectation =>
  no(REFUND, failed, why, LAW.refundWho);
const lacking = (missing: string, why: string): Expectation =>
  unknown(REFUND, missing, why, LAW.refundWho);

/** The rate of layoffs, one step below, at and above each limit. */
const rates: readonly Planted[] = [
  firm({
    n: 101,
    name: '平山恰好轧辊有限公司',
    district: '平山区',
    facts: { ...maker, ...insured({ heads: '200', left: 11n }) },
    expect: [refund('72000.00', '11÷200=5.5%，不高于5.5%；120000元×60%')],
  }),
  firm({
    n: 102,
    name: '平山超限轧辊有限公司',
    district: '平山区',
    facts: { ...maker, ...insured({ heads: '200', left: 12n }) },
    expect: [refused(RATE, '12÷200=6%，高于5.5%')],
  }),
  firm({
    n: 103,
    name: '南芬恰好矿山配件有限公司',
    district: '南芬区',
    facts: { ...maker, ...insured({ heads: '30', left: 6n, unit: '5400', staff: '5400' }) },
    expect: [refund('6480.00', '30人以下按20%：6÷30=20%；10800元×60%')],
  }),
  firm({
    n: 104,
    name: '南芬超限矿山配件有限公司',
    district: '南芬区',
    facts: { ...maker, ...insured({ heads: '30', left: 7n }) },
    expect: [refused(RATE, '7÷30=23.3%，高于20%')],
  }),
  firm({
    n: 105,
    name: '南芬过线矿山配件有限公司',
    district: '南芬区',
    facts: { ...maker, ...insured({ heads: '30.01', left: 2n }) },
    expect: [refused(RATE, '月均30.01人，不在“30人（包含）以下”之列；2÷30.01=6.7%，高于5.5%')],
  }),
  firm({
    n: 106,
    name: '本溪县未裁员木业有限公司',
    district: '本溪满族自治县',
    facts: { ...maker, ...insured({ heads: '64.5', left: 9n, notCounted: 9n }) },
    expect: [
      refund('72000.00', '减员9人全部不计入裁员，未裁员；120000元×60%'),
      unknown(
        '一次性扩岗补助',
        '扩岗招用人数',
        '就业比对表该行有一格填“基本齐备”，整行退回',
        LAW.jobs,
      ),
      unknown('创业孵化基地奖补', '创业孵化基地', '同上，该行退回', LAW.jobs),
      unknown('吸纳高校毕业生补贴', '吸纳毕业生人数', '同上，该行退回', LAW.graduates),
    ],
  }),
  firm({
    n: 107,
    name: '本溪县十一比两百石材有限公司',
    district: '本溪满族自治县',
    facts: { ...maker, ...insured({ heads: '199.99', left: 11n }) },
    expect: [refused(RATE, '11÷199.99略高于5.5%，按精确分数比较')],
  }),
];

/** The rate of the refund and its rounding to the 分. */
const amounts: readonly Planted[] = [
  firm({
    n: 111,
    name: '本溪缺规模机械有限公司',
    facts: { ...maker, 规模: undefined, ...insured({ heads: '88', left: 2n }) },
    expect: [
      lacking('规模', '统计部门未划型，按30%还是60%不知道'),
      unknown('稳岗扩岗支持', '规模', '统计部门未划型，是不是小微企业不知道', LAW.jobs),
    ],
  }),
  firm({
    n: 112,
    name: '本溪大型特钢有限公司',
    district: '平山区',
    facts: {
      ...large,
      ...insured({ heads: '1102.5', left: 20n, unit: '600000.03', staff: '400000.02' }),
    },
    expect: [refund('300000.02', '大型按30%：1000000.05元×30%=300000.015元，四舍五入到分')],
  }),
  firm({
    n: 113,
    name: '本溪中型特钢有限公司',
    district: '平山区',
    facts: {
      ...large,
      规模: '中型',
      ...insured({ heads: '902', left: 20n, unit: '600000.03', staff: '400000.02' }),
    },
    expect: [refund('600000.03', '中小微按60%：1000000.05元×60%=600000.03元')],
  }),
  firm({
    n: 114,
    name: '桓仁一分钱参业有限公司',
    district: '桓仁满族自治县',
    facts: { ...maker, ...insured({ heads: '1', left: 0n, unit: '0.01', staff: '0.00' }) },
    expect: [refund('0.01', '0.01元×60%=0.006元，四舍五入为1分')],
  }),
  firm({
    n: 115,
    name: '本溪一分钱大型设备有限公司',
    facts: { ...large, ...insured({ heads: '1', left: 0n, unit: '0.01', staff: '0.00' }) },
    expect: [
      no(REFUND, '有返还额', '大型按30%：0.003元，四舍五入为0，不返还（口径20.7#4）', LAW.refund),
    ],
  }),
  firm({
    n: 116,
    name: '本溪仁和养老服务中心',
    kind: '52',
    facts: {
      行业: '其他未列明行业',
      限额以上: false,
      参保单位类型: '社会服务机构',
      ...insured({ heads: '26', left: 1n, unit: '3120.55', staff: '3120.55' }),
    },
    expect: [refund('3744.66', '社会服务机构参照中小微按60%（口径20.7#1）：6241.10元×60%')],
  }),
  firm({
    n: 117,
    name: '溪湖区彩屯好再来面馆',
    kind: '92',
    district: '溪湖区',
    facts: {
      法人: false,
      参保单位类型: '个体工商户',
      ...insured({ heads: '2', left: 0n, unit: '318.24', staff: '318.24' }),
    },
    expect: [refund('381.89', '个体工商户无须划型，按60%：636.48元×60%=381.888元')],
  }),
];

const conditions: readonly Planted[] = [
  firm({
    n: 121,
    name: '明山欠费铸件有限公司',
    facts: { ...maker, ...insured({ heads: '40', left: 0n }), 失业保险足额缴费: false },
    expect: [refused('足额缴费', '2022年有欠费未补缴')],
  }),
  firm({
    n: 122,
    name: '明山十一个月铸件有限公司',
    facts: { ...maker, ...insured({ heads: '40', left: 0n }), 累计缴费月数: 11n },
    expect: [refused('足额缴费', '累计缴费11个月，不足12个月（口径20.5#5）')],
  }),
  firm({
    n: 123,
    name: '明山十二个月铸件有限公司',
    facts: { ...maker, ...insured({ heads: '40', left: 0n }), 累计缴费月数: 12n },
    expect: [refund('72000.00', '累计缴费恰12个月')],
  }),
  firm({
    n: 124,
    name: '明山失信建材有限公司',
    facts: { ...maker, ...insured({ heads: '40', left: 0n }), 列入负面清单: true },
    expect: [refused('负面清单', '列入严重失信主体名单')],
  }),
  firm({
    n: 125,
    name: '火连寨违规石灰有限公司',
    district: '溪湖区',
    facts: { ...maker, ...insured({ heads: '40', left: 0n }), 违反产业环保政策: true },
    expect: [refused('产业环保', '列入环保违规名单')],
  }),
  firm({
    n: 126,
    name: '桓仁雅河参保合作社',
    kind: '93',
    district: '桓仁满族自治县',
    facts: {
      ...maker,
      行业: '农林牧渔业',
      参保单位类型: '其他单位',
      ...insured({ heads: '12', left: 0n }),
    },
    expect: [refused('返还对象', '参保单位类型为其他单位，不在列（口径20.7#1）')],
  }),
  firm({
    n: 127,
    name: '高新区未比对药业有限公司',
    district: '高新区',
    facts: { ...maker, ...insured({ heads: '75', left: 1n }), 列入负面清单: undefined },
    expect: [lacking('列入负面清单', '负面清单比对结果为空，未知不等于不在清单上')],
  }),
  firm({
    n: 128,
    name: '高新区错码药业有限公司',
    district: '高新区',
    facts: { ...maker, ...insured({ heads: '75', left: 1n }) },
    expect: [
      lacking(
        '失业保险足额缴费、单位失业保险费、职工失业保险费',
        '缴费表里信用代码少一位，该行退回',
      ),
    ],
  }),
  firm({
    n: 129,
    name: '高新区冲突药业有限公司',
    district: '高新区',
    facts: { ...maker, ...insured({ heads: '75', left: 1n }) },
    expect: [
      lacking(
        '参保单位类型、失业保险参保、累计缴费月数、裁员人数、不计入裁员人数、月均参保人数',
        '参保情况报了两行，互相矛盾，两行都退回',
      ),
      unknown('失业保险降费率', '失业保险在保', '同上，两行都退回', LAW.jobs),
    ],
  }),
  firm({
    n: 130,
    name: '本溪不参保咨询有限公司',
    facts: { ...maker, 行业: '租赁和商务服务业' },
    expect: [refused('参保', '2022年未参加失业保险')],
  }),
];

const scenic: Facts = { ...trader('其他未列明行业'), 限额以上: false, 限上入库年月: undefined };

/** Items that other documents settle: who they are for, without an amount. */
const elsewhere: readonly Planted[] = [
  firm({
    n: 141,
    name: '本溪容量大物业有限公司',
    facts: { ...trader('物业管理'), 限额以上: false, '认定 就业容量大': true },
    expect: [yes('稳岗扩岗支持', undefined, '服务业企业，已认定就业容量大', LAW.jobs)],
  }),
  firm({
    n: 142,
    name: '本溪待认定物业有限公司',
    facts: { ...trader('物业管理'), 限额以上: false },
    expect: [
      awaited('稳岗扩岗支持', '就业容量大', '中型服务业企业，只差就业容量大的认定', LAW.jobs),
    ],
  }),
  firm({
    n: 143,
    name: '本溪容量小物业有限公司',
    facts: { ...trader('物业管理'), 限额以上: false, '认定 就业容量大': false },
    expect: [no('稳岗扩岗支持', '支持对象', '中型，且不属就业容量大', LAW.jobs)],
  }),
  firm({
    n: 144,
    name: '本溪大型铸造集团有限公司',
    facts: { ...large, 扩岗招用人数: 3n, 吸纳毕业生人数: 2n, 失业保险在保: true },
    expect: [
      no('稳岗扩岗支持', '支持对象', '大型工业企业，三类对象都不是', LAW.jobs),
      yes('一次性扩岗补助', undefined, '招用3人；金额依上位文件', LAW.jobs),
      yes('吸纳高校毕业生补贴', undefined, '吸纳毕业生2人；金额依上位文件', LAW.graduates),
      yes('失业保险降费率', undefined, '在保，征收时执行', LAW.jobs),
    ],
  }),
  firm({
    n: 145,
    name: '溪城创业孵化有限公司',
    facts: {
      ...trader('租赁和商务服务业'),
      限额以上: false,
      规模: '微型',
      创业孵化基地: true,
      扩岗招用人数: undefined,
    },
    expect: [
      yes('创业孵化基地奖补', undefined, '已认定的创业孵化基地；金额依上位文件', LAW.jobs),
      unknown('一次性扩岗补助', '扩岗招用人数', '招用人数未报', LAW.jobs),
      yes('稳岗扩岗支持', undefined, '微型企业', LAW.jobs),
    ],
  }),
  firm({
    n: 146,
    name: '溪湖区不招人杂货店',
    kind: '92',
    district: '溪湖区',
    facts: { 法人: false, 参保单位类型: '个体工商户' },
    expect: [
      yes('稳岗扩岗支持', undefined, '个体工商户', LAW.jobs),
      no('一次性扩岗补助', '扩岗招用', '没有招用', LAW.jobs),
      no('吸纳高校毕业生补贴', '吸纳毕业生', '没有吸纳毕业生', LAW.graduates),
      no('创业孵化基地奖补', '孵化基地', '不是孵化基地', LAW.jobs),
      no('失业保险降费率', '在保', '没有参保', LAW.jobs),
    ],
  }),
];

const LISTS = '文旅榜单新入选奖补';

const listed: readonly Planted[] = [
  firm({
    n: 151,
    name: '本溪辽砚文化集团有限公司',
    facts: { ...scenic, 文化企业30强入选: true, 文化企业30强上届入选: false },
    expect: [yes(LISTS, yuan('1000000'), '上届未入选、本届入选文化企业30强', LAW.lists)],
  }),
  firm({
    n: 152,
    name: '本溪水洞旅游集团有限公司',
    facts: { ...scenic, 旅游集团20强入选: true, 旅游集团20强上届入选: true },
    expect: [no(LISTS, '新入选', '上届已入选旅游集团20强，不是新入选', LAW.lists)],
  }),
  firm({
    n: 153,
    name: '本溪枫叶文旅集团有限公司',
    facts: {
      ...scenic,
      文化企业30强入选: true,
      文化企业30强上届入选: false,
      旅游集团20强入选: true,
      旅游集团20强上届入选: false,
    },
    expect: [
      yes(LISTS, yuan('1000000'), '同时新入选两个榜单，只奖补一次（口径13.1#2）', LAW.lists),
    ],
  }),
  firm({
    n: 154,
    name: '本溪五女山旅游集团有限公司',
    district: '桓仁满族自治县',
    facts: { ...scenic, 旅游集团20强入选: true, 旅游集团20强上届入选: undefined },
    expect: [unknown(LISTS, '旅游集团20强上届入选', '上届名单未核', LAW.lists)],
  }),
  firm({
    n: 155,
    name: '本溪关门山文旅投资有限公司',
    district: '本溪满族自治县',
    facts: { ...scenic, 文化企业30强入选: undefined },
    expect: [
      unknown(LISTS, '文化企业30强入选、文化企业30强上届入选', '榜单比对结果为空', LAW.lists),
    ],
  }),
  firm({
    n: 156,
    name: '本溪再度入选文化有限公司',
    facts: {
      ...scenic,
      文化企业30强入选: true,
      文化企业30强上届入选: true,
      旅游集团20强入选: true,
      旅游集团20强上届入选: false,
    },
    expect: [yes(LISTS, yuan('1000000'), '文化榜单不是新入选，旅游榜单是新入选', LAW.lists)],
  }),
];

export const jobFirms: readonly Planted[] = [
  ...rates,
  ...amounts,
  ...conditions,
  ...elsewhere,
  ...listed,
];
