/** Measures 12, 13 and 15, from the words of the law. */
import { wan } from '../register.ts';
import type { Facts, Register } from '../register.ts';
import { upgradeInterest } from './loans.ts';
import { all, among, answer, any, halfUp, holds, is, judged, least, money, not } from './logic.ts';
import type { Answer, State } from './logic.ts';

export function grant(facts: Facts): Answer {
  const invested = money(facts, '审定设备软件投资');
  const award = invested === undefined ? undefined : (invested * 5n) / 100n;
  const state = all(
    is(facts, '技术改造升级'),
    among(facts, '支持方式', ['直接补助']),
    is(facts, '列入省级专项'),
    holds(award, (v) => v > 0n),
  );
  return answer(state, award === undefined ? undefined : least(award, wan(1000)));
}

export function upgradeLoan(facts: Facts, id: string, register: Register): Answer {
  const interest = upgradeInterest(register, id);
  const paid = money(facts, '年度已付利息');
  const state = all(
    is(facts, '技术改造升级'),
    among(facts, '支持方式', ['贷款贴息']),
    is(facts, '列入省级专项'),
    holds(interest, (v) => v > 0n),
    holds(paid, (v) => v > 0n),
  );
  const known = interest !== undefined && paid !== undefined;
  return answer(state, known ? least(least(interest, paid), wan(1000)) : undefined);
}

/** 「新入选」: this edition and not the one before (口径 13.1#3); either list (13.1#1), paid once (13.1#2). */
export function listed(facts: Facts): Answer {
  const fresh = (list: string): State =>
    all(is(facts, `${list}入选`), not(is(facts, `${list}上届入选`)));
  return answer(any(fresh('文化企业30强'), fresh('旅游集团20强')), wan(100));
}

/** 「超过亿元」 does not include 1亿元 (口径 13.2#1). */
export function show(facts: Facts): Answer {
  const state = all(
    is(facts, '文旅演艺'),
    holds(money(facts, '实际投资'), (v) => v > wan(10_000)),
    judged(facts, '优秀文旅演艺项目'),
  );
  return answer(state, wan(500));
}

export const consortium = (facts: Facts): Answer =>
  answer(
    all(
      is(facts, '组建创新联合体'),
      among(facts, '类别', ['重大攻关示范项目']),
      is(facts, '省以上立项'),
    ),
    wan(1000),
  );

export const weakLink = (facts: Facts): Answer =>
  answer(
    all(
      is(facts, '列入断点清单'),
      among(facts, '类别', ['关键技术攻关项目']),
      is(facts, '省以上立项'),
    ),
    wan(100),
  );

export function rebuild(facts: Facts): Answer {
  const invested = money(facts, '审定实际投资');
  const award = invested === undefined ? undefined : halfUp(invested, 10n, 100n);
  const state = all(
    among(facts, '类别', ['产业基础再造工程', '重大技术装备攻关工程']),
    is(facts, '省以上立项'),
    holds(award, (v) => v > 0n),
  );
  return answer(state, award === undefined ? undefined : least(award, wan(1000)));
}

export function joint(facts: Facts): Answer {
  const plan = money(facts, '联合计划总额');
  const award = plan === undefined ? undefined : halfUp(plan, 25n, 100n);
  const state = all(
    is(facts, '由领军企业承担'),
    among(facts, '类别', ['应用基础研究联合计划']),
    is(facts, '省以上立项'),
    holds(award, (v) => v > 0n),
  );
  return answer(state, award === undefined ? undefined : least(award, wan(500)));
}

export function contract(facts: Facts): Answer {
  const way = among(facts, '方式', ['技术转让', '技术许可', '技术开发']);
  const state = all(
    any(way, judged(facts, '其他技术承接方式')),
    among(facts, '成果方类型', ['高等学校', '科研院所']),
    is(facts, '已登记'),
    holds(money(facts, '印发后付款额'), (v) => v > 0n),
  );
  return answer(state, wan(200));
}
