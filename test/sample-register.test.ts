// Goal: the committed register is what its generator makes, says on every sheet that it is synthetic,
// and its answer sheet agrees with itself and with the cells of the workbooks.
// Method: run the generator as a person would and compare every byte; open each workbook with a
// reader that neither the generator nor the product uses.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow } from './checks/files.ts';
import { root } from './checks/tool.ts';

const home = join(root, 'examples/benxi/register');
const generator = join(root, 'examples/benxi/generate/main.ts');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhida-sample-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the generator into a folder of this name. */
function generate(name: string, ...options: string[]): string {
  const out = join(folder, name);
  const args = [generator, '--out', out, ...options];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(done.stderr.replaceAll(/\r\d+ /g, '').trim()).toBe('');
  return out;
}

interface ItemLine extends Readonly<Record<'满足' | '不满足' | '资料不足' | '待认定', number>> {
  readonly id: string;
  readonly item: string;
  readonly table: string;
  readonly subjects: number;
  readonly amountFen: string;
}

interface SubjectLine {
  readonly table: string;
  readonly id: string;
  readonly item: string;
  readonly verdict: '满足' | '不满足' | '资料不足' | '待认定';
  readonly amountFen?: string;
  readonly failed: string;
  readonly missing: string;
  readonly pending: string;
  readonly file: string;
  readonly sheet: string;
  readonly row: number;
  readonly law: string;
}

interface FileLine {
  readonly file: string;
  readonly sheet: string;
  readonly table: string;
  readonly good: number;
  readonly bad: number;
}

interface SlipLine {
  readonly file: string;
  readonly sheet: string;
  readonly cell: string;
  readonly row: number;
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'none';
  readonly subject: string;
}

interface Answers {
  readonly decidedOn: string;
  readonly items: readonly ItemLine[];
  readonly subjects: readonly SubjectLine[];
  readonly caps: readonly Readonly<Record<'cap' | 'claimedFen' | 'capFen' | 'overFen', string>>[];
  readonly files: readonly FileLine[];
  readonly slips: readonly SlipLine[];
}

const answers = JSON.parse(readFileSync(join(home, 'answers/answers.json'), 'utf8')) as Answers;

/** What the tests use of exceljs, which belongs to the rooms register and documents. */
interface Book {
  readonly xlsx: { readFile: (path: string) => Promise<unknown> };
  readonly worksheets: readonly Grid[];
  getWorksheet: (name: string) => Grid | undefined;
}
interface Grid {
  readonly name: string;
  readonly rowCount: number;
  getCell: (place: string) => { readonly text: string; readonly value: unknown };
  getRow: (row: number) => { readonly values: readonly unknown[] };
}
const fromRegister = createRequire(join(root, 'packages/register/package.json'));
const { Workbook } = fromRegister('exceljs') as { Workbook: new () => Book };

const books = new Map<string, Promise<Book>>();

/** A committed workbook, read once. */
function open(file: string): Promise<Book> {
  const read = async (): Promise<Book> => {
    const book = new Workbook();
    await book.xlsx.readFile(join(home, file));
    return book;
  };
  const known = books.get(file) ?? read();
  books.set(file, known);
  return known;
}

const workbooks = readdirSync(home).filter((name) => name.endsWith('.xlsx'));
const texts = readdirSync(home).filter((name) => name.endsWith('.csv'));

