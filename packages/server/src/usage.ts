/** Mistakes of the person at the keyboard: cause and next step in both languages, no stack. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Language } from '@zhida/rules';

const texts = {
  'reading-unknown': {
    zh: '--reading {text}：没有口径 {id}；zhida readings 会列出可用的口径',
    en: '--reading {text}: there is no reading {id}; zhida readings lists them',
  },
  'reading-alternative': {
    zh: '--reading {text}：{id} 的备选是 {keys}',
    en: '--reading {text}: the alternatives of {id} are {keys}',
  },
  'reading-words': {
    zh: '--reading {text}：{id} 只有文字记录，切换不改变结果',
    en: '--reading {text}: {id} is recorded in words; switching it changes no result',
  },
  'item-unknown': {
    zh: '没有事项“{asked}”；{hint}',
    en: 'there is no item {asked}; {hint}',
  },
  day: {
    zh: '--as-of {text}：请按 YYYY-MM-DD 写一个存在的日期',
    en: '--as-of {text}: write a day that exists as YYYY-MM-DD',
  },
  memory: {
    zh: '--memory {text}：请写整数和单位，如 3GB 或 800MB',
    en: '--memory {text}: write a whole number with its unit, as 3GB or 800MB',
  },
  json: { zh: '{file}：不是有效的 JSON：{why}', en: '{file}: not valid JSON: {why}' },
  empty: { zh: '{file}：文件是空的', en: '{file}: the file is empty' },
  'json-shape': {
    zh: '{file}：应为 {"企业": [{…}], "首店": [{…}]}；只有一个列表时写 --entity 企业',
    en: '{file}: expected {"企业": [{…}], "首店": [{…}]}; for a bare list say --entity 企业',
  },
  'entity-needed': {
    zh: '{file}：请用 --entity 说明每行是什么：{names}',
    en: '{file}: say what a row is with --entity, one of: {names}',
  },
  'entity-unknown': {
    zh: '没有实体“{name}”；可用：{names}',
    en: 'there is no entity {name}; there are: {names}',
  },
  'column-twice': {
    zh: '{file}：列“{name}”出现两次；请改名或删去一列',
    en: '{file}: the column {name} stands twice; rename or drop one',
  },
  'quote-open': {
    zh: '{file}：第 {line} 行的引号没有闭合，其后各行会被吞掉；请补上引号',
    en: '{file}: the quote opened in line {line} never closes and would swallow the rows below; close it',
  },
  'row-long': {
    zh: '{file}：第 {line} 行的单元格比表头多；含逗号的值（如 1,000）要加引号',
    en: '{file}: line {line} has more cells than the header; put quotes around a value with a comma (1,000)',
  },
  'key-twice': {
    zh: '{file}：第 {line} 行的“{name}”在同一对象中重复出现；请合并或删去一个',
    en: '{file}: line {line}: {name} stands twice in one object; merge or drop one',
  },
  'measure-unknown': {
    zh: '没有措施“{asked}”；现有：{list}',
    en: 'there is no measure {asked}; there are: {list}',
  },
  workbook: {
    zh: '{file}：这是 Excel 工作簿；请另存为“CSV UTF-8（逗号分隔）”',
    en: '{file}: an Excel workbook; save it as “CSV UTF-8 (comma delimited)”',
  },
  'no-example': {
    zh: '没有名称含“{asked}”或条款为 {asked} 的用例；例如 zhida test {folder} 3.3',
    en: 'no worked example has {asked} in its name or as its provision; for example zhida test {folder} 3.3',
  },
  'facts-needed': {
    zh: '样例只适用于本溪政策包；请给出事实文件：zhida decide facts.json --package …',
    en: 'the sample fits the Benxi package only; name a facts file: zhida decide facts.json --package …',
  },
  'no-subject': { zh: '{file}：没有可判定的对象', en: '{file}: there is no subject in it' },
  'subject-none': {
    zh: '没有对象“{asked}”；现有：{list}',
    en: 'there is no subject {asked}; there are: {list}',
  },
  'subject-several': {
    zh: '“{asked}”对应多个对象，请写得更全：{list}',
    en: 'several subjects match {asked}, write more of the name: {list}',
  },
  'item-elsewhere': {
    zh: '所选事项不针对{entity}“{subject}”；去掉 --item 可看全部',
    en: 'no chosen item is about {entity} {subject}; leave out --item to see all',
  },
  'folder-not-empty': {
    zh: '{file}：文件夹不是空的，什么也没写',
    en: '{file}: the folder is not empty; nothing was written',
  },
  unreadable: { zh: '{file}：读不了（{why}）', en: '{file}: cannot be read ({why})' },
  'no-file': { zh: '{file}：没有这个文件', en: '{file}: there is no such file' },
  'not-utf8': {
    zh: '{file}：不是 UTF-8（可能是 GB 18030）；请另存为 UTF-8',
    en: '{file}: not UTF-8 (it may be GB 18030); save it as UTF-8',
  },
  'no-folder': {
    zh: '{file}：没有这个文件夹；政策包是含 package.yaml 的文件夹',
    en: '{file}: there is no such folder; a package is a folder with package.yaml',
  },
  'no-manifest': {
    zh: '{file}：这里没有 package.yaml；用 zhida new 新建政策包',
    en: '{file}: there is no package.yaml here; zhida new starts a package',
  },
  'store-empty': {
    zh: '{file}：这里还没有登记库；先运行 zhida import <文件或文件夹>',
    en: '{file}: there is no register here yet; first run zhida import <file or folder>',
  },
  'no-table-file': {
    zh: '{file}：文件夹里没有可导入的表格（.xlsx .csv .parquet .jsonl）',
    en: '{file}: there is no table to import in this folder (.xlsx .csv .parquet .jsonl)',
  },
  'no-input': { zh: '{file}：没有这个文件或文件夹', en: '{file}: there is no such file or folder' },
  'mapping-unknown': {
    zh: '--source {name}：没有这个名称的列对照；现有：{list}',
    en: '--source {name}: there is no mapping of this name; there are: {list}',
  },
  'no-run': {
    zh: '{file}：没有比对结果；先运行 zhida screen',
    en: '{file}: there is no run; first run zhida screen',
  },
  'nothing-known': {
    zh: '{file}：登记库在这一天还没有资料',
    en: '{file}: the register knew nothing on that day',
  },
  'subject-not-found': {
    zh: '登记库里没有“{asked}”；用名称或代码的一部分查找：zhida register <文字>',
    en: 'the register has no {asked}; look for a part of the name or code: zhida register <text>',
  },
  'undo-yes': {
    zh: '撤回第 {id} 号：这里无法提问；确要撤回请加 --yes',
    en: 'to withdraw {id} without being asked, say --yes',
  },
  'mapping-none': {
    zh: '{file}：看不出各列是什么，拟不出列对照；请照 docs/imports.md 写一份，用 --mapping 指定',
    en: '{file}: its headings do not show what its columns are; write a mapping (docs/imports.md), name it with --mapping',
  },
  'no-mapping-needed': {
    zh: '{file}：这个文件的列名就是事实名称，不需要列对照',
    en: '{file}: the columns of this file bear the names of facts; no mapping is needed',
  },
  'reading-needed': {
    zh: '请用 --reading 说明试改哪一条，如 --reading 3.3#1=乙；zhida readings 列出全部',
    en: 'say what to try with --reading, as --reading 3.3#1=乙; zhida readings lists them',
  },
  unwritable: { zh: '{file}：写不了（{why}）', en: '{file}: cannot be written ({why})' },
} as const;

export class UsageError extends Error {
  readonly kind: keyof typeof texts;
  readonly params: Readonly<Record<string, string>>;

  constructor(kind: keyof typeof texts, params: Readonly<Record<string, string>>) {
    super(kind);
    this.kind = kind;
    this.params = params;
  }

  text(language: Language): string {
    const template = texts[this.kind][language];
    return template.replace(/\{([a-z]+)\}/gu, (whole, name: string) => this.params[name] ?? whole);
  }
}

/** A path as the person would type it. */
export function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' ? '.' : near.startsWith('..') ? path : near;
}

export function reasonOf(e: unknown): string {
  return e instanceof Error && 'code' in e ? String(e.code) : String(e);
}

/** Writes a page, making its folder. Throws UsageError when the place cannot be written. */
export function writePage(path: string, text: string): void {
  try {
    mkdirSync(dirname(resolve(path)), { recursive: true });
    writeFileSync(path, text);
  } catch (e) {
    throw new UsageError('unwritable', { file: shown(path), why: reasonOf(e) });
  }
}

/** A measure that the package does not have is a slip of the hand, not an empty answer. */
export function refuseMeasure(there: Iterable<string>, asked: string | undefined): void {
  const known = [...new Set(there)];
  if (asked === undefined || known.includes(asked)) return;
  throw new UsageError('measure-unknown', { asked, list: known.join(' ') });
}
