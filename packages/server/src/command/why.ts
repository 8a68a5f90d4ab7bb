/** `zhida screen why`: the decisions on one subject of the register, each fact with who sent it, of when,
 *  in which file and row. */
import { readFacts } from '@zhida/rules';
import type { RuleSet } from '@zhida/rules';
import type { Register } from '@zhida/register';
import { chooseItems, engineWith, isDay } from '../deciding.ts';
import type { ReadSubject } from '../facts-file.ts';
import { loadPackage, warnDraft } from '../package-folder.ts';
import { refuseEmptyStore, withRegister } from '../store.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { showExplanations } from './explain.ts';
import type { RegisterQuestion } from './screen.ts';

export interface WhyArgs extends RegisterQuestion {
  /** Code, or part of a name that only one subject has. */
  readonly subject: string;
  readonly entity: string | undefined;
  readonly html: string | undefined;
  readonly json: boolean;
}

/** Subjects that are named when several are meant. */
const SEVERAL = 12;

/** The one subject that is asked for, with its facts as the register knows them. Throws UsageError
 *  when there is none or more than one. */
export async function subjectOf(
  register: Register,
  ruleSet: RuleSet,
  asked: Pick<WhyArgs, 'subject' | 'entity' | 'knownOn'>,
): Promise<ReadSubject> {
  const known = asked.knownOn === undefined ? {} : { knownOn: asked.knownOn };
  const entity = asked.entity === undefined ? {} : { entity: asked.entity };
  const text = asked.subject;
  const found = await register.find(text, { ...known, ...entity, limit: SEVERAL + 1 });
  const exact = found.filter((f) => f.id === text || f.name === text);
  const [only, ...others] = exact.length > 0 ? exact : found;
  if (only === undefined) throw new UsageError('subject-not-found', { asked: text });
  if (others.length > 0) {
    const list = found.slice(0, SEVERAL).map((f) => `${f.entity} ${f.name} ${f.id}`);
    throw new UsageError('subject-several', { asked: text, list: list.join('; ') });
  }
  const { facts } = await register.subject(only.entity, only.id, known);
  const place = { file: `${only.entity} ${only.id}`, line: 1, column: 1 };
  const read = readFacts(ruleSet, only.entity, facts, place);
  const name = only.name === '' ? only.id : only.name;
  return { entity: only.entity, id: only.id, name, facts: read.facts, provenance: read.provenance };
}

/** Explains and prints. Returns the exit code: 1 when the package is a draft. */
export async function why(args: WhyArgs, t: Terminal): Promise<number> {
  if (!isDay(args.asOf)) throw new UsageError('day', { text: args.asOf });
  refuseEmptyStore(args.store);
  const reading = loadPackage(args.package);
  const { ruleSet } = reading;
  const draft = warnDraft(reading, t.language);
  const engine = engineWith(ruleSet, args.readings);
  const asked = chooseItems(ruleSet, args.items);
  const subject = await withRegister(args.store, ruleSet, (r) => subjectOf(r, ruleSet, args));
  const items = asked.filter((i) => i.entity === subject.entity);
  if (items.length === 0) {
    throw new UsageError('item-elsewhere', { entity: subject.entity, subject: subject.name });
  }
  const { asOf, html, json } = args;
  showExplanations(engine, { subject, items, asOf, html, json, note: '' }, t);
  return draft ? 1 : 0;
}
