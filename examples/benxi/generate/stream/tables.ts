/** Big tables of text for measurements: one .csv for each table of the register, labels as headings. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { addCommerce } from '../commerce.ts';
import { addFarming } from '../farming.ts';
import { Names, company, cooperative } from '../firm.ts';
import type { Firm } from '../firm.ts';
import { addIndustry } from '../industry.ts';
import { Chance } from '../random.ts';
import { decimal } from '../register.ts';
import type { Fact, Facts, Register } from '../register.ts';
import { FIRM_LABELS, FirmLines, SCALED, WORDS } from './firms.ts';
import type { Writing } from './firms.ts';

export type Format = 'csv' | 'parquet-csv';

const CHUNK = 1 << 20;

/** Text to a file by the megabyte. */
class Lines {
  readonly #file: number;
  #text = '';

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  add(line: string): void {
    this.#text += line;
    if (this.#text.length >= CHUNK) this.#flush();
  }

  #flush(): void {
    const bytes = Buffer.from(this.#text, 'utf8');
    for (let at = 0; at < bytes.length; at += writeSync(this.#file, bytes, at));
    this.#text = '';
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }
}

/** Market entities to a block of stores, farms and projects. */
const BLOCK = 20_000;
/** Companies of a block that its projects refer to. */
const OWNERS = 300;

/** Labels that hold whole numbers at scale 0 or 2 that are no money. */
const COUNTS = new Set(['期限', '计息天数', '累计计息天数']);
const HUNDREDTHS = new Set([
  '日光温室占地面积',
  '日光温室棚内面积',
  '冷棚占地面积',
  '冷棚棚内面积',
  '日光温室面积',
  '冷棚面积',
]);

function valueText(label: string, fact: Fact | undefined, { yes, no, point }: Writing): string {
  if (fact === undefined) return '';
  if (typeof fact === 'boolean') return fact ? yes : no;
  if (typeof fact === 'string') return fact;
  if (point === '' || COUNTS.has(label)) return String(fact);
  return decimal(fact, 2, HUNDREDTHS.has(label) ? 0 : 2);
}

/** Identity, whose row it is, and every other label that any subject of a block has, in a fixed order. */
function labelsOf(subjects: ReadonlyMap<string, Facts>): string[] {
  const labels = new Set<string>();
  for (const facts of subjects.values()) for (const label of Object.keys(facts)) labels.add(label);
  return [...labels].toSorted();
}

/** The stores, farms and projects of one block of market entities; `owners`: codes of its companies. */
function blockRegister(seed: string, block: number, owners: readonly string[]): Register {
  const c = new Chance(seed, `block ${block}`);
  const names = new Names();
  const serial = (i: number): number => (block * 400 + i) % 899_999;
  const firms = Array.from({ length: OWNERS }, (_, i): Firm => {
    const firm = company(c, names, serial(i) + 1);
    return { ...firm, id: owners[i % Math.max(owners.length, 1)] ?? firm.id };
  });
  const farms = Array.from({ length: 100 }, (_, i) => cooperative(c, names, serial(300 + i) + 1));
  const register: Register = new Map();
  addCommerce(c, register, firms, 170);
  addFarming(c, register, farms);
  addIndustry(c, register, firms);
  return register;
}

const IDENTITIES: Readonly<Record<string, string>> = { 农业主体: '统一社会信用代码' };

class Tables {
  readonly #folder: string;
  readonly #writing: Writing;
  readonly #open = new Map<string, { readonly lines: Lines; readonly labels: readonly string[] }>();

  constructor(folder: string, writing: Writing) {
    this.#folder = folder;
    this.#writing = writing;
  }

  add(register: Register, block: number): void {
    for (const [table, subjects] of register) {
      const { lines, labels } = this.#table(table, subjects);
      for (const [id, facts] of subjects) {
        const own = IDENTITIES[table] === undefined ? `${id}-${block}` : id;
        const cells = labels.map((label) => this.#cell(label, facts[label], block));
        lines.add(`${[own, ...cells].join(',')}\n`);
      }
    }
  }

  /** Numbers of a block get the number of the block behind them, references to them too. */
  #cell(label: string, fact: Fact | undefined, block: number): string {
    const numbered = (label === '上级' || label === '载体') && typeof fact === 'string';
    return numbered ? `${fact}-${block}` : valueText(label, fact, this.#writing);
  }

  #table(
    table: string,
    subjects: ReadonlyMap<string, Facts>,
  ): { lines: Lines; labels: readonly string[] } {
    const known = this.#open.get(table);
    if (known !== undefined) return known;
    const labels = labelsOf(subjects);
    const lines = new Lines(join(this.#folder, `${table}.csv`));
    lines.add(`${[IDENTITIES[table] ?? '编号', ...labels].join(',')}\n`);
    const made = { lines, labels };
    this.#open.set(table, made);
    return made;
  }

  close(): void {
    for (const { lines } of this.#open.values()) lines.close();
  }
}

/** Called now and then with the number of entities written. */
export type Progress = (written: number) => void;

/** Writes `count` market entities and what stands beside them into `folder`, in constant memory. Every
 *  table has a file of its own: 企业.csv, 首店.csv, 设施农业项目.贷款.csv … Amounts are yuan (`csv`) or 分
 *  (`parquet-csv`, where areas and heads are hundredths and 是 is true). */
export function writeTables(
  seed: string,
  count: number,
  format: Format,
  folder: string,
  progress?: Progress,
): void {
  mkdirSync(folder, { recursive: true });
  const writing = format === 'csv' ? WORDS : SCALED;
  const firms = new Lines(join(folder, '企业.csv'));
  const lines = new FirmLines(new Chance(seed, 'stream'), writing);
  const tables = new Tables(folder, writing);
  firms.add(`${FIRM_LABELS.join(',')}\n`);
  let owners: string[] = [];
  for (let i = 0; i < count; i++) {
    firms.add(lines.line(i));
    if (lines.company !== '' && owners.length < OWNERS) owners.push(lines.company);
    if (i % 500_000 === 0) progress?.(i);
    if (i % BLOCK !== BLOCK - 1 && i !== count - 1) continue;
    const block = Math.trunc(i / BLOCK);
    tables.add(blockRegister(seed, block, owners), block);
    owners = [];
  }
  firms.close();
  tables.close();
}
