/** The text as a page: each sentence with what implements it, the numbers lit. */
import type { Language, PackageReading, cover } from '@zhida/rules';
import { named, say } from '../words.ts';
import { escape, lit, page, table } from './html.ts';

type Sentences = ReturnType<typeof cover>;

function kindText(kind: string, l: Language): string {
  if (l === 'zh') return kind;
  const more: Readonly<Record<string, string>> = {
    待遇: 'money item',
    权益: 'right',
    封顶: 'cap',
    认定: 'gate',
    说明: 'orders nothing',
    责任: 'responsible units',
    决策: 'rule',
    任务: 'duty',
    指标: 'indicator',
    清单: 'list',
    活动: 'event',
    服务: 'service',
    宣传: 'publicity',
  };
  return more[kind] ?? kind;
}

function sentence(s: Sentences[number], l: Language): string[] {
  const by = s.by.map((b) => {
    const name = named(b.name, b.en, l);
    return `<div title="${escape(b.file)}:${b.line}"><b>${escape(kindText(b.kind, l))}</b>
 ${escape(b.id)} ${escape(name)}</div>`;
  });
  const readings =
    s.readings.length === 0
      ? ''
      : `<div class="soft">${say('readings', l)} ${s.readings.join(' ')}</div>`;
  return [
    lit(s.text, s.start, s.numbers),
    `${by.join('') || '<span class="no">—</span>'}${readings}`,
  ];
}

export function coverPage(reading: PackageReading, all: Sentences, l: Language): string {
  const { manifest } = reading.ruleSet;
  const c = reading.coverage;
  const shares = (['sentences', 'characters', 'numbers'] as const).map((word) => {
    const s = c[word];
    const part = s.all === 0 ? 100 : Math.floor((s.bound * 100) / s.all);
    return [
      say(word, l),
      `${s.bound}/${s.all}`,
      `<div class="bar"><i style="width:${part}%"></i></div>`,
    ];
  });
  const groups = new Map<string, Sentences[number][]>();
  for (const s of all) groups.set(s.measure, [...(groups.get(s.measure) ?? []), s]);
  const titleOf = (m: string): string => {
    if (m === 'D' || m === '') return say('frame', l);
    if (m === 'P') return say('preamble', l);
    return reading.ruleSet.measures.find((x) => x.id === m)?.title ?? m;
  };
  const sections = [...groups].map(([m, list]) => {
    const head = [say('sentence', l), say('implementedBy', l)];
    return `<section><h2 id="m${escape(m)}">${/^\d/u.test(m) ? `${escape(m)}. ` : ''}${escape(titleOf(m))}</h2>
${table(
  head,
  list.map((s) => sentence(s, l)),
  'text',
)}</section>`;
  });
  const body = `<h1>${escape(manifest.title)}</h1>
<p style="text-align:center">${escape(manifest.number)} ${escape(manifest.issued)}</p>
${table(['', '', ''], shares)}
${sections.join('\n')}`;
  return page(`${manifest.number} ${manifest.title}`, l, body);
}
