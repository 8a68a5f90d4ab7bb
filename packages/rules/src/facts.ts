/** Plain facts (texts from JSON, CSV or a worked example) → typed facts. Bad values are problems. */
import { isDate } from './date.ts';
import type { FactRecord, FactValue } from './evaluate/value.ts';
import type { Entity, Fact, RuleSet, Type } from './ir.ts';
import { nearest, problem } from './problem.ts';
import type { Place, Problem } from './problem.ts';
import { atScale, parseDecimal } from './scaled.ts';
import { quantity, unitWordAt } from './unit.ts';

/** Plain input: numbers arrive as their decimal text, so that no digit is lost on the way. */
export type Plain =
  | string
  | boolean
  | null
  | undefined
  | { readonly [k: string]: Plain }
  | readonly Plain[];

/** Where a fact was taken from; kept beside the facts and shown with every figure. */
export interface Provenance {
  readonly source?: string;
  readonly asOf?: string;
  readonly document?: string;
}

export interface ReadFacts {
  readonly facts: FactRecord;
  readonly provenance: ReadonlyMap<string, Provenance>;
  readonly problems: readonly Problem[];
}

type Mutable = { [name: string]: FactValue };

/** A quantity text in base units; undefined when unreadable. `1,234.5` and `5亿元` are read. */
function readQuantity(text: string): { n: bigint; s: number; unit: string } | undefined {
  const plain = text.replace(/(?<=\d),(?=\d{3}(?!\d))/gu, '').replace(/\s/gu, '');
  const m = /^-?\d+(?:\.\d+)?/u.exec(plain);
  const value = parseDecimal(m?.[0] ?? '');
  if (m === null || value === undefined) return undefined;
  const words: string[] = [];
  let at = m[0].length;
  while (at < plain.length) {
    const word = unitWordAt(plain, at);
    if (word === undefined) return undefined;
    words.push(word);
    at += word.length;
    if (at < plain.length && plain.charAt(at) !== '/') return undefined;
    at += 1;
  }
  return quantity(value, words);
}

function numberFact(text: string, fact: Fact, type: Type & { t: 'number' }): bigint | undefined {
  const q = readQuantity(text);
  if (q === undefined) return undefined;
  const bare = !/[^\d.,\s-]/u.test(text);
  if (!bare && q.unit !== type.unit) return undefined;
  // A bare figure of a percentage fact is a percent figure: 4.2 is 4.2 %.
  const percent = bare && type.unit === '' && type.scale >= 2 && type.plain !== true;
  const v = atScale({ n: q.n, s: percent ? q.s + 2 : q.s }, type.scale);
  return v !== undefined && v < 0n && !fact.negative ? undefined : v;
}

/** A bad value in a message; of a nested one only the brackets. */
function shown(raw: Plain): string {
  if (raw === null || raw === undefined) return '?';
  if (typeof raw !== 'object') return String(raw);
  return Array.isArray(raw) ? '[…]' : '{…}';
}

/** Entities inside entities: a store in a carrier, a loan of a project; more are a slip. */
const MAX_DEPTH = 8;
const JUDGED = '认定 ';

class FactReader {
  readonly #ruleSet: RuleSet;
  readonly #at: Place;
  #depth = 0;
  readonly problems: Problem[] = [];
  readonly provenance = new Map<string, Provenance>();

  constructor(ruleSet: RuleSet, at: Place) {
    this.#ruleSet = ruleSet;
    this.#at = at;
  }

  record(entity: Entity, plain: { readonly [k: string]: Plain }, path: string): FactRecord {
    const result: Mutable = {};
    this.#depth++;
    for (const [key, raw] of Object.entries(plain)) {
      if (key.startsWith(JUDGED)) {
        this.#judgement(result, key, raw, path);
        continue;
      }
      const fact = entity.facts.find((f) => f.name === key);
      if (fact === undefined) {
        const near =
          nearest(
            key,
            entity.facts.map((f) => f.name),
          ) ?? '';
        this.problems.push(problem('fact-undeclared', this.#at, { name: `${path}.${key}`, near }));
        continue;
      }
      const { type } = fact;
      const bare = type.t === 'entity' ? raw : this.#bare(raw, `${path}.${key}`);
      result[key] = this.#value(fact, bare, `${path}.${key}`);
    }
    this.#depth--;
    return result;
  }

  /** A signed judgement is a sourced fact like any other. */
  #judgement(result: Mutable, key: string, raw: Plain, path: string): void {
    const gates = this.#ruleSet.gates.map((g) => g.name);
    const name = key.slice(JUDGED.length);
    if (gates.includes(name)) {
      result[key] = this.#bool(this.#bare(raw, `${path}.${key}`), `${path}.${key}`);
      return;
    }
    const near = nearest(name, gates);
    const mend = near === undefined ? '' : `${JUDGED}${near}`;
    const params = { name: `${path}.${key}`, near: mend };
    this.problems.push(problem('fact-undeclared', this.#at, params));
  }

  /** The value itself, where its source was given beside it. */
  #bare(raw: Plain, path: string): Plain {
    if (typeof raw !== 'object' || raw === null || !('value' in raw)) return raw;
    this.#keepProvenance(path, raw);
    return raw['value'];
  }

  #value(fact: Fact, raw: Plain, path: string): FactValue {
    const { type } = fact;
    if (raw === null || raw === undefined || raw === '' || raw === '?') return null;
    switch (type.t) {
      case 'bool':
        return this.#bool(raw, path);
      case 'number':
        return this.#text(raw, path, (t) => numberFact(t, fact, type), this.#wanted(type));
      case 'date':
        return this.#text(raw, path, (t) => (isDate(t) ? t : undefined), 'YYYY-MM-DD');
      case 'text': {
        const { options } = type;
        const known = (t: string): string | undefined =>
          options === undefined || options.includes(t) ? t : undefined;
        return this.#text(raw, path, known, (options ?? ['文本 text']).join(' '));
      }
      case 'months':
        return this.#months(fact, raw, path);
      case 'entity':
        return this.#entity(type.entity, raw, path);
      case 'rows':
        return this.#rows(type.entity, raw, path);
      case 'ratio':
        return null;
    }
  }

