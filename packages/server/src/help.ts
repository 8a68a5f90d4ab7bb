/** The words of `--help` and of wrong use, in both languages. */
import type { Command } from 'commander';
import type { Language } from '@zhida/rules';

export const help = {
  program: {
    zh: '直达——政策原文 → 可引证的规则 → 有理由的判定',
    en: '直达 — published policy text → cited rules → decisions with their reasons',
  },
  lang: { zh: '语言', en: 'language' },
  json: { zh: '机器可读输出', en: 'machine-readable output' },
  check: {
    zh: '错误、语句和数字的对应率、提示',
    en: 'errors, coverage of sentences and numbers, findings',
  },
  cover: { zh: '原文，以及每句由什么实现', en: 'the text with what implements each sentence' },
  measure: { zh: '只看这一条措施', en: 'only this measure' },
  html: { zh: '写成网页', en: 'write a page' },
  test: {
    zh: '运行用例；可按名称或条款筛选',
    en: 'worked examples; filter by item name or provision',
  },
  decide: {
    zh: '判定 JSON 或 CSV 中的对象（默认：样例）',
    en: 'decide the subjects of a JSON or CSV file (default: the sample)',
  },
  csv: { zh: 'CSV 输出', en: 'CSV output' },
  all: { zh: '也列出不满足的', en: 'also those who are not eligible' },
  explain: {
    zh: '一个对象的一项或全部事项：结论、数、原文、来源、口径',
    en: 'one subject, one or all items: verdict, numbers, sentences, sources, readings',
  },
  facts: { zh: 'JSON 或 CSV 文件', en: 'JSON or CSV file' },
  page: { zh: '写成可打印的网页', en: 'write a printable page' },
  readings: {
    zh: '原文未定之处，以及换一种口径改变多少判定和金额',
    en: 'what the text leaves open, and what each alternative changes in yuan',
  },
  new: { zh: '由公布文本（UTF-8）新建政策包', en: 'start a package from a published text (UTF-8)' },
  package: { zh: '政策包文件夹', en: 'policy package folder' },
  entity: {
    zh: '每行是什么，如 企业（CSV 必填）',
    en: 'what a row is, e.g. 企业 (needed for CSV)',
  },
  item: { zh: '只看这一项；可重复', en: 'only this item; repeatable' },
  reading: {
    zh: '切换口径，如 3.3#1=乙；可重复',
    en: 'switch a reading, e.g. 3.3#1=乙; repeatable',
  },
  asOf: {
    zh: '办理日 YYYY-MM-DD（默认：今天；样例为 2023-12-15）',
    en: 'day of the decision, YYYY-MM-DD (default: today; 2023-12-15 for the sample)',
  },
  help: { zh: '显示帮助', en: 'show help' },
  import: {
    zh: '导入各单位报送的表格（.xlsx .csv .parquet .jsonl）：逐行核对，先看差异再确认',
    en: 'import the tables of the bureaus (.xlsx .csv .parquet .jsonl): checked row by row, shown before it counts',
  },
  store: { zh: '登记库文件夹', en: 'folder of the register' },
  mappingFile: {
    zh: '列对照文件：表头各指什么（默认：文件旁边的 mappings/ 和登记库里的）',
    en: 'mapping file: what the headings mean (default: mappings/ beside the file, and those of the register)',
  },
  mappings: { zh: '列对照文件夹', en: 'folder of mapping files' },
  source: { zh: '按这个名称的列对照读取', en: 'read it by the mapping of this name' },
  factsAsOf: {
    zh: '资料截至哪一天 YYYY-MM-DD（默认：表上写的，否则今天）',
    en: 'the day as of which the unit says so, YYYY-MM-DD (default: as the form says, else today)',
  },
  by: { zh: '经办人（默认：本机用户名）', en: 'who imports (default: the name of this account)' },
  dryRun: { zh: '只看差异，不导入', en: 'show the difference, import nothing' },
  yes: { zh: '不再询问，直接导入', en: 'import without asking' },
  errors: {
    zh: '有错的行写到这个文件夹（默认：写在原文件旁边）',
    en: 'folder for the bad rows (default: beside the file)',
  },
  details: { zh: '多个文件时也逐个列出细节', en: 'with several files, too, all of each' },
  mapping: {
    zh: '为不认识的表拟一份列对照：表头 → 事实，附把握',
    en: 'propose a mapping for an unknown form: heading → fact, with certainty',
  },
  mappingOut: { zh: '把列对照写入文件', en: 'write the mapping to a file' },
  register: {
    zh: '登记库：历次导入；给出名称或代码则查一个对象（一企一档）',
    en: 'the register: its imports; with a name or code one subject with all its facts',
  },
  history: { zh: '每项事实的历次说法', en: 'every word that was ever said on each fact' },
  knownOn: {
    zh: '以登记库在这一天所知为准 YYYY-MM-DD',
    en: 'as the register knew it on this day, YYYY-MM-DD',
  },
  size: {
    zh: '按2017年划分办法推导缺少的企业规模，列出与登记不同的',
    en: 'derive missing enterprise sizes by the 2017 standard; list those that differ',
  },
  undo: { zh: '撤回一次导入；以前所知不变', en: 'withdraw an import; what was known before stays' },
  snapshot: {
    zh: '把登记库现在（或某日）所知固定成快照：哈希、表、行数、合计',
    en: 'fix what the register knows now (or knew on a day) as a snapshot: hash, tables, rows, sums',
  },
  screen: {
    zh: '全库比对：登记库的每个对象逐项判定，谁应享多少、缺什么数据、差多少',
    en: 'decide everybody in the register: who is owed what, which data are missing, who is near',
  },
  out: {
    zh: '比对结果的文件夹（默认：登记库下的 runs/）',
    en: 'folder for the runs (default: runs/ below the register)',
  },
  compare: {
    zh: '与这次比对相比（文件夹或编号；last 为上一次）',
    en: 'compare with this run (a folder or number; last: the one before)',
  },
  xlsx: { zh: '写成工作簿：每个事项一张表', en: 'write a workbook: a sheet for each item' },
  screenHtml: { zh: '写成带图的网页', en: 'write a page with charts' },
  screenAll: { zh: '也列出权益和更多行', en: 'also the rights, and more rows' },
  screenDay: {
    zh: '办理日 YYYY-MM-DD（默认：今天）',
    en: 'day of the decisions, YYYY-MM-DD (default: today)',
  },
  why: {
    zh: '一个对象的判定，附登记库里每个数的来源',
    en: 'the decisions on one subject, with the source of every fact in the register',
  },
  whatIf: {
    zh: '试改口径：对全库最近的快照，总额和结论会变多少',
    en: 'try another reading: what it changes over the whole register',
  },
  memory: { zh: '内存上限，如 3GB', en: 'memory to stay within, as 3GB' },
  codes: {
    zh: '退出码：0 完成；1 政策包、用例或文件不通过，或没有导入；2 用法错误；3 完成，但有些事实或行读不出；130 已停止',
    en: 'Exit codes: 0 done; 1 a package, example or file fails, or nothing was imported; 2 wrong use; 3 done, but some facts or rows could not be read; 130 stopped',
  },
  hint: { zh: '（zhida --help 列出命令）', en: '(zhida --help lists the commands)' },
} as const;

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Options:': '选项：',
  'Commands:': '命令：',
  'Arguments:': '参数：',
  'Global Options:': '全局选项：',
};

