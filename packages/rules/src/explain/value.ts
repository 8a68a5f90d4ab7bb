/** Values as people write them: `500000元`, `5.5%`, `10.5亩`, 是, 2023-09-01. */
import type { Type } from '../ir.ts';
import { decimalText, divide } from '../scaled.ts';
import type { Language } from '../problem.ts';
import { isRatio } from '../evaluate/value.ts';
import type { Value } from '../evaluate/value.ts';

/** 分 as plain 元 text, without grouping: `500000` or `0.01`. */
export function yuan(fen: bigint): string {
  return decimalText({ n: fen, s: 2 });
}

/** 分 as 元 with thousands separators: `1,234,567.89`. */
export function groupedYuan(fen: bigint): string {
  const [whole = '', fraction] = yuan(fen).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/gu, ',');
  if (fraction === undefined) return grouped;
  return `${grouped}.${fraction.padEnd(2, '0')}`;
}

/** A ratio as percent, cut (not rounded up) to two decimals, marked ≈ when it is not exact. */
function ratioText(n: bigint, d: bigint): string {
  const exact = (n * 10_000n) % d === 0n;
  const percent = decimalText({ n: divide(n * 10_000n, d, 'half up'), s: 2 });
  return `${exact ? '' : '≈'}${percent}%`;
}

/** `value` as text; an interval end (decimal text of a scaled integer) is accepted too. */
export function valueText(value: Value, type: Type, language: Language = 'zh'): string {
  if (value === null) return language === 'zh' ? '不详' : 'unknown';
  if (typeof value === 'boolean') {
    if (language === 'en') return value ? 'yes' : 'no';
    return value ? '是' : '否';
  }
  if (isRatio(value)) return ratioText(value.n, value.d);
  if (type.t === 'number') {
    const n = typeof value === 'bigint' ? value : typeof value === 'string' ? BigInt(value) : 0n;
    if (type.unit === '元') {
      const text = decimalText({ n, s: type.scale });
      const [whole = '', fraction] = text.split('.');
      const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/gu, ',');
      return `${fraction === undefined ? grouped : `${grouped}.${fraction.padEnd(2, '0')}`}元`;
    }
    if (type.unit === '' && type.scale >= 2 && type.plain !== true)
      return `${decimalText({ n: n * 100n, s: type.scale })}%`;
    return `${decimalText({ n, s: type.scale })}${type.unit}`;
  }
  if (type.t === 'ratio' && (typeof value === 'string' || typeof value === 'bigint')) {
    return decimalText({ n: BigInt(value), s: 0 });
  }
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return language === 'zh' ? `${value.length}项` : `${value.length} rows`;
  if (typeof value === 'object' && type.t === 'months') {
    return Object.entries(value as Record<string, bigint>)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([m, v]) => `${m} ${groupedYuan(v)}元`)
      .join('、');
  }
  return typeof value === 'bigint' ? String(value) : '…';
}
