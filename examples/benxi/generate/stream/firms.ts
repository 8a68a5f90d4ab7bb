/** Market entities by the million: one line of text after the other, in constant memory. */
import type { Chance } from '../random.ts';
import { BRANDS, DISTRICTS, SYLLABLES, TRADES } from '../places.ts';
import { BOUNDS, SIZES, rangeOf } from '../size.ts';
import type { Size } from '../size.ts';

/** How values are written: as people do (是, yuan, heads with decimals), or as a snapshot holds them. */
export interface Writing {
  readonly yes: string;
  readonly no: string;
  /** Behind thousands of yuan: zeros down to the unit. */
  readonly thousand: string;
  /** Between yuan and 分. */
  readonly point: string;
}

export const WORDS: Writing = { yes: '是', no: '否', thousand: '000', point: '.' };
export const SCALED: Writing = { yes: 'true', no: 'false', thousand: '00000', point: '' };

const MONTHS = [
  '2022-09',
  '2022-10',
  '2022-11',
  '2023-06',
  '2023-07',
  '2023-08',
  '2023-09',
  '2023-10',
  '2023-11',
];
const SERIES = ['月限上零售额', '月销售额', '月营业额'];

/** Headings: the labels of the register. */
export const FIRM_LABELS: readonly string[] = [
  '统一社会信用代码',
  '名称',
  '县区',
  '行业',
  '法人',
  '限额以上',
  '限上入库年月',
  '从业人员',
  '营业收入',
  '资产总额',
  '规模',
  '参保单位类型',
  '失业保险参保',
  '失业保险足额缴费',
  '累计缴费月数',
  '当年缴费月数',
  '月均参保人数',
  '年初参保人数',
  '年末参保人数',
  '裁员人数',
  '不计入裁员人数',
  '新领失业金人数',
  '违反产业环保政策',
  '列入负面清单',
  '单位失业保险费',
  '职工失业保险费',
  '失业保险在保',
  '扩岗招用人数',
  '吸纳毕业生人数',
  '创业孵化基地',
  '政务数据齐备',
  '文化企业30强入选',
  '文化企业30强上届入选',
  '旅游集团20强入选',
  '旅游集团20强上届入选',
  '持有碳排放权',
  '认定 就业容量大',
  ...SERIES.flatMap((s) => MONTHS.map((m) => `${s} ${m}`)),
];

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const INNER = [3, 7, 9, 10, 5, 8, 4, 2];

/** Share of each industry, in hundredths: many draws in one. */
const INDUSTRIES: readonly string[] = Object.entries({
  批发业: 15,
  零售业: 24,
  住宿业: 3,
  餐饮业: 12,
  工业: 15,
  建筑业: 8,
  交通运输业: 6,
  仓储业: 1,
  邮政业: 1,
  信息传输业: 1,
  软件和信息技术服务业: 3,
  房地产开发经营: 1,
  物业管理: 2,
  租赁和商务服务业: 4,
  农林牧渔业: 2,
  其他未列明行业: 2,
}).flatMap(([name, share]) => Array.from({ length: share }, () => name));

const SIZE_OF: readonly Size[] = SIZES.flatMap((size, i) =>
  Array.from({ length: [1, 9, 36, 54][i] ?? 0 }, () => size),
);

const DISTRICT_OF = DISTRICTS.flatMap((d) => Array.from({ length: d.weight }, () => d));

interface Ranges {
  readonly staff: readonly [number, number];
  readonly revenue: readonly [number, number];
  readonly assets: readonly [number, number];
}

const RANGES: ReadonlyMap<string, Ranges> = new Map(
  Object.keys(BOUNDS).flatMap((industry) =>
    SIZES.map((size): [string, Ranges] => [
      industry + size,
      {
        staff: rangeOf(industry, size, '从业人员'),
        revenue: rangeOf(industry, size, '营业收入'),
        assets: rangeOf(industry, size, '资产总额'),
      },
    ]),
  ),
);

interface Prefix {
  readonly text: string;
  readonly sum: number;
}

/** `91` or `92`, division and `M`: their share of the check sum is always the same. */
function prefixOf(kind: string, division: string): Prefix {
  const text = `${kind}${division}M`;
  const sum = [...text].reduce((s, c, i) => s + (WEIGHTS[i] ?? 0) * ALPHABET.indexOf(c), 0);
  return { text, sum };
}

const PREFIXES = new Map(
  DISTRICTS.flatMap((d) =>
    ['91', '92'].map((kind) => [kind + d.code, prefixOf(kind, d.code)] as const),
  ),
);

/** The code of the `serial`-th entity: seven digits of base 31 behind the M. */
function codeOf({ text, sum }: Prefix, serial: number): string {
  let rest = serial;
  let body = '';
  let total = sum;
  let inner = (INNER[0] ?? 0) * 22;
  for (let i = 6; i >= 0; i--) {
    const digit = rest % 31;
    rest = (rest - digit) / 31;
    const character = ALPHABET.charAt(digit);
    body = character + body;
    total += (WEIGHTS[9 + i] ?? 0) * digit;
    inner += (INNER[1 + i] ?? 0) * Number.parseInt(character, 36);
  }
  const own = 11 - (inner % 11);
  const check = own === 10 ? 'X' : own === 11 ? '0' : String(own);
  total += (WEIGHTS[16] ?? 0) * ALPHABET.indexOf(check);
  return text + body + check + ALPHABET.charAt((31 - (total % 31)) % 31);
}

const draw = (c: Chance, [low, high]: readonly [number, number]): number => c.skewed(low, high);

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** Lines of market entities, one for each call. */
export class FirmLines {
  readonly #c: Chance;
  readonly #w: Writing;
  readonly #empty: string;
  readonly #noMonths: string;
  /** Code of the last line when it was a company, else empty. */
  company = '';

