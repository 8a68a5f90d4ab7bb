/** What a planted subject is: facts chosen by hand, and what the law says of it. */
import type { Facts } from '../register.ts';

export type Verdict = '满足' | '不满足' | '资料不足' | '待认定';

/** Decided by hand from the words of the law, on 2023-12-15. */
export interface Expectation {
  readonly item: string;
  readonly verdict: Verdict;
  /** 分, of a 满足 whose item states an amount. */
  readonly fen?: bigint;
  /** Conditions that fail, by the names of the package. */
  readonly failed?: string;
  /** Facts that are missing, by the labels of the register. */
  readonly missing?: string;
  /** Judgements that are awaited. */
  readonly pending?: string;
  /** One line for the reader. */
  readonly why: string;
  /** The sentence of the law that decides. */
  readonly law: string;
}

export interface Planted {
  readonly table: string;
  readonly id: string;
  readonly facts: Facts;
  /** Of a market entity: what its forms show beside the facts. */
  readonly shown?: Readonly<Record<string, string>>;
  readonly expect: readonly Expectation[];
}

/** Sentences of 本政规〔2023〕10号, as published. */
export const LAW = {
  claims: '积极发放大宗商品和餐饮消费惠民补贴',
  base: '对符合条件的省级电商直播示范基地按照其2023年7月至11月期间贡献纳税零售额新增部分的1%给予奖励，每个基地最高获得奖励不超过200万元。',
  tradeWho:
    '对限额以上批发和零售业法人企业，依据企业在2023年9月至11月期间累计实现的限上零售额增量情况给予奖励。',
  trade:
    '给予累计增量达到5亿元（包含）以上的批发和零售企业奖励100万元、2亿元（包含）至5亿元（不含）的奖励50万元、1亿元（包含）至2亿元（不含）的奖励30万元、5000万元（包含）至1亿元（不含）的奖励10万元。',
  store:
    '对引入符合相关要求国内外知名品牌开设首店的最高奖励50万元，引入辽宁首店、旗舰店的最高奖励10万元。',
  storeCap: '单个商业载体每年奖励不超过100万元。',
  lodgingWho:
    '对限额以上住宿和餐饮业法人企业，依据企业在2023年9月至11月期间累计实现的限上零售额增量情况给予奖励。',
  lodging:
    '给予累计增量超过1000万元（包含）的住宿和餐饮企业奖励10万元、500万元（包含）至1000万元（不含）的奖励5万元。',
  food: '对引入符合相关要求国内外知名餐饮品牌首店、旗舰店的商业载体给予奖励，引入全国首店的最高奖励30万元，引入辽宁首店、旗舰店的最高奖励5万元。',
  foodCap: '单个商业载体每年奖励不超过50万元。',
  coldWho:
    '支持县级以上示范家庭农场、农民合作社示范社和已登记的农村集体经济组织等主体，在重点乡（镇）和中心村建设产地冷藏保鲜设施。',
  coldKind: '支持通风贮藏库、机械冷库、气调贮藏库、预冷及配套设施建设',
  cold: '项目验收合格后，按限定补助，比例上限不超过建设设施总造价的 30%、单个建设主体补助规模最高不超过 100 万元。',
  warehouse:
    '争取省以上资金支持企业建设公共海外仓，单个项目支持金额不超过 100 万元，单户企业年度支持金额不超过 200 万元；',
  farmLoan:
    '贷款贴息比例不高于中国人民银行公布的同期同档次贷款市场报价利率（LPR）的 70%且不超过 2%，单个主体获得的年度贴息资金最高不超过 200 万元。',
  greenhouse: '2023 年底前对新建 10 亩（含 10 亩）以上的日光温室小区每亩补贴 1.2 万元，',
  shed: '新建 20 亩以上（含 20 亩）的冷棚小区，每亩补贴 0.3 万元。',
  renovation:
    '补贴标准不超过改造提升物化成本的 15%并限额补贴，日光温室每亩不超过 0.5 万元、冷棚每亩不超过 0.1 万元。',
  upgrade: '以直接补助方式支持技术改造升级的项目，补助资金额度原则上不超过项目投资额的5%；',
  upgradeLoan:
    '以贷款贴息方式支持的项目，按照实际获得金融机构贷款额度给予贴息补助，贴息率不超过同期中国人民银行发布的一年期贷款市场报价利率，单个项目支持额度不超过1000万元。',
  lists: '对新入选“全国文化企业30强”“中国旅游集团20强”企业，给与一次性100万元奖补。',
  show: '对实际投资超过亿元的优秀文旅演艺项目，给予一次性500万元奖补。',
  consortium:
    '争取省以上资金支持，对企业组建科技创新联合体开展重大攻关示范项目的，给予不低于1000万元支持。',
  weakLink:
    '对企业聚焦产业链和创新链上的断点、卡点、堵点开展的关键技术攻关项目，给予不低于100万元支持。',
  rebuild:
    '实施产业基础再造工程和重大技术装备攻关工程，按照项目投资额的10%给予支持，补助额度不超过1000万元。',
  joint:
    '组织实施科技领军企业应用基础研究联合计划，按照计划额度的25%给予支持，支持额度不超过500万元。',
  contract:
    '企业通过技术转让、许可、开发等方式承接高校院所科技成果并完成技术合同登记的，按照付款额度给予最高不超过200万元科技资金奖补。',
  jobs: '对就业容量大的服务业企业、小微企业、个体工商户，实施一次性扩岗补助、稳岗扩岗支持、技能提升补贴、创业孵化基地奖补，以及失业保险降费率等政策，',
  refundWho:
    '对2022年依法参加失业保险并足额缴纳失业保险费；2022年度未裁员或裁员率不高于5.5%，30人（包含）以下参保单位裁员率不高于20%；生产经营活动符合国家及所在区域产业结构调整和环保政策，不属于严重失信企业等“负面清单”的单位，可在2023年12月31日前申领失业保险稳岗返还。',
  refund:
    '大型企业按企业及其职工上年度实际缴纳失业保险费的30%返还，中小微企业按企业及其职工上年度实际缴纳失业保险费的60%返还。',
  graduates: '落实企业吸纳高校毕业生补贴、政策性岗位安置及补贴、灵活就业补贴、求职创业补贴等政策，',
} as const;

export const yes = (
  item: string,
  fen: bigint | undefined,
  why: string,
  law: string,
): Expectation => ({
  item,
  verdict: '满足',
  ...(fen === undefined ? {} : { fen }),
  why,
  law,
});

export const no = (item: string, failed: string, why: string, law: string): Expectation => ({
  item,
  verdict: '不满足',
  failed,
  why,
  law,
});

export const unknown = (item: string, missing: string, why: string, law: string): Expectation => ({
  item,
  verdict: '资料不足',
  missing,
  why,
  law,
});

export const awaited = (item: string, pending: string, why: string, law: string): Expectation => ({
  item,
  verdict: '待认定',
  pending,
  why,
  law,
});