const ERRORS: Readonly<Record<string, string>> = {
  'commander.unknownOption': '没有这个选项',
  'commander.unknownCommand': '没有这个命令',
  'commander.missingArgument': '缺少参数',
  'commander.optionMissingArgument': '选项缺少值',
  'commander.excessArguments': '参数过多',
  'commander.invalidArgument': '参数不正确',
};

/** The library's own words, where the reader's language is Chinese. */
export function speak(command: Command, language: Language): Command {
  if (language === 'en') return command;
  command.configureHelp({ styleTitle: (title) => TITLES[title] ?? title });
  command.configureOutput({
    outputError: (text, write) => {
      const named = /'([^']*)'/u.exec(text)?.[1] ?? '';
      const code = Object.keys(ERRORS).find((c) => text.includes(KEYS[c] ?? c)) ?? '';
      write(code === '' ? text : `错误：${ERRORS[code] ?? ''} ${named}\n`);
    },
  });
  return command;
}

/** A phrase of each of the library's messages, to tell them apart. */
const KEYS: Readonly<Record<string, string>> = {
  'commander.unknownOption': 'unknown option',
  'commander.unknownCommand': 'unknown command',
  'commander.missingArgument': 'missing required argument',
  'commander.optionMissingArgument': 'argument missing',
  'commander.excessArguments': 'too many arguments',
  'commander.invalidArgument': 'is invalid',
};
