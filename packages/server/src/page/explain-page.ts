/** The printable page of one decision: 判定说明, as an officer would sign it. */
import type { Explanation, Language, RuleSet, Subject } from '@zhida/rules';
import { amountText, fenText, reasonText } from '../amounts.ts';
import { Names } from '../names.ts';
import { named, say, sayMode, sayRelation, sayVerdict } from '../words.ts';
import { escape, lit, page, table } from './html.ts';

export interface ExplainPage {
  readonly ruleSet: RuleSet;
  readonly subject: Subject & { readonly name: string };
  readonly asOf: string;
  readonly list: readonly Explanation[];
  readonly note: string;
}

function conditionTable(e: Explanation, names: Names): string {
  if (e.conditions.length === 0) return '';
  const l = names.language;
  const states = {
    met: '<span class="ok">✓</span>',
    failed: '<span class="no">✗</span>',
    open: '<span class="wait">?</span>',
  };
  const rows = e.conditions.map((c) => [
    states[c.state],
    escape(named(c.name, c.en, l)),
    escape(c.yours),
    escape(c.needs === '' ? '' : `${sayRelation(c.relation, l)} ${c.needs}`),
    escape(c.gap),
    escape(c.sources.map((s) => names.unit(s)).join('、')),
    `${c.basis.quotes.map((q) => `「${escape(q)}」`).join('')} <span class="soft">${escape(
      [c.basis.clause, ...c.basis.readings].join(' '),
    )}</span>`,
  ]);
  const head = [
    '',
    say('condition', l),
    say('yours', l),
    say('needs', l),
    say('gap', l),
    say('holder', l),
  ];
  return table([...head, say('sentence', l)], rows, 'conditions');
}

function workingTable(e: Explanation, l: Language): string {
  if (e.working.length === 0 || e.verdict === '不满足') return '';
  const rows = e.working.map((w) => [
    escape(named(w.name, w.en, l)),
    escape(w.value),
    escape([w.origin, w.detail].filter((x) => x !== '').join(' ')),
    w.basis.quotes.map((q) => `「${escape(q)}」`).join(''),
  ]);
  const shares = [...e.shares, ...e.instalments].map((s) => [
    escape(s.who),
    escape(fenText(s.fen)),
    `${escape(s.percent)}%`,
    '',
  ]);
  const head = [say('item', l), say('value', l), '', say('sentence', l)];
  return `<h3>${say('working', l)}</h3>${table(head, [...rows, ...shares])}`;
}

function factTable(e: Explanation, names: Names): string {
  const l = names.language;
  if (e.facts.length === 0) return '';
  const rows = e.facts.map((f) => [
    escape(f.path) +
      (l === 'en' && f.en !== '' ? ` <span class="soft">${escape(f.en)}</span>` : ''),
    f.known ? escape(f.value) : `<span class="wait">${escape(f.value)}</span>`,
    escape(f.period),
    escape([names.unit(f.source), f.document].filter((x) => x !== '').join(', ')),
    escape(f.asOf),
  ]);
  const head = [
    say('facts', l),
    say('value', l),
    say('period', l),
    say('source', l),
    say('date', l),
  ];
  return `<h3>${say('facts', l)}</h3>${table(head, rows)}`;
}

function readingTable(e: Explanation, names: Names): string {
  const l = names.language;
  if (e.readings.length === 0) return '';
  const pick = (b: { readonly zh: string; readonly en: string }): string =>
    b[l] === '' ? b.zh : b[l];
  const rows = e.readings.map((r) => [
    escape(r.id),
    escape(pick(r.question)),
    `<b>${escape(r.chosen)}</b> ${escape(pick(r.words))}`,
    escape(r.others.map((o) => `${o.key} ${pick(o.words)}`).join('；')),
    escape(`${r.status === '待确认' ? say('unsigned', l) : r.status} · ${names.unit(r.ask)}`),
  ]);
  const head = ['', say('ask', l), say('readingsUsed', l), say('others', l), ''];
  return `<h3>${say('readingsUsed', l)}</h3>${table(head, rows)}`;
}

function nextTable(e: Explanation, names: Names): string {
  const l = names.language;
  const pick = (b: { readonly zh: string; readonly en: string }): string =>
    b[l] === '' ? b.zh : b[l];
  const { item, decision } = e;
  const open = item.openQuestions.length === 0 ? '' : ` (${item.openQuestions.join(' ')})`;
  const rows: [string, string][] = [
    [say('grants', l), pick(item.grants)],
    [say('mode', l), item.mode === null ? '' : sayMode(item.mode, l)],
    [say('fund', l), pick(item.fund) === '' ? '' : `${pick(item.fund)}${open}`],
    [say('payer', l), item.payer.en === '' ? names.unit(item.payer.zh) : pick(item.payer)],
    [say('route', l), pick(item.route)],
    [say('papers', l), pick(item.papers)],
    [say('payee', l), decision.payee],
    ...decision.limits.map((c): [string, string] => [
      say('limits', l),
      `${names.cap(c.cap)} ${c.key.join(' ')} ≤ ${c.capFen === null ? '?' : fenText(c.capFen)}`,
    ]),
  ];
  const shown = rows.filter(([, v]) => v !== '').map(([k, v]) => [escape(k), escape(v)]);
  return `<h3>${say('next', l)}</h3>${table(['', ''], shown)}`;
}

function section(e: Explanation, names: Names): string {
  const l = names.language;
  const d = e.decision;
  const tone = d.verdict === '满足' ? 'ok' : d.verdict === '不满足' ? 'no' : 'wait';
  const law = e.law.map((s) => `<blockquote>${lit(s.text, s.start, e.lit)}</blockquote>`).join('');
  const open = (d.verdict === '资料不足' || d.verdict === '待认定') && e.item.amount !== null;
  const most = d.potentialFen === null ? say('unbounded', l) : fenText(d.potentialFen);
  const why = d.verdict === '满足' ? '' : `<p>${escape(reasonText(d, names))}</p>`;
  return `<section class="item"><h2>${escape(e.item.id)} ${escape(named(e.item.name, e.item.en, l))}</h2>
<p class="verdict ${tone}">${escape(sayVerdict(d.verdict, l))} ${escape(amountText(d, l))}</p>
${why}${open ? `<p>${say('potential', l)}: ${escape(most)}</p>` : ''}
${law}
${conditionTable(e, names)}${workingTable(e, l)}${factTable(e, names)}${readingTable(e, names)}${nextTable(e, names)}
</section>`;
}

export function explainPage(p: ExplainPage, l: Language): string {
  const { manifest, hash } = p.ruleSet;
  const names = new Names(p.ruleSet, l);
  const title = l === 'zh' ? '判定说明' : 'Statement of decision';
  const head = [
    `${say('subject', l)}: ${p.subject.entity} ${p.subject.name} ${p.subject.id}`,
    `${say('asOf', l)}: ${p.asOf}`,
    p.note,
  ].filter((x) => x !== '');
  const body = `<h1>${title}</h1>
<p style="text-align:center">${escape(manifest.title)} ${escape(manifest.number)}</p>
<div class="head soft">${head.map((h) => `<span>${escape(h)}</span>`).join('')}</div>
${p.list.map((e) => section(e, names)).join('\n')}
<div class="sign"><span>${say('signed', l)}</span><span>${say('day', l)}</span></div>
<p class="soft">${say('packageHash', l)} ${escape(manifest.id)} ${escape(manifest.version)}
 sha256 ${escape(hash)}</p>`;
  return page(`${title} ${p.subject.name}`, l, body);
}
