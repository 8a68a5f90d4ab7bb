/** Goal: the command line does what a clerk, an officer and a policy engineer ask of it.
 *  Method: real processes on the real packages; output, errors and exit codes are read. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root, run, zhida } from './zhida.ts';

const folder = mkdtempSync(join(tmpdir(), 'zhida-cli-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('check', () => {
  it('finds the Benxi package whole, in both languages', () => {
    const en = zhida(['check']);
    expect(en.code).toBe(0);
    expect(en.out).toContain('7013/7013');
    expect(en.out).toContain('0 errors, 0 findings — can be published');
    const zh = zhida(['check', '--lang', 'zh']);
    expect(zh.out).toContain('0 个错误, 0 条提示 — 可以发布');
    expect(zh.out).toContain('34 待遇');
  });

  it('fails on one changed character of the law and says where', () => {
    const copy = join(folder, 'copy');
    const made = run('packages/server/test/copy-package.ts', ['policies/example-city', copy]);
    expect(made.err).toBe('');
    const path = join(copy, 'source.txt');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('。', '；'));
    const ran = zhida(['check', copy]);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/\.md:\d+:\d+/u);
    expect(ran.out).toContain('source-hash');
  });

  it('gives the same as JSON', () => {
    const ran = zhida(['check', '--json']);
    const json = JSON.parse(ran.out) as { publishable: boolean; numbers: { all: number } };
    expect(json.publishable).toBe(true);
    expect(json.numbers.all).toBeGreaterThanOrEqual(149);
  });
});

describe('test and cover', () => {
  it('runs the examples of one provision', () => {
    const ran = zhida(['test', 'policies/benxi-2023-10', '3.3']);
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('Growth award for wholesale and retail');
    expect(ran.out).toMatch(/^\d+ passed, 0 failed$/mu);
    expect(zhida(['test', '3.3']).out).toBe(ran.out);
  });

  it('shows every word of the text exactly once, in order', () => {
    const ran = zhida(['cover', '--json']);
    const parts = JSON.parse(ran.out) as { text: string; by: unknown[] }[];
    const source = readFileSync(join(root, 'policies/benxi-2023-10/source.txt'), 'utf8');
    expect(parts.map((p) => p.text).join('')).toBe(source.replace(/\s/gu, ''));
    expect(parts.filter((p) => p.by.length === 0)).toEqual([]);
  });

  it('writes a page that fetches nothing and runs nothing', () => {
    const path = join(folder, 'deep/er/text.html');
    expect(zhida(['cover', '--html', path]).code).toBe(0);
    const page = readFileSync(path, 'utf8');
    expect(page).not.toMatch(/<script|src=|@import|url\(/u);
    expect(page).toContain('<mark>100</mark>');
  });
});

describe('decide', () => {
  it('decides the sample: who is owed what, and nobody is summed who may not be', () => {
    const ran = zhida(['decide', '--json']);
    const all = JSON.parse(ran.out) as {
      name: string;
      item: string;
      verdict: string;
      amount: { kind: string; fen: string | null } | null;
    }[];
    const of = (name: string, item: string): (typeof all)[number] | undefined =>
      all.find((d) => d.name.startsWith(name) && d.item === item);
    expect(of('本溪衍水百货', '批零增量奖励')?.amount?.fen).toBe('50000000');
    expect(of('本溪山城钢材', '批零增量奖励')?.amount?.fen).toBe('30000000');
    expect(of('草河掌日光温室', '新建日光温室小区补贴')?.amount?.fen).toBe('12000000');
    expect(of('雅河日光温室', '新建日光温室小区补贴')?.verdict).toBe('不满足');
    expect(of('本溪县关门山', '批零增量奖励')?.verdict).toBe('资料不足');
    expect(of('冻干制剂工艺转让', '承接高校院所成果奖补')?.amount?.kind).toBe('atMost');
  });

  it('switches a reading', () => {
    const fen = (args: string[]): string | undefined => {
      const ran = zhida(['decide', '--json', '--item', '3.3', ...args]);
      const all = JSON.parse(ran.out) as { name: string; amount: { fen: string } | null }[];
      return all.find((d) => d.name.startsWith('本溪衍水百货'))?.amount?.fen;
    };
    expect(fen([])).toBe('50000000');
    expect(fen(['--reading', '3.3#1=乙'])).toBe('30000000');
  });

  it('reads CSV with nested columns, and gives CSV that a spreadsheet cannot run', () => {
    const path = file(
      'firms.csv',
      '统一社会信用代码,名称,限额以上,行业,法人,月限上零售额.2022-09,月限上零售额.2022-10,' +
        '月限上零售额.2022-11,月限上零售额.2023-09,月限上零售额.2023-10,月限上零售额.2023-11\r\n' +
        '91A,=cmd,是,零售业,是,0,0,0,"1,000万元",2000万元,1999.999999万元\r\n' +
        '91B,乙店,是,零售业,是,0,0,0,1000万元,2000万元,2000万元\r\n',
    );
    const ran = zhida([
      'decide',
      path,
      '-e',
      '企业',
      '-i',
      '3.3',
      '--csv',
      '--all',
      '-d',
      '2023-12-01',
    ]);
    expect(ran.code).toBe(0);
    const [, first, second] = ran.out.trim().split('\r\n');
    expect(first).toContain("'=cmd");
    expect(first).toContain('不满足');
    expect(first).toContain('short by 0.01元');
    expect(second).toContain('exactly,10000000,');
  });

  it('previews the cap of a carrier with the sentence and what is left', () => {
    const ran = zhida(['decide', '--lang', 'zh']);
    expect(ran.out).toContain('「单个商业载体每年奖励不超过100万元。」');
    expect(ran.out).toMatch(/应得 100,000元 → 可得 0元/u);
  });

  it('keeps what it can read and names what it cannot', () => {
    const path = file(
      'bad.json',
      '{"小区":[{"编号":"A","新建":"也许","日光温室占地面积":10.005}]}',
    );
    const ran = zhida(['decide', path, '-d', '2023-12-15']);
    expect(ran.code).toBe(3);
    expect(ran.err).toContain('小区.新建');
    expect(ran.err).toContain('小区.日光温室占地面积');
    expect(ran.out).toContain('facts missing');
  });

  it('says the same bytes under another time zone and locale', () => {
    const one = zhida(['decide', '--json'], { TZ: 'UTC', LC_ALL: 'C' });
    const two = zhida(['decide', '--json'], { TZ: 'Asia/Shanghai', LC_ALL: 'zh_CN.UTF-8' });
    expect(two.out).toBe(one.out);
  });
});

describe('explain', () => {
  it('puts the number beside the threshold, with sentence, holder and readings', () => {
    const ran = zhida(['explain', '雅河日光温室', '--item', '10.3', '--lang', 'zh']);
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(
      /✗ 规模 {2}实际 9\.99亩 {2}要求 ≥ 10亩 {2}差 0\.01亩 {2}数据单位 市农业农村局/u,
    );
    expect(ran.out).toContain('「新建10亩（含10亩）以上的日光温室小区」');
    expect(ran.out).toContain('采用的口径');
  });

  it('shows source and date of each fact that came with them', () => {
    const ran = zhida(['explain', '本溪衍水百货', '--item', '3.3']);
    expect(ran.out).toContain('Municipal Bureau of Statistics, 联网直报表, 2023-12-08');
    expect(ran.out).toContain('200,000,000元');
    expect(ran.out).toContain('required ≥ 200,000,000元');
  });

  it('writes a page to be signed, with the words that decide lit', () => {
    const path = join(folder, 'decision.html');
    expect(zhida(['explain', '水洞宾馆', '--html', path, '--lang', 'zh']).code).toBe(0);
    const page = readFileSync(path, 'utf8');
    expect(page).toContain('<html lang="zh-CN">');
    expect(page).toContain('判定说明');
    expect(page).toContain('审核人（签字）');
    expect(page).toMatch(/<mark>[^<]*5\.5%/u);
    expect(page.match(/<mark>/gu)?.length).toBe(page.match(/<\/mark>/gu)?.length);
  });

  it('escapes what a facts file brings into the page', () => {
    const facts = file('x.json', '{"小区":[{"编号":"A","名称":"<script>alert(1)</script>"}]}');
    const path = join(folder, 'x.html');
    expect(zhida(['explain', 'A', '-f', facts, '-d', '2023-12-15', '--html', path]).code).toBe(0);
    expect(readFileSync(path, 'utf8')).not.toContain('<script>');
  });
});

describe('new', () => {
  it('starts a package whose quotes join to the text, every gap marked', () => {
    const text = file(
      'city.txt',
      '某市人民政府关于支持小店的通知\n\n某政规〔2024〕1号\n\n1. 支持小店。对营业额超过100万元的小店奖励1万元。\n\n某市人民政府\n\n2024年3月1日\n',
    );
    const made = join(folder, 'some-city');
    const ran = zhida(['new', text, made]);
    expect(ran.code).toBe(0);
    expect(readFileSync(join(made, 'package.yaml'), 'utf8')).toContain('number: 某政规〔2024〕1号');
    const check = zhida(['check', made]);
    expect(check.code).toBe(1);
    expect(check.out).toContain('text-unbound');
    expect(check.out).not.toContain('text-differs');
    expect(zhida(['new', text, made]).code).toBe(2);
  });
});

describe('drafts', () => {
  it('never files a short article that pays under its heading', () => {
    const text = file(
      'short.txt',
      '柳河市人民政府关于支持企业的通知\n\n柳政规〔2024〕5号\n\n第一条　对新认定的企业，奖励30万元。\n\n第二条　本措施自2024年3月1日起施行。\n\n2024年2月20日\n',
    );
    const made = join(folder, 'short');
    zhida(['new', text, made]);
    const manifest = readFileSync(join(made, 'package.yaml'), 'utf8');
    expect(manifest).toContain('effective: 2024-03-01');
    const check = zhida(['check', made]);
    expect(check.out).toContain('title_en');
    expect(check.out).toContain('对新认定的企业，奖励30万元。');
    expect(check.out).not.toContain('can be published');
  });

  it('decides with a warning and exit code 1 where the package has errors', () => {
    const copy = join(folder, 'broken');
    run('packages/server/test/copy-package.ts', ['policies/benxi-2023-10', copy]);
    const path = join(copy, '03-retail.md');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/企业\.限额以上(?=\s+「限额以上」)/u, '企业.限额已上'));
    const facts = join(root, 'examples/benxi/sample.json');
    const ran = zhida(['decide', facts, '-p', copy, '-d', '2023-12-15']);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('draft: the package has errors');
    expect(ran.err).toContain('批零增量奖励');
  });

  it('does not call a package finished whose money item has no worked example', () => {
    const copy = join(folder, 'unexampled');
    run('packages/server/test/copy-package.ts', ['policies/example-city', copy]);
    const path = join(copy, '07-exports.md');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/```用例[\s\S]*?\n```\n/gu, ''));
    const ran = zhida(['check', copy]);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('items without a worked example');
  });
});

describe('wrong use', () => {
  it('says cause and next step, in both languages, without a stack', () => {
    const cases: [string[], string, string][] = [
      [['check', 'nowhere'], 'no such folder', '没有这个文件夹'],
      [['check', 'docs'], 'zhida new starts a package', '用 zhida new 新建政策包'],
      [['decide', 'nowhere.json'], 'there is no such file', '没有这个文件'],
      [['decide', '-d', '2023-02-30'], 'a day that exists', '存在的日期'],
      [['decide', '-r', '9.9#9=甲'], 'there is no reading', '没有口径'],
      [['decide', '-r', '3.3#1=己'], 'the alternatives of 3.3#1', '备选是'],
      [['decide', '-i', '没有'], 'there is no item', '没有事项'],
      [['test', 'zzz'], 'no worked example has zzz', '没有名称含“zzz”'],
      [['explain', '水洞'], 'several subjects match', '对应多个对象'],
      [['bogus'], 'unknown command', '没有这个命令'],
      [['check', '--bogus'], 'unknown option', '没有这个选项'],
    ];
    for (const [args, en, zh] of cases) {
      const english = zhida(args);
      expect([args, english.code], english.err).toEqual([args, 2]);
      expect(english.err).toContain(en);
      const chinese = zhida([...args, '--lang', 'zh']);
      expect(chinese.err).toContain(zh);
      expect(english.err + chinese.err).not.toMatch(/\n\s+at /u);
    }
  });

  it('refuses files that are not UTF-8, empty, or not JSON', () => {
    const gbk = file('gbk.json', Uint8Array.from([0x7b, 0xc6, 0xf3, 0xd2, 0xb5, 0x7d]));
    expect(zhida(['decide', gbk]).err).toContain('GB 18030');
    expect(zhida(['decide', file('e.csv', ''), '-e', '企业']).err).toContain('the file is empty');
    expect(zhida(['decide', file('n.json', '{"企业": [')]).err).toContain('not valid JSON');
    expect(zhida(['decide', file('twice.csv', '编号,编号\n1,2\n'), '-e', '小区']).err).toContain(
      'twice',
    );
  });
});