  #wanted(type: Type & { t: 'number' }): string {
    if (type.unit !== '') return `100${type.unit}`;
    return type.scale >= 2 && type.plain !== true ? '4.2%' : '1.25';
  }

  #keepProvenance(path: string, raw: { readonly [k: string]: Plain }): void {
    const text = (v: Plain): string => (typeof v === 'string' ? v : '');
    const kept = {
      source: text(raw['source']),
      asOf: text(raw['asOf']),
      document: text(raw['document']),
    };
    this.provenance.set(path, kept);
  }

  #text<T extends FactValue>(
    raw: Plain,
    path: string,
    read: (text: string) => T | undefined,
    wanted: string,
  ): T | null {
    const value = typeof raw === 'string' ? read(raw.trim()) : undefined;
    if (value !== undefined) return value;
    this.#bad(path, raw, wanted);
    return null;
  }

  #bad(path: string, raw: Plain, wanted: string): void {
    this.problems.push(problem('fact-value', this.#at, { name: path, value: shown(raw), wanted }));
  }

  #bool(raw: Plain, path: string): boolean | null {
    if (typeof raw === 'boolean') return raw;
    if (raw === '是' || raw === 'true') return true;
    if (raw === '否' || raw === 'false') return false;
    if (raw !== null && raw !== undefined && raw !== '' && raw !== '?')
      this.#bad(path, raw, '是 否');
    return null;
  }

  #months(fact: Fact, raw: Plain, path: string): FactValue {
    if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
      this.#bad(path, raw, '{"2023-09": "100万元"}');
      return null;
    }
    const result: Record<string, bigint> = {};
    const type = { t: 'number', unit: '元', scale: 2 } as const;
    for (const [month, value] of Object.entries(raw)) {
      if (!/^\d{4}-(?:0[1-9]|1[0-2])$/u.test(month)) {
        this.#bad(path, month, 'YYYY-MM');
        continue;
      }
      if (value === null || value === '' || value === '?') continue;
      const v = typeof value === 'string' ? numberFact(value, fact, type) : undefined;
      if (v === undefined) this.#bad(`${path}.${month}`, value, '100元');
      else result[month] = v;
    }
    return result;
  }

  #entity(name: string, raw: Plain, path: string): FactValue {
    if (typeof raw === 'string') return raw;
    const entity = this.#ruleSet.entities.find((e) => e.name === name);
    const isRecord = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
    if (entity === undefined || !isRecord || this.#depth > MAX_DEPTH) {
      this.#bad(path, raw, `${name} {…}`);
      return null;
    }
    return this.record(entity, raw as { readonly [k: string]: Plain }, path);
  }

  #rows(name: string, raw: Plain, path: string): FactValue {
    const entity = this.#ruleSet.entities.find((e) => e.name === name);
    if (entity === undefined || !Array.isArray(raw) || this.#depth > MAX_DEPTH) {
      this.#bad(path, raw, `[{…}] ${name}`);
      return null;
    }
    return (raw as readonly Plain[]).map((row, i) => {
      const at = `${path}[${i + 1}]`;
      if (typeof row === 'object' && row !== null && !Array.isArray(row)) {
        return this.record(entity, row as { readonly [k: string]: Plain }, at);
      }
      this.#bad(at, row, `${name} {…}`);
      return {};
    });
  }
}

/** Reads the facts of one `entity`. `at` is where the input stands, for the problems. */
export function readFacts(
  ruleSet: RuleSet,
  entity: string,
  plain: { readonly [k: string]: Plain },
  at: Place,
): ReadFacts {
  const reader = new FactReader(ruleSet, at);
  const found = ruleSet.entities.find((e) => e.name === entity);
  if (found === undefined) {
    const near =
      nearest(
        entity,
        ruleSet.entities.map((e) => e.name),
      ) ?? '';
    reader.problems.push(problem('entity-undeclared', at, { name: entity, near }));
    return { facts: {}, provenance: reader.provenance, problems: reader.problems };
  }
  const facts = reader.record(found, plain, entity);
  return { facts, provenance: reader.provenance, problems: reader.problems };
}
