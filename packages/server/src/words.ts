/** The command line's own words, in both languages. The law's words stay Chinese. */
import type { Language } from '@zhida/rules';

interface Pair {
  readonly zh: string;
  readonly en: string;
}

const pair = (zh: string, en: string): Pair => ({ zh, en });

export const words = {
  sentences: pair('语句', 'sentences'),
  characters: pair('文字', 'characters'),
  numbers: pair('数、日期、期限', 'numbers, dates, deadlines'),
  bound: pair('已对应', 'bound'),
  errors: pair('个错误', 'errors'),
  findings: pair('条提示', 'findings'),
  usable: pair('可以发布', 'can be published'),
  draftOnly: pair('未达100%或有错误：只能作草案', 'below 100 % or with errors: for drafts only'),
  moneyItems: pair('待遇', 'money items'),
  rights: pair('权益', 'rights'),
  caps: pair('封顶', 'caps'),
  gates: pair('认定', 'gates'),
  readings: pair('口径', 'readings'),
  switchable: pair('可切换', 'switchable'),
  unsigned: pair('待确认', 'to be confirmed'),
  examples: pair('用例', 'worked examples'),
  passed: pair('通过', 'passed'),
  failed: pair('未通过', 'failed'),
  readIn: pair('读取用时', 'read in'),
  milliseconds: pair('毫秒', 'ms'),
  toSettle: pair('发布前仍须明确', 'still to be settled'),
  fundOpen: pair('资金渠道或付款单位待明确', 'fund or payer to be settled'),
  unconfirmedValues: pair('出处待核实的参数值', 'parameter values whose source is unconfirmed'),
  measure: pair('措施', 'measure'),
  item: pair('事项', 'item'),
  subject: pair('对象', 'subject'),
  verdict: pair('结论', 'verdict'),
  amount: pair('金额', 'amount'),
  reason: pair('原因', 'reason'),
  clause: pair('条款', 'clause'),
  sentence: pair('原文', 'the law says'),
  asOf: pair('办理日', 'as of'),
  condition: pair('条件', 'condition'),
  yours: pair('实际', 'yours'),
  needs: pair('要求', 'required'),
  gap: pair('差', 'short by'),
  state: pair('', ''),
  working: pair('计算', 'working'),
  facts: pair('事实与来源', 'facts and sources'),
  value: pair('值', 'value'),
  source: pair('来源', 'source'),
  date: pair('截至', 'as of'),
  period: pair('期间', 'period'),
  readingsUsed: pair('采用的口径', 'readings used'),
  ask: pair('问', 'ask'),
  missing: pair('缺少', 'missing'),
  from: pair('由', 'from'),
  pending: pair('等待认定', 'awaiting judgement'),
  potential: pair('最多可能', 'at most possible'),
  unbounded: pair('无上限', 'no upper limit'),
  limits: pair('限额', 'caps that bind'),
  next: pair('办理', 'what next'),
  mode: pair('方式', 'delivery'),
  fund: pair('资金渠道', 'fund'),
  payer: pair('付款单位', 'payer'),
  route: pair('办理路径', 'route'),
  papers: pair('材料', 'papers'),
  grants: pair('内容', 'content'),
  openQuestion: pair('待明确', 'to be settled'),
  total: pair('合计', 'total'),
  capPreview: pair('限额试算', 'cap preview'),
  wanted: pair('应得', 'due'),
  allowed: pair('可得', 'allowed'),
  left: pair('剩余', 'left'),
  order: pair('次序', 'order'),
  superseded: pair('同组取高，让位于', 'gives way in its set to'),
  nobody: pair('没有可判定的对象', 'no subject to decide about'),
  unitTo: pair('负责单位', 'unit'),
  signed: pair('审核人（签字）', 'Reviewed by (signature)'),
  day: pair('日期', 'Date'),
  others: pair('其他读法', 'other readings'),
  synthetic: pair('合成数据', 'synthetic data'),
  shares: pair('分担', 'shares'),
  instalments: pair('分期', 'instalments'),
  packageHash: pair('政策包', 'package'),
  payee: pair('收款人', 'payee'),
  contingent: pair('待上级资金', 'if higher funds come'),
  exactAmounts: pair('定额', 'exact amounts'),
  duties: pair('督办事项', 'duties and the like'),
  owed: pair('应享', 'owed'),
  ceilings: pair('上限、下限类', 'ceilings and floors'),
  still: pair('待定', 'open'),
  not: pair('不满足', 'not'),
  look: pair('可看', 'where to look'),
  tryThis: pair('可试', 'try'),
  indicatorsNow: pair('指标', 'indicators'),
  unknown: pair('不详', 'unknown'),
} as const satisfies Readonly<Record<string, Pair>>;

export type Word = keyof typeof words;

export function say(word: Word, language: Language): string {
  return words[word][language];
}

const VERDICTS: Readonly<Record<string, Pair>> = {
  满足: pair('满足', 'eligible'),
  不满足: pair('不满足', 'not eligible'),
  资料不足: pair('资料不足', 'facts missing'),
  待认定: pair('待认定', 'awaiting judgement'),
};

export function sayVerdict(verdict: string, language: Language): string {
  return VERDICTS[verdict]?.[language] ?? verdict;
}

const MODES: Readonly<Record<string, Pair>> = {
  免申即享: pair('免申即享', 'without application'),
  快申快享: pair('快申快享', 'short application'),
  申报制: pair('申报制', 'on application'),
};

export function sayMode(mode: string, language: Language): string {
  return MODES[mode]?.[language] ?? mode;
}

/** English beside Chinese names, where the package has it. */
export function named(zh: string, en: string, language: Language): string {
  return language === 'zh' || en === '' ? zh : en;
}
