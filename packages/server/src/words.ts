/** The command line's own words, in both languages. The law's words stay Chinese. */
import type { Language } from '@zhida/rules';

interface Pair {
  readonly zh: string;
  readonly en: string;
}

export const words = {
  sentences: { zh: '语句', en: 'sentences' },
  characters: { zh: '文字', en: 'characters' },
  numbers: { zh: '数、日期、期限', en: 'numbers, dates, deadlines' },
  bound: { zh: '已对应', en: 'bound' },
  errors: { zh: '个错误', en: 'errors' },
  findings: { zh: '条提示', en: 'findings' },
  usable: { zh: '可以发布', en: 'can be published' },
  draftOnly: {
    zh: '未达100%，或有错误、未通过的用例：只能作草案',
    en: 'below 100 %, or with errors or failing examples: for drafts only',
  },
  moneyItems: { zh: '待遇', en: 'money items' },
  rights: { zh: '权益', en: 'rights' },
  caps: { zh: '封顶', en: 'caps' },
  gates: { zh: '认定', en: 'gates' },
  readings: { zh: '口径', en: 'readings' },
  switchable: { zh: '可切换', en: 'switchable' },
  unsigned: { zh: '待确认', en: 'to be confirmed' },
  examples: { zh: '用例', en: 'worked examples' },
  passed: { zh: '通过', en: 'passed' },
  failed: { zh: '未通过', en: 'failed' },
  readIn: { zh: '读取用时', en: 'read in' },
  milliseconds: { zh: '毫秒', en: 'ms' },
  toSettle: { zh: '发布前仍须明确', en: 'still to be settled' },
  fundOpen: { zh: '资金渠道或付款单位待明确', en: 'fund or payer to be settled' },
  unconfirmedValues: {
    zh: '出处待核实的参数值',
    en: 'parameter values whose source is unconfirmed',
  },
  measure: { zh: '措施', en: 'measure' },
  item: { zh: '事项', en: 'item' },
  subject: { zh: '对象', en: 'subject' },
  verdict: { zh: '结论', en: 'verdict' },
  amount: { zh: '金额', en: 'amount' },
  reason: { zh: '原因', en: 'reason' },
  clause: { zh: '条款', en: 'clause' },
  sentence: { zh: '原文', en: 'the law says' },
  asOf: { zh: '办理日', en: 'as of' },
  condition: { zh: '条件', en: 'condition' },
  yours: { zh: '实际', en: 'yours' },
  needs: { zh: '要求', en: 'required' },
  gap: { zh: '差', en: 'short by' },
  state: { zh: '', en: '' },
  working: { zh: '计算', en: 'working' },
  facts: { zh: '事实与来源', en: 'facts and sources' },
  value: { zh: '值', en: 'value' },
  source: { zh: '来源', en: 'source' },
  date: { zh: '截至', en: 'as of' },
  period: { zh: '期间', en: 'period' },
  readingsUsed: { zh: '采用的口径', en: 'readings used' },
  ask: { zh: '问', en: 'ask' },
  missing: { zh: '缺少', en: 'missing' },
  from: { zh: '由', en: 'from' },
  pending: { zh: '等待认定', en: 'awaiting judgement' },
  potential: { zh: '最多可能', en: 'at most possible' },
  unbounded: { zh: '无上限', en: 'no upper limit' },
  limits: { zh: '限额', en: 'caps that bind' },
  next: { zh: '办理', en: 'what next' },
  mode: { zh: '方式', en: 'delivery' },
  fund: { zh: '资金渠道', en: 'fund' },
  payer: { zh: '付款单位', en: 'payer' },
  route: { zh: '办理路径', en: 'route' },
  papers: { zh: '材料', en: 'papers' },
  grants: { zh: '内容', en: 'content' },
  openQuestion: { zh: '待明确', en: 'to be settled' },
  total: { zh: '合计', en: 'total' },
  capPreview: { zh: '限额试算', en: 'cap preview' },
  wanted: { zh: '应得', en: 'due' },
  allowed: { zh: '可得', en: 'allowed' },
  left: { zh: '剩余', en: 'left' },
  order: { zh: '次序', en: 'order' },
  superseded: { zh: '同组取高，让位于', en: 'gives way in its set to' },
  unitTo: { zh: '负责单位', en: 'unit' },
  signed: { zh: '审核人（签字）', en: 'Reviewed by (signature)' },
  day: { zh: '日期', en: 'Date' },
  others: { zh: '其他读法', en: 'other readings' },
  synthetic: { zh: '合成数据', en: 'synthetic data' },
  shares: { zh: '分担', en: 'shares' },
  instalments: { zh: '分期', en: 'instalments' },
  packageHash: { zh: '政策包', en: 'package' },
  payee: { zh: '收款人', en: 'payee' },
  contingent: { zh: '待上级资金', en: 'if higher funds come' },
  exactAmounts: { zh: '定额', en: 'exact amounts' },
  duties: { zh: '督办事项', en: 'duties and the like' },
  owed: { zh: '应享', en: 'owed' },
  ceilings: { zh: '上限、下限类', en: 'ceilings and floors' },
  still: { zh: '待定', en: 'open' },
  not: { zh: '不满足', en: 'not' },
  look: { zh: '可看', en: 'where to look' },
  tryThis: { zh: '可试', en: 'try' },
  indicatorsNow: { zh: '指标', en: 'indicators' },
  holder: { zh: '数据单位', en: 'data held by' },
  frame: { zh: '公文格式', en: 'Frame of the document' },
  preamble: { zh: '前言', en: 'Preamble' },
  implementedBy: { zh: '由谁实现', en: 'implemented by' },
  changedDecisions: { zh: '项判定改变', en: 'decisions change' },
  draft: {
    zh: '草案：政策包有错误，结果不能作准',
    en: 'draft: the package has errors, its results do not count',
  },
  unexampled: { zh: '没有用例的事项', en: 'items without a worked example' },
  undecidable: {
    zh: '有一行读不出、因而不判定的事项',
    en: 'items left undecided because a line of theirs could not be read',
  },
  more: { zh: '另有', en: 'and' },
  sameAgain: { zh: '行同样如此', en: 'more rows say the same' },
  moreProblems: { zh: '处，改正后再看', en: 'more, seen again once these are mended' },
  unknown: { zh: '不详', en: 'unknown' },
} as const;

