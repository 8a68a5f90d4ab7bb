/** What `screen` and `what-if` say, in both languages. */
import type { AmountKind, Cause, ChangeKind, Verdict } from '@zhida/screening';
import type { Phrase } from './phrases.ts';

export const screeningWords = {
  deciding: { zh: '判定 {entity}', en: 'deciding {entity}' },
  summing: { zh: '汇总', en: 'summing up' },
  head: {
    zh: '办理日 {day}，{rows} 个对象，{items} 个事项，快照 {snapshot}',
    en: 'as of {day}, {rows} {rows|subject|subjects}, {items} {items|item|items}, snapshot {snapshot}',
  },
  trial: {
    zh: '试算：本次比对只供测算，不作为办理依据',
    en: 'trial: these figures are for estimating; no case may rest on them',
  },
  synthetic: {
    zh: '合成数据：登记库里的主体和数字都是虚构的',
    en: 'synthetic data: the subjects and figures of this register are invented',
  },
  certified: { zh: '已核验', en: 'certified' },
  switched: { zh: '切换的口径：{list}', en: 'switched readings: {list}' },
  reused: {
    zh: '这次比对以前做过（{when}），直接打开，没有重算',
    en: 'this run was made before ({when}) and is shown as it was',
  },
  took: { zh: '用时 {time}', en: 'took {time}' },
  item: { zh: '事项', en: 'item' },
  amount: { zh: '应享金额', en: 'owed' },
  more: { zh: '待定的最多', en: 'open, at most' },
  unboundedNote: {
    zh: '+  另有对象的待定金额没有上限或不取决于其资料，未计入',
    en: '+  some open decisions have no upper limit and are not in the figure',
  },
  contingentNote: {
    zh: '*  待争取上级资金，未计入合计',
    en: '*  only if higher funds come; not in the totals',
  },
  rightsLeft: {
    zh: '另有 {n} 项权益不涉及金额；加 --all 一并列出',
    en: '{n} further {n|item is a right that pays|items are rights that pay} nothing; --all lists them',
  },
  totals: { zh: '合计', en: 'totals' },
  contingentTotals: { zh: '待争取上级资金 *', en: 'if higher funds come *' },
  decisions: { zh: '判定', en: 'decisions' },
  nobody: {
    zh: '登记库里没有这类对象的事项：{list}',
    en: 'items of whose kind the register has nobody: {list}',
  },
  totalsNote: {
    zh: '各类金额含义不同，不相加',
    en: 'amounts of different kinds mean different things and are not added up',
  },
  missingHead: {
    zh: '缺什么数据，由谁补，最多值多少（共 {n} 项，列前 {k} 项）',
    en: 'which data are missing, who holds them, what they may be worth at most ({k} of {n})',
  },
  missingData: { zh: '数据', en: 'data' },
  missingFrom: { zh: '数据单位', en: 'held by' },
  subjects: { zh: '对象', en: 'subjects' },
  waits: { zh: '判定', en: 'decisions' },
  worth: { zh: '最多', en: 'at most' },
  alone: { zh: '其中只缺这一项', en: 'waiting for this alone' },
  judgement: { zh: '认定：{name}', en: 'judgement: {name}' },
  sourcesHead: { zh: '按数据单位', en: 'by the unit that holds them' },
  facts: { zh: '数据项', en: 'data' },
  aloneUnit: { zh: '其中只等这一家', en: 'waiting for this unit alone' },
  nearHead: {
    zh: '差一点：只有一个数不够，且差距不超过门槛的五分之一（共 {n} 个，列前 {k} 个）',
    en: 'near misses: one number short, by at most a fifth of its threshold ({k} of {n})',
  },
  atLeast: { zh: '至少 {n}', en: 'at least {n}' },
  name: { zh: '名称', en: 'name' },
  condition: { zh: '条件', en: 'condition' },
  yours: { zh: '实际', en: 'has' },
  needs: { zh: '要求', en: 'needs' },
  gap: { zh: '差', en: 'short by' },
  capsHead: {
    zh: '超出限额（试算，谁让位由资金账决定）',
    en: 'over a cap (a preview; who gives way is settled in the ledger)',
  },
  capLine: {
    zh: '{cap} {key}：{awards} 笔合计应得 {wanted}，限额 {limit}，超出 {over}',
    en: '{cap} {key}: {awards} {awards|award|awards}, {wanted} in all, limit {limit}, over by {over}',
  },
  capUnkeyed: {
    zh: '{cap}：{n} 笔不知归哪一份限额',
    en: '{cap}: {n} {n|award|awards} under no known limit',
  },
  noneOver: { zh: '没有超出限额的', en: 'nothing is over its cap' },
  districtsHead: { zh: '按县区', en: 'by district' },
  withContingent: { zh: '（含待争取上级资金的）', en: ' (with what waits for higher funds)' },
  district: { zh: '县区', en: 'district' },
  granted: { zh: '满足', en: 'eligible' },
  undecided: { zh: '待定', en: 'open' },
  moreRows: { zh: '……另有 {n} 项', en: '… {n} more' },
  compareHead: {
    zh: '与上一次比对 {id}（办理日 {day}）相比',
    en: 'compared with run {id} (as of {day})',
  },
  compareSame: { zh: '没有变化', en: 'nothing changed' },
  compareRules: { zh: '两次不同的还有：{list}', en: 'what else differs between the runs: {list}' },
  change: { zh: '变化', en: 'change' },
  cause: { zh: '原因', en: 'why' },
  count: { zh: '个数', en: 'count' },
  difference: { zh: '金额增减', en: 'difference' },
  before: { zh: '原来', en: 'before' },
  after: { zh: '现在', en: 'now' },
  because: { zh: '变动的资料', en: 'what changed' },
  runFolder: { zh: '比对结果 {path}', en: 'results in {path}' },
  whyNext: {
    zh: '看一个对象的全部依据：zhida screen why <代码或名称> --item 3.3 {where}',
    en: 'one decision with its proof: zhida screen why <code or name> --item 3.3 {where}',
  },
  whatIfHead: {
    zh: '试改口径 {list}，办理日 {day}',
    en: 'with {list}, as of {day}',
  },
  whatIfTime: { zh: '{time} 得出', en: 'answered in {time}' },
  whatIfSame: { zh: '金额和结论都不变', en: 'no verdict and no amount changes' },
  milliseconds: { zh: '{n} 毫秒', en: '{n} ms' },
} as const;

