/** Size of an enterprise by the standard of 2017, with every figure beside its bound. */
import { decimalOf, scaledOf } from '../snapshot/decimal.ts';
import { BOUNDED, industryOf } from './standard.ts';
import type { BoundedSize, Indicator, Size, SizeBound } from './standard.ts';

/** What is known of an enterprise; null: unknown. */
export interface SizeFigures {
  readonly industry: string | null;
  /** Persons. */
  readonly staff: bigint | null;
  /** 分. */
  readonly revenue: bigint | null;
  /** 分. */
  readonly assets: bigint | null;
}

/** One figure beside one bound. */
export interface SizeStep {
  readonly size: BoundedSize;
  readonly indicator: Indicator;
  /** 人 or 分; null: unknown. */
  readonly figure: bigint | null;
  readonly bound: bigint;
  /** null: cannot be told. */
  readonly met: boolean | null;
  readonly zh: string;
  readonly en: string;
}

export interface SizeResult {
  /** null: an unknown figure can still change it, or the standard does not cover the industry. */
  readonly size: Size | null;
  /** What would have to be known: 行业, 从业人员, 营业收入, 资产总额. */
  readonly missing: readonly ('行业' | Indicator)[];
  readonly steps: readonly SizeStep[];
  /** The result in words. */
  readonly zh: string;
  readonly en: string;
}

const NAMES: Readonly<Record<Indicator | Size, string>> = {
  从业人员: 'staff',
  营业收入: 'revenue',
  资产总额: 'assets',
  大型: 'large',
  中型: 'medium',
  小型: 'small',
  微型: 'micro',
};

const figureOf = (f: SizeFigures, indicator: Indicator): bigint | null =>
  ({ 从业人员: f.staff, 营业收入: f.revenue, 资产总额: f.assets })[indicator];

function amount(indicator: Indicator, n: bigint): { readonly zh: string; readonly en: string } {
  if (indicator === '从业人员') return { zh: `${n}人`, en: `${n} persons` };
  const yuan = decimalOf(n, 2);
  return { zh: `${yuan}元`, en: `${yuan} yuan` };
}

type Comparison = Omit<SizeStep, 'zh' | 'en'>;

/** A size without its words, for whole registers. */
export interface SizeClass {
  readonly size: Size | null;
  readonly missing: SizeResult['missing'];
  /** One for each bound that was looked at. */
  readonly compared: readonly Comparison[];
}

function compare(size: BoundedSize, { indicator, least }: SizeBound, f: SizeFigures): Comparison {
  const figure = figureOf(f, indicator);
  const bound = least[size];
  return { size, indicator, figure, bound, met: figure === null ? null : figure >= bound };
}

/** The first size whose bounds are all met; 微型 when every size fails on a known figure. */
export function classify(figures: SizeFigures): SizeClass {
  if (figures.industry === null) return { size: null, missing: ['行业'], compared: [] };
  const industry = industryOf(figures.industry);
  if (industry === undefined) return { size: null, missing: [], compared: [] };
  const compared: Comparison[] = [];
  for (const size of BOUNDED) {
    const own = industry.bounds.map((bound) => compare(size, bound, figures));
    compared.push(...own);
    if (own.some((c) => c.met === false)) continue;
    const missing = own.filter((c) => c.met === null).map((c) => c.indicator);
    return { size: missing.length === 0 ? size : null, missing, compared };
  }
  return { size: '微型', missing: [], compared };
}

function step(c: Comparison): SizeStep {
  const { size, indicator, figure, bound, met } = c;
  const limit = amount(indicator, bound);
  const own = figure === null ? { zh: '不详', en: 'unknown' } : amount(indicator, figure);
  const sign = met === null ? '?' : met ? '≥' : '<';
  const zh = `${indicator} ${own.zh} ${sign} ${limit.zh}（${size}下限）`;
  const en = `${NAMES[indicator]} ${own.en} ${sign} ${limit.en} (lower bound of ${NAMES[size]})`;
  return { ...c, zh, en };
}

function words(
  figures: SizeFigures,
  { size, missing }: SizeClass,
): { readonly zh: string; readonly en: string } {
  const { industry } = figures;
  if (industry === null) return { zh: '缺行业', en: 'industry unknown' };
  const found = industryOf(industry);
  if (found === undefined) {
    return { zh: `${industry}不在划分范围`, en: `${industry} is not classified` };
  }
  if (size !== null) return { zh: `${found.zh}：${size}`, en: `${found.en}: ${NAMES[size]}` };
  const unknown = missing.map((m) => (m === '行业' ? 'industry' : NAMES[m])).join(', ');
  return { zh: `${found.zh}：缺${missing.join('、')}`, en: `${found.en}: ${unknown} unknown` };
}

/** Source: 《统计上大中小微型企业划分办法（2017）》: large, medium and small must meet all lower bounds
 *  of the industry, else one class down. */
export function sizeOf(figures: SizeFigures): SizeResult {
  const found = classify(figures);
  const { size, missing, compared } = found;
  return { size, missing, steps: compared.map(step), ...words(figures, found) };
}

/** The figures as a text that is kept beside a derived size. */
export function basisOf({ industry, staff, revenue, assets }: SizeFigures): string {
  const yuan = (n: bigint | null): string | null => (n === null ? null : decimalOf(n, 2));
  return JSON.stringify({
    行业: industry,
    从业人员: staff === null ? null : String(staff),
    营业收入: yuan(revenue),
    资产总额: yuan(assets),
  });
}

/** The trace of a size that the register derived: from the grounds of its source (`basis`).
 *  undefined when the text is no such grounds. */
export function sizeTrace(basis: string): SizeResult | undefined {
  if (!basis.startsWith('{"行业":')) return undefined;
  const kept = JSON.parse(basis) as Readonly<Record<'行业' | Indicator, string | null>>;
  const fen = (text: string | null): bigint | null => (text === null ? null : scaledOf(text, 2));
  return sizeOf({
    industry: kept.行业,
    staff: kept.从业人员 === null ? null : BigInt(kept.从业人员),
    revenue: fen(kept.营业收入),
    assets: fen(kept.资产总额),
  });
}