export type Word = keyof typeof words;

export function say(word: Word, language: Language): string {
  return words[word][language];
}

const VERDICTS: Readonly<Record<string, Pair>> = {
  满足: { zh: '满足', en: 'eligible' },
  不满足: { zh: '不满足', en: 'not eligible' },
  资料不足: { zh: '资料不足', en: 'facts missing' },
  待认定: { zh: '待认定', en: 'awaiting judgement' },
};

export function sayVerdict(verdict: string, language: Language): string {
  return VERDICTS[verdict]?.[language] ?? verdict;
}

const RELATIONS: Readonly<Record<string, Pair>> = {
  '>=': { zh: '≥', en: '≥' },
  '<=': { zh: '≤', en: '≤' },
  '!=': { zh: '不是', en: 'not' },
  '=': { zh: '是', en: 'is' },
  in: { zh: '属于', en: 'one of' },
};

/** `>= 10亩` as a reader writes it. */
export function sayRelation(relation: string, language: Language): string {
  return RELATIONS[relation]?.[language] ?? relation;
}

const ORDERS: Readonly<Record<string, Pair>> = {
  先到先得: { zh: '先到先得', en: 'first come, first served' },
  按比例: { zh: '按比例', en: 'pro rata' },
};

export function sayOrder(order: string, language: Language): string {
  return ORDERS[order]?.[language] ?? order;
}

const MODES: Readonly<Record<string, Pair>> = {
  免申即享: { zh: '免申即享', en: 'without application' },
  快申快享: { zh: '快申快享', en: 'short application' },
  申报制: { zh: '申报制', en: 'on application' },
};

export function sayMode(mode: string, language: Language): string {
  return MODES[mode]?.[language] ?? mode;
}

/** English beside Chinese names, where the package has it. */
export function named(zh: string, en: string, language: Language): string {
  return language === 'zh' || en === '' ? zh : en;
}
