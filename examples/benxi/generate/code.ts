/** Unified social credit codes of synthetic subjects (GB 32100-2015, GB 11714-1997). */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const INNER = [3, 7, 9, 10, 5, 8, 4, 2];

/** The 18th character of the first seventeen. */
export function checkCharacter(body: string): string {
  const sum = WEIGHTS.reduce((s, w, i) => s + w * ALPHABET.indexOf(body.charAt(i)), 0);
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

function organisation(serial: number): string {
  const body = `MA${String(serial).padStart(6, '0')}`;
  const value = (c: string): number => Number.parseInt(c, 36);
  const rest = 11 - (INNER.reduce((s, w, i) => s + w * value(body.charAt(i)), 0) % 11);
  return body + (rest === 10 ? 'X' : rest === 11 ? '0' : String(rest));
}

/** A code that passes both checks. `kind`: 91 company, 92 household, 93 cooperative, 31 law firm …;
 *  `division`: six digits; `serial` below a million makes it unique. */
export function creditCode(kind: string, division: string, serial: number): string {
  const body = `${kind}${division}${organisation(serial)}`;
  return body + checkCharacter(body);
}

/** The same code with a check character that is certainly wrong. */
export function withWrongCheck(code: string): string {
  const right = ALPHABET.indexOf(code.charAt(17));
  return code.slice(0, 17) + ALPHABET.charAt((right + 7) % 31);
}
