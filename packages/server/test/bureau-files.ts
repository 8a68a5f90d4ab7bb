/** Files as three bureaus send them, small: invented enterprises around the thresholds of 3.3, with one
 *  wrong code, and the mappings by which they are read. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Code, name, district, industry. The fifth has a wrong check character. */
export const FIRMS = [
  ['91210502MA070037X3', '本溪衍水百货有限公司（合成）', '平山区', '零售业'],
  ['91210503MA0700740B', '本溪山城钢材贸易有限公司（合成）', '溪湖区', '批发业'],
  ['91210504MA0701110U', '辽宁燕东汽车销售有限公司（合成）', '明山区', '零售业'],
  ['91210521MA07018584', '本溪县关门山超市有限公司（合成）', '本溪满族自治县', '零售业'],
  ['91210522MA0701487W', '桓仁五女山参茸批发有限公司（合成）', '桓仁满族自治县', '批发业'],
] as const;

/** September to November of two years, 千元: an increase of 200,000,000元; 199,999,000; 49,999,000; none
 *  known for the year before. */
const SALES = [
  ['116000', '113000', '121000', '175000', '181000', '194000'],
  ['30000', '30000', '40000', '90000', '90000', '119999'],
  ['30000', '30000', '30000', '40000', '50000', '49999'],
  ['', '', '', '20000', '20000', '20000'],
] as const;

const csv = (rows: readonly (readonly string[])[]): string =>
  `${rows.map((r) => r.join(',')).join('\r\n')}\r\n`;

const column = (heading: string, label: string, more: object = {}): object => ({
  heading,
  label,
  ...more,
});

const CODE = column('统一社会信用代码', '统一社会信用代码');

const MAPPINGS = {
  '市场主体.json': {
    format: 'zhida-mapping-1',
    source: '市市场监管局 市场主体登记表',
    unit: '市市场监管局',
    recognise: [{ file: ['市场主体'] }],
    forms: [
      {
        table: '企业',
        columns: [
          CODE,
          column('企业名称', '名称'),
          column('所在县区', '县区'),
          column('行业', '行业'),
          column('法人', '法人'),
        ],
      },
    ],
  },
  '限上零售.json': {
    format: 'zhida-mapping-1',
    source: '市统计局 限上零售额',
    unit: '市统计局',
    recognise: [{ file: ['限上零售'] }],
    forms: [
      {
        table: '企业',
        unit: '千元',
        columns: [
          CODE,
          column('登记状态', '限额以上', { words: { 在库: '是', '*': '否' } }),
          column('{某月}', '月限上零售额 {某月}'),
        ],
        ignore: ['单位名称'],
      },
    ],
  },
} as const;

export function registerTable(firms: readonly (readonly string[])[]): string {
  return csv([
    ['本溪市市场主体登记表（合成数据）', '', '', '', ''],
    ['填报单位：市市场监管局', '', '', '', '填报日期：2023年12月1日'],
    ['统一社会信用代码', '企业名称', '所在县区', '行业', '法人'],
    ...firms.map((f) => [...f, '是']),
  ]);
}

function salesTable(): string {
  const months = ['2022年9月', '2022年10月', '2022年11月', '2023年9月', '2023年10月', '2023年11月'];
  return csv([
    ['限额以上批发和零售业零售额（合成数据）', ...Array.from({ length: 8 }, () => '')],
    [
      '填报单位：市统计局',
      '单位：千元',
      '填报日期：2023年12月8日',
      ...Array.from({ length: 6 }, () => ''),
    ],
    ['统一社会信用代码', '单位名称', '登记状态', ...months],
    ...SALES.map((s, n) => [FIRMS[n]?.[0] ?? '', FIRMS[n]?.[1] ?? '', '在库', ...s]),
  ]);
}

/** Writes the files into `folder`, their mappings into `folder/mappings`. */
export function writeBureauFiles(folder: string): {
  readonly firms: string;
  readonly sales: string;
} {
  mkdirSync(join(folder, 'mappings'), { recursive: true });
  for (const [name, mapping] of Object.entries(MAPPINGS)) {
    writeFileSync(join(folder, 'mappings', name), JSON.stringify(mapping, null, 2));
  }
  const firms = join(folder, '1 市场主体.csv');
  const sales = join(folder, '2 限上零售.csv');
  writeFileSync(firms, registerTable(FIRMS));
  writeFileSync(sales, salesTable());
  return { firms, sales };
}
