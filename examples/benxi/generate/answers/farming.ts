/** Measures 8 and 10, from the words of the law. */
import { wan } from '../register.ts';
import type { Facts, Register } from '../register.ts';
import { farmInterest } from './loans.ts';
import {
  all,
  among,
  answer,
  any,
  day,
  holds,
  is,
  judged,
  least,
  money,
  not,
  sum,
} from './logic.ts';
import type { Answer } from './logic.ts';

export function coldStore(facts: Facts): Answer {
  const kind = among(facts, '主体类型', [
    '示范家庭农场',
    '农民合作社示范社',
    '已登记农村集体经济组织',
  ]);
  const model = among(facts, '主体类型', ['示范家庭农场', '农民合作社示范社']);
  const level = among(facts, '示范级别', ['国家级', '省级', '市级', '县级']);
  const cost = money(facts, '净造价');
  const limited = facts['适用限定标准'];
  const standard =
    limited === true ? money(facts, '限定标准额') : limited === false ? wan(100) : undefined;
  const award =
    cost === undefined || standard === undefined ? undefined : least((cost * 30n) / 100n, standard);
  const state = all(
    any(kind, judged(facts, '同类建设主体')),
    any(not(model), level),
    among(facts, '建设地点', ['重点乡镇', '中心村']),
    among(facts, '主要产品', ['蔬菜', '水果', '其他鲜活农产品', '地方优势特色品种']),
    among(facts, '设施类型', ['通风贮藏库', '机械冷库', '气调贮藏库', '预冷设施']),
    holds(day(facts, '列入计划日期'), (d) => d.startsWith('2023-')),
    holds(award, (v) => v > 0n),
    judged(facts, '冷藏设施验收合格'),
  );
  return answer(state, award === undefined ? undefined : least(award, wan(100)));
}

export function farmLoan(facts: Facts, id: string, register: Register): Answer {
  const interest = farmInterest(register, id);
  const paid = money(facts, '年度已付利息');
  const state = all(
    judged(facts, '符合要求的设施农业项目'),
    among(facts, '领域', ['设施种植', '设施畜牧', '设施渔业', '其他设施农业']),
    among(facts, '建设性质', ['新建', '改造提升']),
    is(facts, '贷款用于必需投资'),
    holds(interest, (v) => v > 0n),
    holds(paid, (v) => v > 0n),
  );
  const known = interest !== undefined && paid !== undefined;
  return answer(state, known ? least(least(interest, paid), wan(200)) : undefined);
}

/** Areas are hundredths of a 亩; `perMu` is the subsidy of one in 分. */
export const site =
  (area: string, from: bigint, perMu: bigint) =>
  (facts: Facts): Answer => {
    const mu = money(facts, area);
    const built = day(facts, '建成日期');
    const state = all(
      is(facts, '新建'),
      holds(built, (d) => d >= '2023-01-01' && d <= '2023-12-31'),
      holds(mu, (v) => v >= from),
    );
    return answer(state, mu === undefined ? undefined : (mu * perMu) / 100n);
  };

export function renovation(facts: Facts): Answer {
  const old = facts['老旧或灾损'];
  const [greenFrame, shedFrame] = [money(facts, '日光温室结构成本'), money(facts, '冷棚结构成本')];
  const equipment = sum([money(facts, '日光温室配套成本'), money(facts, '冷棚配套成本')]);
  const frames = old === undefined ? undefined : old === true ? sum([greenFrame, shedFrame]) : 0n;
  const cost = sum([frames, equipment]);
  const [green, shed] = [money(facts, '日光温室面积'), money(facts, '冷棚面积')];
  const limit =
    green === undefined || shed === undefined
      ? undefined
      : (green * 500_000n + shed * 100_000n) / 100n;
  const award =
    cost === undefined || limit === undefined ? undefined : least((cost * 15n) / 100n, limit);
  const state = all(
    any(
      is(facts, '老旧或灾损'),
      holds(equipment, (v) => v > 0n),
    ),
    not(is(facts, '同年已享新建补贴')),
    holds(award, (v) => v > 0n),
  );
  return answer(state, award);
}
