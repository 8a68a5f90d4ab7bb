/** package.yaml: flat `key: value` lines, a subset of YAML that needs no library. */
import { isDate } from './date.ts';
import { withoutSpace } from './text.ts';
import type { Manifest } from './ir.ts';
import type { Place, Problems } from './problem.ts';
import { nearest, problem } from './problem.ts';

const KEYS = [
  'id',
  'title',
  'title_en',
  'number',
  'issuer',
  'issued',
  'effective',
  'interprets',
  'source',
  'sha256',
  'version',
  'amends',
] as const;
export const NO_DATE = '0001-01-01';
const OPTIONAL: ReadonlySet<string> = new Set(['amends', 'interprets']);

export interface ManifestFile {
  readonly manifest: Manifest;
  readonly source: string;
  /** Where package.yaml names the source file. */
  readonly sourcePlace: Place;
  readonly places: ReadonlyMap<string, Place>;
}

export function readManifest(text: string, file: string, problems: Problems): ManifestFile {
  const values = new Map<string, string>();
  const places = new Map<string, Place>();
  text.split(/\r\n|\r|\n/u).forEach((raw, i) => {
    const line = raw.replace(/(^|\s)#.*$/u, '').trimEnd();
    if (line.trim() === '') return;
    const at = { file, line: i + 1, column: 1 };
    const m = /^([a-z_0-9]+):\s+(.+)$/u.exec(line);
    const key = m?.[1] ?? '';
    if (m === null) problems.add(problem('manifest-line', at, { line }));
    else if (!KEYS.some((k) => k === key)) {
      const near = nearest(key, KEYS) ?? '';
      problems.add(problem('manifest-key', at, { key, near, known: KEYS.join(' ') }));
    } else {
      if (values.has(key)) {
        const first = `${file}:${places.get(key)?.line ?? 1}`;
        problems.add(problem('name-duplicate', at, { name: key, first }));
      }
      const value = (m[2] ?? '').replace(/^(["'])(.*)\1$/u, '$2');
      // `(to be written)`: what a draft could not read from the text is missing still.
      if (/^\(.*\)$/u.test(value)) return;
      values.set(key, value);
      places.set(key, { ...at, column: line.length - (m[2] ?? '').length + 1 });
    }
  });
  const at = { file, line: 1, column: 1 };
  for (const key of KEYS) {
    if (!OPTIONAL.has(key) && !values.has(key))
      problems.add(problem('manifest-missing', at, { key }));
  }
  for (const key of ['issued', 'effective']) {
    const date = values.get(key);
    if (date !== undefined && !isDate(date)) {
      problems.add(problem('date-invalid', places.get(key) ?? at, { date }));
      values.delete(key);
    }
  }
  const get = (key: (typeof KEYS)[number]): string => values.get(key) ?? '';
  return {
    source: get('source'),
    sourcePlace: places.get('source') ?? at,
    places,
    manifest: {
      id: get('id'),
      title: get('title'),
      titleEn: get('title_en'),
      number: get('number'),
      issuer: get('issuer'),
      // Rules compute with both dates: a draft without them gets the first day there is.
      issued: values.get('issued') ?? NO_DATE,
      effective: values.get('effective') ?? NO_DATE,
      version: get('version'),
      sha256: get('sha256'),
      interprets: get('interprets'),
    },
  };
}

/** Document number and date of issue must stand in the law's `text` (its blockquotes, joined):
 *  decisions and papers quote them. */
export function checkManifest(file: ManifestFile, text: string, problems: Problems): void {
  const { number, issued } = file.manifest;
  const [year = '', month = '', day = ''] = issued.split('-').map((part) => String(Number(part)));
  const written = `${year}年${month}月${day}日`;
  const wanted = [
    ['number', number, withoutSpace(number)],
    ['issued', issued, written],
  ] as const;
  for (const [key, value, words] of wanted) {
    const at = file.places.get(key);
    if (at === undefined || text.includes(words)) continue;
    problems.add(problem('manifest-unfounded', at, { key, value, words }));
  }
}
