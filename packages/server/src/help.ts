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
  codes: {
    zh: '退出码：0 完成；1 政策包或用例不通过；2 用法错误；3 已判定，但有些事实读不出',
    en: 'Exit codes: 0 done; 1 the package or an example fails; 2 wrong use; 3 decided, but some facts could not be read',
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
