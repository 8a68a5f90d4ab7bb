/** `zhida cover`: the text with what implements each sentence, on the terminal or as a page. */
import { canonical, cover as sentencesOf } from '@zhida/rules';
import { loadPackage } from '../package-folder.ts';
import { refuseMeasure, shown, writePage } from '../usage.ts';
import { coverPage } from '../page/cover-page.ts';
import { wrap } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { named } from '../words.ts';

export interface CoverArgs {
  readonly package: string;
  readonly measure: string | undefined;
  readonly html: string | undefined;
  readonly json: boolean;
}

export function cover(args: CoverArgs, t: Terminal): number {
  const reading = loadPackage(args.package);
  const all = sentencesOf(reading.ruleSet);
  refuseMeasure(
    all.map((x) => x.measure),
    args.measure,
  );
  const chosen = args.measure === undefined ? all : all.filter((s) => s.measure === args.measure);
  const { characters, numbers } = reading.coverage;
  const whole = characters.bound === characters.all && numbers.bound === numbers.all;
  if (args.html !== undefined) {
    writePage(args.html, coverPage(reading, chosen, t.language));
    t.print(`→ ${shown(args.html)}`);
  } else if (args.json) t.print(canonical(chosen));
  else {
    for (const s of chosen) {
      for (const line of wrap(s.text, t.columns)) t.print(line);
      for (const b of s.by) {
        const name = named(b.name, b.en, t.language);
        t.print(t.colour('dim', `    ${b.kind} ${b.id} ${name}  ${b.file}:${b.line}`));
      }
      if (s.by.length === 0) t.print(t.colour('red', '    —'));
    }
  }
  return whole ? 0 : 1;
}
