/** Goal: a department drops in its files, and what happens to every row is told, agreed upon and undone
 *  like any other entry. Method: the command runs as a person runs it, over small files and a register in
 *  a temporary folder. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FIRMS, registerTable, writeBureauFiles } from './bureau-files.ts';
import { zhida } from './zhida.ts';
import type { Ran } from './zhida.ts';

const folder = mkdtempSync(join(tmpdir(), 'zhida-import-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const bureau = join(folder, '报送');
const files = writeBureauFiles(bureau);
const store = join(folder, 'register');
const into = ['--store', store];
const importsIn = (path: string): readonly string[] =>
  existsSync(join(path, 'imports'))
    ? readdirSync(join(path, 'imports')).filter((n) => /^\d+$/u.test(n))
    : [];

const noTrace = ({ out, err }: Ran): void => {
  expect(out + err).not.toMatch(/\n\s+at /u);
};

describe('a dry run', () => {
  it('tells rows, problems with place and next step, and the difference; imports nothing', () => {
    const ran = zhida(['import', files.firms, ...into, '--dry-run', '--lang', 'zh']);
    expect(ran.code).toBe(3);
    expect(ran.out).toContain('5 行数据：可导入 4 行，有错 1 行；另略过 3 行');
    expect(ran.out).toContain('A8 格');
    expect(ran.out).toContain('按营业执照逐位核对');
    expect(ran.out).toMatch(/表 {4}新增\n.*\n +企业 +4\n/u);
    expect(ran.out).toContain('预演：什么也没有导入');
    expect(importsIn(store)).toEqual([]);
    expect(readdirSync(bureau)).toEqual(['1 市场主体.csv', '2 限上零售.csv', 'mappings']);
    noTrace(ran);
  });

  it('gives the bad rows back where a folder is named for them', () => {
    const errors = join(folder, 'errors');
    zhida(['import', files.firms, ...into, '-n', '--errors', errors, '--lang', 'zh']);
    const back = readFileSync(join(errors, '1 市场主体-错误.csv'), 'utf8');
    expect(back.split('\r\n')[7]).toMatch(/^91210522MA0701487W,.*校验位不对/u);
    expect(back.split('\r\n')[3]).toBe(registerTable(FIRMS).split('\r\n')[3]);
  });
});

describe('without anybody to ask', () => {
  it('nothing is imported unless it is said beforehand', () => {
    const ran = zhida(['import', files.firms, ...into]);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('run again with --yes');
    expect(importsIn(store)).toEqual([]);
  });
});

describe('an import', () => {
  it('of a folder takes all its tables by their mappings, in the order of their names', () => {
    const ran = zhida(['import', bureau, ...into, '--yes', '--by', '王五', '--errors', folder]);
    expect([ran.code, ran.err]).toEqual([3, '']);
    expect(ran.out).toContain('2 files: 2 imported, 0 skipped, 0 refused; 8 good rows, 1 bad');
    expect(ran.out).toContain('the bad rows are in');
  });

  it('is done once: the same files again change nothing', () => {
    const again = zhida(['import', bureau, ...into, '--yes']);
    expect(again.code).toBe(0);
    expect(again.out).toContain('imported before (number 000001), skipped');
    expect(importsIn(store)).toEqual(['000001', '000002']);
  });

  it('keeps the mapping for the next file of the source, wherever it lies', () => {
    const elsewhere = join(folder, '市场主体 12月.csv');
    writeFileSync(elsewhere, registerTable([[...FIRMS[0].slice(0, 2), '明山区', '零售业']]));
    const ran = zhida(['import', elsewhere, ...into, '--dry-run']);
    expect(ran.out).toContain('平山区 → 明山区');
    expect(ran.out).toContain('not in this file (nothing of them changes)');
    expect(ran.code).toBe(0);
  });

  it('takes the mended rows back without making anybody twice', () => {
    const given = join(folder, '1 市场主体-错误.csv');
    const text = readFileSync(given, 'utf8').replace('MA0701487W', 'MA0701487U');
    writeFileSync(given, text);
    const ran = zhida(['import', given, ...into, '--yes', '--json']);
    expect([ran.code, ran.err]).toEqual([0, '']);
    const [outcome] = JSON.parse(ran.out) as { good: number; tables: { added: number }[] }[];
    expect([outcome?.good, outcome?.tables[0]?.added]).toEqual([5, 1]);
  });

  it('is listed, and everything known of one enterprise is shown with where it stands', () => {
    const list = zhida(['register', ...into, '--lang', 'zh']);
    expect(list.out).toMatch(/000001 .*导入 {2}市市场监管局 .*2023-12-01.*王五/u);
    const one = zhida(['register', '衍水', ...into, '--lang', 'zh']);
    expect(one.out).toContain('企业 本溪衍水百货有限公司（合成）  91210502MA070037X3');
    expect(one.out).toMatch(
      /月限上零售额 2023-11 +194,000,000元 +市统计局 .* 000002 +2 限上零售.csv/u,
    );
    expect(one.out).toContain('未知的事实');
    const found = zhida(['register', '本溪', ...into]);
    expect(found.out).toContain('3 found');
    const history = zhida(['register', FIRMS[0][0], '--history', ...into]);
    expect(history.out).toMatch(/District\n {2}\S+ {2}平山区 .*import 000001/u);
  });

  it('can be asked as of a day before, and of nobody', () => {
    const before = zhida(['register', '衍水', '--known-on', '2020-01-01', ...into]);
    expect([before.code, before.out]).toEqual([2, '']);
    expect(before.err).toContain('the register has no 衍水');
    expect(zhida(['register', '衍水', '--known-on', '昨天', ...into]).err).toContain('is no day');
  });

  it('can be withdrawn and stays on record', () => {
    const own = join(folder, 'undo');
    zhida(['import', files.sales, '--store', own, '--yes']);
    expect(zhida(['register', 'undo', '1', '--store', own]).err).toContain('--yes');
    const ran = zhida(['register', 'undo', '1', '--yes', '--store', own, '--lang', 'zh']);
    expect([ran.code, ran.out]).toEqual([0, '第 000001 号导入已撤回（记为第 000002 号）\n']);
    expect(zhida(['register', '衍水', '--store', own]).code).toBe(2);
    expect(zhida(['register', '--store', own]).out).toMatch(/000001 .*withdrawn\n000002/u);
    expect(zhida(['import', files.sales, '--store', own, '--yes']).code).toBe(0);
  });
});

describe('a snapshot', () => {
  it('bears its hash, its rows and its sums, the same for the same facts', () => {
    const first = zhida(['snapshot', ...into, '--json']);
    const { hash, tables } = JSON.parse(first.out) as {
      hash: string;
      tables: { table: string; rows: number }[];
    };
    expect(tables).toEqual([expect.objectContaining({ table: '企业', rows: 5 })]);
    const second = zhida(['snapshot', ...into, '--lang', 'zh']);
    expect(second.out).toContain(`快照 ${hash}`);
    expect(second.out).toContain('没有重复保存');
    expect(second.out).toMatch(/月限上零售额 2023-11 +4 +\S+元/u);
    const early = zhida(['snapshot', '--known-on', '2020-01-01', ...into]);
    expect([early.code, early.out]).toEqual([2, '']);
    expect(early.err).toContain('the register knew nothing on that day');
  });
});

describe('a form that nobody has mapped', () => {
  const unknown = join(folder, '名册.csv');
  writeFileSync(unknown, registerTable(FIRMS).replace('企业名称', '单位名称'));

  it('is refused with a proposal, which can be kept and used', () => {
    const apart = ['--store', join(folder, 'apart')];
    const refused = zhida(['import', unknown, ...apart, '--yes']);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('企业.名称');
    expect(refused.out).toContain('zhida mapping');
    expect(importsIn(apart[1] ?? '')).toEqual([]);
    const out = join(folder, 'proposed.json');
    const ran = zhida(['mapping', unknown, '--out', out, ...apart, '--lang', 'zh']);
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/A +统一社会信用代码 +企业\.统一社会信用代码 +名称相同/u);
    const used = zhida([
      'import',
      unknown,
      '--mapping',
      out,
      ...apart,
      '--yes',
      '--errors',
      folder,
    ]);
    expect([used.code, used.err]).toEqual([3, '']);
    expect(importsIn(apart[1] ?? '')).toEqual(['000001']);
  });
});

describe('wrong use', () => {
  it('is told with cause and next step in both languages', () => {
    const empty = join(folder, 'nothing');
    mkdirSync(empty);
    const cases: [string[], number, string][] = [
      [['import', join(folder, 'gone')], 2, 'no such file or folder'],
      [['import', empty, '--lang', 'zh'], 2, '没有可导入的表格'],
      [['import', files.firms, '-p', 'docs'], 2, 'no package.yaml'],
      [['import', files.firms, '-d', '2023-02-30', '--lang', 'zh'], 2, '存在的日期'],
      [['import', files.firms, '--source', '无'], 2, 'no mapping of this name'],
      [['register', '--store', empty, '--lang', 'zh'], 2, '还没有登记库'],
      [['register', '查无此人', ...into], 2, 'the register has no'],
      [['register', 'undo', '77', '--yes', ...into, '--lang', 'zh'], 1, '没有第 000077 号'],
      [['snapshot', '--store', empty], 2, 'no register here yet'],
      [['mapping', join(folder, 'gone'), '--lang', 'zh'], 1, '打不开文件'],
    ];
    for (const [args, code, words] of cases) {
      const ran = zhida(args);
      expect([args, ran.code, ran.out], ran.err).toEqual([args, code, '']);
      expect(ran.err).toContain(words);
      noTrace(ran);
    }
    expect(readdirSync(empty)).toEqual([]);
  });

  it('of files that are no tables: each refused with its reason, nothing imported', () => {
    const own = join(folder, 'refused');
    const bad = join(folder, 'bad');
    mkdirSync(bad);
    const cases: [string, string | Uint8Array, string][] = [
      ['empty.csv', '', 'the file is empty'],
      ['paper.csv', '%PDF-1.7\n', 'this is a PDF file'],
      ['torn.xlsx', 'PK\u0003\u0004torn', 'not whole'],
      ['two-bytes.csv', Uint8Array.from([0xff, 0xfe, 0x41, 0, 0x42, 0]), 'neither UTF-8 nor'],
    ];
    for (const [name, data] of cases) writeFileSync(join(bad, name), data);
    const ran = zhida(['import', bad, '--store', own, '--yes']);
    expect([ran.code, ran.err]).toEqual([1, '']);
    for (const [name, , words] of cases) {
      expect(ran.out).toMatch(new RegExp(`${name} +refused\n.*${words}.*\n +→ `, 'u'));
    }
    expect(ran.out).toContain('4 files: 0 imported, 0 skipped, 4 refused');
    expect(readdirSync(join(own, 'imports'))).toEqual([]);
    noTrace(ran);
  });

  it('of another package: its facts are not those of the form', () => {
    const ran = zhida([
      'import',
      files.sales,
      '--yes',
      '-p',
      'policies/example-city',
      '--store',
      join(folder, 'other-city'),
    ]);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/refused.*\n.*\n +→ /u);
    noTrace(ran);
  });
});
