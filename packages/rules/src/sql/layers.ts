/** Named intermediate values: each is computed once, in the SELECT of its layer, and read by those
 *  above. */
import { isPlain } from './term.ts';
import type { Term } from './term.ts';

export class Layers {
  readonly #names = new Map<string, Term>();
  readonly #layers: { readonly name: string; readonly sql: string }[][] = [];

  /** `term` as a column of the layer above those that it needs; the same text has one name. */
  share(term: Term): Term {
    if (isPlain(term)) return term;
    const known = this.#names.get(term.sql);
    if (known !== undefined) return known;
    const name = `t_${String(this.#names.size + 1).padStart(3, '0')}`;
    while (this.#layers.length <= term.level) this.#layers.push([]);
    this.#layers[term.level]?.push({ name, sql: term.sql });
    const { literal: _literal, operands: _operands, nullOf: _nullOf, ...rest } = term;
    const nullWith = term.nullWith ?? name;
    const strictIn = new Set([...(term.strictIn ?? []), name]);
    const named = { ...rest, sql: name, level: term.level + 1, nullWith, strictIn };
    this.#names.set(term.sql, named);
    return named;
  }

  /** `base` with the layers above it; `outputs` are the texts that read them. What nobody reads is
   *  left out. */
  render(base: (used: ReadonlySet<string>) => string, outputs: readonly string[]): string {
    const used = new Set<string>();
    const look = (sql: string): void => {
      for (const [name] of sql.matchAll(/\b[a-z][a-z0-9]*_[a-z0-9_]+\b/gu)) used.add(name);
    };
    outputs.forEach(look);
    const kept = this.#layers.toReversed().map((columns) => {
      const live = columns.filter((c) => used.has(c.name));
      for (const { sql } of live) look(sql);
      return live;
    });
    return kept.toReversed().reduce((inner, columns, n) => {
      if (columns.length === 0) return inner;
      const lines = columns.map(({ name, sql }) => `  ${sql} AS ${name}`).join(',\n');
      return `SELECT *,\n${lines}\nFROM (\n${indented(inner)}\n) AS s${n}`;
    }, base(used));
  }
}

export function indented(text: string): string {
  return text.replace(/^/gmu, '  ');
}
