/** Scaled integers ↔ decimal text, without floating point. */

/** `n` × 10^-scale as a plain decimal without trailing zeros: (1250, 2) is `12.5`. */
export function decimalOf(n: bigint, scale: number): string {
  if (scale <= 0) return String(n);
  const digits = String(n < 0n ? -n : n).padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0+$/u, '');
  const units = `${n < 0n ? '-' : ''}${digits.slice(0, -scale)}`;
  return fraction === '' ? units : `${units}.${fraction}`;
}

/** The reverse of `decimalOf`: (`12.5`, 2) is 1250. The text has at most `scale` decimals. */
export function scaledOf(text: string, scale: number): bigint {
  const negative = text.startsWith('-');
  const [units = '', fraction = ''] = text.replace('-', '').split('.');
  const n = BigInt(`${units}${fraction.padEnd(scale, '0')}`);
  return negative ? -n : n;
}

/** The smallest power of ten that is not below |n|. */
export function powerAbove(n: bigint): bigint {
  const size = n < 0n ? -n : n;
  let power = 1n;
  while (power < size) power *= 10n;
  return power;
}
