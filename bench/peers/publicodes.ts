// publicodes: rules as its YAML would be parsed into (it takes the parsed object; the formulas are
// texts that it parses). Names are Latin letters. It knows no lists, so months and loans are one
// rule each (two loans at most), and no rounding down, so that is written as rounding of x - 0.005.
// Unknown stays unknown. Numbers are binary.
import Engine from 'publicodes';
import type { RuleSet } from '@zhida/rules';
import { DECIDED_ON } from '../cases.ts';
import type { Contestant } from '../contest.ts';
import type { Answer } from '../exact.ts';
import { peerFacts, RECORDS, SCHEMES } from '../subject.ts';
import type { Figure, PeerValue, Subject } from '../subject.ts';
import { answerOf } from './answer.ts';
import { all, choice, cut, least, otherwise, rounded, RULES, sum } from './publicodes-rules.ts';
import type { Formula } from './publicodes-rules.ts';
import { rates } from './rates.ts';
import type { Rate } from './rates.ts';

const LOANS = [1, 2];

const day = (iso: string): string => iso.split('-').toReversed().join('/');

/** Interest of each loan, and their sum. */
function loans(
  record: string,
  table: readonly Rate[],
  percent: (place: string) => Formula,
): Record<string, Formula> {
  const rateOf = (place: string, of: 'short' | 'long'): Formula => ({
    variations: [
      ...choice(...table.map((r) => [`${place} contract >= ${day(r.from)}`, r[of]] as const)),
      otherwise(0),
    ],
  });
  return Object.fromEntries([
    ...LOANS.flatMap((n): [string, Formula][] => {
      const place = `${record} . loan ${n}`;
      return [
        [`${place} short rate`, rateOf(place, 'short')],
        [`${place} long rate`, rateOf(place, 'long')],
        [
          `${place} rate`,
          {
            variations: [
              ...choice([`${place} term <= 60`, `${place} short rate`]),
              otherwise(`${place} long rate`),
            ],
          },
        ],
        [`${place} percent`, percent(place)],
        [`${place} due`, `${place} principal * ${place} days * ${place} percent`],
      ];
    }),
    [`${record} . loans due`, { somme: LOANS.map((n) => `${record} . loan ${n} due`) }],
  ]);
}

function shared(table: readonly Rate[]): Readonly<Record<string, Formula>> {
  const growth = (place: string, count: number): Record<string, Formula> => ({
    [`${place} now`]: sum(`${place}2023`, count),
    [`${place} before`]: sum(`${place}2022`, count),
  });
  return {
    'in force': 'as of >= 22/11/2023',
    ...growth('base . taxed', 5),
    ...growth('enterprise . retail', 3),
    ...growth('hotel . retail', 3),
    'taxed due': rounded('(base . taxed now - base . taxed before) * 0.01'),
    'retail growth': 'enterprise . retail now - enterprise . retail before',
    'hotel growth': 'hotel . retail now - hotel . retail before',
    'cold share': cut('cold store . cost * 0.3'),
    'cold limit': {
      variations: [
        ...choice(['cold store . standard', 'cold store . standard limit']),
        otherwise(1_000_000),
      ],
    },
    ...loans('farm', table, (place) => least(`${place} rate * 0.7`, 2)),
    'farm due': cut('farm . loans due / 36000'),
    ...loans('loan upgrade', table, (place) => `${place} short rate`),
    'loan due': cut('loan upgrade . loans due / 36000'),
    gear: 'renovation . warm gear + renovation . cold gear',
    frames: {
      variations: [
        ...choice(['renovation . damaged', 'renovation . warm frame + renovation . cold frame']),
        otherwise(0),
      ],
    },
    'renewal limit': 'renovation . warm area * 5000 + renovation . cold area * 1000',
    'renewal share': least('(frames + gear) * 0.15', 'renewal limit'),
    renewed: cut('renewal share'),
    'upgrade due': cut('direct upgrade . audited * 0.05'),
    'rebuild due': rounded('rebuild . invested * 0.1'),
    'plan due': rounded('joint plan . plan * 0.25'),
    gone: 'enterprise . layoffs - enterprise . not layoffs',
    'layoff limit': {
      variations: [...choice(['enterprise . staff <= 30', 0.2]), otherwise(0.055)],
    },
    large: all("enterprise . unit kind = '企业单位'", "enterprise . size = '大型'"),
    'refund share': { variations: [...choice(['large', 0.3]), otherwise(0.6)] },
    refund: rounded('(enterprise . unit dues + enterprise . staff dues) * refund share'),
  };
}

