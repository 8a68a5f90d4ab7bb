/** Where the money comes from and who pays it: 分担, 分期, 资金渠道, 付款单位. */
import type { Bilingual, Share } from '../ir.ts';
import { quantityKey } from '../numbers.ts';
import type { Block, Line } from '../package/block.ts';
import { nearest } from '../problem.ts';
import { atScale, decimalText, parseDecimal } from '../scaled.ts';
import type { Scaled } from '../scaled.ts';
import { checkFounded } from './line.ts';
import { bilingual } from './reading.ts';
import { report } from './scope.ts';
import type { Context } from './scope.ts';

interface Work {
  readonly context: Context;
  readonly block: Block;
}

function lineOf(block: Block, key: string): Line | undefined {
  return block.lines.find((l) => l.key === key);
}

/** Key of a percent figure: 60 is 0.6. */
function percentKey(figure: Scaled): string {
  return quantityKey({ n: figure.n, s: figure.s + 2 }, '');
}

/** 分担 and 分期: parts of an amount, each a percentage of the cited words. */
export function shares(w: Work, key: string): Share[] {
  const line = lineOf(w.block, key);
  if (line === undefined) return [];
  const list = line.value.text.split(/[、,]/u).flatMap((part) => {
    const m = /^(\S*[^\s\d.])\s*(\d+(?:\.\d+)?)%$/u.exec(part.trim());
    return m === null ? [] : [{ who: m[1] ?? '', percent: m[2] ?? '' }];
  });
  const values = list.map((s) => parseDecimal(s.percent) ?? { n: 0n, s: 0 });
  const cites = new Set(values.map(percentKey));
  for (const y of line.value.text.matchAll(/(\d{4})年/gu)) cites.add(`Y${y[1] ?? ''}`);
  const cite = w.context.citations.line(line, w.block, cites);
  const literals = list.map((s, i) => ({
    text: `${s.percent}%`,
    keys: [percentKey(values[i] ?? { n: 0n, s: 0 })],
    at: line.value.text.indexOf(`${s.percent}%`),
    until: line.value.text.indexOf(`${s.percent}%`) + s.percent.length + 1,
  }));
  checkFounded(w.context, w.block, line.value, literals, cite);
  const scale = Math.max(0, ...values.map((v) => v.s));
  const total = values.reduce((sum, v) => sum + (atScale(v, scale) ?? 0n), 0n);
  if (list.length < 1 || total !== 100n * 10n ** BigInt(scale)) {
    const params = { key, total: decimalText({ n: total, s: scale }) };
    report(w.context, w.block, line.value.place(), 'shares-not-whole', params);
  }
  return list;
}

/** 资金渠道 and 付款单位: in words, or open with the question that asks for it. */
export function fundOf(
  w: Work,
  key: '资金渠道' | '付款单位',
): { words: Bilingual; open: string[] } {
  const line = lineOf(w.block, key);
  if (line === undefined) {
    report(w.context, w.block, w.block.at, 'fund-missing', { name: w.block.name, key });
    return { words: { zh: '', en: '' }, open: [] };
  }
  const { text } = line.value;
  const ids = [...text.matchAll(/口径[(\s]\s*([^\s()]+)\)?/gu)].map((m) => m[1] ?? '');
  const open = [...ids, ...line.readings];
  const plain = text.replace(/口径[(\s]\s*[^\s()]+\)?/gu, '').trim();
  if (plain === '待明确' && open.length === 0) {
    report(w.context, w.block, line.value.place(), 'fund-unasked', { name: w.block.name, key });
  }
  for (const id of open) w.context.used.add(`reading:${id}`);
  if (key === '付款单位' && plain !== '待明确') checkPayer(w, line, bilingual(plain).zh);
  if (line.quotes.length > 0) w.context.citations.line(line, w.block, 'any');
  const en = plain === '待明确' ? 'to be settled' : bilingual(plain).en;
  return { words: { zh: bilingual(plain).zh, en }, open: plain === '待明确' ? open : [] };
}

/** Who pays must be a unit that the package declares: the order for payment is sent to it. */
function checkPayer(w: Work, line: Line, text: string): void {
  const known = [...w.context.units.keys(), ...w.context.rosters.keys()];
  for (const name of text.split(/[、,，]/u).map((n) => n.trim())) {
    if (known.includes(name)) continue;
    const at = line.value.place(Math.max(0, line.value.text.indexOf(name)));
    report(w.context, w.block, at, 'payer-unknown', { name, near: nearest(name, known) ?? '' });
  }
}
