/** The words of the workbook in both languages. Words of the law stay Chinese. */
import type { Language } from '@zhida/rules';
import type {
  AmountKind,
  Bilingual,
  Cause,
  ChangeKind,
  Comparison,
  Verdict,
} from '@zhida/screening';

export type Words = Readonly<Record<Word, string>>;

export const WORDS = {
  overview: { zh: '总览', en: 'Overview' },
  missing: { zh: '缺数清单', en: 'Missing data' },
  sources: { zh: '缺数单位', en: 'Missing by unit' },
  near: { zh: '差一点', en: 'Near misses' },
  caps: { zh: '限额预演', en: 'Caps preview' },
  capLines: { zh: '超限明细', en: 'Over a cap' },
  districts: { zh: '按县区', en: 'By district' },
  districtItems: { zh: '县区×事项', en: 'District x item' },
  payers: { zh: '按付款单位', en: 'By payer' },
  funds: { zh: '按资金渠道', en: 'By fund' },
  compared: { zh: '与上次比较', en: 'Compared' },
  changes: { zh: '变动明细', en: 'Changes' },

  titleOverview: { zh: '比对总览', en: 'Screening: overview' },
  titleMissing: {
    zh: '缺数清单：哪些数据或认定能使待定事项得出结论',
    en: 'Missing data: which facts and judgements would settle open decisions',
  },
  titleSources: { zh: '缺数清单：按来源单位', en: 'Missing data by unit' },
  titleNear: { zh: '差一点：只差一项数值条件', en: 'Near misses: one numeric condition short' },
  titleCaps: { zh: '限额预演', en: 'Caps: preview' },
  titleCapLines: { zh: '超出限额的逐笔预演', en: 'Over-subscribed caps, award by award: preview' },
  titleDistricts: { zh: '按县区汇总', en: 'Money by district' },
  titleDistrictItems: { zh: '按县区和事项汇总', en: 'Money by district and item' },
  titlePayers: { zh: '按付款单位汇总', en: 'Money by paying unit' },
  titleFunds: { zh: '按资金渠道汇总', en: 'Money by fund' },
  titleCompared: { zh: '与上次比对的差异', en: 'Differences from the previous run' },
  titleChanges: { zh: '变动明细', en: 'Changes one by one' },

  policy: { zh: '政策文件', en: 'Policy' },
  package: { zh: '政策包', en: 'package' },
  snapshot: { zh: '数据快照', en: 'Snapshot' },
  day: { zh: '办理日', en: 'decided as of' },
  run: { zh: '比对编号', en: 'run' },
  from: { zh: '开始', en: 'started' },
  to: { zh: '完成', en: 'finished' },
  engine: { zh: '执行引擎', en: 'engine' },
  subjects: { zh: '比对主体', en: 'Subjects' },
  readings: { zh: '变更的口径', en: 'Readings changed' },
  noReadings: {
    zh: '口径：均按政策包采用的口径。',
    en: 'Readings: all as the package adopts them.',
  },
  trial: {
    zh: '试算：本次执行尚未经证明与规则逐条判定一致，结果不作为办理依据。',
    en: 'TRIAL: nothing proved this engine equal to the rules for this package; no case may rest on it.',
  },
  certified: {
    zh: '已验证：本次执行与规则逐条判定一致。',
    en: 'Certified: this engine was proved equal to the rules for this package.',
  },
  synthetic: {
    zh: '合成数据：登记库中的主体和数字均为虚构。',
    en: 'SYNTHETIC DATA: all subjects and figures of the register are invented.',
  },
  syntheticMark: { zh: '合成数据', en: 'SYNTHETIC DATA' },
  kindsApart: {
    zh: '定额、至多、至少、原则上至多是四类金额，分列，不相加。金额单位：元。',
    en: 'Exact amounts, ceilings, floors and soft ceilings are four kinds, in columns of their own and never added up. Amounts in yuan (元).',
  },
  bigAmounts: {
    zh: '超过15位有效数字的金额以文本列示，不计入筛选合计；“合计”行为精确值。',
    en: 'Amounts with more than 15 digits are shown as text and are not part of the filtered total; the row "total" is exact.',
  },
  filtered: { zh: '筛选合计', en: 'filtered total' },
  total: { zh: '合计', en: 'total' },
  none: { zh: '无', en: 'none' },
  stamp: {
    zh: '填报单位（盖章）：　　　　　　　　　　审核人（签字）：　　　　　　　　　　日期：　　　　年　　月　　日',
    en: 'Unit (seal):                                   Reviewed by (signature):                                   Date:',
  },
  comma: { zh: '、', en: ', ' },
  semicolon: { zh: '；', en: '; ' },
  colon: { zh: '：', en: ': ' },
  open: { zh: '（', en: ' (' },
  close: { zh: '）', en: ')' },

  number: { zh: '序号', en: 'No.' },
  clause: { zh: '条款', en: 'Provision' },
  item: { zh: '事项', en: 'Item' },
  entity: { zh: '对象', en: 'Subject kind' },
  mode: { zh: '方式', en: 'Delivery' },
  kind: { zh: '金额类别', en: 'Kind of amount' },
  contingent: { zh: '待上级资金', en: 'If higher funds come' },
  ofWhich: { zh: '其中待上级资金', en: 'Of which if higher funds come' },
  yes: { zh: '是', en: 'yes' },
  granted: { zh: '满足', en: 'Eligible' },
  awaiting: { zh: '待认定', en: 'Awaiting judgement' },
  lacking: { zh: '资料不足', en: 'Facts missing' },
  refused: { zh: '不满足', en: 'Not eligible' },
  undecided: { zh: '待定', en: 'Undecided' },
  exactly: { zh: '定额（元）', en: 'Exact (yuan)' },
  atMost: { zh: '至多（元）', en: 'At most (yuan)' },
  atLeast: { zh: '至少（元）', en: 'At least (yuan)' },
  softAtMost: { zh: '原则上至多（元）', en: 'In principle at most (yuan)' },
  hard: { zh: '硬上限（元）', en: 'Hard limit (yuan)' },
  potential: { zh: '待定的最多可能（元）', en: 'Open: at most possible (yuan)' },
  unbounded: { zh: '其中无法估计上限', en: 'Of these without upper end' },
  nearCount: { zh: '差一点', en: 'Near misses' },
  fund: { zh: '资金渠道', en: 'Fund' },
  payer: { zh: '付款单位', en: 'Paying unit' },
  district: { zh: '县区', en: 'District' },

  what: { zh: '类别', en: 'What' },
  fact: { zh: '数据', en: 'fact' },
  gate: { zh: '认定', en: 'judgement' },
  path: { zh: '数据或认定', en: 'Fact or judgement' },
  month: { zh: '月份', en: 'Month' },
  source: { zh: '来源单位', en: 'Unit that holds it' },
  waiting: { zh: '涉及主体', en: 'Subjects that wait' },
  waits: { zh: '涉及判定', en: 'Decisions that wait' },
  possible: { zh: '最多可能（元）', en: 'At most possible (yuan)' },
  alone: { zh: '仅缺此项的主体', en: 'Subjects that lack only this' },
  aloneWaits: { zh: '仅缺此项的判定', en: 'Decisions that lack only this' },
  aloneFen: { zh: '仅缺此项的最多可能（元）', en: 'Of these at most possible (yuan)' },
  facts: { zh: '缺少项数', en: 'Facts and judgements' },
  overlap: {
    zh: '一项判定缺多项数据时，在每一行各计一次，故各行不可相加。',
    en: 'A decision that waits for several facts is counted in each row; rows cannot be added up.',
  },
  overlapUnits: {
    zh: '一项判定同时等待两个单位时，在两行各计一次，故各行不可相加。',
    en: 'A decision that waits for two units is counted in both rows; rows cannot be added up.',
  },
  perItem: { zh: '按事项', en: 'By item' },

  code: { zh: '代码', en: 'Code' },
  name: { zh: '名称', en: 'Name' },
  condition: { zh: '条件', en: 'Condition' },
  yours: { zh: '实际', en: 'Has' },
  needs: { zh: '要求', en: 'Required' },
  gap: { zh: '差距', en: 'Short by' },
  share: { zh: '差距占门槛', en: 'Share of threshold' },
  law: { zh: '原文', en: 'The law says' },
  nearest: { zh: '每个事项列出最接近的主体', en: 'The nearest of each item are listed' },
  of: { zh: '列出/共', en: 'listed/all' },

  cap: { zh: '限额', en: 'Cap' },
  keyParts: { zh: '按何计', en: 'Counted by' },
  keys: { zh: '限额对象数', en: 'Keys' },
  wanted: { zh: '应得（元）', en: 'Due (yuan)' },
  overKeys: { zh: '超限对象数', en: 'Keys over the cap' },
  over: { zh: '超出（元）', en: 'Over by (yuan)' },
  unkeyed: { zh: '限额对象不详的笔数', en: 'Awards without key' },
  order: { zh: '分配次序', en: 'Order' },
  key: { zh: '限额对象', en: 'Key' },
  limit: { zh: '限额（元）', en: 'Limit (yuan)' },
  keyWanted: { zh: '该对象应得合计（元）', en: 'Due under the key (yuan)' },
  keyOver: { zh: '该对象超出（元）', en: 'Key over by (yuan)' },
  allowed: { zh: '可得（元）', en: 'Allowed (yuan)' },
  preview: {
    zh: '预演：谁先谁后、谁被削减，以台账登记为准。',
    en: 'Preview: which award gives way is for the ledger to say.',
  },
  mostOver: {
    zh: '只列超出最多的限额对象',
    en: 'Only the keys with the greatest excess are listed',
  },

  previous: { zh: '上次比对', en: 'Previous run' },
  sameSnapshot: { zh: '数据快照相同。', en: 'The snapshot is the same.' },
  otherSnapshot: { zh: '数据快照不同。', en: 'The snapshot is another.' },
  differs: { zh: '除数据外的不同', en: 'What differs besides facts' },
  nothing: { zh: '无', en: 'nothing' },
  changesTotal: { zh: '变动的判定', en: 'Changed decisions' },
  mostMoved: { zh: '按影响金额从大到小列出', en: 'Listed by the money they move' },
  before: { zh: '上次（元）', en: 'Before (yuan)' },
  after: { zh: '本次（元）', en: 'Now (yuan)' },
  change: { zh: '变动', en: 'Change' },
  cause: { zh: '原因', en: 'Cause' },
  count: { zh: '判定数', en: 'Decisions' },
  difference: { zh: '影响金额（元）', en: 'Difference (yuan)' },
  verdictBefore: { zh: '上次结论', en: 'Verdict before' },
  verdictAfter: { zh: '本次结论', en: 'Verdict now' },
  changedFacts: { zh: '变化的数据', en: 'Facts that changed' },
  absent: { zh: '（不在库）', en: '(not in the register)' },
  unknown: { zh: '不详', en: 'not known' },

  verdict: { zh: '结论', en: 'Verdict' },
  rowPotential: { zh: '最多可能（元）', en: 'At most possible (yuan)' },
  noLimit: { zh: '无法估计上限', en: 'without upper end' },
  payee: { zh: '收款人', en: 'Payee' },
  payeeCode: { zh: '收款人代码', en: 'Code of payee' },
  reasons: { zh: '理由', en: 'Reasons' },
  lacks: { zh: '缺少的数据（来源单位）', en: 'Missing facts (unit)' },
  pending: { zh: '等待认定', en: 'Judgements awaited' },
  capKeys: { zh: '占用的限额', en: 'Caps that bind' },
  nearBy: { zh: '差一点', en: 'Near miss' },
  listed: { zh: '所列主体', en: 'Subjects listed' },
  allListed: { zh: '列出全部主体。', en: 'All subjects are listed.' },
  summarised: {
    zh: '主体超过20,000户，不满足的只列差一点的；未列出的不满足：',
    en: 'More than 20,000 subjects: of those not eligible only near misses are listed. Not listed: ',
  },
  firstFailed: { zh: '首个不成立的条件', en: 'first condition that fails' },
  part: { zh: '部分', en: 'part' },
  legend: {
    zh: '✓ 成立　✗ 不成立　？ 不详',
    en: '✓ holds   ✗ fails   ？ not known',
  },
} as const;

