// `node bench/import.ts [rows of .csv] [rows of .xlsx]`: makes both files in a temporary folder, a
// mistake in every hundredth row, reads them through the door of `register`, each in a process of
// its own, and compares every mistake with the cell that was reported. Asserts nothing but that.
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { markErrors, readFile } from '@zhida/register';
import type { Mapping } from '@zhida/register';
import { readPackage } from '@zhida/rules';
import { packageFiles } from './load.ts';

const HEADINGS =
  '统一社会信用代码,单位名称,县区,行业,从业人员,营业收入,本月零售额,上年同月零售额,限额以上,入库日期';
const LABELS =
  '统一社会信用代码,名称,县区,行业,从业人员,营业收入,月限上零售额 {月},月限上零售额 {上年同月},限额以上,限上入库年月';

const mapping: Mapping = {
  format: 'zhida-mapping-1',
  source: 'bench',
  unit: '市统计局',
  recognise: [],
  forms: [
    {
      table: '企业',
      unit: '千元',
      columns: HEADINGS.split(',').map((heading, i) => ({
        heading,
        label: LABELS.split(',')[i] ?? '',
      })),
    },
  ],
};

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const INNER = [3, 7, 9, 10, 5, 8, 4, 2];

/** The code of the n-th enterprise: both checks hold. */
function code(n: number): string {
  const body = String(n).padStart(8, '0');
  const inner = 11 - (INNER.reduce((sum, w, i) => sum + w * Number(body[i]), 0) % 11);
  const own = `91210502${body}${inner === 10 ? 'X' : inner === 11 ? '0' : inner}`;
  const sum = WEIGHTS.reduce((s, w, i) => s + w * ALPHABET.indexOf(own.charAt(i)), 0);
  return own + ALPHABET.charAt((31 - (sum % 31)) % 31);
}

const DISTRICTS = ['平山区', '溪湖', '210504', '南芬区', '本溪县', '桓仁县', '高新区'];
const INDUSTRIES = ['批发业', '零售业', '住宿业', '餐饮业', '工业', '建筑业'];

/** The n-th row without a mistake. */
function row(n: number): string[] {
  const money = `${n % 90_000}.${String(n % 100).padStart(2, '0')}`;
  return [
    code(n),
    `合成企业${n}号有限公司`,
    DISTRICTS[n % 7] ?? '',
    INDUSTRIES[n % 6] ?? '',
    String(n % 3_000),
    n % 3 === 0 ? `"${(n % 900) + 100},${String(n % 1_000).padStart(3, '0')}.5"` : money,
    money,
    n % 11 === 0 ? '－' : money,
    n % 2 === 0 ? '是' : '×',
    `2023/${(n % 12) + 1}/${(n % 28) + 1}`,
  ];
}

/** Column, wrong text, code that must be reported. */
const MISTAKES: readonly (readonly [number, (cells: readonly string[]) => string, string])[] = [
  [0, (c) => `${(c[0] ?? '').slice(0, 17)}${c[0]?.endsWith('7') ? '8' : '7'}`, 'uscc-check'],
  [0, (c) => (c[0] ?? '').slice(0, 17), 'uscc-length'],
  [0, () => '9.12105E+17', 'code-damaged'],
  [2, () => '平三区', 'district-unknown'],
  [3, () => '零售', 'option-unknown'],
  [4, () => '12.5', 'number-precise'],
  [4, () => '-3', 'number-negative'],
  [5, () => '十二万', 'number-text'],
  [6, () => '999999999999999', 'number-range'],
  [7, () => '"1,23,4"', 'number-grouping'],
  [8, () => '也许', 'bool-text'],
  [9, () => '2023-02-30', 'date-impossible'],
];

interface Planted {
  readonly file: string;
  /** `row column code`. */
  readonly expected: readonly string[];
}

/** Rows with their mistakes; the header is on row 4. */
function* lines(rows: number, expected: string[]): Generator<readonly string[]> {
  for (let n = 1; n <= rows; n++) {
    const cells = row(n);
    if (n % 100 === 0) {
      const [at, wrong, name] = MISTAKES[(n / 100) % MISTAKES.length] ?? [0, () => '', ''];
      cells[at] = wrong(cells);
      expected.push(`${n + 4} ${String.fromCodePoint(65 + at)} ${name}`);
    }
    yield cells;
  }
}

const TITLES = [
  '限额以上单位 2023年9月 合成数据',
  '填报单位：市统计局',
  '填报日期：2023-10-08  单位：千元',
];

async function makeCsv(path: string, rows: number): Promise<Planted> {
  const expected: string[] = [];
  const out = createWriteStream(path);
  out.write(`\ufeff${TITLES.join('\r\n')}\r\n${HEADINGS}\r\n`);
  let text = '';
  for (const cells of lines(rows, expected)) {
    text += `${cells.join(',')}\r\n`;
    if (text.length < 1 << 20) continue;
    if (!out.write(text)) await new Promise((go) => out.once('drain', () => go(undefined)));
    text = '';
  }
  await new Promise((go) => out.end(text, () => go(undefined)));
  return { file: path, expected };
}

