// The page of all problem codes, written from the table of messages and the seeded defects.
import { problemTexts } from '../../src/index.ts';
import { unmarked } from './corpus.ts';
import type { Case } from './corpus.ts';

type Code = keyof typeof problemTexts;

const INTRO = `# Problems / 错误与提示

What \`zhida check\` says, and how to mend it. Each message gives file, line and column, the
provision, what is wrong, the sentence of the law that is concerned, and the likely mend. All
problems of a package come in one run; an award with a line that cannot be read is left out, the
others stay usable. An **error** keeps a package from being published; a **finding** asks for a
look.

\`zhida check\` 给出的每一条：文件、行、列、条款，错在哪里、涉及的原句、怎样改。一次运行列出全部
问题；有一行读不懂的待遇不参与测算，其余照常。**错误**须改正后才能发布；**提示**请看一眼。

This page is written by \`UPDATE=1 npm test -- errors-page\` from
\`packages/rules/src/problem-text.ts\` and the seeded defects in
\`packages/rules/test/defects\`; a test keeps it complete.
`;

/** The template as a reader sees it: ‹name› for what is filled in, and no marks of choice. */
function shown(template: string): string {
  return template.replace(/[⟦⟧]/gu, '').replace(/\{([^}]+)\}/gu, '‹$1›');
}

/** The messages of one code in a golden text. */
function messagesOf(code: string, golden: string): string {
  const own = golden.split('\n\n').filter((p) => p.includes(`docs/errors.md#${code})`));
  return own[0] ?? '';
}

const size = (c: Case): number =>
  c.changes.length * 50 + c.changes.reduce((sum, { lines }) => sum + lines.length, 0);

/** The smallest defect in which the code is found; one that has no other problem first. */
function exampleOf(code: Code, cases: readonly Case[]): Case | undefined {
  const holding = cases.filter((c) => messagesOf(code, c.golden) !== '');
  const others = (c: Case): number => c.golden.split('\n\n').length;
  return holding.toSorted((a, b) => others(a) - others(b) || size(a) - size(b))[0];
}

const cut = (line: string): string => (line.length > 220 ? `${line.slice(0, 200)} …` : line);

/** A line that only carried a mark is shown as unchanged. */
function merged(lines: readonly string[]): string[] {
  return lines.flatMap((line, i) => {
    const [before, next] = [lines[i - 1] ?? '', lines[i + 1] ?? ''];
    if (line.startsWith('-') && next === `+${line.slice(1)}`) return [` ${line.slice(1)}`];
    return line.startsWith('+') && before === `-${line.slice(1)}` ? [] : [line];
  });
}

function exampleText(code: Code, c: Case): string {
  const diffs = c.changes.map(({ package: name, path, left, lines }) => {
    const body = left ? ['-(the whole file)'] : merged(lines.map((l) => cut(unmarked(l))));
    return ['~~~diff', `${name}/${path}`, ...body, '~~~'].join('\n');
  });
  const said = messagesOf(code, c.golden).split('\n').map(cut).join('\n');
  return [`Example: ${c.title}`, ...diffs, ['~~~text', said, '~~~'].join('\n')].join('\n\n');
}

function entry(code: Code, cases: readonly Case[]): string {
  const t = problemTexts[code];
  const severity = t.severity === 'error' ? 'error / 错误' : 'finding / 提示';
  const example = exampleOf(code, cases);
  const words = [
    `**${severity}**`,
    `- ${shown(t.en)}`,
    `- ${shown(t.zh)}`,
    `- Mend: ${shown(t.mendEn)}`,
    `- 改法：${shown(t.mendZh)}`,
  ];
  const [head, ...list] = words;
  const parts = [`## ${code}`, head, list.join('\n')];
  return [...parts, ...(example === undefined ? [] : [exampleText(code, example)])].join('\n\n');
}

/** The whole page. */
export function errorsPage(cases: readonly Case[]): string {
  const codes = Object.keys(problemTexts) as Code[];
  return `${[INTRO, ...codes.map((code) => entry(code, cases))].join('\n\n').replace(/\n{3,}/gu, '\n\n')}\n`;
}
