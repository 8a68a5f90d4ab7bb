/** Named intermediate values: each is computed once, in the SELECT of its layer, and read by those
 *  above. */
import type { Term } from './term.ts';

export class Layers {
  readonly #names = new Map<string, Term>();
  readonly #layers: { readonly name: string; readonly sql: string }[][] = [];
  readonly #remarks = new Map<string, string>();

  /** `term` as a column of the layer above those that it needs; the same text has one name. */
  share(term: Term): Term {
    const known = this.#names.get(term.sql);
    if (known !== undefined) return known;
    const name = `t_${String(this.#names.size + 1).padStart(3, '0')}`;
    while (this.#layers.length <= term.level) this.#layers.push([]);
    this.#layers[term.level]?.push({ name, sql: term.sql });
    const { literal: _literal, ...rest } = term;
    const named = { ...rest, sql: name, level: term.level + 1 };
    this.#names.set(term.sql, named);
    return named;
  }

  /** What a shared value means, for the reader of the plan. */
  remark(term: Term, remark: string): void {
    if (!this.#remarks.has(term.sql)) this.#remarks.set(term.sql, remark);
  }

  /** `base` with the layers above it. */
  render(base: string): string {
    return this.#layers.reduce((inner, columns, n) => {
      if (columns.length === 0) return inner;
      const lines = columns.map(({ name, sql }, i) => {
        const remark = this.#remarks.get(name);
        const comma = i === columns.length - 1 ? '' : ',';
        return `  ${sql} AS ${name}${comma}${remark === undefined ? '' : ` -- ${remark}`}`;
      });
      return `SELECT *,\n${lines.join('\n')}\nFROM (\n${indented(inner)}\n) AS s${n}`;
    }, base);
  }
}

export function indented(text: string): string {
  return text.replace(/^/gmu, '  ');
}
