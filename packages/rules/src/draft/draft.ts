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
const SENTENCE_END = /(?<=[。；！？])|(?=[（(]责任单位)/u;

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

const RESPONSIBLE = /[（(]责任单位[：:]([^）)]*)[）)]/u;

/** The units that the text's responsibility lists name, in their order, each once. */
function unitsOf(text: string): readonly string[] {
  const lists = [...text.replace(/\s/gu, '').matchAll(new RegExp(RESPONSIBLE, 'gu'))];
  const names = lists.flatMap((m) => (m[1] ?? '').split(/[、，,]/u));
  return [...new Set(names)].filter((n) => n !== '');
}

function unitsFile(text: string): string {
  const rows = unitsOf(text).map((name) => `| ${name} | | | |`);
  const table = ['| 名称 | 类别 | 说明 | en |', '|---|---|---|---|', ...rows].join('\n');
  const intro = '责任单位由原文的责任单位名单读出，请补类别和英文。 / Units read from the text.';
  return `# 单位\n\n${intro}\n\n\`\`\`单位 责任单位\n${table}\n\`\`\`\n`;
}

function block(keyword: string, id: string, ...lines: readonly string[]): string {
  const fence = '```';
  return [`${fence}${keyword} ${id}`, ...lines, fence, ''].join('\n');
}

/** A heading says nothing but its title: short, without a number beside its own, not alone. */
function isHeading(sentence: string, alone: boolean): boolean {
  const words = sentence.replace(ARTICLE, '').replace(/\s/gu, '');
  return (
    !alone &&
    ARTICLE.test(sentence) &&
    words.length <= 30 &&
    textNumbers(words).length === 0 &&
    !/[，；：]/u.test(words)
  );
}

/** What can be written without judgement: headings and responsibility lists. The rest is asked. */
function skeleton(measure: string, n: number, words: string, alone: boolean): string {
  const id = `${measure}.${n}`;
  if (RESPONSIBLE.test(words)) return block('责任', `${measure}.R`);
  if (isHeading(words, alone)) {
    return block('说明', `${id} 标题`, 'en: Heading', '理由: 标题 / Heading');
  }
  const numbers = textNumbers(words.replace(/\s/gu, '')).map((x) => x.text);
  const hint = numbers.length === 0 ? '' : `；数 numbers: ${numbers.join('、')}`;
  return `// 待写 unbound ${id}${hint}\n`;
}

function articleFile(part: Part, measure: string): string {
  const sentences = part.lines
    .flatMap((line) => line.split(SENTENCE_END))
    .filter((sentence) => sentence.trim() !== '');
  const alone = sentences.filter((sentence) => !RESPONSIBLE.test(sentence)).length < 2;
  const out = sentences.flatMap((sentence, n) => [
    `> ${sentence.trim()}`,
    '',
    skeleton(measure, n, sentence, alone),
  ]);
  return `${[`# ${title(part)}`, '', ...out].join('\n').trimEnd()}\n`;
}

function firstMatch(text: string, re: RegExp): string {
  return re.exec(text)?.[1] ?? re.exec(text)?.[0] ?? '';
}

const UNWRITTEN = '(to be written)';

function day(m: RegExpMatchArray | null | undefined): string {
  if (m === null || m === undefined) return UNWRITTEN;
  return `${m[1] ?? ''}-${(m[2] ?? '').padStart(2, '0')}-${(m[3] ?? '').padStart(2, '0')}`;
}

function issuedDate(text: string): string {
  return day([...text.matchAll(/^\s*(\d{4})年(\d{1,2})月(\d{1,2})日\s*$/gmu)].at(-1));
}

/** 「自2024年3月1日起施行」, or the day of issue where the text says 自印发之日起. */
function effectiveDate(text: string): string {
  const norm = text.replace(/\s/gu, '');
  const said = /自(\d{4})年(\d{1,2})月(\d{1,2})日起(?:正式)?(?:施行|执行|实施|生效)/u.exec(norm);
  if (said !== null) return day(said);
  return /自(?:印发|发布|公布)之日起/u.test(norm) ? issuedDate(text) : UNWRITTEN;
}

function manifest(text: string, id: string): string {
  const heading =
    text
      .split('\n')
      .find((l) => l.trim() !== '')
      ?.trim() ?? '';
  return [
    `id: ${id}`,
    `title: ${heading}`,
    `title_en: ${UNWRITTEN}`,
    `number: ${firstMatch(text, /\S{2,8}〔\d{4}〕\d+号/u) || UNWRITTEN}`,
    `issuer: ${firstMatch(heading, /^(.{2,12}?(?:人民政府(?:办公室)?|委员会|局))/u) || UNWRITTEN}`,
    `issued: ${issuedDate(text)}`,
    `effective: ${effectiveDate(text)}`,
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
    { path: 'units.md', text: unitsFile(text) },
    ...files,
  ];
}
