/** README.md of the register: every file, every planted difficulty with its place. */
import type { Synthetic } from '../build.ts';

const HEAD = `# A synthetic register of Benxi

合成数据：本目录的主体、项目、金额均为虚构，仅供演示和测试，与任何真实主体无关。
All data here is synthetic: every firm, project and figure is invented. Names end in 「（合成）」.

What bureaus would send for one run of 本政规〔2023〕10号 on 2023-12-15: workbooks in their usual shape, two tables of text in
UTF-8 and one in GB 18030, and under \`mappings\` what their headings mean. Written by \`examples/benxi/generate\`:

\`\`\`sh
node examples/benxi/generate/main.ts --seed 20231122 --count 5000 --out examples/benxi/register
node examples/benxi/generate/main.ts --count 10000000 --format csv --out big          # tables of text, words and yuan
node examples/benxi/generate/main.ts --count 10000000 --format parquet-csv --out big  # scaled integers, for loading
\`\`\`

The same seed gives the same bytes. \`answers/answers.json\` and \`answers/answers.xlsx\` say what must come out: the
verdict, amount and reason of each planted subject, written by hand from the law; counts and sums of each item
over all subjects, from a calculation that knows nothing of the rules engine; rows that each sheet must give; the
cell of each planted error.
Items for persons (19.5, 20.2.c, 20.12.b–d) are not decided for tables and have no answers.
`;

const cells = (values: readonly (string | number)[]): string => `| ${values.join(' | ')} |`;

function table(
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return [cells(headings), cells(headings.map(() => '---')), ...rows.map(cells)].join('\n');
}

function filesPart({ files }: Synthetic): string {
  const rows = files.flatMap(({ file, forms, sheets }) =>
    forms.map((form, i) => {
      const { good = 0, bad = 0, repeated = 0 } = sheets[i] ?? {};
      return [i === 0 ? file : '', form.sheet || '–', form.table, good, bad, repeated];
    }),
  );
  return table(['File', 'Sheet', 'Table', 'Good', 'Bad', 'Repeated'], rows);
}

function slipsPart({ placed }: Synthetic): string {
  const rows = placed.map((p) => [
    p.file,
    `${p.sheet || '–'} ${p.cell}`,
    p.code === '' ? '–' : `\`${p.code}\``,
    p.note,
  ]);
  return table(['File', 'Place', 'Problem', 'What and why'], rows);
}

const OTHER = `Beside these cells, the answer sheet has:

- one 分 below, at and above each money threshold of the text, among them 199,999,999.99 yuan; one 亩 × 0.01
  below, at and above
  each area; layoffs of 11 in 200, 6 in 30, 2 in 30.01;
- carriers, builders, operators and firms at and above their yearly caps (sheet 封顶);
- a firm without a size class, whose refund is 30 % or 60 %, nobody knows; firms without an industry, a
  month, a judgement;
- a firm that entered the base in 2023 and has no figures of 2022; a negative increase;
- a firm that registration calls a caterer and statistics a retailer: statistics decides (本溪 溪湖两业餐饮服务);
- a renamed firm: statistics and insurance have the old name, the register of entities the new one; the code
  is the same;
- a firm on the negative list, one on the list of violations, one that nobody could match;
- farmers without a credit code; a store whose carrier nobody sent; a project whose loans no bank sent.
`;

/** The text of the README. */
export function readme(synthetic: Synthetic): string {
  return [
    HEAD,
    '## Files and what an import must count',
    '',
    filesPart(synthetic),
    '',
    '## Planted cells',
    '',
    'No problem code: read without a word. A row with an error comes back whole; the other rows are',
    'imported, but for those of the same list: the loans of a project are read together or not at all.',
    'Beside these, an import warns of periods: a workbook of several months, and figures of the year',
    '2022 for facts that the package dates 2023.',
    '',
    slipsPart(synthetic),
    '',
    '## Planted subjects',
    '',
    OTHER,
  ].join('\n');
}
