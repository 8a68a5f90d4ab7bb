/** The look of the page of a run: light, readable on a telephone and on paper, nothing fetched. */
import type { Language } from '@zhida/rules';
import { escape } from './html.ts';

const STYLE = `
:root { --ink:#1a1a1a; --soft:#505764; --line:#d8dbe0; --paper:#fff; --warn:#8a3b00; }
* { box-sizing:border-box; }
body { margin:0; background:#f3f4f6; color:var(--ink);
  font:15px/1.65 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif; }
svg text { font-family:"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif !important; }
main { max-width:120rem; margin:0 auto; padding:1.5rem clamp(.75rem,2.5vw,3rem) 3rem; }
h1 { font-size:clamp(1.25rem,2.2vw,1.75rem); line-height:1.35; margin:0 0 .25rem; }
h2 { font-size:1.25rem; margin:2.5rem 0 .25rem; border-bottom:2px solid var(--ink); scroll-margin-top:1rem; }
h3 { font-size:1rem; margin:1.25rem 0 .25rem; }
p, blockquote { margin:.4rem 0; }
blockquote { padding:.4rem .8rem; border-left:4px solid var(--line); background:#fafafa; font-size:.9rem; }
.soft, small { color:var(--soft); font-size:.87rem; }
.badge { display:inline-block; padding:.05rem .6rem; border:2px solid var(--warn); color:var(--warn);
  font-weight:700; border-radius:.25rem; margin-right:.5rem; }
.meta { display:flex; flex-wrap:wrap; gap:.1rem 1.5rem; margin:.5rem 0; padding:0; list-style:none; }
.meta code { font-size:.85em; overflow-wrap:anywhere; }
nav ul { display:flex; flex-wrap:wrap; gap:.25rem 1.25rem; padding:0; margin:.75rem 0; list-style:none; }
a { color:#0b5cad; }
.cards { display:grid; grid-template-columns:repeat(auto-fit,minmax(11.5rem,1fr)); gap:.75rem; margin:.75rem 0; }
.card { background:var(--paper); border:1px solid var(--line); border-radius:.4rem; padding:.6rem .9rem; min-width:0; }
.card dt { font-size:.87rem; color:var(--soft); } .card dd { margin:0; overflow-wrap:anywhere; }
.card b { display:block; font-size:1.45rem; line-height:1.3; font-variant-numeric:tabular-nums; }
.grid { display:grid; grid-template-columns:repeat(auto-fill,minmax(min(100%,21.5rem),1fr)); gap:.9rem;
  align-items:start; margin:.5rem 0; }
figure { background:var(--paper); border:1px solid var(--line); border-radius:.4rem; margin:0;
  padding:.7rem .9rem; min-width:0; break-inside:avoid; }
figcaption { font-weight:700; margin-bottom:.4rem; }
.chart svg { display:block; width:100%; height:auto; max-width:30rem; }
.outcome { font-size:.9rem; }
.flag { color:var(--warn); font-weight:700; font-size:.9rem; }
.legend { display:flex; flex-wrap:wrap; gap:.1rem 1rem; list-style:none; padding:0; margin:.4rem 0; font-size:.85rem; }
.legend i { display:inline-block; width:.9em; height:.9em; margin-right:.35em; vertical-align:-.1em; }
details { margin:.35rem 0; } summary { cursor:pointer; color:#0b5cad; font-size:.9rem; }
.wide { overflow-x:auto; margin:.4rem 0; }
table { border-collapse:collapse; font-size:.86rem; background:var(--paper); min-width:100%; }
th, td { border:1px solid var(--line); padding:.25rem .5rem; text-align:left; vertical-align:top; }
td { min-width:4em; } th { background:#eef0f3; font-weight:600; }
td.n, th.n { text-align:right; } td.n { white-space:nowrap; font-variant-numeric:tabular-nums; }
tfoot td { font-weight:700; background:#f6f7f9; }
@media print { body { background:#fff; font-size:9.5pt; } main { padding:0; max-width:none; } nav { display:none; }
  .grid { grid-template-columns:repeat(2,1fr); } h2 { break-after:avoid; } .wide { overflow:visible; }
  details::details-content { content-visibility:visible; block-size:auto; } table { font-size:7.5pt; }
  .chart svg, .legend i { -webkit-print-color-adjust:exact; print-color-adjust:exact; } }
`;

/** A whole document around `body`. */
export function document(title: string, language: Language, body: string): string {
  const lang = language === 'zh' ? 'zh-CN' : 'en';
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport"
 content="width=device-width,initial-scale=1"><title>${escape(title)}</title>
<style>${STYLE}</style></head><body><main>
${body}
</main></body></html>
`;
}
