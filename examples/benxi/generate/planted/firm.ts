/** Planted market entities: what every one of them has in common. */
import { creditCode } from '../code.ts';
import { classOf } from '../firm.ts';
import { DISTRICTS } from '../places.ts';
import { scaled, yuan } from '../register.ts';
import type { Facts } from '../register.ts';
import type { Expectation, Planted } from './planted.ts';

/** Serials of planted firms, above all others. */
const FIRST = 900_001;

export interface FirmPlan {
  /** Number of the planted firm; makes its credit code. */
  readonly n: number;
  readonly name: string;
  readonly district?: string;
  /** 91 company, 92 household, 93 cooperative, 52 social service body, 31 law firm. */
  readonly kind?: '91' | '92' | '93' | '52' | '31';
  readonly facts: Facts;
  readonly shown?: Readonly<Record<string, string>>;
  readonly expect: readonly Expectation[];
}

export const firmCode = (n: number, kind: string = '91', district: string = '明山区'): string => {
  const found = DISTRICTS.find((d) => d.name === district);
  return creditCode(kind, found?.code ?? '210500', FIRST + n);
};

/** On no list, insured nowhere: what does not matter to the point is settled. */
const QUIET: Facts = {
  法人: true,
  参保单位类型: '企业单位',
  失业保险参保: false,
  失业保险在保: false,
  违反产业环保政策: false,
  列入负面清单: false,
  持有碳排放权: false,
  扩岗招用人数: 0n,
  吸纳毕业生人数: 0n,
  创业孵化基地: false,
  政务数据齐备: true,
  文化企业30强入选: false,
  旅游集团20强入选: false,
};

const TYPES: Readonly<Record<string, string>> = {
  '91': '有限责任公司',
  '92': '个体工商户',
  '93': '农民专业合作社',
};

/** A planted firm; what `facts` leaves undefined is unknown on purpose. */
export function firm({
  n,
  name,
  district = '明山区',
  kind = '91',
  facts,
  shown,
  expect,
}: FirmPlan): Planted {
  const own = kind === '52' || kind === '31';
  return {
    table: '企业',
    id: firmCode(n, kind, district),
    facts: {
      ...QUIET,
      名称: `${name}（合成）`,
      ...(own ? { 法人: undefined } : { 县区: district }),
      ...facts,
    },
    shown: {
      主体类型: TYPES[kind] ?? '',
      住所: `${district}样例路${n}号`,
      门类: classOf(String(facts['行业'] ?? '')),
      登记行业: String(facts['行业'] ?? '其他未列明行业'),
      经营范围: '合成样例',
      成立日期: '2016-05-18',
      登记状态: '存续',
      ...shown,
    },
    expect,
  };
}

/** Facts of an above-quota trader of the usual size. */
export const trader = (industry: string): Facts => ({
  行业: industry,
  限额以上: true,
  限上入库年月: '2019-01-01',
  从业人员: 86n,
  营业收入: yuan('262340000'),
  资产总额: yuan('118200000'),
  规模: '中型',
});

const BEFORE = [3000_0000n, 3000_0000n, 4000_0000n] as const;
const MONTHS = ['09', '10', '11'] as const;

/** Autumn of both years with an increase of `fen` in all; the odd 分 stands in November. */
export function grown(fen: bigint, all: '月销售额' | '月营业额' = '月销售额'): Facts {
  const facts: Facts = {};
  const third = fen / 300_000n;
  MONTHS.forEach((month, i) => {
    const before = (BEFORE[i] ?? 0n) * 100n;
    const more = i < 2 ? third * 100_000n : fen - third * 200_000n;
    facts[`月限上零售额 2022-${month}`] = before;
    facts[`月限上零售额 2023-${month}`] = before + more;
    facts[`${all} 2022-${month}`] = before + before / 10n;
    facts[`${all} 2023-${month}`] = before + more + before / 10n;
  });
  ['06', '07', '08'].forEach((month) => {
    facts[`月限上零售额 2023-${month}`] = yuan('36000000');
    facts[`${all} 2023-${month}`] = yuan('39600000');
  });
  return facts;
}

export interface InsuredPlan {
  /** Monthly average of insured heads, with decimals. */
  readonly heads: string;
  readonly left: bigint;
  readonly notCounted?: bigint;
  /** Dues of unit and staff, yuan. */
  readonly unit?: string;
  readonly staff?: string;
}

/** Facts of a unit that was insured and paid its dues in 2022. */
export function insured({
  heads,
  left,
  notCounted = 0n,
  unit = '60000',
  staff = '60000',
}: InsuredPlan): Facts {
  const average = scaled(heads, 2);
  return {
    失业保险参保: true,
    失业保险在保: true,
    失业保险足额缴费: true,
    累计缴费月数: 60n,
    当年缴费月数: 12n,
    月均参保人数: average,
    年初参保人数: average / 100n,
    年末参保人数: average / 100n,
    裁员人数: left,
    不计入裁员人数: notCounted,
    新领失业金人数: 0n,
    单位失业保险费: yuan(unit),
    职工失业保险费: yuan(staff),
  };
}
