/** The facts of a rule set as tables: one for each entity, one for each list of rows that an entity
 *  keeps. What a snapshot stores, and what the compiled SELECTs read. */
import type { Entity, Expr, Fact, RuleSet, Type } from '../ir.ts';
import { children } from '../lower/walk.ts';
import { gateKey } from '../evaluate/read.ts';

export type SqlType = 'integer' | 'boolean' | 'text' | 'date';

/** A column of a table.
 *
 *  - `identity`: the subject's own identity (统一社会信用代码, 编号), text, never null, unique.
 *  - `parent`: in a table of rows, the identity of whom the row belongs to, text, never null.
 *  - `fact`: a fact. A number is a scaled integer at the fact's scale (金额: 分); a reference is the
 *    identity of the other entity, text.
 *  - `month`: one month of a monthly amount, 分.
 *  - `rows`: how many rows of a list are known, an integer; null: the list is not known.
 *  - `gate`: the judgement of a gate, boolean. */
export interface SqlColumn {
  /** Identifier in SQL: `id`, `up`, `f_003`, `f_003_202309`, `n_003`, `g_001`. */
  readonly name: string;
  /** Heading in a snapshot: 从业人员, `月限上零售额 2023-09`, `贷款 个数`, `认定 优秀`, 上级. */
  readonly label: string;
  readonly role: 'identity' | 'parent' | 'fact' | 'month' | 'rows' | 'gate';
  readonly type: SqlType;
  /** Name of the fact (identity, fact, month, rows) or of the gate. */
  readonly of: string;
  /** `YYYY-MM`, else empty. */
  readonly month: string;
  /** Of an integer: value × 10^-scale in `unit`. */
  readonly scale: number;
  readonly unit: string;
  /** An integer that can be below zero. */
  readonly negative: boolean;
}

export interface SqlTable {
  /** Identifier in SQL: `e_01`, `e_01_003` for the rows of its third fact. */
  readonly name: string;
  /** Name of the file in a snapshot: 企业, 设施农业项目.贷款. */
  readonly label: string;
  /** The entity of whom a row of the table holds the facts. */
  readonly entity: string;
  /** For a table of rows: whose they are, and the fact that lists them; else empty. */
  readonly parent: string;
  readonly list: string;
  readonly columns: readonly SqlColumn[];
}

const pad = (n: number, digits: number): string => String(n).padStart(digits, '0');

function typeOf(type: Type): SqlType | undefined {
  switch (type.t) {
    case 'number':
      return 'integer';
    case 'bool':
      return 'boolean';
    case 'date':
      return 'date';
    case 'text':
    case 'entity':
      return 'text';
    default:
      return undefined;
  }
}

const PLAIN = { month: '', scale: 0, unit: '', negative: false } as const;

function monthColumn(fact: Fact, at: number, month: string): SqlColumn {
  return {
    name: `f_${pad(at + 1, 3)}_${month.replace('-', '')}`,
    label: `${fact.name} ${month}`,
    role: 'month',
    type: 'integer',
    of: fact.name,
    month,
    scale: 2,
    unit: '元',
    negative: fact.negative,
  };
}

function factColumns(fact: Fact, at: number, months: readonly string[]): readonly SqlColumn[] {
  const { name, type, negative } = fact;
  if (type.t === 'months') return months.map((m) => monthColumn(fact, at, m));
  if (type.t === 'rows') {
    const label = `${name} 个数`;
    const role = 'rows';
    return [{ ...PLAIN, name: `n_${pad(at + 1, 3)}`, label, role, type: 'integer', of: name }];
  }
  const sqlType = typeOf(type);
  if (sqlType === undefined) return [];
  const measured = type.t === 'number' ? { scale: type.scale, unit: type.unit, negative } : {};
  const column = { ...PLAIN, ...measured, label: name, type: sqlType, of: name };
  return [{ ...column, name: `f_${pad(at + 1, 3)}`, role: 'fact' }];
}

/** Every expression of a rule set, alternatives that are not in force included. */
function expressionsOf(ruleSet: RuleSet): readonly Expr[] {
  const { decisions, interpretations, items, caps, duties } = ruleSet;
  const all: (Expr | null)[] = [
    ...decisions.map((d) => d.expr),
    ...interpretations.flatMap((i) => i.alternatives.map((a) => a.expr)),
    ...items.flatMap((i) => [...i.conditions.map((c) => c.expr), i.amount, ...i.once]),
    ...items.flatMap((i) => i.hard.flatMap((h) => [h.limit, h.when])),
    ...caps.flatMap((c) => [...c.keys.map((k) => k.expr), c.limit, c.when, c.order]),
    ...duties.map((d) => d.formula),
  ];
  return all.filter((e) => e !== null);
}

/** Months that rules read of each monthly fact, under whatever reading: by `entity.fact`. */
export function monthsRead(ruleSet: RuleSet): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const look = (e: Expr): void => {
    if (e.k === 'months' && e.series.k === 'fact') {
      const key = e.series.path.at(-1) ?? '';
      const months = found.get(key) ?? new Set();
      for (const m of e.months) months.add(m);
      found.set(key, months);
    }
    for (const c of children(e)) look(c);
  };
  for (const e of expressionsOf(ruleSet)) look(e);
  return new Map([...found].map(([name, months]) => [name, [...months].toSorted()]));
}

/** The tables of all entities of `ruleSet`, with every fact that it declares. `months` adds months
 *  of monthly facts beside those that its rules read: by name of the fact. */
export function tablesOf(
  ruleSet: RuleSet,
  months: ReadonlyMap<string, readonly string[]> = new Map(),
): readonly SqlTable[] {
  const read = monthsRead(ruleSet);
  const monthsOf = (fact: Fact): readonly string[] =>
    [...new Set([...(read.get(fact.name) ?? []), ...(months.get(fact.name) ?? [])])].toSorted();
  const columnsOf = (entity: Entity): readonly SqlColumn[] => [
    ...entity.facts
      .filter((f) => f.name === entity.identity)
      .map((f) => ({
        ...PLAIN,
        name: 'id',
        label: f.name,
        role: 'identity' as const,
        type: 'text' as const,
        of: f.name,
      })),
    ...entity.facts.flatMap((f, at) =>
      f.name === entity.identity ? [] : factColumns(f, at, monthsOf(f)),
    ),
    ...ruleSet.gates.flatMap((g, at) =>
      g.entity === entity.name
        ? [
            {
              ...PLAIN,
              name: `g_${pad(at + 1, 3)}`,
              label: gateKey(g.name),
              role: 'gate' as const,
              type: 'boolean' as const,
              of: g.name,
            },
          ]
        : [],
    ),
  ];
  return ruleSet.entities.flatMap((entity, n): SqlTable[] => {
    const name = `e_${pad(n + 1, 2)}`;
    const own = { name, label: entity.name, entity: entity.name, parent: '', list: '' };
    const lists = entity.facts.flatMap((fact, at): SqlTable[] => {
      const row = fact.type.t === 'rows' ? fact.type.entity : undefined;
      const child = ruleSet.entities.find((e) => e.name === row);
      if (child === undefined) return [];
      const up: SqlColumn = {
        ...PLAIN,
        name: 'up',
        label: '上级',
        role: 'parent',
        type: 'text',
        of: entity.identity,
      };
      return [
        {
          name: `${name}_${pad(at + 1, 3)}`,
          label: `${entity.name}.${fact.name}`,
          entity: child.name,
          parent: entity.name,
          list: fact.name,
          columns: [up, ...columnsOf(child)],
        },
      ];
    });
    return [{ ...own, columns: columnsOf(entity) }, ...lists];
  });
}
