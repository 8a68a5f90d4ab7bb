/** A mapping for a form that nobody has mapped yet, learned from its headings: to be shown to a
 *  person, changed and kept. */
import { PERSON } from '@zhida/rules';
import type { SqlColumn, SqlTable } from '@zhida/rules';
import { columnLetters } from './grid.ts';
import type { RawRow, RawSheet } from './grid.ts';
import { alike, fits, isReason, plainHeading } from './heading.ts';
import type { PlainHeading } from './heading.ts';
import { findLayout, unitsOf } from './layout.ts';
import type { HeadingAt, Layout } from './layout.ts';
import { MAPPING_FORMAT } from './mapping.ts';
import type { Mapping, MappingColumn, MappingForm } from './mapping.ts';
import { NO_PERIOD } from './period.ts';

/** How a heading was understood: the label itself; as another mapping has it; by likeness; not. */
export type How = 'exact' | 'kept' | 'alike' | 'none';

export interface ProposedHeading {
  readonly sheet: string;
  /** `C`. */
  readonly column: string;
  readonly heading: string;
  readonly table: string;
  /** Empty when nothing is near. */
  readonly label: string;
  readonly how: How;
  /** How alike the two are, in percent. */
  readonly percent: number;
}

export interface Proposal {
  readonly mapping: Mapping;
  readonly headings: readonly ProposedHeading[];
}

/** A sheet that was looked at. */
export interface Looked {
  readonly sheet: RawSheet;
  readonly head: readonly RawRow[];
}

interface Guess {
  readonly heading: HeadingAt;
  readonly column: MappingColumn;
  readonly how: How;
  readonly percent: number;
}

const NEAR = 55;

/** What bureaus call the columns that every table has. */
const OTHER_NAMES: readonly (readonly [string, RegExp])[] = [
  ['统一社会信用代码', /^(?:单位|企业|法人)?(?:统一)?(?:社会)?信用代码$/u],
  ['名称', /^(?:单位|企业|法人单位|机构|主体|项目|店铺|基地|商户|纳税人)(?:详细)?名称$/u],
  ['编号', /^(?:项目|合同|备案|登记|借据|贷款|序列|办件)(?:编号|代码|号)$/u],
  ['县区', /^(?:所属|所在)?(?:县区|区县|县\(区\)|行政区划|地区)$/u],
  ['从业人员', /^从业人员(?:期末|平均)?(?:人)?数$/u],
  ['上级', /^(?:所属|上级)?项目(?:编号|代码)$/u],
];

const LAST_YEAR = /(?:上年|去年)(?:同月|同期)|上年本月/u;
const THIS_MONTH = /本月|当月|本期/u;
const NAMED_MONTH = /(?:20\d\d年)?\d{1,2}月份?|20\d\d-\d{2}/u;

/** A monthly fact by a heading that also says which month. */
function monthly(
  heading: PlainHeading,
  fact: string,
): { label: string; percent: number } | undefined {
  const { text } = heading;
  const placed = LAST_YEAR.test(text)
    ? '{上年同月}'
    : THIS_MONTH.test(text)
      ? '{月}'
      : NAMED_MONTH.test(text)
        ? '{某月}'
        : '';
  if (placed === '') return undefined;
  const bare = text
    .replace(LAST_YEAR, '')
    .replace(THIS_MONTH, '')
    .replace(NAMED_MONTH, '')
    .replaceAll('/', '');
  const percent = Math.max(alike(bare, fact), alike(bare, fact.replace(/^月/u, '')));
  return { label: `${fact} ${placed}`, percent };
}

function ofColumn(heading: PlainHeading, column: SqlColumn): Omit<Guess, 'heading'> {
  const { text } = heading;
  if (column.role === 'month') {
    const m = monthly(heading, column.of);
    const pattern = m?.label.endsWith('{某月}') ? text.replace(NAMED_MONTH, '{某月}') : text;
    const mapped = { heading: pattern, label: m?.label ?? column.label };
    return { column: mapped, how: 'alike', percent: m?.percent ?? 0 };
  }
  const label = plainHeading(column.label).text;
  const mapped = { heading: text, label: column.label };
  if (text === label || text.split('/').at(-1) === label) {
    return { column: mapped, how: 'exact', percent: 100 };
  }
  const other = OTHER_NAMES.some(([name, names]) => name === label && names.test(text));
  const percent = other ? 90 : Math.min(89, alike(text, label));
  return { column: mapped, how: 'alike', percent };
}

/** What other mappings of the same table call a column. */
function kept(
  heading: PlainHeading,
  table: SqlTable,
  mappings: readonly Mapping[],
): Guess['column'][] {
  return mappings
    .flatMap((m) => m.forms.filter((f) => f.table === table.label))
    .flatMap((f) => f.columns.filter((c) => fits(c.heading, heading, NO_PERIOD) !== undefined));
}