  constructor(c: Chance, writing: Writing) {
    this.#c = c;
    this.#w = writing;
    this.#empty = ','.repeat(MONTHS.length - 1);
    this.#noMonths = `${this.#empty},${this.#empty},${this.#empty}`;
  }

  /** The line of the entity with this number, with its line break. */
  line(serial: number): string {
    const c = this.#c;
    const { yes, no, thousand } = this.#w;
    const district = c.pick(DISTRICT_OF);
    const isFirm = c.next() % 100 < 58;
    const industry = c.pick(INDUSTRIES);
    const size = c.pick(SIZE_OF);
    const ranges = RANGES.get(industry + size);
    if (ranges === undefined) throw new Error(industry);
    const prefix = PREFIXES.get((isFirm ? '91' : '92') + district.code);
    if (prefix === undefined) throw new Error(district.code);
    const trade = c.pick(TRADES[industry] ?? ['商贸']);
    const name = `${district.prefix}${c.pick(BRANDS)}${c.pick(SYLLABLES)}${trade}${isFirm ? '有限公司' : '店'}（合成）`;
    const code = codeOf(prefix, serial);
    this.company = isFirm ? code : '';
    const head = `${code},${name},${district.name},`;
    if (!isFirm) {
      const insured = c.next() % 100 < 2;
      const insurance = this.#insurance(insured, c.between(1, 6));
      const kind = `${','.repeat(6)}个体工商户`;
      return `${head},${no},${kind},${insurance}${this.#lists()},${this.#noMonths}\n`;
    }
    const staff = draw(c, ranges.staff);
    const revenue = draw(c, ranges.revenue) * 10 + c.below(10);
    const assets = draw(c, ranges.assets) * 10 + c.below(10);
    const quota = revenue >= 5000 && c.next() % 10 < 7;
    const classed = c.next() % 100 < 97 ? size : '';
    const entered = quota ? `${c.between(2012, 2023)}-${two(c.between(1, 8))}-01` : '';
    const year = `${staff},${revenue}${thousand},${assets}${thousand},${classed}`;
    const heads = Math.max(1, Math.trunc((staff * c.between(60, 98)) / 100));
    const insurance = this.#insurance(c.next() % 100 < 64, heads);
    const months = quota ? this.#months(industry, revenue) : this.#noMonths;
    const own = `${industry},${yes},${quota ? yes : no},${entered},${year},企业单位`;
    return `${head}${own},${insurance}${this.#lists()},${months}\n`;
  }

  /** 失业保险参保 to 新领失业金人数, then the two lists, the dues and 在保. */
  #insurance(insured: boolean, heads: number): string {
    const c = this.#c;
    const { yes, no, point } = this.#w;
    const lists = `${c.next() % 1000 < 8 ? yes : no},${c.next() % 1000 < 10 ? yes : no}`;
    if (!insured) return `${no},,,,,,,,,,${lists},,,${no},`;
    const left = c.skewed(0, Math.trunc(heads / 4) + 1);
    const kept = Math.trunc((left * c.below(101)) / 100);
    const months = c.next() % 100 < 93 ? c.between(12, 190) : c.between(3, 11);
    const end = Math.max(1, heads + c.between(-3, 3));
    const dues = heads * c.between(228, 552);
    const paid = c.next() % 1000 < 965 ? yes : no;
    const one = `${dues}${point}${two(c.below(100))}`;
    const other = `${dues}${point}${two(c.below(100))}`;
    const average = `${heads}${point}${two(c.below(100))}`;
    const counts = `${months},${Math.min(12, months)},${average},${heads},${end},${left},${kept},0`;
    return `${yes},${paid},${counts},${lists},${one},${other},${c.next() % 100 < 97 ? yes : no},`;
  }

  /** 扩岗招用人数 to the gate. */
  #lists(): string {
    const c = this.#c;
    const { yes, no } = this.#w;
    const hired = c.next() % 100 < 9 ? c.between(1, 12) : 0;
    const graduates = hired > 0 ? c.between(0, hired) : 0;
    const judged = c.next() % 100;
    const gate = judged < 5 ? yes : judged < 8 ? no : '';
    const base = c.next() % 1000 < 2 ? yes : no;
    const ready = c.next() % 100 < 82 ? yes : no;
    const carbon = c.next() % 1000 < 4 ? yes : no;
    return `${hired},${graduates},${base},${ready},${no},${no},${no},${no},${carbon},${gate}`;
  }

  #months(industry: string, revenue: number): string {
    const c = this.#c;
    const trade = industry === '批发业' || industry === '零售业';
    const lodging = industry === '住宿业' || industry === '餐饮业';
    if (!trade && !lodging) return this.#noMonths;
    const monthly = Math.trunc(revenue / 12) + 1;
    const grown = c.between(70, 190);
    const share = industry === '批发业' ? 30 : lodging ? 70 : 94;
    const values = MONTHS.map((m) => {
      const before = Math.trunc((monthly * c.between(82, 118)) / 100);
      return m < '2023' ? before : Math.trunc((before * grown) / 100);
    });
    if (c.next() % 100 < 4) values[c.below(MONTHS.length)] = -1;
    const retail = values.map((v) => this.#thousands(Math.trunc((v * share) / 100))).join(',');
    const all = values.map((v) => this.#thousands(v)).join(',');
    return trade ? `${retail},${all},${this.#empty}` : `${retail},${this.#empty},${all}`;
  }

  #thousands(n: number): string {
    return n < 0 ? '' : n === 0 ? '0' : n + this.#w.thousand;
  }
}
