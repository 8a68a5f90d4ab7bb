// Goal: what the documents say of the project is so. Method: every path they name exists, every
// command and option stands in the help, every transcript is what the program prints today, the two
// READMEs have the same shape, records are numbered once, and the tables of docs/amounts.md and
// docs/concepts.md agree with the scanner and with the sources.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { draftPackage, readPackage } from '@zhida/rules';
import { packageSources } from './checks/files.ts';
import { root } from './checks/tool.ts';
import { firstUntrue, links, readPage, spans, tableBelow, transcripts } from './docs/pages.ts';
import type { Page } from './docs/pages.ts';

const records = readdirSync(join(root, 'docs/adr')).toSorted();
const pages = [
  'README.md',
  'README.zh-CN.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/amounts.md',
  'docs/concepts.md',
  ...records.map((name) => `docs/adr/${name}`),
].map(readPage);
const page = (path: string): Page => pages.find((p) => p.path === path) ?? readPage(path);

function run(command: string): string {
  const words = command.split(/\s+/);
  const env: Record<string, string> = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' };
  env['LANG'] = 'C.UTF-8';
  while (/^[A-Z_]+=/.test(words[0] ?? '')) {
    const [name = '', value = ''] = (words.shift() ?? '').split('=');
    env[name] = value;
  }
  const [program, ...args] = words;
  const file = program === 'npm' ? ['boot.mjs', ...args] : ['bin/zhida.mjs', ...args.slice(1)];
  const done = spawnSync(process.execPath, file, { cwd: root, env, encoding: 'utf8' });
  return `${done.stdout}${done.stderr}`;
}

describe('paths', () => {
  // Shown from where a reader of the page thinks: the root, or the sources of a package.
  const bases = ['', 'packages/rules/src', 'packages/server', 'packages/server/src', 'docs'];
  const known = /^[\w.-]+(\/[\w.-]+)*\/?$/;
  const isPath = (text: string): boolean =>
    known.test(text) &&
    !text.startsWith('data/') &&
    (text.includes('/') || /[.](ts|mjs|json|md|svg|ya?ml)$/.test(text));
  // Files of the recipe's own package, and files that a command of the page writes or reads.
  const invented = /^(policies\/hekou-2023|hekou[.]txt|facts[.]csv|firms[.]csv|cover[.]html)/;

  it.each(pages.map((p) => [p.path, p] as const))('of %s exist', (_, p) => {
    const named = spans(p).filter(({ text }) => isPath(text) && !invented.test(text));
    const inPackage = /^(package[.]yaml|source[.]txt|facts[.]md|units[.]md|0\d-.*[.]md)$/;
    const missing = named.filter(
      ({ text }) => !inPackage.test(text) && !bases.some((b) => existsSync(join(root, b, text))),
    );
    const broken = links(p).filter(({ text }) => !existsSync(join(root, dirname(p.path), text)));
    const lost = [...missing, ...broken].map(({ text, line }) => `${p.path}:${line} ${text}`);
    expect(lost).toEqual([]);
  });

  it('are found where they are written', () => {
    expect(
      spans(page('ARCHITECTURE.md')).filter(({ text }) => isPath(text)).length,
    ).toBeGreaterThan(40);
  });
});

