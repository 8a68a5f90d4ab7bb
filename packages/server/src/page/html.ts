/** Pages are self-contained: no script, no font, no address is fetched. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const STYLE = `
:root { --ink:#1a1a1a; --soft:#5c6370; --line:#d8dbe0; --lit:#fff1b8; --ok:#1a7f37; --no:#b42318;
  --wait:#946200; --paper:#fff; }
* { box-sizing: border-box; }
body { margin:0; background:#f3f4f6; color:var(--ink);
  font:16px/1.75 "Noto Serif CJK SC","Source Han Serif SC","Songti SC",SimSun,serif; }
main { max-width: 56rem; margin: 2rem auto; padding: 2.5rem 3rem; background:var(--paper);
  box-shadow:0 1px 4px rgba(0,0,0,.12); }
h1 { font-size:1.5rem; line-height:1.4; margin:0 0 .25rem; text-align:center; }
h2 { font-size:1.15rem; margin:2rem 0 .5rem; border-bottom:2px solid var(--ink); }
h3 { font-size:1rem; margin:1.25rem 0 .25rem; }
p, blockquote { margin:.5rem 0; }
blockquote { padding:.5rem 1rem; border-left:4px solid var(--line); background:#fafafa; }
mark { background:var(--lit); padding:0 .1em; }
table { border-collapse:collapse; width:100%; margin:.5rem 0; font-size:.92rem; }
th, td { border:1px solid var(--line); padding:.3rem .55rem; text-align:left; vertical-align:top; }
th { background:#f6f7f9; font-weight:600; }
td.n { text-align:right; font-variant-numeric:tabular-nums; }
.soft { color:var(--soft); font-size:.88rem; }
p.soft { overflow-wrap:anywhere; }
.wide table:not(.conditions) td:first-child { min-width:5em; }
.ok { color:var(--ok); } .no { color:var(--no); } .wait { color:var(--wait); }
.verdict { font-size:1.25rem; font-weight:700; }
.head { display:flex; flex-wrap:wrap; gap:.25rem 2rem; justify-content:center; margin-bottom:1rem; }
.sign { display:flex; gap:4rem; margin-top:2.5rem; }
.sign span { flex:1; border-bottom:1px solid var(--ink); padding-bottom:1.6rem; }
.bar { height:.6rem; min-width:6rem; background:#e8eaee; } .bar i { display:block; height:100%; background:var(--ok); }
section.item { break-inside:auto; }
.text td:first-child { width:60%; }
.conditions th, .conditions td:nth-child(3) { white-space:nowrap; }
.conditions td:nth-child(2) { min-width:6em; }
.conditions td:nth-child(4) { max-width:14em; }
.conditions td:nth-child(7) { min-width:16em; }
a { color:#0b5cad; }
@media (max-width: 40rem) { main { margin:0; padding:1rem; } .wide { overflow-x:auto; } }
@media print { body { background:#fff; font-size:11pt; } main { box-shadow:none; margin:0; padding:0;
  max-width:none; } section.item { break-after:page; } mark { -webkit-print-color-adjust:exact;
  print-color-adjust:exact; } }
`;

export function page(title: string, language: 'zh' | 'en', body: string): string {
  const lang = language === 'zh' ? 'zh-CN' : 'en';
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport"
 content="width=device-width,initial-scale=1"><title>${escape(title)}</title>
<style>${STYLE}</style></head><body><main>
${body}
</main></body></html>
`;
}

export interface Lit {
  readonly start: number;
  readonly end: number;
}

/** A stretch of the text with the lit spans marked. Overlapping spans merge. */
export function lit(text: string, from: number, spans: readonly Lit[]): string {
  const marks = new Uint8Array(text.length);
  for (const s of spans) marks.fill(1, Math.max(0, s.start - from), Math.max(0, s.end - from));
  let out = '';
  let on = false;
  for (let i = 0; i < text.length; i++) {
    const now = marks[i] === 1;
    if (now !== on) out += now ? '<mark>' : '</mark>';
    on = now;
    out += escape(text.charAt(i));
  }
  return on ? `${out}</mark>` : out;
}

/** Cells are HTML already; heads are text. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style = '',
): string {
  const th = head.map((h) => `<th scope="col">${escape(h)}</th>`).join('');
  const body = rows.map((r) => `<tr>${r.map((c) => `<td>${c}</td>`).join('')}</tr>`).join('\n');
  const top = head.every((h) => h === '') ? '' : `<thead><tr>${th}</tr></thead>`;
  return `<div class="wide"><table class="${style}">${top}
<tbody>
${body}
</tbody></table></div>`;
}
