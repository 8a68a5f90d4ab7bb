/** The table of 《统计上大中小微型企业划分办法（2017）》 (国家统计局): lower bounds by industry.
 *  Copied with its sources from enterprise-size-2017.csv beside this file; rows that say
 *  `unconfirmed` were read on one page only and are to be checked against the official text. */
import { readFileSync } from 'node:fs';

export const STANDARD = '统计上大中小微型企业划分办法（2017）';

export type Indicator = '从业人员' | '营业收入' | '资产总额';
export type Size = '大型' | '中型' | '小型' | '微型';
export type BoundedSize = Exclude<Size, '微型'>;

/** From large to small: the first whose bounds are all met. */
export const BOUNDED: readonly BoundedSize[] = ['大型', '中型', '小型'];

export interface SizeBound {
  readonly indicator: Indicator;
  /** Lower bounds, both ends of the comparison included: 人, or 分 of money. */
  readonly least: Readonly<Record<BoundedSize, bigint>>;
  readonly confidence: string;
  readonly source: string;
}

export interface SizeIndustry {
  /** As the standard writes it: 农、林、牧、渔业. */
  readonly zh: string;
  readonly en: string;
  readonly bounds: readonly SizeBound[];
}

/** 万元 in 分. */
const FEN = 1_000_000n;

function cells(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"(?:,|$)|([^,]*)(?:,|$)/gu)].map((m) => m[1] ?? m[2] ?? '');
}

function readTable(): ReadonlyMap<string, SizeIndustry> {
  const text = readFileSync(new URL('enterprise-size-2017.csv', import.meta.url), 'utf8');
  const industries = new Map<string, SizeIndustry>();
  for (const line of text.trim().split('\n').slice(1)) {
    const [zh = '', en = '', indicator, unit, large, medium, small, confidence, source] =
      cells(line);
    const least = (bound = ''): bigint => BigInt(bound) * (unit === '人' ? 1n : FEN);
    const bound: SizeBound = {
      indicator: indicator as Indicator,
      least: { 大型: least(large), 中型: least(medium), 小型: least(small) },
      confidence: confidence ?? '',
      source: source ?? '',
    };
    const before = industries.get(plain(zh))?.bounds ?? [];
    industries.set(plain(zh), { zh, en, bounds: [...before, bound] });
  }
  return industries;
}

/** A package may write 农林牧渔业 for 农、林、牧、渔业. */
const plain = (industry: string): string => industry.replace(/[、，,\s]/gu, '');

const industries = readTable();

export function industryOf(name: string): SizeIndustry | undefined {
  return industries.get(plain(name));
}