describe('commands', () => {
  const help = new Map<string, string>();
  const helpOf = (command: string): string => {
    if (!help.has(command))
      help.set(command, run(`npx zhida ${command} --help`.replace('  ', ' ')));
    return help.get(command) ?? '';
  };

  it('and options of zhida stand in its help', () => {
    const shown = pages.flatMap((p) => {
      const code = [...spans(p).map((s) => s.text), ...p.fences.flatMap((f) => f.lines)];
      return code.flatMap((text) => [
        ...text.matchAll(/(?:^|\s)zhida ([a-z]+(?:-[a-z]+)*)([^`\n]*)/g),
      ]);
    });
    expect(shown.length).toBeGreaterThan(10);
    for (const [text, command = '', rest = ''] of shown) {
      expect(helpOf(''), text).toMatch(new RegExp(`^ {2}${command} `, 'm'));
      const options = [...rest.matchAll(/(?<=\s)(--?[a-z][a-z-]*)/g)].map((m) => m[1] ?? '');
      const words = `${helpOf(command)}\n${helpOf('')}`.split(/[\s,]+/);
      for (const option of options) expect(words, text).toContain(option);
    }
  });

  it('of npm are scripts', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const code = pages.flatMap((p) => spans(p).map((s) => s.text));
    const names = code.flatMap((text) => {
      const m = /(?:^|\s)npm (?:run (\w+)|(start|test)\b)/.exec(text);
      return m === null ? [] : [m[1] ?? m[2] ?? ''];
    });
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

describe('transcripts', () => {
  const all = pages.flatMap(transcripts);

  it.each(all)(
    '$place $command',
    ({ command, output }) => {
      expect(output.filter((line) => line.trim() !== '…').length).toBeGreaterThan(1);
      expect(firstUntrue(output, run(command))).toBeUndefined();
      // The first `npm start` of a checkout imports everything.
    },
    240_000,
  );

  it('are compared line by line', () => {
    expect(all.length).toBeGreaterThanOrEqual(8);
    expect(firstUntrue(['a  1', '…', 'b … 3'], 'a 1\nx\nb 2 3\n')).toBeUndefined();
    expect(firstUntrue(['a 1', 'b 4'], 'a 1\nb 3\n')).toBe('b 4');
    expect(firstUntrue(['b', 'a'], 'a\nb\n')).toBe('a');
  });
});

describe('the two READMEs', () => {
  const [en, zh] = [page('README.md'), page('README.zh-CN.md')];

  it('have the same headings, tables, points and pictures', () => {
    const shape = ({ prose }: Page): string[] =>
      prose.flatMap((l) => /^(#+ |- |!\[|\|(?! ?-))/.exec(l)?.[1] ?? []);
    expect(shape(zh)).toEqual(shape(en));
    expect(links(zh).map((l) => l.text)).toEqual(
      links(en).map(({ text }) => (text === 'README.zh-CN.md' ? 'README.md' : text)),
    );
  });

  it('show the same commands', () => {
    const commands = (p: Page): string[] =>
      transcripts(p).map(({ command }) => command.replace(/^LANG=\S+ /, ''));
    expect(commands(zh)).toEqual(commands(en));
    const figures = (p: Page): string[] =>
      transcripts(p).flatMap(({ output }) => output.join(' ').match(/[\d,]+元/g) ?? []);
    expect(figures(zh)).toEqual(figures(en));
  });
});

describe('records', () => {
  it('are numbered once, without a hole, as their titles say', () => {
    const numbers = records.map((name) => Number(name.slice(0, 4)));
    expect(numbers).toEqual(records.map((_, index) => index + 1));
    for (const name of records) {
      const { text } = page(`docs/adr/${name}`);
      expect(text, name).toMatch(new RegExp(`^# ${name.slice(0, 4)} \\S`));
      expect(text, name).toMatch(/^Status: (proposed|accepted|replaced by \d{4})\.$/m);
      for (const part of ['Decision', 'Drivers', 'Options', 'Consequences']) {
        expect(text, name).toMatch(new RegExp(`^## ${part}$`, 'm'));
      }
    }
  });
});

describe('docs/amounts.md', () => {
  const rows = tableBelow(page('docs/amounts.md'), 'Text');

  it.each(rows)('the scanner finds in %s: %s', (text = '', found = '') => {
    const { problems } = readPackage(draftPackage(`标题\n\n${text}。\n`, 'planted'));
    const numbers = problems.filter((p) => p.code === 'number-unbound');
    // A year, month or day is found by its digits; the table shows it as the text does.
    const digits = (list: string): string => list.replaceAll(/(?<=\d)[年月日]/g, '');
    expect(digits(numbers.map((p) => p.params['number']).join('、'))).toBe(digits(found));
  });

  it('has its table', () => {
    expect(rows.length).toBeGreaterThanOrEqual(10);
  });
});

describe('docs/concepts.md', () => {
  const rows = page('docs/concepts.md').prose.filter((l) => /^\| [^|]*\p{Script=Han}/u.test(l));
  const terms = rows.map((l) => l.split('|').map((cell) => cell.trim()));

  it('has one word per idea', () => {
    expect(terms.length).toBeGreaterThan(50);
    for (const column of [1, 2]) {
      const words = terms
        .map((cells) => cells[column] ?? '')
        .filter((w) => !['中文', 'English'].includes(w));
      expect(words.filter((w, i) => words.indexOf(w) !== i)).toEqual([]);
    }
  });

  it('names what the sources name', () => {
    const sources = packageSources().map((path) => readFileSync(join(root, path), 'utf8'));
    const text = sources.join('\n');
    const names = terms.flatMap((cells) =>
      [...(cells[3] ?? '').matchAll(/`([^`]+)`/g)].map((m) => m[1] ?? ''),
    );
    expect(names.length).toBeGreaterThan(60);
    const unknown = names.filter(
      (name) =>
        !new RegExp(`(?<![\\w\\p{Script=Han}])${name}(?![\\w\\p{Script=Han}])`, 'u').test(text),
    );
    expect(unknown).toEqual([]);
  });
});