describe('the generator', () => {
  it('makes the committed files, byte for byte', () => {
    const made = generate('committed');
    const names = filesBelow(made);
    expect(filesBelow(home)).toEqual(names);
    expect(names.length).toBeGreaterThan(40);
    const differs = names.filter(
      (name) => !readFileSync(join(made, name)).equals(readFileSync(join(home, name))),
    );
    expect(differs).toEqual([]);
  });

  it('makes another register of another seed', () => {
    const made = generate('other', '--seed', '7', '--count', '300');
    expect(filesBelow(made)).toEqual(filesBelow(home));
    const file = workbooks.find((name) => name.includes('经营主体名录')) ?? '';
    const [a, b] = [made, home].map((at) => readFileSync(join(at, file)));
    expect(a?.equals(b ?? Buffer.alloc(0))).toBe(false);
  });

  it('knows nothing of the rules engine', () => {
    const sources = filesBelow(join(root, 'examples/benxi/generate'));
    expect(sources.length).toBeGreaterThan(40);
    for (const name of sources) {
      const text = readFileSync(join(root, 'examples/benxi/generate', name), 'utf8');
      expect(text, name).not.toMatch(/from '(?!node:|\.)/);
    }
  });

  it('refuses what it cannot make', () => {
    const run = (...args: string[]): string =>
      spawnSync(process.execPath, [generator, ...args], { encoding: 'utf8' }).stderr;
    expect(run()).toContain('--out');
    expect(run('--out', folder, '--count', '0')).toContain('--count');
    expect(run('--out', folder, '--format', 'pdf')).toContain('--format');
  });
});

describe('big tables', () => {
  const read = (at: string, table: string): string[][] =>
    readFileSync(join(at, `${table}.csv`), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));

  it('are the same for the same seed, and whole', () => {
    const [a, b, c] = [
      generate('a', '--format', 'csv', '--count', '800'),
      generate('b', '--format', 'csv', '--count', '800'),
      generate('c', '--format', 'csv', '--count', '800', '--seed', '8'),
    ];
    for (const name of filesBelow(a)) {
      const [x, y, z] = [a, b, c].map((at) => readFileSync(join(at, name), 'utf8'));
      expect(x, name).toBe(y);
      // The carriers have the same names under every seed.
      expect(x === z, name).toBe(name === '载体.csv');
      const rows = read(a, name.replace('.csv', ''));
      expect(new Set(rows.map((row) => row.length)).size, name).toBe(1);
    }
    const codes = read(a, '企业').map(([code]) => code);
    expect(codes).toHaveLength(801);
    expect(new Set(codes).size).toBe(801);
  });

  it('hold 分 and truth where they are for loading', () => {
    const words = read(generate('words', '--format', 'csv', '--count', '400'), '企业');
    const made = generate('scaled', '--format', 'parquet-csv', '--count', '400');
    const numbers = read(made, '企业');
    expect(numbers[0]).toEqual(words[0]);
    const at = (label: string): number => words[0]?.indexOf(label) ?? -1;
    for (const [i, row] of words.entries()) {
      if (i === 0) continue;
      const other = numbers[i] ?? [];
      const dues = row[at('单位失业保险费')] ?? '';
      expect(other[at('单位失业保险费')]).toBe(dues.replace('.', ''));
      const revenue = row[at('营业收入')] ?? '';
      expect(other[at('营业收入')]).toBe(revenue === '' ? '' : `${revenue}00`);
      const insured = row[at('失业保险参保')] === '是' ? 'true' : 'false';
      expect(other[at('失业保险参保')]).toBe(insured);
    }
  });
});

describe('every file', () => {
  it.each(workbooks)('%s opens and says that it is synthetic', async (file) => {
    const { worksheets } = await open(file);
    expect(worksheets.length).toBeGreaterThan(0);
    for (const sheet of worksheets) {
      expect(`${sheet.getCell('A1').text}${sheet.getCell('A2').text}`, sheet.name).toContain(
        '合成数据',
      );
    }
  });

  it('of text says so too, one of them in GB 18030', () => {
    const encodings = texts.map((file) => {
      const bytes = readFileSync(join(home, file));
      const utf8 = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
      const encoding = utf8 ? 'utf-8' : 'gb18030';
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      expect(text.split('\r\n').slice(0, 3).join(), file).toContain('合成数据');
      expect(text, file).toContain('（合成）');
      return encoding;
    });
    expect(encodings.toSorted()).toEqual(['gb18030', 'utf-8', 'utf-8']);
  });

  it('and its sheets are in the answers', async () => {
    for (const file of workbooks) {
      const { worksheets } = await open(file);
      const told = answers.files.filter((f) => f.file === file);
      expect(
        told.map((f) => f.sheet),
        file,
      ).toEqual(worksheets.map((s) => s.name));
    }
    expect(texts.every((file) => answers.files.some((f) => f.file === file))).toBe(true);
  });
});

