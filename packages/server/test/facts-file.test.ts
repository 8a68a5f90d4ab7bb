/** Goal: nothing in a facts file is lost, moved or counted twice in silence. Method: files with one
 *  defect each are read against the Benxi package in this process; one command runs whole. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFactsFile } from '../src/facts-file.ts';
import type { FactsFile } from '../src/facts-file.ts';
import { defaults, loadPackage } from '../src/package-folder.ts';
import { UsageError } from '../src/usage.ts';
import { zhida } from './zhida.ts';

const folder = mkdtempSync(join(tmpdir(), 'zhida-facts-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const { ruleSet } = loadPackage(defaults.package);

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function read(name: string, text: string): FactsFile {
  return readFactsFile(file(name, text), ruleSet, '企业');
}

/** The refusal in English. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (e) {
    if (e instanceof UsageError) return e.text('en');
    throw e;
  }
  return '';
}

describe('a CSV file', () => {
  it('keeps a column called __proto__ to its own row', () => {
    const { subjects } = read('a.csv', '统一社会信用代码,__proto__.行业\nA,零售业\nB,\n');
    expect(subjects.map((s) => s.id)).toEqual(['A', 'B']);
    for (const s of subjects) expect(s.facts['行业'] ?? null).toBeNull();
    expect('行业' in {}).toBe(false);
  });

  it('is refused when a quote never closes, with the line of the quote', () => {
    const text = '统一社会信用代码,名称\nA,甲\nB,"乙\nC,丙\n';
    expect(refusal(() => read('b.csv', text))).toContain('line 3');
  });

  it('is refused when an unquoted comma makes a row longer than the header', () => {
    const text = '统一社会信用代码,月均参保人数,规模\nA,"1,000",小型\nB,1,000,小型\n';
    expect(refusal(() => read('c.csv', text))).toContain('line 3 has more cells');
    expect(refusal(() => read('c.csv', '统一社会信用代码,规模\nA,小型,,\n'))).toBe('');
  });

  it('names the line of the file, past empty rows and line ends inside quotes', () => {
    const text = '统一社会信用代码,名称,规模\r\n\r\nA,"甲\r\n厂",小型\r\nB,"5""管",特大\r\n';
    const { problems, subjects } = read('d.csv', text);
    expect(problems.map((p) => p.at.line)).toEqual([5]);
    expect(subjects.map((s) => s.name)).toEqual(['甲\r\n厂', '5"管']);
  });

  it('names the rows of a firm that stands twice', () => {
    const { repeated, subjects } = read('e.csv', '统一社会信用代码\nA\nB\nA\n');
    expect(subjects).toHaveLength(3);
    expect(repeated).toEqual([{ entity: '企业', id: 'A', at: [2, 4] }]);
  });
});

describe('a JSON file', () => {
  it('is refused when an object has a key twice, however it is written', () => {
    const twice = '[{"规模": "小型",\n"\\u89c4\\u6a21": "大型"}]';
    expect(refusal(() => read('a.json', twice))).toContain('line 2: 规模 stands twice');
    const fine = '[{"规模": "小型", "名称": "规模\\": {["}, {"规模": "大型"}]';
    expect(refusal(() => read('b.json', fine))).toBe('');
  });

  it('that is a workbook is told to be saved as CSV', () => {
    expect(refusal(() => read('c.xlsx', 'PK\u0003\u0004…'))).toContain('CSV UTF-8');
  });
});

describe('the command', () => {
  it('tells a repeated problem once, the firm that stands twice, and exits with 3', () => {
    const path = file('f.csv', '统一社会信用代码,无此列\nA,1\nB,1\nA,1\n');
    const asked = [path, '-e', '企业', '-i', '20.5', '-d', '2023-12-15'];
    const ran = zhida(['decide', ...asked]);
    expect(ran.err.split('无此列')).toHaveLength(2);
    expect(ran.err).toContain('(2 more rows say the same)');
    expect(ran.err).toContain('企业 A stands 2 times (rows 2, 4)');
    expect(ran.code).toBe(3);
    expect(zhida(['explain', 'B', '-f', ...asked]).code).toBe(3);
  });

  it('refuses a measure that the package does not have', () => {
    const ran = zhida(['cover', '--measure', '77']);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('there is no measure 77');
    // A drafted text has no headings of the second level; its articles are measures all the same.
    const text = file('text.txt', '河口市若干措施\n\n第一条 支持企业。对企业奖励1万元。\n');
    expect(zhida(['new', text, join(folder, 'drafted')]).code).toBe(0);
    expect(zhida(['cover', join(folder, 'drafted'), '-m', '1']).out).toContain('第一条');
  });
});

describe('a package folder', () => {
  it('names a link that leads back or nowhere, not the folder', () => {
    for (const [name, to] of [
      ['back', '.'],
      ['gone.md', 'nowhere'],
    ] as const) {
      const path = join(folder, `package-${name}`);
      mkdirSync(path);
      symlinkSync(to, join(path, name));
      expect(refusal(() => loadPackage(path))).toMatch(new RegExp(`${name}: cannot be read`, 'u'));
    }
  });
});
