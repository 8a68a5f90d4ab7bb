/** What must hold of every reading of a package, whatever its files contain. */
import { prepare, problemText, problemTexts, readPackage, runExamples } from '../../src/index.ts';
import type { PackageFile, PackageReading, Problem } from '../../src/index.ts';

const PLACEHOLDER = /\{([^}]+)\}/gu;
/** A part of a message that is left out where its parameter is empty. */
const OPTIONAL = /⟦[^⟧]*⟧/gu;

function lineEnds(text: string): readonly number[] {
  return text
    .replace(/^\uFEFF/u, '')
    .split(/\r\n|\r|\n/u)
    .map((line) => line.length + 1);
}

/** Why a problem is no proper one: empty when it is. */
export function unsound(p: Problem, files: ReadonlyMap<string, readonly number[]>): string {
  const texts = Object.hasOwn(problemTexts, p.code) ? problemTexts[p.code] : undefined;
  if (texts === undefined) return `unknown code ${p.code}`;
  const ends = files.get(p.at.file);
  const missing = p.code === 'file-missing';
  if (ends === undefined && !missing) return `no file ${p.at.file}`;
  const { line, column } = p.at;
  if (!Number.isInteger(line) || line < 1) return `line ${line}`;
  if (!Number.isInteger(column) || column < 1) return `column ${column}`;
  const end = missing ? column : (ends?.[line - 1] ?? 0);
  if (column > end) return `${line}:${column} is outside ${p.at.file}`;
  for (const template of [texts.en, texts.zh, texts.mendEn, texts.mendZh]) {
    for (const [, name = ''] of template.replace(OPTIONAL, '').matchAll(PLACEHOLDER)) {
      if (typeof p.params[name] !== 'string') return `{${name}} is not filled`;
    }
  }
  const said = [problemText(p, 'zh'), problemText(p, 'en')];
  return said.some((text) => /(?<!-)\bundefined\b/u.test(text))
    ? `says undefined: ${said[0] ?? ''}`
    : '';
}

/** Reads, runs the examples and decides every item about nobody; returns what was wrong. */
export function readSafely(files: readonly PackageFile[]): {
  readonly reading: PackageReading;
  readonly faults: readonly string[];
} {
  const reading = readPackage(files);
  const ends = new Map(files.map((f) => [f.path, lineEnds(f.text)]));
  const { ruleSet } = reading;
  const ran = runExamples(ruleSet, reading.examples).flatMap((r) => r.problems);
  const faults = [...reading.problems, ...ran].flatMap((p) => {
    const fault = unsound(p, ends);
    return fault === '' ? [] : [`${p.code}: ${fault}`];
  });
  const engine = prepare(ruleSet);
  for (const item of ruleSet.items) {
    const nobody = { entity: item.entity, id: '', facts: {} };
    engine.decide(item, nobody, ruleSet.manifest.effective, { trace: true });
  }
  for (const duty of ruleSet.duties) {
    if (duty.formula !== null) engine.holds(duty.formula, {}, ruleSet.manifest.effective);
  }
  return { reading, faults };
}
