/** The answer sheet: what importing and deciding the register must give, as JSON and as a workbook. */
import type { Synthetic } from '../build.ts';
import { jsonText } from '../forms/mapping.ts';
import { planted } from '../planted/all.ts';
import type { Expectation } from '../planted/planted.ts';
import { decimal } from '../register.ts';
import { columnName, workbookBytes } from '../workbook.ts';
import type { Cell, Look, Sheet } from '../workbook.ts';
import { capAnswers } from './caps.ts';
import { DECIDED_ON } from './day.ts';
import { itemAnswers } from './items.ts';

type Value = string | number | bigint;
/** A row of the sheet: field → value; 分 stand in fields that end in `Fen`. */
type Line = Readonly<Record<string, Value>>;

const VERDICTS = ['满足', '不满足', '资料不足', '待认定'] as const;

function itemLines({ imported }: Synthetic): Line[] {
  return itemAnswers.map(({ id, item, table, law, decide }) => {
    const answers = [...(imported.get(table) ?? [])].map(([subject, facts]) =>
      decide(facts, subject, imported),
    );
    const counts = VERDICTS.map((v) => [v, answers.filter((a) => a.verdict === v).length] as const);
    const fen = answers.reduce((sum, a) => sum + (a.fen ?? 0n), 0n);
    return {
      id,
      item,
      table,
      subjects: answers.length,
      ...Object.fromEntries(counts),
      amountFen: fen,
      law,
    };
  });
}

/** Where a subject stands first in the files. */
function placeOf({ files }: Synthetic, table: string, id: string): Line {
  for (const { file, forms, sheets } of files) {
    for (const [i, form] of forms.entries()) {
      const found = form.table === table ? sheets[i]?.read.find((r) => r.id === id) : undefined;
      if (found !== undefined) return { file, sheet: form.sheet, row: found.row };
    }
  }
  return { file: '', sheet: '', row: 0 };
}

/** The two answers are written apart from each other; where they differ, one of them is wrong. */
function assertSame(expected: Expectation, id: string, { imported }: Synthetic): void {
  const calculation = itemAnswers.find((a) => a.item === expected.item);
  const facts = calculation && imported.get(calculation.table)?.get(id);
  const found = facts && calculation.decide(facts, id, imported);
  const same = found?.verdict === expected.verdict && found.fen === expected.fen;
  if (same) return;
  const { item, verdict, fen } = expected;
  const by = `${verdict} ${fen ?? ''} by hand, ${found?.verdict} ${found?.fen ?? ''} calculated`;
  throw new Error(`${item}, ${id}: ${by}`);
}

function subjectLines(synthetic: Synthetic): Line[] {
  return planted.flatMap(({ table, id, facts, expect }) => {
    const place = expect.length === 0 ? {} : placeOf(synthetic, table, id);
    return expect.map((e): Line => {
      assertSame(e, id, synthetic);
      const name = typeof facts['名称'] === 'string' ? facts['名称'] : '';
      const article = itemAnswers.find((a) => a.item === e.item)?.id ?? '';
      return {
        table,
        id,
        name,
        itemId: article,
        item: e.item,
        verdict: e.verdict,
        ...(e.fen === undefined ? {} : { amountFen: e.fen }),
        failed: e.failed ?? '',
        missing: e.missing ?? '',
        pending: e.pending ?? '',
        why: e.why,
        law: e.law,
        ...place,
      };
    });
  });
}

function capLines({ imported }: Synthetic): Line[] {
  return capAnswers(imported).map(({ id, cap, key, awards, claimedFen, capFen, overFen, law }) => ({
    id,
    cap,
    key,
    awards,
    claimedFen,
    capFen,
    overFen,
    law,
  }));
}

function fileLines({ files }: Synthetic): Line[] {
  return files.flatMap(({ file, source, forms, sheets }) =>
    forms.map(({ sheet, table }, i): Line => {
      const laid = sheets[i];
      const { good = 0, bad = 0, repeated = 0 } = laid ?? {};
      return { file, source, sheet, table, good, bad, repeated };
    }),
  );
}

function slipLines({ placed }: Synthetic): Line[] {
  return placed.map(({ file, sheet, cell, row, code, severity, subject, note }) => ({
    file,
    sheet,
    cell,
    row,
    code,
    severity,
    subject,
    note,
  }));
}

