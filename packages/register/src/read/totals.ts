/** Sums of a form's columns beside the 合计 and 小计 rows that it states. */
import type { CellValue, ImportProblem } from '../record.ts';
import type { Bound, BoundColumn } from './bind.ts';
import { inUnit } from './decimal.ts';
import type { RawRow } from './grid.ts';
import { problem } from './problem.ts';

interface Sum {
  all: bigint;
  /** Since the last row that states a sum. */
  part: bigint;
  /** A figure could not be read: no sum can be compared. */
  unreadable: boolean;
}

interface Stated {
  readonly bound: BoundColumn;
  readonly row: number;
  readonly word: string;
  readonly value: bigint;
  readonly part: bigint;
  readonly before: boolean;
}

export class Totals {
  readonly #bound: Bound;
  readonly #sums: ReadonlyMap<BoundColumn, Sum>;
  readonly #stated: Stated[] = [];
  #rows = 0;

  constructor(bound: Bound) {
    this.#bound = bound;
    const summable = bound.columns.filter((b) => b.unit !== null && b.column.role !== 'rows');
    this.#sums = new Map(
      summable.map((b) => [b, { all: 0n, part: 0n, unreadable: false }] as const),
    );
  }

  row(): void {
    this.#rows++;
  }

  /** A figure of a data row; `wrong`: one that could not be read. */
  add(bound: BoundColumn, value: CellValue | null | undefined, wrong: boolean): void {
    const sum = this.#sums.get(bound);
    if (sum === undefined) return;
    if (wrong) sum.unreadable = true;
    if (typeof value !== 'bigint') return;
    sum.all += value;
    sum.part += value;
  }

  /** A row that states sums; figures that are none are left alone. */
  state(row: RawRow, word: string): void {
    for (const [bound, sum] of this.#sums) {
      const cell = row.cells[bound.at];
      let readable = true;
      const value =
        cell &&
        bound.read(cell, (code) => {
          if (code !== 'number-noise') readable = false;
        });
      const part = sum.part;
      sum.part = 0n;
      if (!readable || typeof value !== 'bigint') continue;
      this.#stated.push({ bound, row: row.row, word, value, part, before: this.#rows === 0 });
    }
  }

  /** Warnings where a stated sum is neither that of all rows nor that of those above it. */
  problems(): readonly ImportProblem[] {
    return this.#stated.flatMap((s) => {
      const sum = this.#sums.get(s.bound);
      if (sum === undefined || sum.unreadable || s.value === sum.all || s.value === s.part)
        return [];
      const whole = s.before || /(?:合计|总计|共计)$/u.test(s.word);
      return [this.#problem(s, whole ? sum.all : s.part)];
    });
  }

  #problem({ bound, row, word, value }: Stated, sum: bigint): ImportProblem {
    const { column, unit, heading, letters } = bound;
    const { num = 1n, den = 1n, word: name = '' } = unit ?? {};
    const text = (v: bigint): string => `${inUnit(v, column.scale, num, den)}${name}`;
    const at = { sheet: this.#bound.sheet.name, row, column: letters, heading };
    const params = { word, stated: text(value), summed: text(sum) };
    return problem('total-differs', { ...at, value: text(value) }, params);
  }
}
