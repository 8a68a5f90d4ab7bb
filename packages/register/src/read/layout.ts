/** Where the header of a form stands, what its headings are, and what the lines above it say. */
import { cellText, MOST_COLUMNS } from './grid.ts';
import type { Merge, RawRow, RawSheet } from './grid.ts';
import { isReason, plainHeading } from './heading.ts';
import type { PlainHeading } from './heading.ts';
import { filingDay, NO_PERIOD, periodIn } from './period.ts';
import type { Period } from './period.ts';
import { unitList } from './unit.ts';
import type { FormUnit } from './unit.ts';

export interface HeadingAt {
  /** From 0. */
  readonly column: number;
  /** As people read it: parts of several rows joined with `/`. */
  readonly text: string;
  readonly plain: PlainHeading;
}

export interface Layout {
  readonly headings: readonly HeadingAt[];
  /** First and last row of the header; 0 when the format itself has headings. */
  readonly top: number;
  readonly bottom: number;
  /** The lines above the header. */
  readonly titles: readonly string[];
}

/** Rows that are looked at for a header. */
export const HEAD_ROWS = 60;
const DEEPEST = 3;

/** The first rows of a sheet. Throws ImportRefusal. */
export async function headOf(sheet: RawSheet): Promise<readonly RawRow[]> {
  const head: RawRow[] = [];
  for await (const batch of sheet.rows()) {
    head.push(...batch.slice(0, HEAD_ROWS - head.length));
    if (head.length >= HEAD_ROWS) break;
  }
  return head;
}

/** The texts of a row, those of merged cells repeated in each of them. */
function textsOf(row: RawRow, merges: readonly Merge[], above: readonly string[]): string[] {
  const texts = Array.from({ length: row.cells.length }, (_, i) => cellText(row.cells[i]));
  for (const m of merges) {
    if (m.top > row.row || m.bottom < row.row) continue;
    const text = m.top === row.row ? (texts[m.left] ?? '') : (above[m.left] ?? '');
    for (let c = m.left; c <= Math.min(m.right, MOST_COLUMNS); c++) texts[c] = text;
  }
  return Array.from(texts, (t) => t ?? '');
}

function joined(parts: readonly string[]): string {
  const kept = parts.filter((p, i) => p !== '' && p !== parts[i - 1]);
  return kept.map((p) => p.replaceAll(/\s+/gu, ' ')).join('/');
}

/** Headings of the rows `lines`: as they stand, and with blank upper parts taken from the left, as
 *  people leave them blank where they do not merge. */
function candidates(lines: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const width = Math.max(0, ...lines.map((l) => l.length));
  const filled = lines.map((line, depth) => {
    if (depth === lines.length - 1) return line;
    let last = '';
    return Array.from({ length: width }, (_, c) => {
      const below = lines.slice(depth + 1).some((l) => (l[c] ?? '') !== '');
      if ((line[c] ?? '') !== '') last = line[c] ?? '';
      else if (below) return last;
      return line[c] ?? '';
    });
  });
  return Array.from({ length: width }, (_, c) => {
    const own = joined(lines.map((l) => l[c] ?? ''));
    const whole = joined(filled.map((l) => l[c] ?? ''));
    return own === whole ? [own] : [whole, own];
  });
}

/** How well a heading is known: 0 not at all. */
export type Score = (heading: PlainHeading) => number;

interface Found extends Layout {
  readonly score: number;
}

function headingsOf(lines: readonly (readonly string[])[], score: Score): HeadingAt[] {
  return candidates(lines).flatMap((texts, column): HeadingAt[] => {
    const all = texts
      .filter((text) => text !== '')
      .map((text) => ({ column, text, plain: plainHeading(text) }));
    const best = all.find((h) => score(h.plain) > 0 || isReason(h.text)) ?? all[0];
    return best === undefined ? [] : [best];
  });
}

const total = (headings: readonly HeadingAt[], score: Score): number =>
  headings.reduce((sum, h) => {
    const known = score(h.plain);
    return sum + known * 100 + (known > 0 && h.plain.unit !== '' ? 1 : 0);
  }, 0);

/** The rows whose headings are known best; undefined when none is known at all. */
export function findLayout(
  sheet: RawSheet,
  head: readonly RawRow[],
  score: Score,
): Found | undefined {
  if (sheet.headings !== null) {
    const headings = headingsOf([sheet.headings], score);
    const found = total(headings, score);
    return found === 0 ? undefined : { headings, top: 0, bottom: 0, titles: [], score: found };
  }
  const lines: string[][] = [];
  for (const row of head) lines.push(textsOf(row, sheet.merges, lines.at(-1) ?? []));
  let best: { at: number; depth: number; score: number } | undefined;
  for (let at = 0; at < lines.length; at++) {
    for (let depth = 1; depth <= DEEPEST && at + depth <= lines.length; depth++) {
      const found = total(headingsOf(lines.slice(at, at + depth), score), score);
      // Of two readings the one with fewer rows: a title is no part of a heading.
      const better = found > (best?.score ?? 0);
      const shorter = found > 0 && found === best?.score && depth < best.depth;
      if (better || shorter) best = { at, depth, score: found };
    }
  }
  if (best === undefined) return undefined;
  return {
    headings: headingsOf(lines.slice(best.at, best.at + best.depth), score),
    top: head[best.at]?.row ?? 1,
    bottom: head[best.at + best.depth - 1]?.row ?? 1,
    titles: head.slice(0, best.at).map((row) => rowText(row)),
    score: best.score,
  };
}

/** The texts of a row, one after the other. */
export function rowText(row: RawRow): string {
  return row.cells
    .filter((c) => c !== undefined && c.merged !== true)
    .map((c) => cellText(c))
    .filter((t) => t !== '')
    .join('  ');
}

/** The period of a form: of its titles, else of its sheet, else of its file; a month before a year. */
export function periodOf(titles: readonly string[], sheet: string, file: string): Period {
  const found = [...titles, sheet, file].map((t) => periodIn(t)).filter((p) => p.text !== '');
  return found.find((p) => p.month !== '') ?? found[0] ?? NO_PERIOD;
}

/** The day of filing that any of the lines names; empty when none does. */
export function filingDayOf(lines: readonly string[]): string {
  return lines.map((t) => filingDay(t)).find((d) => d !== '') ?? '';
}

/** The units of a line 「单位：千元」; 「填报单位：…」 is none. */
export function unitsOf(titles: readonly string[]): readonly FormUnit[] {
  for (const title of titles) {
    const text = title.normalize('NFKC');
    const m =
      /(?:^|[\s(,;、])(?:计量|金额|货币)?单位\s*:\s*([^\s)]+(?:\s*[、,/]\s*[^\s)]+)*)/u.exec(text);
    const units = m === null ? [] : unitList(m[1] ?? '');
    if (units.length > 0) return units;
  }
  return [];
}
