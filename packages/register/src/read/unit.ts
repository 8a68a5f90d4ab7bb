/** Unit words of forms, and how each becomes the base unit of a column, exactly. */

export interface FormUnit {
  readonly word: string;
  /** As `SqlColumn.unit`: 元, 人, 亩, or empty for a bare number. */
  readonly base: string;
  /** One of this unit is num ÷ den base units. */
  readonly num: bigint;
  readonly den: bigint;
}

const of = (word: string, base: string, num = 1n, den = 1n): FormUnit => ({ word, base, num, den });

const UNITS: ReadonlyMap<string, FormUnit> = new Map(
  [
    of('元', '元'),
    of('人民币元', '元'),
    of('百元', '元', 100n),
    of('千元', '元', 1_000n),
    of('万元', '元', 10_000n),
    of('十万元', '元', 100_000n),
    of('百万元', '元', 1_000_000n),
    of('千万元', '元', 10_000_000n),
    of('亿元', '元', 100_000_000n),
    of('角', '元', 1n, 10n),
    of('分', '元', 1n, 100n),
    of('人', '人'),
    of('名', '人'),
    of('人次', '人'),
    of('万人', '人', 10_000n),
    of('亩', '亩'),
    of('万亩', '亩', 10_000n),
    of('公顷', '亩', 15n),
    of('平方米', '平方米'),
    of('㎡', '平方米'),
    of('m2', '平方米'),
    of('万平方米', '平方米', 10_000n),
    of('立方米', '立方米'),
    of('月', '月'),
    of('个月', '月'),
    of('日', '日'),
    of('天', '日'),
    of('年', '年'),
    of('岁', '岁'),
    of('个', '个'),
    of('家', '家'),
    of('户', '户'),
    of('项', '项'),
    of('套', '套'),
    of('次', '次'),
    of('吨', '吨'),
    of('万吨', '吨', 10_000n),
    of('千瓦', '千瓦'),
    of('千瓦时', '千瓦时'),
    of('万千瓦时', '千瓦时', 10_000n),
    of('倍', ''),
    of('%', '', 1n, 100n),
    of('‰', '', 1n, 1_000n),
  ].map((u) => [u.word, u]),
);

/** 1 亩 is 2000/3 平方米. */
const SQUARE_METRES: ReadonlyMap<string, readonly [bigint, bigint]> = new Map([
  ['平方米>亩', [3n, 2_000n]],
  ['亩>平方米', [2_000n, 3n]],
]);

/** Words of a counted thing mean each other where a form writes another: 5个, 5家. */
const COUNTED = new Set(['人', '个', '家', '户', '项', '套', '次', '']);

export function formUnit(word: string): FormUnit | undefined {
  return UNITS.get(word.normalize('NFKC').replaceAll(/\s/gu, ''));
}

/** `unit` with `base` as its base unit; undefined when the one cannot become the other. */
export function unitFor(unit: FormUnit, base: string): FormUnit | undefined {
  if (unit.base === base) return unit;
  const turn = SQUARE_METRES.get(`${unit.base}>${base}`);
  if (turn !== undefined) {
    return { word: unit.word, base, num: unit.num * turn[0], den: unit.den * turn[1] };
  }
  const counted = COUNTED.has(unit.base) && COUNTED.has(base) && unit.den === 1n;
  return counted && unit.word !== '倍' ? { ...unit, base } : undefined;
}

/** The base unit itself: what a cell is in when a column of heads or days says nothing. */
export function bareUnit(base: string): FormUnit {
  return of(base, base);
}

/** The units of 「单位：千元、人」; empty when any word is none. */
export function unitList(text: string): readonly FormUnit[] {
  const words = text
    .normalize('NFKC')
    .split(/[、,/;\s]+/u)
    .filter((w) => w !== '');
  const found = words.map((w) => formUnit(w));
  return found.some((u) => u === undefined) ? [] : found.filter((u) => u !== undefined);
}

/** A number with a unit behind it, `12万元` or `12%`: the two apart; unit empty when it has none. */
export function splitUnit(text: string): { readonly number: string; readonly unit: string } {
  const m = /^([^\p{Script=Han}%‰㎡m]*)(.*)$/u.exec(text);
  return { number: (m?.[1] ?? '').trim(), unit: (m?.[2] ?? '').trim() };
}
