// Goal: a file that is broken, foreign or made to harm is refused with the one right reason and a
// next step in both languages, and not a row of it comes out. Method: each is made here by hand.
import { open } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { importProblemText, importTexts } from '@zhida/register';
import { mappingOf, markup, parts, put, putXlsx, read, sheet, zip } from './read/desk.ts';
import type { Part } from './read/desk.ts';

const A = '91330100799655058B';
const mapping = mappingOf('企业', { 代码: '统一社会信用代码', 名称: '名称' });
const rows = [
  ['代码', '名称'],
  [A, '甲'],
] as const;
const good = markup(rows);

/** Reads the file, which must be refused; the code. */
async function refused(path: string): Promise<string> {
  const outcome = await read(path, mapping);
  expect(outcome.rows).toEqual([]);
  const [problem] = outcome.refused;
  if (problem === undefined) return 'not refused';
  for (const language of ['zh', 'en'] as const) {
    const { cause, mend } = importProblemText(problem, language);
    expect(`${cause}${mend}`).not.toMatch(/\{\w+\}|[⟦⟧]/u);
    expect(mend.length).toBeGreaterThan(5);
  }
  return problem.code;
}

const book = (more: readonly Part[] = [], inside = good): Buffer => zip(parts(inside, more));

test('the file that all the others are made from is good', async () => {
  const outcome = await read(put('good.xlsx', book()), mapping);
  expect(outcome.refused).toEqual([]);
  expect(outcome.rows.map((r) => r.id)).toEqual([A]);
});

describe('foreign files', () => {
  const ole = (name: string): Buffer =>
    Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(504),
      Buffer.from(name, 'utf16le'),
      Buffer.alloc(1024),
    ]);
  const cases: readonly (readonly [string, string | Uint8Array, string])[] = [
    ['old.xls', ole('Workbook'), 'format-xls'],
    ['old.doc', ole('WordDocument'), 'format-document'],
    ['locked.xlsx', ole('EncryptedPackage'), 'format-password'],
    ['other.xls', ole('Something'), 'format-password'],
    ['report.pdf', '%PDF-1.7 …', 'format-document'],
    ['page.xls', '<html><table><tr><td>代码</td></tr></table></html>', 'format-document'],
    ['old.xml', '<?xml version="1.0"?><Workbook/>', 'format-document'],
    ['packed.rar', 'Rar!\u001a\u0007', 'format-document'],
    [
      'letter.docx',
      zip([
        ['[Content_Types].xml', ''],
        ['word/document.xml', '<w/>'],
      ]),
      'format-document',
    ],
    [
      'table.ods',
      zip([
        ['mimetype', ''],
        ['content.xml', '<x/>'],
      ]),
      'format-document',
    ],
    ['files.zip', zip([['a.txt', 'a']]), 'format-document'],
    ['bytes.bin', new Uint8Array([1, 2, 0, 3]), 'format-unknown'],
    ['empty.xlsx', '', 'file-empty'],
    ['text.csv', '这不是表格。\n只是一段话。\n', 'no-table'],
    ['one.csv', 'x', 'no-table'],
    ['list.json', '[1,2]', 'no-table'],
    ['bad.jsonl', '{"代码":"1"}\n{"代码":\n', 'json-line'],
    ['bad.parquet', 'PAR1 and then nothing', 'parquet-broken'],
  ];
  test.each(cases)('%s is refused: %#', async (name, bytes, code) => {
    expect([name, await refused(put(name, bytes))]).toEqual([name, code]);
  });

  test('a file that is not there', async () => {
    expect(await refused('/nowhere/at/all.xlsx')).toBe('file-missing');
  });
});

describe('text in the wrong encoding', () => {
  test('UTF-16, Latin-1 and bytes that are neither', async () => {
    const text = '代码,名称\r\n1,甲\r\n';
    expect(await refused(put('utf16.csv', Buffer.from(`\ufeff${text}`, 'utf16le')))).toBe(
      'text-encoding',
    );
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xff, 0x80])]);
    expect(await refused(put('mixed.csv', bytes))).toBe('text-encoding');
  });

  test('the wrong byte is found however late it comes', async () => {
    const text = `代码,名称\r\n${`${A},甲\r\n`.repeat(100_000)}`;
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0x0a])]);
    expect(await refused(put('late.csv', bytes))).toBe('text-encoding');
  });

  test('a quotation mark that is never closed', async () => {
    expect(await refused(put('quote.csv', `代码,名称\r\n"${A},甲\r\n${'x,y\r\n'.repeat(9)}`))).toBe(
      'text-quote',
    );
  });
});