describe('the answers', () => {
  it('count every subject once', () => {
    expect(answers.decidedOn).toBe('2023-12-15');
    expect(answers.items).toHaveLength(29);
    for (const line of answers.items) {
      const { 满足: yes, 不满足: no, 资料不足: unknown, 待认定: open } = line;
      expect(yes + no + unknown + open, line.item).toBe(line.subjects);
      for (const count of [yes, no, unknown]) expect(count, line.item).toBeGreaterThan(0);
    }
  });

  it('of subjects name the item, the law and the place', async () => {
    const source = readFileSync(join(root, 'policies/benxi-2023-10/source.txt'), 'utf8');
    const plain = source.replaceAll(/\s/g, '');
    let seen = 0;
    for (const s of answers.subjects) {
      const at = `${s.id} ${s.item}`;
      expect(
        answers.items.some((i) => i.item === s.item && i.table === s.table),
        at,
      ).toBe(true);
      expect(plain, at).toContain(s.law.replaceAll(/\s/g, ''));
      const reasons = { 满足: s.law, 不满足: s.failed, 资料不足: s.missing, 待认定: s.pending };
      expect(reasons[s.verdict], at).not.toBe('');
      if (!s.file.endsWith('.xlsx')) continue;
      seen += 1;
      const row = (await open(s.file)).getWorksheet(s.sheet)?.getRow(s.row).values ?? [];
      expect(row, at).toContain(s.id);
    }
    expect(seen).toBeGreaterThan(200);
  });

  it('of each item have a planted case of every kind that it can have', () => {
    for (const line of answers.items) {
      const planted = answers.subjects.filter((s) => s.item === line.item);
      for (const verdict of ['满足', '不满足', '资料不足', '待认定'] as const) {
        if (line[verdict] === 0) continue;
        expect(
          planted.some((s) => s.verdict === verdict),
          `${line.item} ${verdict}`,
        ).toBe(true);
      }
    }
  });

  it('stand in the workbook as in the JSON', async () => {
    const sheet = (await open('answers/answers.xlsx')).getWorksheet('逐项合计');
    const rows = answers.items.map((line, i) => {
      const [, id, item, table, subjects, ...rest] = sheet?.getRow(i + 4).values ?? [];
      expect([id, item, table, subjects]).toEqual([line.id, line.item, line.table, line.subjects]);
      return rest;
    });
    expect(rows.map((r) => r.slice(0, 4))).toEqual(
      answers.items.map((i) => [i.满足, i.不满足, i.资料不足, i.待认定]),
    );
    const fen = (value: unknown): string => BigInt(Math.round(Number(value) * 100)).toString();
    expect(rows.map((r) => fen(r[4]))).toEqual(answers.items.map((i) => i.amountFen));
  });

  it('of caps add up', () => {
    expect(answers.caps.length).toBeGreaterThanOrEqual(6);
    for (const { cap, claimedFen, capFen, overFen } of answers.caps) {
      expect(BigInt(claimedFen) - BigInt(capFen), cap).toBe(BigInt(overFen));
      expect(BigInt(overFen), cap).toBeGreaterThanOrEqual(0n);
    }
    expect(answers.caps.some((c) => c.overFen === '0')).toBe(true);
  });

  it('of errors are as many as the rows that come back', () => {
    expect(answers.slips.length).toBeGreaterThan(15);
    for (const { file, sheet, bad } of answers.files) {
      const rows = answers.slips.filter(
        (s) => s.file === file && s.sheet === sheet && s.severity === 'error',
      );
      expect(new Set(rows.map((s) => s.row)).size, `${file} ${sheet}`).toBe(bad);
    }
  });

  it('of errors point at the cells that have them', async () => {
    const said: Readonly<Record<string, RegExp>> = {
      'uscc-check': /^[0-9A-Z]{18}$/,
      'code-damaged': /E\+17$/,
      'number-negative': /^-\d+$/,
      'date-serial': /^45258$/,
      'option-unknown': /^全囯$/,
      'date-impossible': /^2023-02-30$/,
      'bool-text': /^基本齐备$/,
      'code-zeros': /^[1-9]\d{8}$/,
      'duplicate-same': /^[0-9A-Z]{18}$/,
      'duplicate-differs': /^[0-9A-Z]{18}$/,
      'total-differs': /^\d+$/,
    };
    const seen = new Set<string>();
    for (const { file, sheet, cell, code } of answers.slips) {
      const pattern = said[code];
      if (pattern === undefined || !file.endsWith('.xlsx')) continue;
      seen.add(code);
      const text = (await open(file)).getWorksheet(sheet)?.getCell(cell).text ?? '';
      expect(text, `${file} ${sheet} ${cell}`).toMatch(pattern);
    }
    expect([...seen].toSorted()).toEqual(Object.keys(said).toSorted());
  });
});
