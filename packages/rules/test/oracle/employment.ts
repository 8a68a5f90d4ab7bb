/** Measure 20 by the text: unemployment insurance returned to those who keep their people. */
import type { Judged, Scheme, Sight } from './case.ts';
import {
  ZERO,
  exact,
  minus,
  most,
  nearestFen,
  order,
  over,
  percent,
  plus,
  times,
} from './exact.ts';
import type { Exact } from './exact.ts';
import { sizeOf } from './rates.ts';
import { all, any, choose, not, when } from './truth.ts';
import type { Truth } from './truth.ts';

const UNITS = [
  '企业单位',
  '社会团体',
  '基金会',
  '社会服务机构',
  '律师事务所',
  '会计师事务所',
  '个体工商户',
];

/** Insured heads of the reading in force. */
function heads(s: Sight, key: string): Exact | undefined {
  if (key === '乙') return s.number('年初参保人数', 1);
  if (key === '丙') return s.number('年末参保人数', 1);
  return s.number('月均参保人数', 100);
}

function laidOff(s: Sight): Exact | undefined {
  switch (s.reads('20.5#4')) {
    case '乙':
      return s.number('新领失业金人数', 1);
    case '丙':
      return most(minus(heads(s, '乙'), heads(s, '丙')), ZERO);
    default:
      return minus(s.number('裁员人数', 1), s.number('不计入裁员人数', 1));
  }
}

/** 20.5 「未裁员或裁员率不高于5.5%，30人（包含）以下参保单位裁员率不高于20%」 */
function jobsKept(s: Sight): Truth {
  const gone = laidOff(s);
  const rate = over(gone, heads(s, s.reads('20.5#3')));
  const small = all(
    s.reads('20.5#1') === '甲',
    when(heads(s, s.reads('20.5#2')), (n) => order(n, exact(30)) <= 0),
  );
  const limit = choose(
    small,
    () => percent(20),
    () => percent(55, 10),
  );
  const within = rate === undefined || limit === undefined ? 'no fact' : order(rate, limit) <= 0;
  return any(
    when(gone, (n) => order(n, ZERO) <= 0),
    within,
  );
}

function claimedInTime(s: Sight): Truth {
  switch (s.reads('20.5#6')) {
    case '乙':
      return s.today < '2023-12-31';
    case '丙':
      return s.today <= '2024-01-02';
    default:
      return s.today <= '2023-12-31';
  }
}

/** 20.6, 20.7: large enterprises 30 %, the others 60 % of what was paid for 2022. */
function refund(s: Sight): Exact | undefined {
  const paid = plus(s.yuan('单位失业保险费'), s.yuan('职工失业保险费'));
  const size = s.reads('20.7#3') === '乙' ? sizeOf(s) : s.word('规模');
  const large = all(
    s.oneOf('参保单位类型', '企业单位'),
    when(size, (x) => x === '大型'),
  );
  const share = choose(
    large,
    () => percent(30),
    () => percent(60),
  );
  return nearestFen(times(paid, share));
}

const year = exact(12);

const refunded: Scheme = {
  item: '稳岗返还',
  entity: '企业',
  kind: 'exactly',
  contingent: false,
  readings: {
    '20.4#1': '甲乙',
    '20.5#1': '甲乙',
    '20.5#2': '甲乙丙',
    '20.5#3': '甲乙',
    '20.5#4': '甲乙丙',
    '20.5#5': '甲乙',
    '20.5#6': '甲乙丙',
    '20.7#1': '甲乙',
    '20.7#3': '甲乙',
  },
  judge(s): Judged {
    const award = refund(s);
    const units = s.reads('20.7#1') === '乙' ? ['企业单位'] : UNITS;
    const months = s.number(s.reads('20.5#5') === '乙' ? '当年缴费月数' : '累计缴费月数', 1);
    const grown = minus(heads(s, '丙'), heads(s, '乙'));
    return {
      conditions: {
        返还对象: s.oneOf('参保单位类型', ...units),
        参保: s.holds('失业保险参保'),
        足额缴费: all(
          s.holds('失业保险足额缴费'),
          when(months, (n) => order(n, year) >= 0),
        ),
        稳定岗位: s.reads('20.4#1') === '乙' ? when(grown, (n) => order(n, ZERO) > 0) : true,
        裁员率不超限: jobsKept(s),
        产业环保: not(s.holds('违反产业环保政策')),
        负面清单: not(s.holds('列入负面清单')),
        申领期限: claimedInTime(s),
        有返还额: when(award, (a) => order(a, ZERO) > 0),
      },
      amount: award,
    };
  },
  draw(d): void {
    const { random } = d;
    d.word('参保单位类型', ['企业单位', '企业单位', ...UNITS], ['其他单位']);
    d.likely('失业保险参保', '失业保险足额缴费');
    d.unlikely('违反产业环保政策', '列入负面清单');
    d.value('累计缴费月数', random.near([12n]) % 500n);
    d.value('当年缴费月数', BigInt(random.pick([12, 12, 12, 11, random.below(13)])));
    // Heads first, then layoffs at one of the two limits of that many heads.
    const n = random.pick([30n, 31n, 30n, 1n, 20n, 200n, random.size(3_000n)]);
    const fraction = BigInt(random.pick([0, 0, 0, 1, 50, 99]));
    d.value('月均参保人数', n * 100n + fraction);
    const limit = (n * random.pick([55n, 200n])) / 1_000n;
    const gone = limit + BigInt(random.pick([0, 0, 1, -1, 3]));
    const kept = BigInt(random.below(5));
    d.value('裁员人数', gone < 0n ? 0n : gone + kept);
    d.value('不计入裁员人数', random.chance(0.9) ? kept : kept + 3n);
    d.value('新领失业金人数', gone < 0n ? 0n : gone);
    d.value('年初参保人数', n);
    const end = n - (random.chance(0.6) ? gone : BigInt(random.below(3) - 1));
    d.value('年末参保人数', end < 0n ? 0n : end);
    d.word('规模', ['大型', '中型', '小型', '微型'], []);
    d.word(
      '行业',
      ['工业', '批发业', '零售业', '其他未列明行业', '建筑业', '农林牧渔业'],
      ['租赁和商务服务业', '房地产开发经营', '餐饮业', '物业管理'],
    );
    d.number('从业人员', [1_000n, 300n, 20n, 200n, 5n, 100n, 10n]);
    d.number('营业收入', [40_000_000_000n, 80_000_000_000n, 20_000_000_000n, 2_000_000_000n]);
    d.number('资产总额', [80_000_000_000n, 10_000_000_000n, 120_000_000_000n]);
    d.number('单位失业保险费', [1n, 2n, 1_234_567n]);
    d.number('职工失业保险费', [1n, 3n, 765_433n]);
  },
};

export const employmentSchemes: readonly Scheme[] = [refunded];
