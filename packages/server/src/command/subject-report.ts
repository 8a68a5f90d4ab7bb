/** 一企一档 on the terminal: every fact of one subject with its value, who said it, of when, and where it
 *  stands; with every earlier word on it. */
import type { SubjectFacts } from '@zhida/register';
import type { RuleSet } from '@zhida/rules';
import { yuanText } from '../amounts.ts';
import type { Names } from '../names.ts';
import { tell } from '../phrases.ts';
import { registerWords as words } from '../register-words.ts';
import type { Terminal } from '../terminal.ts';

type Known = SubjectFacts['known'][number];
type Source = Known['source'];
type History = SubjectFacts['history'][number];

export interface SubjectReport {
  readonly names: Names;
  readonly ruleSet: RuleSet;
  readonly args: { readonly history: boolean; readonly knownOn: string | undefined };
  readonly t: Terminal;
}

/** 125000.5元 → 125,000.50元; other values as they are. */
function shownValue(value: string): string {
  return /^-?\d+(?:\.\d+)?元$/u.test(value) ? yuanText(value) : value;
}

function place({ file, name, sheet, row, kind }: Source, t: Terminal): string {
  if (kind === '推导') return tell(words.derivedBy, t.language, { name });
  const at = row === 0 ? '' : `${sheet === '' ? '' : `${sheet} `}${row}`;
  return [file === '' ? name : file, at].filter((x) => x !== '').join(' / ');
}

/** Without the name of the subject's own entity in front. */
function factName(path: string, entity: string, names: Names): string {
  const month = /\.(\d{4}-\d{2})$/u.exec(path)?.[1] ?? '';
  const bare = month === '' ? path : path.slice(0, -month.length - 1);
  const own = bare.startsWith(`${entity}.`) ? bare.slice(entity.length + 1) : bare;
  const named = names.language === 'zh' ? own : names.fact(bare).replace(/ \(.*\)$/u, '');
  const name = named === bare ? own : named;
  return month === '' ? name : `${name} ${month}`;
}

function factRow(k: Known, entity: string, { names, t }: SubjectReport): string[] {
  const { source } = k;
  return [
    factName(k.path, entity, names),
    shownValue(k.value),
    names.unit(source.unit),
    source.asOf,
    source.import,
    place(source, t),
  ];
}

/** Facts of the package of which the subject has none. */
function unknownFacts({ entity, known }: SubjectFacts, r: SubjectReport): readonly string[] {
  const declared = r.ruleSet.entities.find((e) => e.name === entity);
  const have = new Set(known.map((k) => k.path.split('.')[1]));
  return (declared?.facts ?? [])
    .filter((f) => f.type.t !== 'rows' && f.name !== declared?.identity && !have.has(f.name))
    .map((f) => factName(`${entity}.${f.name}`, entity, r.names));
}

function statementLine(s: History['said'][number], r: SubjectReport): string {
  const { t, names } = r;
  const l = t.language;
  const value = s.value === null ? tell(words.takenBack, l) : shownValue(s.value);
  const { source } = s;
  const parts = [
    source.on.slice(0, 10),
    value,
    names.unit(source.unit),
    source.asOf === '' ? '' : `${tell(words.asOf, l)} ${source.asOf}`,
    `${tell(words.import, l)} ${source.import}`,
    place(source, t),
    source.by,
    s.holds ? '' : tell(words.withdrawnMark, l),
    source.basis,
  ];
  return parts.filter((x) => x !== '').join('  ');
}

function printHistory(s: SubjectFacts, r: SubjectReport): void {
  const { t } = r;
  for (const h of s.history) {
    t.print(t.colour('bold', factName(h.path, s.entity, r.names)));
    for (const said of h.said) {
      const line = statementLine(said, r);
      t.print(`  ${said.holds ? line : t.colour('dim', line)}`);
    }
  }
}

/** How many facts nobody sent are named. */
const UNKNOWN = 30;

export function printSubject(s: SubjectFacts, r: SubjectReport): void {
  const { t, names } = r;
  const l = t.language;
  const name = s.known.find((k) => k.path === `${s.entity}.名称`)?.value ?? '';
  t.print(t.colour('bold', `${names.entity(s.entity)} ${name}  ${s.id}`));
  if (r.args.knownOn !== undefined) t.print(tell(words.knownOn, l, { day: r.args.knownOn }));
  t.print();
  if (r.args.history) {
    printHistory(s, r);
    return;
  }
  t.table(
    [
      { head: tell(words.fact, l), most: 40 },
      { head: tell(words.value, l), most: 30 },
      { head: tell(words.unit, l), most: 28 },
      { head: tell(words.asOf, l) },
      { head: tell(words.import, l) },
      { head: tell(words.document, l), most: 50 },
    ],
    s.known.map((k) => factRow(k, s.entity, r)),
  );
  const unknown = unknownFacts(s, r);
  t.print();
  if (unknown.length > 0) {
    const list = `${unknown.slice(0, UNKNOWN).join('、')}${unknown.length > UNKNOWN ? ' …' : ''}`;
    t.print(t.colour('dim', tell(words.notKnown, l, { n: unknown.length, list })));
  }
  t.print(t.colour('dim', tell(words.historyHint, l)));
}