/** Kinds of amount, as the table heads a figure. */
export const kindWords: Readonly<Record<AmountKind, Phrase>> = {
  exactly: { zh: '定额', en: 'exact' },
  atMost: { zh: '至多', en: '≤' },
  atLeast: { zh: '至少', en: '≥' },
  softAtMost: { zh: '原则至多', en: 'in principle ≤' },
  elsewhere: { zh: '依上位文件', en: 'set elsewhere' },
  unstated: { zh: '原文无金额', en: 'no amount stated' },
  none: { zh: '权益', en: 'right' },
};

/** Verdicts as heads of columns. */
export const verdictWords: Readonly<Record<Verdict, Phrase>> = {
  满足: { zh: '满足', en: 'eligible' },
  待认定: { zh: '待认定', en: 'to judge' },
  资料不足: { zh: '资料不足', en: 'lacking' },
  不满足: { zh: '不满足', en: 'not' },
};

export const changeWords: Readonly<Record<ChangeKind, Phrase>> = {
  entered: { zh: '新进', en: 'entered' },
  left: { zh: '退出', en: 'left' },
  amount: { zh: '金额变动', en: 'other amount' },
  verdict: { zh: '结论变动', en: 'other verdict' },
};

export const causeWords: Readonly<Record<Cause, Phrase>> = {
  facts: { zh: '资料变动', en: 'its facts' },
  rules: { zh: '规则、口径或办理日', en: 'rules, readings or day' },
  both: { zh: '资料和规则都变', en: 'facts and rules' },
  register: { zh: '登记库中新增或消失', en: 'new in or gone from the register' },
};

export const ruleWords: Readonly<Record<'package' | 'readings' | 'day' | 'items', Phrase>> = {
  package: { zh: '政策包', en: 'package' },
  readings: { zh: '口径', en: 'readings' },
  day: { zh: '办理日', en: 'day' },
  items: { zh: '事项范围', en: 'items' },
};