export type Word = keyof typeof WORDS;

/** All words in one language. */
export function wordsIn(language: Language): Words {
  const entries = Object.entries(WORDS).map(([word, pair]) => [word, pair[language]]);
  return Object.fromEntries(entries) as Words;
}

export const VERDICTS: Readonly<Record<Verdict, Bilingual>> = {
  满足: { zh: '满足', en: 'eligible' },
  待认定: { zh: '待认定', en: 'awaiting judgement' },
  资料不足: { zh: '资料不足', en: 'facts missing' },
  不满足: { zh: '不满足', en: 'not eligible' },
};

export const KINDS: Readonly<Record<AmountKind, Bilingual>> = {
  exactly: { zh: '定额', en: 'exact' },
  atMost: { zh: '至多', en: 'at most' },
  atLeast: { zh: '至少', en: 'at least' },
  softAtMost: { zh: '原则上至多', en: 'in principle at most' },
  elsewhere: { zh: '依上位文件另定', en: 'set by another document' },
  unstated: { zh: '原文无金额', en: 'no amount in the text' },
  none: { zh: '不涉及金额', en: 'pays nothing' },
};

export const CHANGES: Readonly<Record<ChangeKind, Bilingual>> = {
  entered: { zh: '新进', en: 'entered' },
  left: { zh: '退出', en: 'left' },
  amount: { zh: '金额变化', en: 'other amount' },
  verdict: { zh: '结论变化', en: 'other verdict' },
};

export const CAUSES: Readonly<Record<Cause, Bilingual>> = {
  facts: { zh: '数据变化', en: 'facts' },
  rules: { zh: '规则、口径或办理日变化', en: 'package, readings or day' },
  both: { zh: '数据和规则都有变化', en: 'facts and rules' },
  register: { zh: '只在一次的登记库中', en: 'in one register only' },
};

export const RULES: Readonly<Record<Comparison['rules'][number], Bilingual>> = {
  package: { zh: '政策包', en: 'package' },
  readings: { zh: '口径', en: 'readings' },
  day: { zh: '办理日', en: 'day' },
  items: { zh: '事项', en: 'items' },
};

/** Words of packages that are the same in all of them. */
export const MODES: Readonly<Record<string, Bilingual>> = {
  免申即享: { zh: '免申即享', en: 'without application' },
  快申快享: { zh: '快申快享', en: 'short application' },
  申报制: { zh: '申报制', en: 'on application' },
};

export const ORDERS: Readonly<Record<string, Bilingual>> = {
  先到先得: { zh: '先到先得', en: 'first come, first served' },
  按比例: { zh: '按比例', en: 'pro rata' },
};
