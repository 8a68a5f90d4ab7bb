/** Truth of a condition about which something may be unknown, and why it is: a fact that is not
 *  there, or a judgement that has not been given. */
export type Truth = true | false | 'no fact' | 'no judgement';

const WEIGHT: readonly Truth[] = [true, 'no judgement', 'no fact', false];

/** Fails when one part fails; else open while one is open. */
export function all(...parts: readonly Truth[]): Truth {
  const [worst = true] = parts.toSorted((a, b) => WEIGHT.indexOf(b) - WEIGHT.indexOf(a));
  return worst;
}

export function not(part: Truth): Truth {
  return typeof part === 'boolean' ? !part : part;
}

/** Holds when one part holds; else open while one is open. */
export function any(...parts: readonly Truth[]): Truth {
  return not(all(...parts.map(not)));
}

/** A test on a value that may be unknown. */
export function when<T>(value: T | undefined, test: (value: T) => boolean): Truth {
  return value === undefined ? 'no fact' : test(value);
}

/** One of two values; unknown while the choice is. */
export function choose<T>(test: Truth, yes: () => T, no: () => T): T | undefined {
  if (typeof test !== 'boolean') return undefined;
  return test ? yes() : no();
}
