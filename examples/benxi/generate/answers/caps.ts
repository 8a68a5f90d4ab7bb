/** Caps over several awards: whose claims reach or exceed one, before anybody allocates. */
import { LAW } from '../planted/planted.ts';
import { wan } from '../register.ts';
import type { Facts, Register } from '../register.ts';
import { itemAnswers } from './items.ts';

export interface CapAnswer {
  readonly id: string;
  readonly cap: string;
  /** Whose: the identity of a carrier, firm or operator, and the year. */
  readonly key: string;
  readonly awards: number;
  readonly claimedFen: bigint;
  readonly capFen: bigint;
  /** Above the cap; 0 when it is just reached. */
  readonly overFen: bigint;
  readonly law: string;
}

interface CapRule {
  readonly id: string;
  readonly cap: string;
  /** Items that count; of those for one subject only the highest (口径 3.4#5). */
  readonly items: readonly string[];
  /** Labels of the holder and of the day that gives the year. */
  readonly holder: string;
  readonly day: string;
  readonly limit: bigint;
  readonly law: string;
}

const RULES: readonly CapRule[] = [
  {
    id: '3.6',
    cap: '批零载体年度',
    items: ['知名品牌首店奖励', '辽宁首店旗舰店奖励'],
    holder: '载体',
    day: '开业日期',
    limit: wan(100),
    law: LAW.storeCap,
  },
  {
    id: '4.5',
    cap: '餐饮载体年度',
    items: ['餐饮全国首店奖励', '餐饮辽宁首店旗舰店奖励'],
    holder: '载体',
    day: '开业日期',
    limit: wan(50),
    law: LAW.foodCap,
  },
  {
    id: '8.8.d',
    cap: '冷藏补助主体年度',
    items: ['产地冷藏保鲜设施补助'],
    holder: '建设主体',
    day: '列入计划日期',
    limit: wan(100),
    law: LAW.cold,
  },
  {
    id: '9.6.b',
    cap: '海外仓企业年度',
    items: ['公共海外仓建设支持'],
    holder: '建设企业',
    day: '申报日期',
    limit: wan(200),
    law: LAW.warehouse,
  },
  {
    id: '10.2.b',
    cap: '设施农业主体年度贴息',
    items: ['设施农业贷款贴息'],
    holder: '主体',
    day: '贴息期止日',
    limit: wan(200),
    law: LAW.farmLoan,
  },
  {
    id: '15.5',
    cap: '成果奖补企业年度限额',
    items: ['承接高校院所成果奖补'],
    holder: '企业',
    day: '付款日期',
    limit: wan(200),
    law: LAW.contract,
  },
];

/** The highest award of a subject among the items of the rule; 0 without one. */
function award(rule: CapRule, id: string, facts: Facts, register: Register): bigint {
  const fen = itemAnswers
    .filter((a) => rule.items.includes(a.item))
    .map((a) => a.decide(facts, id, register).fen ?? 0n);
  return fen.reduce((highest, f) => (f > highest ? f : highest), 0n);
}

/** Every holder of two awards or more whose claims reach the cap, in the order of the law. */
export function capAnswers(register: Register): CapAnswer[] {
  return RULES.flatMap((rule) => {
    const table = itemAnswers.find((a) => rule.items.includes(a.item))?.table ?? '';
    const claims = new Map<string, bigint[]>();
    for (const [id, facts] of register.get(table) ?? []) {
      const [holder, day] = [facts[rule.holder], facts[rule.day]];
      const fen = award(rule, id, facts, register);
      if (fen === 0n || typeof holder !== 'string' || typeof day !== 'string') continue;
      const key = `${holder} ${day.slice(0, 4)}`;
      claims.set(key, [...(claims.get(key) ?? []), fen]);
    }
    const holders = [...claims].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return holders.flatMap(([key, list]): CapAnswer[] => {
      const claimedFen = list.reduce((s, f) => s + f, 0n);
      if (claimedFen < rule.limit || list.length < 2) return [];
      const { id, cap, limit, law } = rule;
      const overFen = claimedFen - limit;
      return [{ id, cap, key, awards: list.length, claimedFen, capFen: limit, overFen, law }];
    });
  });
}
