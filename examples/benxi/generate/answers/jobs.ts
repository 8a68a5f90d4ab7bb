/** Measure 20, from the words of the law. */
import type { Facts } from '../register.ts';
import { all, among, answer, any, halfUp, holds, is, judged, money, not, sum } from './logic.ts';
import type { Answer, State } from './logic.ts';

const SERVICE_NOT = ['工业', '建筑业', '农林牧渔业'];

/** 「就业容量大的服务业企业、小微企业、个体工商户」: the first two words bind service firms only (口径 20.2#1). */
export const supported = (facts: Facts): State =>
  any(
    all(not(among(facts, '行业', SERVICE_NOT)), judged(facts, '就业容量大')),
    among(facts, '规模', ['小型', '微型']),
    among(facts, '参保单位类型', ['个体工商户']),
  );

const REFUNDED = [
  '企业单位',
  '社会团体',
  '基金会',
  '社会服务机构',
  '律师事务所',
  '会计师事务所',
  '个体工商户',
];

/** Layoffs are separations less those not counted (口径 20.5#4), over the monthly average (20.5#3). */
function layoffs(facts: Facts): State {
  const left = money(facts, '裁员人数');
  const notCounted = money(facts, '不计入裁员人数');
  if (left === undefined || notCounted === undefined) return 'fact';
  const laidOff = left - notCounted;
  if (laidOff <= 0n) return 'yes';
  return holds(money(facts, '月均参保人数'), (heads) => {
    // Heads are hundredths of a person: laidOff ÷ (heads ÷ 100) ≤ limit ÷ 1000.
    const limit = heads <= 3000n ? 200n : 55n;
    return laidOff * 100n * 1000n <= limit * heads;
  });
}

/** 30 % for large enterprises, else 60 %; unknown while the size of an enterprise is. */
function refundRate(facts: Facts): bigint | undefined {
  const large = all(among(facts, '参保单位类型', ['企业单位']), among(facts, '规模', ['大型']));
  return large === 'fact' ? undefined : large === 'yes' ? 30n : 60n;
}

export function refund(facts: Facts): Answer {
  const dues = sum([money(facts, '单位失业保险费'), money(facts, '职工失业保险费')]);
  const rate = refundRate(facts);
  const amount = dues === undefined || rate === undefined ? undefined : halfUp(dues, rate, 100n);
  const state = all(
    among(facts, '参保单位类型', REFUNDED),
    is(facts, '失业保险参保'),
    is(facts, '失业保险足额缴费'),
    holds(money(facts, '累计缴费月数'), (n) => n >= 12n),
    layoffs(facts),
    not(is(facts, '违反产业环保政策')),
    not(is(facts, '列入负面清单')),
    holds(amount, (v) => v > 0n),
  );
  return answer(state, amount);
}

export const some =
  (label: string) =>
  (facts: Facts): Answer =>
    answer(holds(money(facts, label), (n) => n > 0n));
