/** The middle form: plain, frozen, serialisable data. Integers are decimal texts; every expression
 *  carries the index of its cite. Numbers are scaled: value × 10^-scale in the base unit. */
import type { Rounding } from './scaled.ts';

export interface CiteSpan {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** Where the law says it: provision, spans of the normalised text, recorded readings, file line. */
export interface Cite {
  readonly clause: string;
  readonly spans: readonly CiteSpan[];
  readonly readings: readonly string[];
  readonly file: string;
  readonly line: number;
}

export type Type =
  | {
      readonly t: 'number';
      readonly unit: string;
      readonly scale: number;
      /** A bare number that is no percentage: a floor area ratio, a multiple. */
      readonly plain?: true;
    }
  | { readonly t: 'ratio' }
  | { readonly t: 'bool' }
  | { readonly t: 'text'; readonly options?: readonly string[] }
  | { readonly t: 'date' }
  | { readonly t: 'months' }
  | { readonly t: 'rows'; readonly entity: string }
  | { readonly t: 'entity'; readonly entity: string };

export type Compare = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A mechanism of the field that was lowered to core nodes; explanations keep its name. */
export type Origin =
  | '封顶'
  | '保底'
  | '增加额'
  | '增长率'
  | '比率'
  | '每满'
  | '按比例每'
  | '就高'
  | '除外'
  | '超额累进'
  | '不超过';

interface Common {
  readonly type: Type;
  readonly cite: number;
  readonly origin?: Origin;
}

export interface Interval {
  readonly k: 'interval';
  readonly lo: string | null;
  readonly hi: string | null;
  readonly loOpen: boolean;
  readonly hiOpen: boolean;
}

/** A test on one value. Interval ends are scaled integers, or dates, as the input's type says. */
export type Test =
  | Interval
  | { readonly k: 'any' }
  | { readonly k: 'set'; readonly values: readonly string[] }
  | { readonly k: 'bool'; readonly value: boolean };

export interface TableRow {
  readonly tests: readonly (readonly Test[])[];
  /** undefined output: 不满足. */
  readonly out: Expr | null;
  readonly cite: number;
  readonly line: number;
}

export type Hit = '唯一' | '首个' | '求和' | '最大' | '最小' | '超额累进';

export interface TableExpr extends Common {
  readonly k: 'table';
  readonly name: string;
  readonly hit: Hit;
  readonly inputs: readonly Expr[];
  readonly labels: readonly string[];
  readonly rows: readonly TableRow[];
  /** Output of 其余: an expression, null for 不满足, undefined when the table has no such row. */
  readonly rest?: Expr | null;
}

export type Expr =
  | (Common & { readonly k: 'literal'; readonly value: string | boolean })
  | (Common & { readonly k: 'asOf' })
  | (Common & { readonly k: 'fact'; readonly path: readonly string[]; readonly row?: string })
  | (Common & { readonly k: 'gate'; readonly gate: string; readonly path: readonly string[] })
  | (Common & { readonly k: 'decision'; readonly name: string })
  | (Common & { readonly k: 'reading'; readonly id: string })
  | (Common & {
      readonly k: 'parameter';
      readonly name: string;
      readonly keys: readonly Expr[];
      readonly date: Expr;
    })
  | (Common & { readonly k: 'months'; readonly series: Expr; readonly months: readonly string[] })
  | (Common & { readonly k: 'scale'; readonly a: Expr; readonly by: number })
  | (Common & { readonly k: 'add' | 'subtract' | 'multiply'; readonly a: Expr; readonly b: Expr })
  | (Common & { readonly k: 'min' | 'max'; readonly items: readonly Expr[] })
  | (Common & { readonly k: 'compare'; readonly op: Compare; readonly a: Expr; readonly b: Expr })
  | (Common & { readonly k: 'in'; readonly a: Expr; readonly tests: readonly Test[] })
  | (Common & { readonly k: 'and' | 'or'; readonly items: readonly Expr[] })
  | (Common & { readonly k: 'not'; readonly a: Expr })
  | (Common & { readonly k: 'if'; readonly test: Expr; readonly yes: Expr; readonly no: Expr })
  | (Common & { readonly k: 'ratio'; readonly a: Expr; readonly b: Expr })
  | (Common & {
      readonly k: 'round';
      readonly mode: Rounding;
      /** num ÷ den, as whole numbers of the result's scale after × 10^by (by may be negative). */
      readonly num: Expr;
      readonly den: Expr | null;
      readonly by: number;
    })
  | (Common & { readonly k: 'year'; readonly a: Expr })
  | (Common & { readonly k: 'days'; readonly a: Expr; readonly b: Expr })
  | (Common & {
      readonly k: 'over';
      readonly fn: 'sum' | 'min' | 'max' | 'count';
      readonly list: Expr;
      readonly variable: string;
      readonly body: Expr;
    })
  | (Common & { readonly k: 'hits'; readonly table: string })
  | TableExpr;

export interface Fact {
  readonly name: string;
  readonly en: string;
  readonly type: Type;
  readonly negative: boolean;
  readonly period: string;
  readonly source: string;
  readonly evidence: string;
}

/** The entity of natural persons: they enter only by their own application and are never screened. */
export const PERSON = '个人';

export interface Entity {
  readonly name: string;
  readonly en: string;
  /** Name of the fact that identifies one of them. */
  readonly identity: string;
  readonly facts: readonly Fact[];
}

export interface Parameter {
  readonly name: string;
  readonly en: string;
  readonly type: Type;
  readonly keyName: string;
  readonly keys: readonly string[];
  readonly from: string;
  readonly source: string;
  readonly rows: readonly {
    readonly from: string;
    readonly values: readonly string[];
    readonly status: string;
    readonly source: string;
  }[];
}

export interface Alternative {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  readonly expr: Expr | null;
}

export interface Interpretation {
  readonly id: string;
  readonly ask: string;
  readonly status: '待确认' | '已确认';
  readonly document: string;
  readonly date: string;
  readonly chosen: string;
  readonly zh: string;
  readonly en: string;
  readonly alternatives: readonly Alternative[];
  readonly cite: number;
}

export interface Condition {
  readonly name: string;
  readonly en: string;
  readonly expr: Expr;
}

export interface DecisionRule {
  /** Provision that the rule implements by itself, or empty. */
  readonly id: string;
  readonly name: string;
  readonly en: string;
  readonly expr: Expr;
  readonly root: string;
  readonly cite: number;
}

export interface Gate {
  readonly name: string;
  readonly en: string;
  readonly entity: string;
  readonly unit: string;
  readonly standard: Bilingual;
  readonly evidence: Bilingual;
  readonly cite: number;
}

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export type Nature = '定额' | '上限' | '下限' | '软上限' | '参照' | '未量化';
export type DeliveryMode = '免申即享' | '快申快享' | '申报制';

export interface Share {
  readonly who: string;
  /** Percent of the whole, as a decimal text. */
  readonly percent: string;
}

export interface Item {
  readonly kind: '待遇' | '权益';
  readonly id: string;
  readonly name: string;
  readonly en: string;
  readonly entity: string;
  /** Path from the entity to who is paid; empty when the entity itself is. */
  readonly payee: readonly string[];
  readonly nature: Nature | null;
  readonly contingent: boolean;
  readonly conditions: readonly Condition[];
  /** 元 at scale 2; null for 参照, 未量化 and rights. */
  readonly amount: Expr | null;
  /** For a soft ceiling: the hard limits that bind above it. */
  readonly hard: readonly { readonly limit: Expr; readonly when: Expr | null }[];
  readonly elsewhere: Bilingual;
  readonly grants: Bilingual;
  readonly mode: DeliveryMode | null;
  readonly window: { readonly from: string; readonly to: string; readonly cite: number } | null;
  readonly once: readonly Expr[];
  readonly exclusive: string;
  readonly stackable: string;
  readonly shares: readonly Share[];
  readonly instalments: readonly Share[];
  readonly fund: Bilingual;
  readonly payer: Bilingual;
  readonly route: Bilingual;
  readonly papers: Bilingual;
  readonly openQuestions: readonly string[];
  readonly cite: number;
  readonly line: number;
}

export interface Cap {
  readonly id: string;
  readonly name: string;
  readonly en: string;
  readonly items: readonly string[];
  readonly keys: readonly { readonly label: string; readonly expr: Expr }[];
  readonly limit: Expr;
  readonly when: Expr | null;
  /** Which award is trimmed first: a text-valued expression such as 先到先得, or null. */
  readonly order: Expr | null;
  readonly cite: number;
}

/** A duty, indicator, list, event, service or publicity provision. */
export interface Duty {
  readonly kind: '任务' | '指标' | '清单' | '活动' | '服务' | '宣传';
  readonly id: string;
  readonly name: string;
  readonly en: string;
  readonly units: readonly string[];
  readonly lead: string;
  readonly deadline: string;
  readonly formula: Expr | null;
  readonly fields: Readonly<Record<string, Bilingual>>;
  readonly cite: number;
}

export interface Remark {
  readonly id: string;
  readonly name: string;
  readonly en: string;
  readonly reason: Bilingual;
  readonly cite: number;
}

export interface Unit {
  readonly name: string;
  readonly en: string;
  readonly kind: string;
}

export interface Roster {
  readonly name: string;
  readonly en: string;
  readonly size: number;
  readonly seats: readonly string[];
}

export interface Manifest {
  readonly id: string;
  readonly title: string;
  readonly titleEn: string;
  readonly number: string;
  readonly issuer: string;
  readonly issued: string;
  readonly effective: string;
  readonly version: string;
  readonly sha256: string;
  readonly interprets: string;
}

export interface Measure {
  readonly id: string;
  readonly title: string;
}

/** One policy package, read and checked. `hash` is SHA-256 over the canonical form of the rest. */
export interface RuleSet {
  readonly format: 1;
  readonly hash: string;
  readonly manifest: Manifest;
  /** The published text without white space; the spans of cites are offsets into it. */
  readonly text: string;
  readonly measures: readonly Measure[];
  readonly entities: readonly Entity[];
  readonly parameters: readonly Parameter[];
  readonly interpretations: readonly Interpretation[];
  readonly decisions: readonly DecisionRule[];
  readonly gates: readonly Gate[];
  readonly items: readonly Item[];
  readonly caps: readonly Cap[];
  readonly duties: readonly Duty[];
  readonly remarks: readonly Remark[];
  readonly units: readonly Unit[];
  readonly rosters: readonly Roster[];
  readonly cites: readonly Cite[];
}