describe('archives', () => {
  test('macros, wherever they hide', async () => {
    expect(await refused(put('m.xlsm', book([['xl/vbaProject.bin', 'x']])))).toBe('format-macro');
    expect(await refused(put('m.xlsx', book([['xl/macrosheets/sheet1.xml', 'x']])))).toBe(
      'format-macro',
    );
    const typed = parts(good).map(([n, b]): Part =>
      n === '[Content_Types].xml'
        ? [n, '<Types><Override ContentType="macroEnabled"/></Types>']
        : [n, b],
    );
    expect(await refused(put('t.xlsx', zip(typed)))).toBe('format-macro');
  });

  test('encrypted parts', async () => {
    const bytes = zip(parts(good), { name: 'xl/workbook.xml', flags: 1 });
    expect(await refused(put('p.xlsx', bytes))).toBe('format-password');
  });

  test('a bomb that says what it is, and one that lies', async () => {
    const zeros = '<!-- -->'.concat(' '.repeat(64 << 20));
    const bomb = book([], `${good}${zeros}`);
    expect(bomb.length).toBeLessThan(1 << 20);
    expect(await refused(put('bomb.xlsx', bomb))).toBe('zip-bomb');
    const liar = zip(parts(`${good}${zeros}`), { name: 'xl/worksheets/sheet1.xml', size: 1000 });
    expect(await refused(put('liar.xlsx', liar))).toBe('zip-bomb');
  });

  test('a bomb of entries that share their bytes, and one of many entries', async () => {
    const bytes = book([
      ['xl/a.bin', 'a'.repeat(1000)],
      ['xl/b.bin', 'b'],
    ]);
    const at = bytes.lastIndexOf('xl/b.bin');
    const first = bytes.readUInt32LE(bytes.lastIndexOf('xl/a.bin') - 4);
    bytes.writeUInt32LE(first, at - 4);
    expect(await refused(put('shared.xlsx', bytes))).toBe('zip-broken');
    const many = Array.from({ length: 10_001 }, (_, i): Part => [`xl/${i}`, '']);
    expect(await refused(put('many.xlsx', book(many)))).toBe('zip-bomb');
  });

  test('truncated files, at every part', async () => {
    const whole = book([['xl/media/picture.png', deflateRawSync(Buffer.alloc(5000, 7))]]);
    for (const part of [0.1, 0.3, 0.5, 0.7, 0.9, 0.99]) {
      const path = put('cut.xlsx', whole.subarray(0, Math.floor(whole.length * part)));
      expect(await refused(path)).toBe('zip-truncated');
    }
  });

  test('a sheet cut inside its archive', async () => {
    const cut = parts(good).map(([n, b]): Part =>
      n.endsWith('sheet1.xml') ? [n, String(b).slice(0, -30)] : [n, b],
    );
    expect(await refused(put('short.xlsx', zip(cut)))).toBe('zip-truncated');
  });

  test('a wrong checksum', async () => {
    const bytes = book();
    const at = bytes.lastIndexOf('xl/worksheets/sheet1.xml') - 30;
    bytes.writeUInt32LE(1, at);
    expect(await refused(put('crc.xlsx', bytes))).toBe('zip-broken');
  });
});

