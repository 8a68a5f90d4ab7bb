/** Phrases with places for values, in both languages: `{n} rows`. */
import type { Language } from '@zhida/rules';

export interface Phrase {
  readonly zh: string;
  readonly en: string;
}

/** Fills the places of a phrase; a place without a value stays as it is. In English a part
 *  `{n|row|rows}` is the first word for 1, else the second. */
export function tell(
  phrase: Phrase,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return phrase[language]
    .replaceAll(/\{(\w+)\|([^|}]*)\|([^}]*)\}/gu, (_, name: string, one: string, many: string) =>
      String(values[name]) === '1' ? one : many,
    )
    .replaceAll(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));
}
