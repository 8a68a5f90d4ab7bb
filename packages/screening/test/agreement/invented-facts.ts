/** The world of invented rules: a subject 甲 with a list 行, who refers to a 乙, who refers to a 丙. */
import type { RuleSet } from '@zhida/rules';
import type { Expr } from './expression.ts';

type Type = Expr['type'];
type Fact = RuleSet['entities'][number]['facts'][number];

/** A fact that an invented rule can read. */
export interface Source {
  readonly kind: 'number' | 'bool' | 'text' | 'date';
  readonly path: readonly string[];
  readonly type: Type;
  readonly listed: boolean;
}

const CLASSES = ['子', '丑', '寅'];
const number = (scale: number): Type => ({ t: 'number', unit: '份', scale });
const TYPES: Readonly<Record<string, Type>> = {
  金1: number(2),
  金2: number(2),
  负金: number(2),
  数1: number(0),
  率1: number(4),
  是1: { t: 'bool' },
  是2: { t: 'bool' },
  类: { t: 'text', options: CLASSES },
  名: { t: 'text' },
  日1: { t: 'date' },
  日2: { t: 'date' },
};

function fact(name: string, type: Type): Fact {
  const negative = name === '负金';
  return { name, en: name, type, negative, period: '', source: '某局', evidence: '' };
}

const IDENTITY = fact('编号', { t: 'text' });
const common = Object.entries(TYPES).map(([name, type]) => fact(name, type));

export const inventedEntities: RuleSet['entities'] = [
  {
    name: '甲',
    en: 'A',
    identity: '编号',
    facts: [
      IDENTITY,
      ...common,
      fact('月额', { t: 'months' }),
      fact('乙', { t: 'entity', entity: '乙' }),
      fact('行', { t: 'rows', entity: '行' }),
    ],
  },
  {
    name: '乙',
    en: 'B',
    identity: '编号',
    facts: [{ ...IDENTITY }, ...common, fact('丙', { t: 'entity', entity: '丙' })],
  },
  { name: '丙', en: 'C', identity: '编号', facts: [{ ...IDENTITY }, ...common] },
  { name: '行', en: 'row', identity: '编号', facts: [{ ...IDENTITY }, ...common] },
];

/** Facts for an item that asks more than one column of a plan can carry. */
export const MANY: readonly string[] = Array.from({ length: 70 }, (_, n) => `多${n + 1}`);

/** The entities, with the many facts among those of the subject. */
export const wideEntities: RuleSet['entities'] = inventedEntities.map((e) =>
  e.name === '甲' ? { ...e, facts: [...e.facts, ...MANY.map((n) => fact(n, { t: 'bool' }))] } : e,
);

function sources(path: readonly string[], names: readonly string[], listed: boolean): Source[] {
  return names.flatMap((name) => {
    const type = TYPES[name];
    const t = type?.t;
    if (type === undefined || (t !== 'number' && t !== 'bool' && t !== 'text' && t !== 'date'))
      return [];
    return [{ kind: t, path: [...path, name], type, listed }];
  });
}

const own = ['金1', '金2', '数1', '是1', '类', '日1', '负金', '率1', '是2', '日2'];
export const OWN: readonly Source[] = sources(['甲'], own, false);
export const REFERRED: readonly Source[] = [
  ...sources(['甲', '乙'], ['金1', '是1', '类', '日1'], false),
  ...sources(['甲', '乙', '丙'], ['数1', '是1'], false),
];
export const LISTED: readonly Source[] = sources(
  ['行'],
  ['金1', '数1', '负金', '率1', '是1', '类', '日1', '日2'],
  true,
);

const row = (
  from: string,
  values: readonly string[],
): RuleSet['parameters'][number]['rows'][0] => ({
  from,
  values,
  status: '',
  source: '',
});
const parameter = { from: '2022-12-31', source: '某局' };

export const inventedParameters: RuleSet['parameters'] = [
  {
    ...parameter,
    name: '分类率',
    en: 'rate',
    type: number(2),
    keyName: '类',
    keys: ['子', '丑'],
    rows: [row('2022-12-31', ['120', '7']), row('2024-02-29', ['0', '35'])],
  },
  {
    ...parameter,
    name: '年度数',
    en: 'figure',
    type: number(2),
    keyName: '',
    keys: [],
    rows: [row('2022-12-31', ['250']), row('2023-06-30', ['175']), row('2024-03-01', ['-5'])],
  },
];