interface Part {
  readonly key: string;
  readonly sheet: string;
  readonly lines: readonly Line[];
}

function parts(synthetic: Synthetic): Part[] {
  return [
    { key: 'items', sheet: '逐项合计', lines: itemLines(synthetic) },
    { key: 'subjects', sheet: '逐户答案', lines: subjectLines(synthetic) },
    { key: 'caps', sheet: '封顶', lines: capLines(synthetic) },
    { key: 'files', sheet: '文件行数', lines: fileLines(synthetic) },
    { key: 'slips', sheet: '差错位置', lines: slipLines(synthetic) },
  ];
}

const NOTE =
  '合成数据：主体、项目、金额均为虚构。逐户答案由人按原文手工写成；逐项合计由独立程序按原文计算，与规则引擎无关。' +
  'Synthetic data: every firm, project and figure is invented.';

const plain = (line: Line): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    Object.entries(line).map(([k, v]) => [k, typeof v === 'bigint' ? String(v) : v]),
  );

/** The answer sheet as JSON: amounts in 分 as texts. */
export function answersJson(synthetic: Synthetic): string {
  const lists = Object.fromEntries(
    parts(synthetic).map(({ key, lines }) => [key, lines.map(plain)]),
  );
  const whole = { _说明: NOTE, decidedOn: DECIDED_ON, package: 'policies/benxi-2023-10', ...lists };
  return `${jsonText(whole, 0)}\n`;
}

/** Field → heading and width. Money is shown in yuan. */
const HEADINGS: Readonly<Record<string, readonly [string, number]>> = {
  id: ['编号', 22],
  itemId: ['条款', 9],
  item: ['事项', 26],
  table: ['对象', 16],
  subjects: ['对象数', 9],
  满足: ['满足', 9],
  不满足: ['不满足', 9],
  资料不足: ['资料不足', 10],
  待认定: ['待认定', 9],
  amountFen: ['金额（元）', 20],
  name: ['名称', 40],
  verdict: ['结论', 10],
  failed: ['不满足的条件', 24],
  missing: ['缺少的事实', 30],
  pending: ['待认定的事项', 24],
  why: ['理由', 60],
  law: ['原文', 60],
  file: ['文件', 48],
  sheet: ['工作表', 20],
  row: ['行', 7],
  cell: ['单元格', 9],
  code: ['问题代码', 20],
  severity: ['程度', 10],
  subject: ['主体', 22],
  note: ['说明', 60],
  source: ['来源', 34],
  good: ['应收行数', 10],
  bad: ['应退行数', 10],
  repeated: ['重复行数', 10],
  cap: ['封顶', 24],
  key: ['主体和年度', 26],
  awards: ['笔数', 8],
  claimedFen: ['合计（元）', 20],
  capFen: ['限额（元）', 20],
  overFen: ['超出（元）', 20],
};

function cellOf(value: Value | undefined): Cell {
  if (value === undefined) return { look: 'general' };
  if (typeof value === 'bigint') return { look: 'cents', number: decimal(value, 2) };
  if (typeof value === 'number') return { look: 'whole', number: String(value) };
  return { look: 'prose', text: value };
}

function sheetOf({ sheet, lines }: Part): Sheet {
  // The line with the most fields has them in their order.
  const fields = lines.reduce<string[]>((most, line) => {
    const own = Object.keys(line);
    return own.length > most.length ? own : most;
  }, []);
  const last = columnName(Math.max(fields.length - 1, 1));
  const head = (look: Look, text: string): Cell => ({ look, text });
  return {
    name: sheet,
    rows: [
      [head('title', `本溪市合成样例答案：${sheet}（${DECIDED_ON}）`)],
      [head('note', NOTE)],
      fields.map((field) => head('head', HEADINGS[field]?.[0] ?? field)),
      ...lines.map((line) => fields.map((field) => cellOf(line[field]))),
    ],
    merges: [`A1:${last}1`, `A2:${last}2`],
    widths: fields.map((field) => HEADINGS[field]?.[1] ?? 14),
    frozen: 3,
    landscape: true,
  };
}

/** The answer sheet as a workbook: amounts in yuan. */
export function answersWorkbook(synthetic: Synthetic): Buffer {
  return workbookBytes(parts(synthetic).map(sheetOf));
}
