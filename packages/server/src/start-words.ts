/** What `npm start` says, in both languages. */
export const startWords = {
  checked: {
    zh: '政策包：语句 {sentences}、数 {numbers} 已对应，{items} 项待遇，用例 {examples} 个，未通过 {failed}，错误 {errors}',
    en: 'package: {sentences} sentences and {numbers} numbers bound, {items} money items, {examples} worked examples, {failed} failed, {errors} errors',
  },
  importing: { zh: '导入各单位的表格', en: 'importing the tables of the bureaus' },
  alreadyImported: {
    zh: '{files} 个文件以前都导入过（{store}）',
    en: 'all {files} files were imported before ({store})',
  },
  sized: {
    zh: '按2017年划分办法推导规模 {computed} 户，资料不全 {undetermined} 户，与报送的不同 {conflicting} 户',
    en: 'sizes derived by the standard of 2017: {computed}; {undetermined} lack facts; {conflicting} stated ones differ',
  },
  screening: { zh: '全库比对：谁应享什么', en: 'everybody at once: who is owed what' },
  explained: {
    zh: '一份判定说明，每个数都有来源',
    en: 'one decision explained, every fact with its source',
  },
  synthetic: { zh: '合成数据', en: 'synthetic data' },
  lookWorkbook: { zh: '每个事项一张表，可筛选', en: 'a sheet for each item, with filters' },
  lookPage: { zh: '同一结果，带图', en: 'the same, with pictures' },
  lookDecision: { zh: '一个企业的判定说明', en: 'the decisions on one enterprise' },
  lookText: { zh: '全文，每句由什么实现', en: 'the text with what implements each sentence' },
  lookErrors: { zh: '有错的行，注明原因', en: 'bad rows, each with its reason' },
  tryWhy: {
    zh: '这一户为什么得这么多，每个数从哪来',
    en: 'why this one gets what it gets, fact by fact',
  },
  tryWhatIf: { zh: '换一种读法，全库变多少', en: 'what another reading changes for everybody' },
  tryRegister: { zh: '一企一档', en: 'everything the register knows of one enterprise' },
  tryDecide: {
    zh: '不用登记库，判定一份事实文件',
    en: 'without a register: decide the facts of a file',
  },
} as const;
