/** What the insurance body, the tax office and the bureaus that answer a data match know of a firm. */
import type { Firm } from './firm.ts';
import type { Chance } from './random.ts';
import type { Facts } from './register.ts';

const TYPES: Readonly<Record<string, string>> = {
  企业: '企业单位',
  个体工商户: '个体工商户',
  农民专业合作社: '其他单位',
};

/** Of a thousand: insured in 2022. */
const INSURED: Readonly<Record<string, number>> = {
  企业: 640,
  个体工商户: 18,
  农民专业合作社: 60,
  其他组织: 1000,
};

/** Wage on which dues are paid, yuan a month. */
const WAGE = [3800, 9200] as const;
/** Rate of unit and of staff, per thousand of the wage. */
const RATE = 5n;

/** Insured heads of twelve months, in hundredths of a person, and of both ends of 2022. */
function heads(
  c: Chance,
  facts: Facts,
  kind: string,
): { month: bigint; first: number; last: number } {
  const staff = typeof facts['从业人员'] === 'bigint' ? Number(facts['从业人员']) : 0;
  const usual =
    kind === '企业' && staff > 0 ? Math.max(1, Math.trunc((staff * c.between(60, 98)) / 100)) : 0;
  const first = usual > 0 ? usual : c.between(1, kind === '其他组织' ? 38 : 6);
  const last = Math.max(
    1,
    first + c.between(-Math.trunc(first / 12) - 1, Math.trunc(first / 12) + 1),
  );
  let sum = 0;
  for (let month = 1; month <= 12; month++) {
    sum += first + Math.trunc(((last - first) * month) / 12);
  }
  return { month: BigInt(Math.trunc((sum * 100) / 12)), first, last };
}

function separations(c: Chance, first: number): { all: bigint; notCounted: bigint } {
  const most = c.weighted([
    [0, 30],
    [Math.trunc((first * 8) / 100), 40],
    [Math.trunc((first * 20) / 100) + 1, 25],
    [Math.trunc((first * 45) / 100) + 1, 5],
  ]);
  const all = c.between(0, most);
  return { all: BigInt(all), notCounted: BigInt(Math.trunc((all * c.between(20, 100)) / 100)) };
}

function paidFacts(c: Chance, month: bigint): Facts {
  const wage = BigInt(c.between(...WAGE));
  // Heads in hundredths × yuan × 12 months × 5 ‰ is in hundred-thousandths of a yuan.
  const unit = (month * wage * 12n * RATE) / 1000n + BigInt(c.below(100));
  const staff = (month * wage * 12n * RATE) / 1000n + BigInt(c.below(100));
  return { 失业保险足额缴费: !c.chance(35), 单位失业保险费: unit, 职工失业保险费: staff };
}

function insuredFacts(c: Chance, { facts, kind }: Firm): Facts {
  const { month, first, last } = heads(c, facts, kind);
  const { all, notCounted } = separations(c, first);
  const months = c.weighted([
    [c.between(12, 190), 93],
    [c.between(3, 11), 7],
  ]);
  return {
    失业保险参保: true,
    累计缴费月数: BigInt(months),
    当年缴费月数: BigInt(Math.min(12, months)),
    月均参保人数: month,
    年初参保人数: BigInt(first),
    年末参保人数: BigInt(last),
    裁员人数: all,
    不计入裁员人数: notCounted,
    新领失业金人数: BigInt(c.between(0, Number(all - notCounted))),
    失业保险在保: !c.chance(30),
    ...paidFacts(c, month),
  };
}

/** Answers of the bureaus to the match: most firms stand on no list. */
function answers(c: Chance, { kind, facts }: Firm): Facts {
  const hires = kind === '企业' && c.chance(90) ? c.between(1, 12) : 0;
  const graduates = hires > 0 && c.chance(600) ? c.between(1, hires) : 0;
  const culture = facts['行业'] === '其他未列明行业';
  return {
    违反产业环保政策: c.chance(8),
    列入负面清单: c.chance(10),
    持有碳排放权: facts['行业'] === '工业' && c.chance(25),
    扩岗招用人数: BigInt(hires),
    吸纳毕业生人数: BigInt(graduates),
    创业孵化基地: facts['行业'] === '租赁和商务服务业' && c.chance(90),
    政务数据齐备: c.chance(820),
    文化企业30强入选: false,
    文化企业30强上届入选: culture ? false : undefined,
    旅游集团20强入选: false,
    旅游集团20强上届入选: culture ? false : undefined,
  };
}

/** Cells that a bureau left blank, of a thousand firms each. */
const BLANKS: readonly (readonly [string, number])[] = [
  ['违反产业环保政策', 4],
  ['列入负面清单', 4],
  ['裁员人数', 5],
  ['累计缴费月数', 4],
  ['扩岗招用人数', 12],
  ['吸纳毕业生人数', 12],
  ['创业孵化基地', 3],
  ['失业保险在保', 6],
  ['旅游集团20强入选', 1],
];

/** Adds to `firm` what insurance, tax and the match know. */
export function addInsurance(c: Chance, firm: Firm): void {
  const { facts, kind } = firm;
  facts['参保单位类型'] ??= TYPES[kind] ?? '其他单位';
  const insured = c.chance(INSURED[kind] ?? 0);
  Object.assign(
    facts,
    insured ? insuredFacts(c, firm) : { 失业保险参保: false, 失业保险在保: c.chance(20) },
  );
  Object.assign(facts, answers(c, firm));
  // Of firms that are neither small nor households, the bureau has judged a part.
  const large = facts['规模'] === '中型' || facts['规模'] === '大型';
  if (large && c.chance(550)) facts['认定 就业容量大'] = c.chance(600);
  for (const [label, times] of BLANKS) if (c.chance(times)) delete facts[label];
}