describe('markup', () => {
  test('declared entities are refused before they grow', async () => {
    const lol = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';
    const shared = `<sst>${'<si><t>x</t></si>'}</sst>`;
    for (const part of [
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
      'xl/_rels/workbook.xml.rels',
    ]) {
      const own = parts(good).map(([n, b]): Part =>
        n === part ? [n, `${lol}${String(b)}`] : [n, b],
      );
      expect([part, await refused(put('entity.xlsx', zip(own)))]).toEqual([
        part,
        'xml-declaration',
      ]);
    }
    expect(shared).toContain('sst');
  });

  test('an entity that nobody declared stays as it is written', async () => {
    const inside = good.replace('甲', '&boom;&#0;&#x41;&amp;');
    const outcome = await read(put('e.xlsx', book([], inside)), mapping);
    expect(outcome.rows[0]?.values.get('名称')).toBe('&boom;&#0;A&');
  });

  test('comments and CDATA are no cells', async () => {
    const inside = good.replace('甲', '<!-- <c>x</c> --><![CDATA[<甲&>]]>');
    const outcome = await read(put('c.xlsx', book([], inside)), mapping);
    expect(outcome.rows[0]?.values.get('名称')).toBe('<甲&>');
  });

  test('what is opened a hundred thousand times and never closed takes no time', async () => {
    const opened = (tag: string): string => tag.repeat(100_000);
    const names = ['<!--', '<![CDATA[', '<rPh>', '<c r="C2" t="inlineStr"><is><t>', '&#x41'];
    for (const name of names) {
      const outcome = await read(
        put('o.xlsx', book([], good.replace('甲', opened(name)))),
        mapping,
      );
      expect([name, outcome.rows.length + outcome.problems.length > 0]).toEqual([name, true]);
    }
    const merges = Array.from(
      { length: 3_000 },
      (_, i) => `<mergeCell ref="A${i + 1}:A1000000"/>`,
    ).join('');
    const cells = Array.from({ length: 3_000 }, (_, i) => [i === 0 ? '代码' : `甲${i}`, '名称']);
    const path = put('merges.xlsx', book([], `${markup(cells)}<mergeCells>${merges}</mergeCells>`));
    expect(await refused(path)).toBe('zip-broken');
  });

  test('prefixes of names are no obstacle', async () => {
    const inside = good.replaceAll(/<(\/?)(\w+)/gu, '<$1x:$2');
    const own = parts('').map(([n, b]): Part =>
      n.endsWith('sheet1.xml') ? [n, `<x:worksheet xmlns:x="m">${inside}</x:worksheet>`] : [n, b],
    );
    expect((await read(put('x.xlsx', zip(own)), mapping)).rows).toHaveLength(1);
  });

  test('rows that go backwards, cells that go backwards, strings that are not there', async () => {
    const back = good.replace('<row r="2">', '<row r="1">');
    expect(await refused(put('b.xlsx', book([], back)))).toBe('zip-broken');
    const cells = good.replace('r="B2"', 'r="A2"');
    expect(await refused(put('b.xlsx', book([], cells)))).toBe('zip-broken');
    const strings = good.replace(
      '<c r="B2" t="inlineStr"><is><t>甲</t></is></c>',
      '<c r="B2" t="s"><v>9</v></c>',
    );
    expect(await refused(put('b.xlsx', book([], strings)))).toBe('zip-broken');
  });
});

describe('sizes', () => {
  test('ten thousand columns', async () => {
    const wide = Array.from({ length: 10_000 }, (_, i) => `列${i}`);
    expect(await refused(put('wide.csv', `${wide.join(',')}\n`))).toBe('columns-many');
    const path = await putXlsx('wide.xlsx', [sheet('表', [wide])]);
    expect(await refused(path)).toBe('columns-many');
    const json = Object.fromEntries(wide.map((w) => [w, 1]));
    expect(await refused(put('wide.jsonl', `${JSON.stringify(json)}\n`))).toBe('columns-many');
  });

  test('a thousand formatted blank columns are no obstacle', async () => {
    const blank = Array.from({ length: 3_000 }, () => '<c s="0"/>').join('');
    const inside = good.replaceAll('</row>', `${blank}</row>`);
    expect((await read(put('blank.xlsx', book([], inside)), mapping)).rows).toHaveLength(1);
  });

  test('a huge cell', async () => {
    const huge = 'x'.repeat(1_100_000);
    expect(await refused(put('huge.csv', `代码,名称\n${A},${huge}\n`))).toBe('cell-huge');
    const random = Array.from({ length: 1_100_000 }, (_, i) => (i * 7919).toString(36).at(-1)).join(
      '',
    );
    const path = put('huge.xlsx', book([], good.replace('甲', random)));
    expect(await refused(path)).toBe('cell-huge');
    const line = JSON.stringify({ 代码: A, 名称: huge });
    expect(await refused(put('huge.jsonl', `${line}\n`))).toBe('cell-huge');
  });

  test('a file beyond the limit is refused by its size', async () => {
    const path = put('large.xlsx', book());
    const file = await open(path, 'r+');
    await file.truncate(2 ** 31);
    await file.close();
    expect(await refused(path)).toBe('file-large');
  });
});

test('persons are not imported', async () => {
  const person = mappingOf('个人', { 编号: '编号', 公积金缴存: '公积金缴存' });
  const outcome = await read(put('p.csv', '编号,公积金缴存\n1,是\n'), person);
  expect(outcome.refused.map((p) => p.code)).toEqual(['person-table']);
});

test('every code has words in both languages, and parameters that are filled in', () => {
  for (const [code, words] of Object.entries(importTexts)) {
    for (const text of [words.zh, words.en, words.mendZh, words.mendEn]) {
      expect([code, text.length > 4, /[。.]$/u.test(text)]).toEqual([code, true, false]);
    }
    const names = (text: string): readonly string[] =>
      [...text.matchAll(/\{(\w+)\}/gu)].map((m) => m[1] ?? '').toSorted();
    expect([code, names(words.zh)]).toEqual([code, names(words.en)]);
    expect([code, names(words.mendZh)]).toEqual([code, names(words.mendEn)]);
  }
});
