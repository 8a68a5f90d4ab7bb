/** Where columns come from: the table of the subjects, tables joined along references, and lists of
 *  rows summed up per subject. */
import type { RuleSet } from '../ir.ts';
import type { SqlColumn, SqlTable } from './layout.ts';
import { tablesOf } from './layout.ts';
import type { Kind, Term, Terms } from './term.ts';

/** Largest magnitude of an integer column unless the data says less: 10万亿元 in 分, or 10^12. */
const MOST_FEN = 10n ** 15n;
const MOST = 10n ** 12n;

/** What is read, over all plans of one compilation. */
export class Reads {
  readonly tables: readonly SqlTable[];
  readonly #magnitudes: ReadonlyMap<string, bigint>;
  readonly #used = new Map<string, Set<string>>();
  readonly #ruleSet: RuleSet;

  constructor(ruleSet: RuleSet, magnitudes: ReadonlyMap<string, bigint>) {
    this.#ruleSet = ruleSet;
    this.tables = tablesOf(ruleSet);
    this.#magnitudes = magnitudes;
  }

  entity(name: string): SqlTable {
    const found = this.tables.find((t) => t.entity === name && t.parent === '');
    if (found === undefined) throw new Error(`entity ${name} is not in the rule set`);
    return found;
  }

  list(entity: string, fact: string): SqlTable {
    const found = this.tables.find((t) => t.parent === entity && t.list === fact);
    if (found === undefined) throw new Error(`${entity} keeps no list ${fact}`);
    return found;
  }

  /** The entity that the reference `name` of `entity` leads to. */
  target(entity: string, name: string): string {
    const facts = this.#ruleSet.entities.find((e) => e.name === entity)?.facts;
    const type = facts?.find((f) => f.name === name)?.type;
    if (type?.t !== 'entity') throw new Error(`${entity}.${name} leads nowhere`);
    return type.entity;
  }

  use(table: SqlTable, column: SqlColumn | undefined): SqlColumn {
    if (column === undefined) throw new Error(`a column of ${table.label} is not in the layout`);
    const names = this.#used.get(table.name) ?? new Set();
    names.add(column.name);
    this.#used.set(table.name, names);
    return column;
  }

  term(table: SqlTable, column: SqlColumn, sql: string, t: Terms): Term {
    const kind: Kind = column.type;
    if (kind !== 'integer') return t.column(kind, sql);
    const most =
      column.role === 'rows'
        ? MOST
        : (this.#magnitudes.get(`${table.label}.${column.label}`) ??
          (column.unit === '元' ? MOST_FEN : MOST));
    return t.column(kind, sql, { lo: column.negative ? -most : 0n, hi: most });
  }

  /** The tables that were read, with the columns that were; `first` leads. */
  used(first: SqlTable): readonly SqlTable[] {
    const rest = this.tables.filter((t) => t !== first && this.#used.has(t.name));
    return [first, ...rest].map((t) => {
      const names = this.#used.get(t.name) ?? new Set();
      const columns = t.columns.filter(
        (c) => c.role === 'identity' || c.role === 'parent' || names.has(c.name),
      );
      return { ...t, columns };
    });
  }
}

/** A table under an alias, with what is joined to it along references. */
export class Source {
  readonly reads: Reads;
  readonly table: SqlTable;
  readonly alias: string;
  readonly #joined = new Map<string, { table: SqlTable; alias: string; on: string }>();

  constructor(reads: Reads, table: SqlTable, alias: string) {
    this.reads = reads;
    this.table = table;
    this.alias = alias;
  }

  /** The table at the end of references `names`, and its alias. */
  at(names: readonly string[]): { table: SqlTable; alias: string } {
    if (names.length === 0) return { table: this.table, alias: this.alias };
    const key = names.join('.');
    const known = this.#joined.get(key);
    if (known !== undefined) return known;
    const from = this.at(names.slice(0, -1));
    const column = this.reads.use(from.table, columnOf(from.table, names.at(-1) ?? ''));
    const table = this.reads.entity(this.reads.target(from.table.entity, names.at(-1) ?? ''));
    const alias = `${this.alias}${this.#joined.size + 1}`;
    const made = { table, alias, on: `${alias}.id = ${from.alias}.${column.name}` };
    this.#joined.set(key, made);
    return made;
  }

  /** `FROM …` with its joins. */
  from(): string {
    const joins = [...this.#joined.values()].map(
      ({ table, alias, on }) => `LEFT JOIN ${table.name} AS ${alias} ON ${on}`,
    );
    return [`${this.table.name} AS ${this.alias}`, ...joins].join('\n  ');
  }
}

/** The column that holds the fact `name` (a reference: whom it names). */
export function columnOf(table: SqlTable, name: string): SqlColumn | undefined {
  return table.columns.find(
    (c) => c.of === name && (c.role === 'fact' || c.role === 'identity' || c.role === 'rows'),
  );
}
