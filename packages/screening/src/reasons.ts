/** Reasons in words, rebuilt from the codes of a row: which conditions are not met, which facts are
 *  missing and who has them, which judgement is awaited. With numbers and sentences: `explain`. */
import type { RuleSet } from '@zhida/rules';
import type { ResultRow } from './summary.ts';

type Language = 'zh' | 'en';

const WORDS = {
  failed: { zh: '不符合：', en: 'not met: ' },
  nothing: { zh: '应得金额为零', en: 'the amount due is nothing' },
  missing: { zh: '缺：', en: 'missing: ' },
  pending: { zh: '待认定：', en: 'awaiting judgement: ' },
} as const;

/** A fact's name without the entity whose it is: 企业.从业人员 is 从业人员; English beside it. */
export function factWords(path: string, ruleSet: RuleSet, language: Language): string {
  const [head = '', ...names] = path.split('.');
  if (names.length === 0) return head;
  if (language === 'zh') return names.join('.');
  let entity = ruleSet.entities.find((e) => e.name === head);
  const words: string[] = [];
  for (const name of names) {
    const fact = entity?.facts.find((f) => f.name === name);
    words.push(fact === undefined || fact.en === '' ? name : fact.en);
    const type = fact?.type;
    const next = type?.t === 'entity' || type?.t === 'rows' ? type.entity : '';
    entity = ruleSet.entities.find((e) => e.name === next);
  }
  return words.join(' › ');
}

function bracketed(unit: string, language: Language): string {
  if (unit === '') return '';
  return language === 'zh' ? `（${unit}）` : ` (${unit})`;
}

function missingWords(row: Codes, ruleSet: RuleSet, language: Language): readonly string[] {
  const byPath = Map.groupBy(row.missing, (m) => m.path);
  return [...byPath].map(([path, all]) => {
    const months = all.map((m) => m.month).filter((m) => m !== '');
    const when = months.length === 0 ? '' : ` ${months.join(language === 'zh' ? '、' : ', ')}`;
    const fact = factWords(path, ruleSet, language);
    return `${WORDS.missing[language]}${fact}${when}${bracketed(all[0]?.source ?? '', language)}`;
  });
}

type Codes = Pick<ResultRow, 'item' | 'verdict' | 'conditions' | 'missing' | 'pending'>;

/** Why a decision is what it is, a line for each reason; nothing for the granted. `ruleSet` is the
 *  package of the run. */
export function reasonsOf(row: Codes, ruleSet: RuleSet, language: Language): readonly string[] {
  const item = ruleSet.items.find((i) => i.name === row.item);
  if (row.verdict === '满足' || item === undefined) return [];
  if (row.verdict === '不满足') {
    const failed = item.conditions.filter((_, n) => row.conditions[n] === false);
    if (failed.length === 0) return [WORDS.nothing[language]];
    const name = (c: (typeof failed)[number]): string =>
      language === 'en' && c.en !== '' ? c.en : c.name;
    return failed.map((c) => `${WORDS.failed[language]}${name(c)}`);
  }
  const pending = row.pending.map((gate) => {
    const found = ruleSet.gates.find((g) => g.name === gate);
    const name = language === 'en' && (found?.en ?? '') !== '' ? (found?.en ?? '') : gate;
    return `${WORDS.pending[language]}${name}${bracketed(found?.unit ?? '', language)}`;
  });
  return [...missingWords(row, ruleSet, language), ...pending];
}
