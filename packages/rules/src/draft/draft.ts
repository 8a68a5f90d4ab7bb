/** A new package from a published text: one file per article, the quotes in place, every sentence
 *  that no rule implements yet marked as such. Reading it back gives the work list. */
import { hashText } from '../canonical.ts';
import { textNumbers } from '../numbers.ts';

export interface DraftFile {
  readonly path: string;
  readonly text: string;
}

const ARTICLE =
  /^\s*(?:(\d{1,3})[.．、]|第([一二三四五六七八九十百]+)条|([一二三四五六七八九十]+)、)/u;
const SENTENCE_END = /(?<=[。；！？])/u;

/** Paragraphs of the text, each with its number when it begins an article. */
interface Part {
  readonly article: boolean;
  readonly lines: string[];
}

function parts(text: string): Part[] {
  const result: Part[] = [{ article: false, lines: [] }];
  for (const line of text.split(/\r\n|\r|\n/u)) {
    if (ARTICLE.test(line)) result.push({ article: true, lines: [] });
    result.at(-1)?.lines.push(line);
  }
  return result.filter((p) => p.lines.some((l) => l.trim() !== ''));
}

function title(part: Part): string {
  const first = part.lines.find((l) => l.trim() !== '') ?? '';
  return (first.split(/[。：]/u)[0] ?? '').trim().slice(0, 40);
}

function skeleton(id: string, words: string): string {
  const numbers = textNumbers(words.replace(/\s/gu, '')).map((n) => n.text);
  const heading = ARTICLE.test(words) && words.trim().length < 40;
  const hint = numbers.length === 0 ? '' : `// 数 numbers: ${numbers.join('、')}\n`;
  if (heading) {
    return `\`\`\`说明 ${id} 标题\nen: Heading\n理由: 标题 / Heading\n\`\`\`\n`;
  }
  const ask = '待写：待遇、权益、任务、指标、清单、活动、服务、宣传，或说明理由';
  return `${hint}// 待写 unbound ${id}: ${ask}\n`;
}

function articleFile(part: Part, measure: string): string {
  let n = 0;
  const out: string[] = [`# ${title(part)}`, ''];
  for (const line of part.lines) {
    for (const sentence of line.split(SENTENCE_END)) {
      if (sentence.trim() === '') continue;
      out.push(`> ${sentence.trim()}`, '', skeleton(`${measure}.${n}`, sentence), '');
      n++;
    }
  }
  return `${out.join('\n').trimEnd()}\n`;
}

function firstMatch(text: string, re: RegExp): string {
  return re.exec(text)?.[1] ?? re.exec(text)?.[0] ?? '';
}

function issuedDate(text: string): string {
  const all = [...text.matchAll(/^\s*(\d{4})年(\d{1,2})月(\d{1,2})日\s*$/gmu)];
  const m = all.at(-1);
  if (m === undefined) return '1970-01-01';
  return `${m[1] ?? ''}-${(m[2] ?? '').padStart(2, '0')}-${(m[3] ?? '').padStart(2, '0')}`;
}

function manifest(text: string, id: string): string {
  const heading =
    text
      .split('\n')
      .find((l) => l.trim() !== '')
      ?.trim() ?? '';
  const issued = issuedDate(text);
  return [
    `id: ${id}`,
    `title: ${heading}`,
    'title_en: (English title)',
    `number: ${firstMatch(text, /\S{2,8}〔\d{4}〕\d+号/u) || '(文号)'}`,
    `issuer: ${firstMatch(heading, /^(.{2,12}?(?:人民政府(?:办公室)?|委员会|局))/u) || '(发文机关)'}`,
    `issued: ${issued}`,
    `effective: ${issued}`,
    'source: source.txt',
    `sha256: ${hashText(text)}`,
    'version: 0.1.0',
    '',
  ].join('\n');
}

/** Files of a draft package named `id` for the published `text`. */
export function draftPackage(text: string, id: string): readonly DraftFile[] {
  let measure = 0;
  const files = parts(text).map((part, i): DraftFile => {
    if (part.article) measure++;
    const number = part.article ? String(measure) : 'P';
    const name = part.article ? `article-${measure}` : 'preamble';
    return { path: `${String(i).padStart(2, '0')}-${name}.md`, text: articleFile(part, number) };
  });
  return [
    { path: 'package.yaml', text: manifest(text, id) },
    { path: 'source.txt', text },
    { path: 'facts.md', text: '# 事实\n\n声明实体和事实：见 docs/language.md 2.1。\n' },
    { path: 'units.md', text: '# 单位\n\n声明责任单位：见 docs/language.md 2.1。\n' },
    ...files,
  ];
}