function guess(
  heading: HeadingAt,
  table: SqlTable,
  mappings: readonly Mapping[],
): Guess | undefined {
  const known = kept(heading.plain, table, mappings)[0];
  let best: Omit<Guess, 'heading'> | undefined =
    known === undefined ? undefined : { column: known, how: 'kept', percent: 99 };
  for (const column of table.columns) {
    if (best?.percent === 100) break;
    const found = ofColumn(heading.plain, column);
    if (found.percent >= NEAR && found.percent > (best?.percent ?? 0)) best = found;
  }
  return best && { heading, ...best };
}

/** Each label once: the most alike heading has it. */
function guesses(
  headings: readonly HeadingAt[],
  table: SqlTable,
  mappings: readonly Mapping[],
): readonly Guess[] {
  const taken = new Set<string>();
  return headings
    .filter((h) => !isReason(h.text))
    .flatMap((h) => guess(h, table, mappings) ?? [])
    .toSorted((a, b) => b.percent - a.percent)
    .filter(({ column }) => column.label.includes('{某月') || !taken.has(column.label))
    .filter(({ column }) => taken.add(column.label));
}

interface Fit {
  readonly table: SqlTable;
  readonly layout: Layout;
  readonly found: readonly Guess[];
  readonly score: number;
}

function fitOf(looked: Looked, table: SqlTable, mappings: readonly Mapping[]): Fit | undefined {
  const cache = new Map<string, number>();
  const score = (h: PlainHeading): number => {
    let known = cache.get(h.text);
    if (known === undefined) {
      const g = guess({ column: 0, text: h.text, plain: h }, table, mappings);
      known = g === undefined ? 0 : g.percent >= 99 ? 3 : 1;
      cache.set(h.text, known);
    }
    return known;
  };
  const layout = findLayout(looked.sheet, looked.head.slice(0, 20), score);
  if (layout === undefined) return undefined;
  const found = guesses(layout.headings, table, mappings);
  const needed = table.columns.filter((c) => c.role === 'identity' || c.role === 'parent');
  const whole = needed.every((c) => found.some((g) => g.column.label === c.label));
  const points = found.reduce((sum, g) => sum + g.percent, 0);
  return whole && found.length >= 2 ? { table, layout, found, score: points } : undefined;
}

function formOf(looked: Looked, { table, layout, found }: Fit, many: boolean): MappingForm {
  const unit = unitsOf(layout.titles).find((u) => u.base === '元')?.word;
  return {
    ...(many ? { sheet: [looked.sheet.name] } : {}),
    table: table.label,
    ...(unit === undefined ? {} : { unit }),
    columns: found
      .toSorted((a, b) => a.heading.column - b.heading.column)
      .map((g) => g.column)
      .filter(
        (c, i, all) => all.findIndex((o) => o.heading === c.heading && o.label === c.label) === i,
      ),
  };
}

function headingRows(looked: Looked, { table, layout, found }: Fit): ProposedHeading[] {
  return layout.headings.flatMap((h) => {
    if (isReason(h.text)) return [];
    const g = found.find((x) => x.heading.column === h.column);
    const at = { sheet: looked.sheet.name, column: columnLetters(h.column), heading: h.text };
    const { label } = g?.column ?? { label: '' };
    const { how = 'none', percent = 0 } = g ?? {};
    return [{ ...at, table: table.label, label, how, percent }];
  });
}

/** Who sends the form, as 「填报单位：…」 says; empty when it does not. */
function sender(titles: readonly string[]): string {
  const found = titles
    .map((t) => /(?:填报|报送|编制|制表)单位\s*[:：]\s*(\S+)/u.exec(t)?.[1])
    .find((t) => t !== undefined);
  return (found ?? '').replaceAll(/[（(].*$/gu, '');
}

/** Dates and punctuation of a file's name: the next file of the source has others. */
const NO_WORD = /\d[\d年月日份度季上下半第]*|[\s._()（）〔〕【】-]+/u;

/** Proposes a mapping for the sheets of the file named `file`; undefined when no sheet looks like a
 *  table of facts. Persons are never proposed. */
export function proposeMapping(
  sheets: readonly Looked[],
  file: string,
  tables: readonly SqlTable[],
  mappings: readonly Mapping[] = [],
): Proposal | undefined {
  const open = tables.filter((t) => t.entity !== PERSON && t.parent !== PERSON);
  const found = sheets.flatMap((looked) => {
    if (looked.sheet.hidden) return [];
    const fitting = open.flatMap((t) => fitOf(looked, t, mappings) ?? []);
    const best = fitting.toSorted((a, b) => b.score - a.score)[0];
    return best === undefined ? [] : [{ looked, best }];
  });
  if (found.length === 0) return undefined;
  const stem = file.replace(/\.[^.]*$/u, '').trim();
  const unit = sender(found.flatMap((f) => f.best.layout.titles));
  const parts = stem.split(NO_WORD).filter((w) => w.length > 1);
  return {
    mapping: {
      format: MAPPING_FORMAT,
      source: stem === '' ? file : stem,
      unit: unit === '' ? '?' : unit,
      recognise: parts.length === 0 ? [] : [{ file: parts }],
      forms: found.map((f) => formOf(f.looked, f.best, found.length > 1)),
    },
    headings: found.flatMap((f) => headingRows(f.looked, f.best)),
  };
}
