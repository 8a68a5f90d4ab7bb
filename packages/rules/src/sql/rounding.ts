/** A quotient rounded to a whole number, as `scaled.divide` does it: halves as named, by one integer
 *  division of numbers that are not below zero. */
import type { Rounding } from '../scaled.ts';
import type { Term, Terms } from './term.ts';

const MIRROR: Readonly<Record<Rounding, Rounding>> = {
  'half up': 'half up',
  'half down': 'half down',
  'half even': 'half even',
  floor: 'ceiling',
  ceiling: 'floor',
};

/** n ÷ d for n ≥ 0. */
function upward(t: Terms, n: Term, d: Term, mode: Rounding): Term {
  const two = t.integer(2n);
  const twice = t.multiply(n, two);
  const both = t.multiply(d, two);
  switch (mode) {
    case 'floor':
      return t.idiv(n, d);
    case 'ceiling':
      return t.idiv(t.subtract(t.add(n, d), t.integer(1n)), d);
    case 'half up':
      return t.idiv(t.add(twice, d), both);
    case 'half down':
      return t.idiv(t.subtract(t.add(twice, d), t.integer(1n)), both);
    case 'half even': {
      const up = t.idiv(t.add(twice, d), both);
      const down = t.idiv(t.subtract(t.add(twice, d), t.integer(1n)), both);
      // They differ at a tie only; the even one of the two is wanted.
      const odd = t.compare('!=', t.multiply(t.idiv(up, two), two), up);
      return t.choose([[odd, down]], up);
    }
  }
}

/** n ÷ d rounded; NULL unless d > 0. `share` gives a name to what stands several times. */
export function rounded(
  t: Terms,
  share: (term: Term) => Term,
  numerator: Term,
  divisor: Term,
  mode: Rounding,
): Term {
  const d = share(divisor);
  const zero = t.integer(0n);
  const guard = d.lo > 0n && d.known ? t.boolean(true) : t.compare('>', d, zero);
  if (typeof d.literal === 'bigint' && d.literal <= 0n) return t.nothing('integer');
  if (d.literal === 1n) return numerator;
  const n = share(numerator);
  if (n.lo >= 0n) return t.choose([[guard, upward(t, n, d, mode)]], t.nothing('integer'));
  const positive = { ...n, lo: 0n, hi: n.hi < 0n ? 0n : n.hi };
  const mirrored = { ...t.negative(n), lo: 0n, hi: n.lo < 0n ? -n.lo : 0n };
  return t.choose(
    [
      [t.and([guard, t.compare('>=', n, zero)]), upward(t, positive, d, mode)],
      [t.and([guard, t.compare('<', n, zero)]), t.negative(upward(t, mirrored, d, MIRROR[mode]))],
    ],
    t.nothing('integer'),
  );
}
