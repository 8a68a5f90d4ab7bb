/** Units of quantities: a product of powers, written canonically (`元/亩`, `元`, `` for a number). */
import { pow10, reduce } from './scaled.ts';
import type { Scaled } from './scaled.ts';

interface UnitWord {
  readonly unit: string;
  readonly factor: Scaled;
}

const one = (unit: string, exponent = 0): UnitWord => ({
  unit,
  factor: exponent >= 0 ? { n: pow10(exponent), s: 0 } : { n: 1n, s: -exponent },
});

/** Unit words of literals. The bare word of the text (亿元 = 1亿元) is read in `numbers.ts`. */
const WORDS: ReadonlyMap<string, UnitWord> = new Map([
  ['亿元', one('元', 8)],
  ['万元', one('元', 4)],
  ['千元', one('元', 3)],
  ['元', one('元')],
  ['亿', one('', 8)],
  ['万', one('', 4)],
  ['%', one('', -2)],
  ['‰', one('', -3)],
  ['倍', one('')],
  ['亩', one('亩')],
  ['平方米', one('平方米')],
  ['㎡', one('平方米')],
  ['立方米', one('立方米')],
  ['万人', one('人', 4)],
  ['人', one('人')],
  ['名', one('人')],
  ['户', one('户')],
  ['家', one('家')],
  ['个月', one('月')],
  ['个', one('个')],
  ['项', one('项')],
  ['套', one('套')],
  ['吨', one('吨')],
  ['日', one('日')],
  ['天', one('日')],
  ['年', one('年')],
  ['岁', one('岁')],
  ['次', one('次')],
  ['千瓦', one('千瓦')],
  ['万千瓦时', one('千瓦时', 4)],
  ['千瓦时', one('千瓦时')],
]);

const BY_LENGTH = [...WORDS.keys()].toSorted((a, b) => b.length - a.length);

/** The unit word that stands at `at`, longest first; undefined when none does. */
export function unitWordAt(text: string, at: number): string | undefined {
  return BY_LENGTH.find((word) => text.startsWith(word, at));
}

export function unitWord(word: string): UnitWord | undefined {
  return WORDS.get(word);
}

type Powers = Map<string, number>;

function powers(unit: string): Powers {
  const result: Powers = new Map();
  if (unit === '') return result;
  const [over, ...under] = unit.split('/');
  const add = (name: string, by: number): void => {
    if (name !== '' && name !== '1') result.set(name, (result.get(name) ?? 0) + by);
  };
  for (const name of (over ?? '').split('·')) add(name, 1);
  for (const name of under) add(name, -1);
  return result;
}

function canonical(p: Powers): string {
  const sorted = [...p].filter(([, e]) => e !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const over = sorted.flatMap(([name, e]) => Array.from({ length: Math.max(0, e) }, () => name));
  const under = sorted.flatMap(([name, e]) => Array.from({ length: Math.max(0, -e) }, () => name));
  const head = over.length === 0 && under.length > 0 ? '1' : over.join('·');
  return [head, ...under].join('/');
}

function combine(a: string, b: string, sign: 1 | -1): string {
  const p = powers(a);
  for (const [name, e] of powers(b)) p.set(name, (p.get(name) ?? 0) + sign * e);
  return canonical(p);
}

export function timesUnit(a: string, b: string): string {
  return combine(a, b, 1);
}

export function perUnit(a: string, b: string): string {
  return combine(a, b, -1);
}

/** A quantity text such as `1.2万元/亩` or `5.5%` as value in base units; undefined if it is none. */
export function quantity(
  value: Scaled,
  words: readonly string[],
): (Scaled & { unit: string }) | undefined {
  const [first, ...under] = words;
  const head = first === undefined ? one('') : WORDS.get(first);
  if (head === undefined) return undefined;
  const n = value.n * head.factor.n;
  const s = value.s + head.factor.s;
  let unit = head.unit;
  for (const word of under) {
    const w = WORDS.get(word);
    // A rate is per one of a plain unit: 元/亩, never 元/万人.
    if (w === undefined || w.factor.n !== 1n || w.factor.s !== 0) return undefined;
    unit = perUnit(unit, w.unit);
  }
  return { ...reduce({ n, s }), unit };
}