/** `aboveQuota` → `above quota`. */
function words(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
}

const ruleName = (id: string): string => `scheme ${id.replaceAll('.', ' ')}`;

function text(value: Figure): string | number {
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  if (typeof value === 'number') return value;
  if (value === null) return 'non';
  return /^\d{4}-\d{2}-\d{2}$/u.test(value) ? day(value) : `'${value}'`;
}

type Situation = Record<string, string | number>;

/** A list becomes one value per place; what is unknown is left out. */
function flat(name: string, value: PeerValue): [string, Figure][] {
  if (!Array.isArray(value)) return [[name, value as Figure]];
  if (!name.endsWith('loans')) {
    return (value as readonly Figure[]).map((v, i) => [`${name} ${i + 1}`, v]);
  }
  const rows = value as readonly { readonly [f: string]: Figure }[];
  const none = { principal: 0, term: 0, contract: '2022-01-20', days: 0 };
  return LOANS.flatMap((n) =>
    Object.entries(rows[n - 1] ?? none).map(([f, v]): [string, Figure] => [
      `${name.replace(/s$/u, '')} ${n} ${f}`,
      v,
    ]),
  );
}

function situationOf(subject: Subject): Situation {
  const entries = Object.entries(peerFacts(subject)).flatMap(([record, facts]) =>
    Object.entries(facts).flatMap(([field, value]) =>
      flat(`${words(record)} . ${words(field)}`, value),
    ),
  );
  const known = entries.filter(([, value]) => value !== null);
  return Object.fromEntries([
    ['as of', day(DECIDED_ON)],
    ...known.map(([name, value]) => [name, text(value)] as const),
  ]);
}

/** Declarations of the facts; those of months and loans by the places they can take. */
function declared(): Record<string, null> {
  const names = Object.entries(RECORDS).flatMap(([record, { fields }]) =>
    Object.entries(fields).flatMap(([field, [, kind]]) => {
      const name = `${words(record)} . ${words(field)}`;
      if (kind === 'months') {
        const places = [1, 2, 3, 4, 5].map((n) => ` ${n}`);
        return places.flatMap((n) => [`${name}2022${n}`, `${name}2023${n}`]);
      }
      if (kind !== 'loans') return kind === 'payee' ? [] : [name];
      const parts = ['principal', 'term', 'contract', 'days'];
      return LOANS.flatMap((n) => parts.map((p) => `${name.replace(/s$/u, '')} ${n} ${p}`));
    }),
  );
  const records = Object.keys(RECORDS).map(words);
  return Object.fromEntries(['as of', ...records, ...names].map((name) => [name, null]));
}

function rulesOf(ruleSet: RuleSet): Record<string, Formula | null> {
  const schemes = SCHEMES.map(({ id }): [string, Formula] => {
    const rule = RULES[id];
    if (rule === undefined) throw new Error(`publicodes has no rule for ${id}`);
    const when = all('in force', rule.when);
    if (rule.yuan === undefined) return [ruleName(id), when];
    return [ruleName(id), { 'applicable si': when, valeur: rule.yuan }];
  });
  return { ...declared(), ...shared(rates(ruleSet)), ...Object.fromEntries(schemes) };
}

function answer(value: unknown): Answer {
  if (typeof value === 'number') return answerOf(true, value);
  return answerOf(value === null ? false : value, undefined);
}

export function publicodes(ruleSet: RuleSet): Contestant {
  const silent = { log() {}, warn() {}, error() {} };
  const engine = new Engine(rulesOf(ruleSet) as ConstructorParameters<typeof Engine>[0], {
    warn: false,
    logger: silent,
  });
  const names = SCHEMES.map(({ id }) => ruleName(id));
  return {
    name: 'publicodes',
    ready: (subject) => {
      const situation = situationOf(subject);
      const run = (): readonly unknown[] => {
        engine.setSituation(situation);
        return names.map((name) => engine.evaluate(name).nodeValue);
      };
      const answers = (): ReadonlyMap<string, Answer> => {
        const values = run();
        return new Map(SCHEMES.map(({ id }, i) => [id, answer(values[i])] as const));
      };
      return { run, answers };
    },
  };
}