const cell = (text: string, at: number, r: number): string => {
  const plain = text.replaceAll('"', '');
  const ref = `${String.fromCodePoint(65 + at)}${r}`;
  return at >= 4 && at <= 7 && /^-?[\d.]+$/u.test(plain)
    ? `<c r="${ref}"><v>${Number(plain)}</v></c>`
    : `<c r="${ref}" t="inlineStr"><is><t>${plain}</t></is></c>`;
};

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** The parts of a workbook of one sheet. */
function parts(sheet: string): readonly (readonly [string, string])[] {
  const relation = (id: string, type: string, target: string): string =>
    `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="${id}" Type="${LINKS}/${type}" Target="${target}"/></Relationships>`;
  return [
    ['[Content_Types].xml', `${XML}<Types xmlns="${PACKAGE}/content-types"/>`],
    ['_rels/.rels', relation('rId1', 'officeDocument', 'xl/workbook.xml')],
    ['xl/_rels/workbook.xml.rels', relation('rId1', 'worksheet', 'worksheets/sheet1.xml')],
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><sheets><sheet name="月报" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    ['xl/worksheets/sheet1.xml', sheet],
  ];
}

function zip(files: readonly (readonly [string, string])[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of files) {
    const bytes = Buffer.from(text);
    const packed = deflateRawSync(bytes, { level: 5 });
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    local.push(Buffer.from('PK\u0003\u0004', 'latin1'), fields, Buffer.from(name), packed);
    central.push(Buffer.from('PK\u0001\u0002\u0014\0', 'latin1'), fields, tail, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

function makeXlsx(path: string, rows: number): Planted {
  const expected: string[] = [];
  const texts = [...TITLES.map((t) => [t]), HEADINGS.split(',')];
  const sheet = [`${XML}<worksheet xmlns="${MAIN}"><sheetData>`];
  let r = 0;
  const add = (cells: readonly string[]): void => {
    r++;
    sheet.push(`<row r="${r}">${cells.map((c, i) => cell(c, i, r)).join('')}</row>`);
  };
  for (const cells of texts) add(cells);
  for (const cells of lines(rows, expected)) add(cells);
  sheet.push('</sheetData></worksheet>');
  writeFileSync(path, zip(parts(sheet.join(''))));
  return { file: path, expected };
}

interface Measured {
  readonly rows: number;
  readonly good: number;
  readonly seconds: number;
  /** Of the processor, all threads. */
  readonly cpu: number;
  readonly peakMb: number;
  readonly errors: readonly string[];
  readonly warnings: number;
  /** Giving the file back with its reasons. */
  readonly backSeconds: number;
}

/** Reads one file; what the child process prints. */
async function measure(path: string): Promise<Measured> {
  const { ruleSet } = readPackage(packageFiles());
  const start = process.hrtime.bigint();
  const cpuStart = process.cpuUsage();
  const reading = await readFile(path, { ruleSet, mappings: [mapping], source: 'bench' });
  if (reading.refused) throw new Error(JSON.stringify(reading.problems));
  let good = 0;
  for await (const batch of reading.batches) good += batch.length;
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const used = process.cpuUsage(cpuStart);
  const { rows, problems } = reading.report;
  const errors = problems.filter((p) => p.severity === 'error');
  const backStart = process.hrtime.bigint();
  const { forms = [] } = reading;
  await markErrors(path, `${path}.back`, { forms, problems, language: 'zh' });
  const backSeconds = Number(process.hrtime.bigint() - backStart) / 1e9;
  return {
    backSeconds,
    rows,
    good,
    seconds,
    cpu: (used.user + used.system) / 1e6,
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    errors: errors.map((p) => `${p.row} ${p.column} ${p.code}`),
    warnings: problems.length - errors.length,
  };
}

function report({ file, expected }: Planted): boolean {
  const child = spawnSync(process.execPath, [import.meta.filename, '--read', file], {
    maxBuffer: 1 << 30,
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(child.stderr);
  const m = JSON.parse(child.stdout) as Measured;
  const found = new Set(m.errors);
  const wanted = new Set(expected);
  const missed = expected.filter((e) => !found.has(e));
  const invented = m.errors.filter((e) => !wanted.has(e));
  const mb = statSync(file).size / (1 << 20);
  process.stdout.write(
    `${file.slice(file.lastIndexOf('.'))}  ${m.rows} rows, ${mb.toFixed(0)} MB: ` +
      `${m.seconds.toFixed(1)} s (${m.cpu.toFixed(1)} s of processor), ${Math.round(m.rows / m.seconds)} rows/s, ` +
      `${(mb / m.seconds).toFixed(1)} MB/s, peak ${m.peakMb} MB; ${m.good} good, ` +
      `${expected.length} mistakes planted, ${missed.length} missed, ${invented.length} invented, ` +
      `${m.warnings} warnings; given back with its reasons in ${m.backSeconds.toFixed(1)} s\n`,
  );
  for (const e of [...missed.slice(0, 5), ...invented.slice(0, 5)])
    process.stdout.write(`  ${e}\n`);
  return missed.length + invented.length === 0;
}

const [first = '1000000', second = '100000'] = process.argv.slice(2);
if (first === '--read') {
  process.stdout.write(JSON.stringify(await measure(second)));
} else {
  const folder = mkdtempSync(join(tmpdir(), 'zhida-import-'));
  try {
    const files = [
      await makeCsv(join(folder, 'bench.csv'), Number(first)),
      makeXlsx(join(folder, 'bench.xlsx'), Number(second)),
    ];
    if (!files.map((f) => report(f)).every(Boolean)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
