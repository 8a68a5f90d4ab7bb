/** A decision's amount, reason and gaps in words; one place for the table, the page and the text. */
import { valueText } from '@zhida/rules';
import type { Decision, Language } from '@zhida/rules';
import type { Names } from './names.ts';
import { named, say, sayRelation } from './words.ts';

const FEN = { t: 'number', unit: '元', scale: 2 } as const;

export function fenText(fen: bigint): string {
  return valueText(fen, FEN);
}

/** 12,345.60元 from decimal text in 元, as the register has it: `12345.6`, `12345.6元`. */
export function yuanText(text: string): string {
  const [whole = '', part = ''] = text.replace('元', '').split('.');
  const digits = whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, ',');
  return `${digits}${/[1-9]/u.test(part) ? `.${part.padEnd(2, '0')}` : ''}元`;
}

const KINDS = {
  exactly: { zh: '', en: '' },
  atMost: { zh: '至多 ', en: 'at most ' },
  atLeast: { zh: '至少 ', en: 'at least ' },
  softAtMost: { zh: '原则上至多 ', en: 'in principle at most ' },
  elsewhere: { zh: '依上位文件另定', en: 'set by another document' },
  unstated: { zh: '原文无金额', en: 'the text states no amount' },
} as const;

export function amountText(d: Decision, language: Language): string {
  if (d.amount === null) return '';
  const { kind, fen, hardFen, contingent } = d.amount;
  const hard =
    hardFen === null || kind !== 'softAtMost'
      ? ''
      : language === 'zh'
        ? `（硬上限 ${fenText(hardFen)}）`
        : ` (never above ${fenText(hardFen)})`;
  const waits = !contingent ? '' : language === 'zh' ? '（待上级资金）' : ' (if higher funds come)';
  return `${KINDS[kind][language]}${fen === null ? '' : fenText(fen)}${hard}${waits}`;
}

/** Why not, or what is still open, on one line. */
export function reasonText(d: Decision, names: Names): string {
  const { language } = names;
  if (d.verdict === '不满足') {
    return d.failed
      .map((f) => {
        const name = named(f.condition, f.en, language);
        if (f.value === undefined || f.type === undefined || f.value === null) return name;
        const yours = valueText(f.value, f.type, language);
        if (f.threshold === undefined) return `${name}: ${yours}`;
        const needs = `${sayRelation(f.relation ?? '', language)} ${valueText(f.threshold, f.type, language)}`;
        const gap =
          f.gap === undefined
            ? ''
            : `, ${say('gap', language)} ${valueText(f.gap, f.type, language)}`;
        return `${name}: ${yours} (${say('needs', language)} ${needs}${gap})`;
      })
      .join('; ');
  }
  if (d.verdict === '资料不足') {
    const facts = d.missing.map((m) => {
      const months = m.months.length === 0 ? '' : ` ${m.months.join(' ')}`;
      const source = m.source === '' ? '' : ` (${say('from', language)} ${names.unit(m.source)})`;
      return `${names.fact(m.path)}${months}${source}`;
    });
    return `${say('missing', language)}: ${facts.join('; ')}`;
  }
  if (d.verdict === '待认定') {
    return d.pending.map((p) => `${names.gate(p.gate)} (${names.unit(p.unit)})`).join('; ');
  }
  return '';
}
