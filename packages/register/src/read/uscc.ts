/** 统一社会信用代码 by GB 32100-2015, and the 组织机构代码 inside it by GB 11714. */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const INNER = [3, 7, 9, 10, 5, 8, 4, 2];
const MEANT: Readonly<Record<string, string>> = { O: '0', I: '1', Z: '2', S: '5', V: 'Y' };

export type UsccFault =
  | { readonly code: 'uscc-length'; readonly count: number }
  | {
      readonly code: 'uscc-alphabet';
      readonly position: number;
      readonly found: string;
      readonly near: string;
    }
  | { readonly code: 'uscc-check'; readonly found: string; readonly near: string }
  | { readonly code: 'uscc-inner' };

/** Half-width, upper-case, without spaces and invisible characters. */
export function plainCode(text: string): string {
  if (/^[0-9A-Z]*$/u.test(text)) return text;
  return text
    .normalize('NFKC')
    .replaceAll(/[\s\u200b-\u200f\u2060\ufeff'`]/gu, '')
    .toUpperCase();
}

/** The 18th character for the first 17, all of the alphabet. */
export function usccCheck(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += ALPHABET.indexOf(first17.charAt(i)) * (WEIGHTS[i] ?? 0);
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** True when characters 9 to 17 pass their own check. Letters count on from A = 10. */
function innerHolds(code: string): boolean {
  let sum = 0;
  for (let i = 0; i < 8; i++) {
    sum += Number.parseInt(code.charAt(8 + i), 36) * (INNER[i] ?? 0);
  }
  const check = 11 - (sum % 11);
  return code.charAt(16) === (check === 10 ? 'X' : check === 11 ? '0' : String(check));
}

/** What is wrong with `code`, made plain before; undefined when nothing is. Only `uscc-inner` is no
 *  reason to refuse it. */
export function usccFault(code: string): UsccFault | undefined {
  if (code.length !== 18) return { code: 'uscc-length', count: code.length };
  for (let i = 0; i < 18; i++) {
    const found = code.charAt(i);
    if (ALPHABET.includes(found)) continue;
    const meant = code.replaceAll(/[OIZSV]/gu, (c) => MEANT[c] ?? c);
    const near = meant !== code && usccFault(meant) === undefined ? meant : '';
    return { code: 'uscc-alphabet', position: i + 1, found, near };
  }
  const near = usccCheck(code);
  if (code.charAt(17) !== near) return { code: 'uscc-check', found: code.charAt(17), near };
  return innerHolds(code) ? undefined : { code: 'uscc-inner' };
}
