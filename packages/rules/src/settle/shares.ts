/** Splitting an amount exactly: largest remainder, ties to the earlier share. */
import { decimalText, parseDecimal, pow10 } from '../scaled.ts';
import type { Share } from '../ir.ts';

/** Parts of `total` (分, ≥ 0) in proportion to `weights`; they sum to `total`. */
export function inProportion(total: bigint, weights: readonly bigint[]): readonly bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum <= 0n) return weights.map(() => 0n);
  const parts = weights.map((w) => (total * w) / sum);
  let left = total - parts.reduce((a, b) => a + b, 0n);
  const byRemainder = weights
    .map((w, i) => ({ i, rest: (total * w) % sum }))
    .toSorted((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest < b.rest ? 1 : -1));
  for (const { i } of byRemainder) {
    if (left === 0n) break;
    parts[i] = (parts[i] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
}

/** The 分 of each payer or instalment of an item. */
export function splitShares(
  total: bigint,
  shares: readonly Share[],
): readonly { readonly who: string; readonly percent: string; readonly fen: bigint }[] {
  const values = shares.map((s) => parseDecimal(s.percent) ?? { n: 0n, s: 0 });
  const scale = Math.max(0, ...values.map((v) => v.s));
  const weights = values.map((v) => v.n * pow10(scale - v.s));
  const parts = inProportion(total, weights);
  return shares.map((s, i) => ({
    who: s.who,
    percent: decimalText(values[i] ?? { n: 0n, s: 0 }),
    fen: parts[i] ?? 0n,
  }));
}
