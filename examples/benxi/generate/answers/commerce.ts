/** Measures 1 to 4 and 9, from the words of the law. */
import { wan } from '../register.ts';
import type { Facts } from '../register.ts';
import { DECIDED_ON, ISSUED } from './day.ts';
import {
  all,
  among,
  answer,
  any,
  day,
  halfUp,
  holds,
  is,
  judged,
  least,
  money,
  not,
  sum,
} from './logic.ts';
import type { Answer, State } from './logic.ts';

const months = (facts: Facts, label: string, list: readonly string[]): bigint | undefined =>
  sum(list.map((month) => money(facts, `${label} ${month}`)));

/** Of 2023 less the same months of 2022 (口径 2.7#1, 3.3#1, 4.3#2). */
function increase(facts: Facts, label: string, list: readonly string[]): bigint | undefined {
  const now = months(
    facts,
    label,
    list.map((m) => `2023-${m}`),
  );
  const before = months(
    facts,
    label,
    list.map((m) => `2022-${m}`),
  );
  return now === undefined || before === undefined ? undefined : now - before;
}

/** 「贡献纳税零售额新增部分的1%」, at most 200万元. */
export function livestream(facts: Facts): Answer {
  const more = increase(facts, '月贡献纳税零售额', ['07', '08', '09', '10', '11']);
  const award = more === undefined ? undefined : halfUp(more, 1n, 100n);
  const state = all(
    is(facts, '省级示范'),
    judged(facts, '符合条件的直播基地'),
    holds(award, (v) => v > 0n),
  );
  return answer(state, award === undefined ? undefined : least(award, wan(200)));
}

type Bands = readonly (readonly [from: bigint, award: bigint])[];

export const TRADE: Bands = [
  [wan(50_000), wan(100)],
  [wan(20_000), wan(50)],
  [wan(10_000), wan(30)],
  [wan(5_000), wan(10)],
];
/** 「超过1000万元（包含）」 includes 1000万元 (口径 4.3.a#1). */
export const LODGING: Bands = [
  [wan(1_000), wan(10)],
  [wan(500), wan(5)],
];

export const growth =
  (industries: readonly string[], bands: Bands) =>
  (facts: Facts): Answer => {
    const more = increase(facts, '月限上零售额', ['09', '10', '11']);
    const award =
      more === undefined ? undefined : (bands.find(([from]) => more >= from)?.[1] ?? 0n);
    const who = all(is(facts, '限额以上'), among(facts, '行业', industries), is(facts, '法人'));
    return answer(
      all(
        who,
        holds(award, (v) => v > 0n),
      ),
      award,
    );
  };

/** Opened, and not before the day of issue (口径 3.4#6). */
const opened = (facts: Facts): State =>
  holds(day(facts, '开业日期'), (d) => d >= ISSUED && d <= DECIDED_ON);

const NATIONAL = ['全国', '亚洲', '全球'];
/** 「辽宁首店、旗舰店」: either (口径 3.5#1). */
export const liaoningOrFlagship = (facts: Facts): State =>
  any(among(facts, '层级', ['辽宁', ...NATIONAL]), is(facts, '旗舰店'));

export const store =
  (food: boolean, level: (facts: Facts) => State, ceiling: bigint) =>
  (facts: Facts): Answer => {
    const catering = among(facts, '品牌业态', ['餐饮']);
    const gate = food ? '符合要求的知名餐饮品牌' : '符合要求的知名品牌';
    const state = all(
      level(facts),
      judged(facts, gate),
      food ? catering : not(catering),
      opened(facts),
    );
    return answer(state, ceiling);
  };

export const national = (facts: Facts): State => among(facts, '层级', NATIONAL);

export const warehouse = (facts: Facts): Answer =>
  answer(all(is(facts, '由企业建设'), judged(facts, '公共海外仓')), wan(100));

export const claim = (facts: Facts): Answer =>
  answer(all(is(facts, '方案已公布'), among(facts, '消费类别', ['汽车', '家电', '家居', '餐饮'])));
