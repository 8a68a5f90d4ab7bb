/** Import problems: made here, written out in the reader's language, thrown only as a refusal of
 *  the whole file. */
import type { ImportProblem } from '../record.ts';
import { importTexts } from './problem-text.ts';
import type { ImportCode, Words } from './problem-text.ts';

const table: Readonly<Record<ImportCode, Words>> = importTexts;

/** Where a problem is; what is left out is empty or 0. */
export type At = Partial<Pick<ImportProblem, 'sheet' | 'row' | 'column' | 'heading' | 'value'>>;

const LONGEST_VALUE = 200;

export function problem(
  code: ImportCode,
  at: At = {},
  params: Readonly<Record<string, string>> = {},
): ImportProblem {
  const { sheet = '', row = 0, column = '', heading = '', value = '' } = at;
  const { severity } = table[code];
  // A copy: a cut of the text of the file would keep all of it in memory.
  const own = Buffer.from(value.slice(0, LONGEST_VALUE)).toString();
  const shown = value.length > LONGEST_VALUE ? `${own}…` : own;
  return { code, sheet, row, column, heading, value: shown, params, severity };
}

/** A whole file is refused. Thrown inside the reader and by a walk over `batches` whose file
 *  changed or broke under the reader; `readFile` itself returns it as a `Refusal`. */
export class ImportRefusal extends Error {
  readonly problem: ImportProblem;

  constructor(refused: ImportProblem) {
    super(`${refused.code} ${JSON.stringify(refused.params)}`);
    this.name = 'ImportRefusal';
    this.problem = refused;
  }
}

export function refuse(code: ImportCode, params: Readonly<Record<string, string>> = {}): never {
  throw new ImportRefusal(problem(code, {}, params));
}

function fill(template: string, params: Readonly<Record<string, string>>): string {
  const kept = template.replace(/⟦([^⟧]*)⟧/gu, (_, part: string) => {
    const names = [...part.matchAll(/\{(\w+)\}/gu)].map((m) => m[1] ?? '');
    return names.some((name) => (params[name] ?? '') === '') ? '' : part;
  });
  return kept.replace(/\{(\w+)\}/gu, (_, name: string) => params[name] ?? '');
}

/** What is wrong and what to do about it, without the place. */
export function importProblemText(
  p: ImportProblem,
  language: 'zh' | 'en',
): { readonly cause: string; readonly mend: string } {
  const words = table[p.code as ImportCode];
  const params = { value: p.value, heading: p.heading, ...p.params };
  return {
    cause: fill(words[language], params),
    mend: fill(language === 'zh' ? words.mendZh : words.mendEn, params),
  };
}

/** Where it is: 「零售」 C12 / sheet 零售, cell C12; empty for the whole file. */
export function importPlaceText(p: ImportProblem, language: 'zh' | 'en'): string {
  const zh = language === 'zh';
  const sheet = p.sheet === '' ? '' : zh ? `工作表“${p.sheet}”` : `sheet ${p.sheet}`;
  if (p.row === 0) return sheet;
  const cell =
    p.column === ''
      ? zh
        ? `第 ${p.row} 行`
        : `row ${p.row}`
      : zh
        ? `${p.column}${p.row} 格`
        : `cell ${p.column}${p.row}`;
  return sheet === '' ? cell : `${sheet}${zh ? ' ' : ', '}${cell}`;
}
