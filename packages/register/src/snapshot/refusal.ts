/** What the register refuses to do, with cause and next step in both languages. */
import type { Language } from '@zhida/rules';

const texts = {
  'snapshot-missing': {
    zh: '{folder}：没有快照（缺 manifest.json）；请先生成快照，或检查路径',
    en: '{folder}: no snapshot here (no manifest.json); take one first, or check the path',
  },
  'snapshot-format': {
    zh: '{folder}：manifest.json 读不懂（{why}）；请重新生成快照',
    en: '{folder}: manifest.json cannot be read ({why}); take the snapshot again',
  },
  'snapshot-changed': {
    zh: '{file}：内容与清单的 SHA-256 不符，文件被改动或损坏；请重新生成快照',
    en: '{file}: not what the manifest says (SHA-256), so it was changed or damaged; take the snapshot again',
  },
  'snapshot-column': {
    zh: '快照 {hash} 的列“{table}.{column}”是 {found}，政策包要 {wanted}；请用该政策包重新生成快照',
    en: 'snapshot {hash}: column {table}.{column} is {found}, the package wants {wanted}; take the snapshot again with this package',
  },
  'column-unknown': {
    zh: '表“{table}”没有列“{column}”；请对照政策包的事实表',
    en: 'table {table} has no column {column}; compare the facts of the package',
  },
  'column-type': {
    zh: '表“{table}”的列“{column}”是 {found}，应为 {wanted}；请改正来源',
    en: 'table {table}: column {column} is {found} and should be {wanted}; mend the source',
  },
  'identity-missing': {
    zh: '表“{table}”有 {rows} 行没有标识；请先补上',
    en: 'table {table}: {rows} rows have no identity; give them one first',
  },
  'identity-order': {
    zh: '表“{table}”的标识重复或未排序（{rows} 处）；请合并重复的行',
    en: 'table {table}: identities are repeated or out of order ({rows} places); merge the repeated rows',
  },
  locked: {
    zh: '登记库正被另一进程写入（进程 {pid}，主机 {host}）；请稍候再试。如该进程已不在，删除 {file}',
    en: 'another process is writing to the register (process {pid} on {host}); try again shortly. If it is gone, delete {file}',
  },
  'import-known': {
    zh: '{file}：已经导入过（第 {id} 号，{on}）；如要重新导入，先撤回第 {id} 号',
    en: '{file}: already imported (number {id}, {on}); to import it again, first undo number {id}',
  },
  'import-stale': {
    zh: '比对之后登记库又有新的导入（第 {id} 号）；请重新比对后再确认',
    en: 'the register has changed since this difference was made (import {id}); make the difference again, then commit',
  },
  'import-empty': {
    zh: '没有可以导入的行；请先改正出错的行',
    en: 'there is no row to import; mend the bad rows first',
  },
  'import-closed': {
    zh: '这次比对已经确认或放弃；请重新读取文件',
    en: 'this dry run was committed or discarded; read the file again',
  },
  'import-unknown': {
    zh: '没有第 {id} 号导入；现有：{ids}',
    en: 'there is no import {id}; there are: {ids}',
  },
  'import-damaged': {
    zh: '{file}：导入的记录读不懂或被改动（{why}）；请从备份恢复这个文件夹',
    en: '{file}: the record of an import cannot be read or was changed ({why}); restore this folder from a backup',
  },
  'undo-twice': {
    zh: '第 {id} 号导入现在没有效力，无从撤回',
    en: 'import {id} is not in force now; there is nothing to undo',
  },
  'day-form': {
    zh: '“{text}”不是日期；请写一个存在的日期 YYYY-MM-DD',
    en: '“{text}” is no day; write a day that exists as YYYY-MM-DD',
  },
  'day-back': {
    zh: '确认日期 {on} 早于上一次导入的 {last}；已知的过去不能改写，请用 {last} 或之后的日期',
    en: 'the day of commit {on} is before that of the last import, {last}; what was known cannot change, use {last} or later',
  },
  'subject-unknown': {
    zh: '没有“{entity}”{id}；可用名称或代码片段查找',
    en: 'there is no {entity} {id}; look for it by a part of its name or code',
  },
  'table-unknown': {
    zh: '政策包没有表“{table}”；现有：{tables}',
    en: 'the package has no table {table}; there are: {tables}',
  },
  'scale-finer': {
    zh: '第 {id} 号导入的“{table}.{column}”比政策包精确，换算会丢数；请核对政策包的精度',
    en: 'import {id}: {table}.{column} is finer than the package takes, digits would be lost; check the scale in the package',
  },
  'size-facts': {
    zh: '政策包的“{entity}”缺少事实“{name}”，不能推导规模',
    en: 'the package has no fact {name} of {entity}; the size cannot be derived',
  },
} as const;

export type RefusalCode = keyof typeof texts;

/** A refusal that a person can act upon. `message` is the English text. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly params: Readonly<Record<string, string>>;

  constructor(code: RefusalCode, params: Readonly<Record<string, string>> = {}) {
    super(filled(texts[code].en, params));
    this.name = 'Refusal';
    this.code = code;
    this.params = params;
  }

  text(language: Language): string {
    return filled(texts[this.code][language], this.params);
  }
}

function filled(text: string, params: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/gu, (_, name: string) => params[name] ?? '');
}
