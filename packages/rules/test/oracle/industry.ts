/** Measures 9, 12, 13 and 15 by the text: warehouses abroad, upgrading, tourism, science. */
import type { Draw, Judged, Scheme, Sight } from './case.ts';
import {
  ZERO,
  downToFen,
  exact,
  least,
  nearestFen,
  order,
  over,
  percent,
  plus,
  times,
  wan,
} from './exact.ts';
import type { Exact } from './exact.ts';
import { drawLoans } from './farming.ts';
import { lprOn } from './rates.ts';
import { all, any, choose, not, when } from './truth.ts';
import type { Truth } from './truth.ts';

const positive = (x: Exact | undefined): Truth => when(x, (v) => order(v, ZERO) > 0);

/** 9.6 「单个项目支持金额不超过100万元」 */
const warehouse: Scheme = {
  item: '公共海外仓建设支持',
  entity: '海外仓项目',
  kind: 'atMost',
  contingent: true,
  readings: {},
  judge: (s) => ({
    conditions: { 企业建设: s.holds('由企业建设'), 公共海外仓: s.judged('公共海外仓') },
    amount: wan(100),
  }),
  draw(d): void {
    d.likely('由企业建设');
    d.gate('公共海外仓');
    d.date('申报日期', '2023-12-15');
    d.value('编号', `仓${d.random.below(9)}`);
  },
};

const UPGRADING = { '12.3#3': '甲乙', '12.4#3': '甲乙' };

function upgrading(s: Sight, mode: string, name: string): Readonly<Record<string, Truth>> {
  return {
    技术改造升级: s.holds('技术改造升级'),
    [name]: any(
      s.oneOf('支持方式', mode),
      all(s.oneOf('支持方式', '两者兼用'), s.reads('12.4#3') === '乙'),
    ),
    列入省级专项: any(s.holds('列入省级专项'), s.reads('12.3#3') === '乙'),
  };
}

function drawUpgrading(d: Draw): void {
  d.likely('技术改造升级', '列入省级专项');
  d.word('支持方式', ['直接补助', '贷款贴息', '两者兼用'], []);
}

/** 12.3 「原则上不超过项目投资额的5%」, 12.5 「单个项目支持额度不超过1000万元」 */
const grant: Scheme = {
  item: '技改直接补助',
  entity: '技改项目',
  kind: 'softAtMost',
  contingent: true,
  readings: { ...UPGRADING, '12.3#2': '甲乙', '12.5#1': '甲乙' },
  judge(s): Judged {
    const invested = s.yuan(s.reads('12.3#2') === '乙' ? '备案总投资' : '审定设备软件投资');
    const award = downToFen(times(invested, percent(5)));
    const capped = s.reads('12.5#1') === '甲';
    return {
      conditions: { ...upgrading(s, '直接补助', '直接补助方式'), 有补助额: positive(award) },
      amount: capped ? least(award, wan(1_000)) : award,
      ...(capped ? { hard: wan(1_000) } : {}),
    };
  },
  draw(d): void {
    drawUpgrading(d);
    for (const name of ['审定设备软件投资', '备案总投资']) {
      d.number(name, [20_000_000_000n, 20n, 1_234_567n]);
    }
  },
};

/** 12.4 「贴息率不超过同期…一年期贷款市场报价利率，单个项目支持额度不超过1000万元」 */
const loanSupport: Scheme = {
  item: '技改贷款贴息',
  entity: '技改项目',
  kind: 'atMost',
  contingent: true,
  readings: {
    ...UPGRADING,
    '12.4#1': '甲乙',
    '12.4#2': '甲乙',
    '12.4#4': '甲乙',
    '12.4#5': '甲乙',
  },
  judge(s): Judged {
    const whole = s.reads('12.4#2') === '乙';
    const year = exact(s.reads('12.4#4') === '乙' ? 365 : 360);
    const loans = s.rows('贷款')?.map((loan) => {
      const date = s.reads('12.4#1') === '乙' ? s.word('申报日期') : loan.word('合同日期');
      const days = loan.number(whole ? '累计计息天数' : '计息天数', 1);
      return times(loan.yuan('本金'), lprOn('1Y', date), over(days, year));
    });
    const award = loans === undefined ? undefined : downToFen(plus(...loans));
    const paid = s.yuan(whole ? '累计已付利息' : '年度已付利息');
    const limited = s.reads('12.4#5') === '乙' ? award : least(award, paid);
    return {
      conditions: {
        ...upgrading(s, '贷款贴息', '贷款贴息方式'),
        有贴息额: positive(award),
        已付利息: positive(paid),
      },
      amount: least(limited, wan(1_000)),
    };
  },
  draw(d): void {
    drawUpgrading(d);
    drawLoans(d);
    d.date('申报日期', '2021-12-20', '2023-06-20', '2023-12-15');
    for (const name of ['年度已付利息', '累计已付利息']) {
      d.number(name, [1_000_000_000n, 1n, 3_000_000n]);
    }
  },
};

/** 13.1 「新入选“全国文化企业30强”“中国旅游集团20强”企业，给与一次性100万元奖补」 */
const listed: Scheme = {
  item: '文旅榜单新入选奖补',
  entity: '企业',
  kind: 'exactly',
  contingent: false,
  readings: { '13.1#1': '甲乙', '13.1#2': '甲乙', '13.1#3': '甲乙' },
  judge(s): Judged {
    const before = s.reads('13.1#3') === '乙' ? '曾入选' : '上届入选';
    const newly = ['文化企业30强', '旅游集团20强'].map((list) =>
      all(s.holds(`${list}入选`), not(s.holds(`${list}${before}`))),
    );
    const each = newly.map((one) =>
      choose(
        one,
        () => wan(100),
        () => ZERO,
      ),
    );
    return {
      conditions: { 新入选: s.reads('13.1#1') === '乙' ? all(...newly) : any(...newly) },
      amount: s.reads('13.1#2') === '乙' ? plus(...each) : wan(100),
    };
  },
  draw(d): void {
    for (const list of ['文化企业30强', '旅游集团20强']) {
      d.evenly(`${list}入选`);
      d.unlikely(`${list}上届入选`, `${list}曾入选`);
    }
  },
};

/** 13.2 「实际投资超过亿元的优秀文旅演艺项目，给予一次性500万元奖补」 */
const show: Scheme = {
  item: '优秀演艺项目奖补',
  entity: '演艺项目',
  kind: 'exactly',
  contingent: false,
  readings: { '13.2#1': '甲乙', '13.2#2': '甲乙' },
  judge: (s) => ({
    conditions: {
      文旅演艺项目: s.holds('文旅演艺'),
      投资超亿元: when(s.yuan('实际投资'), (x) => {
        const beyond = order(x, wan(10_000));
        return beyond > 0 || (beyond === 0 && s.reads('13.2#1') === '乙');
      }),
      优秀: any(s.judged('优秀文旅演艺项目'), s.reads('13.2#2') === '乙'),
    },
    amount: wan(500),
  }),
  draw(d): void {
    d.likely('文旅演艺');
    d.number('实际投资', [10_000_000_000n]);
    d.gate('优秀文旅演艺项目');
  },
};

const CLASSES = [
  '重大攻关示范项目',
  '关键技术攻关项目',
  '产业基础再造工程',
  '重大技术装备攻关工程',
  '应用基础研究联合计划',
];

function science(
  scheme: Pick<Scheme, 'item' | 'kind' | 'readings' | 'judge'>,
  classes: readonly string[],
): Scheme {
  return {
    ...scheme,
    entity: '科技项目',
    contingent: true,
    draw(d): void {
      d.likely('组建创新联合体', '列入断点清单', '省以上立项', '由领军企业承担');
      d.word('类别', classes, [...CLASSES, '其他']);
      d.date('立项日期', '2023-12-01');
      const edges = [10_000_000_000n, 2_000_000_000n, 5n, 2n, 1_234_567n];
      for (const name of ['审定实际投资', '批复投资预算', '联合计划总额', '企业出资额']) {
        d.number(name, edges);
      }
    },
  };
}

/** 15.1 to 15.4: funds of the province or state come first, as far as 15.1#2 and 15.1#3 say. */
function funded(s: Sight, id: string): Truth {
  return any(s.holds('省以上立项'), s.reads(id) === '乙');
}

const scienceProjects: readonly Scheme[] = [
  science(
    {
      item: '联合体重大攻关支持',
      kind: 'atLeast',
      readings: { '15.1#2': '甲乙' },
      judge: (s) => ({
        conditions: {
          联合体: s.holds('组建创新联合体'),
          项目类别: s.oneOf('类别', '重大攻关示范项目'),
          省以上立项: funded(s, '15.1#2'),
        },
        amount: wan(1_000),
      }),
    },
    ['重大攻关示范项目'],
  ),
  science(
    {
      item: '关键技术攻关支持',
      kind: 'atLeast',
      readings: { '15.1#3': '甲乙' },
      judge: (s) => ({
        conditions: {
          断点卡点堵点: s.holds('列入断点清单'),
          项目类别: s.oneOf('类别', '关键技术攻关项目'),
          省以上立项: funded(s, '15.1#3'),
        },
        amount: wan(100),
      }),
    },
    ['关键技术攻关项目'],
  ),
  science(
    {
      item: '基础再造和重大装备支持',
      kind: 'exactly',
      readings: { '15.1#3': '甲乙', '15.3#3': '甲乙' },
      judge(s): Judged {
        const invested = s.yuan(s.reads('15.3#3') === '乙' ? '批复投资预算' : '审定实际投资');
        const award = nearestFen(times(invested, percent(10)));
        return {
          conditions: {
            工程类别: s.oneOf('类别', '产业基础再造工程', '重大技术装备攻关工程'),
            省以上立项: funded(s, '15.1#3'),
            有支持额: positive(award),
          },
          amount: least(award, wan(1_000)),
        };
      },
    },
    ['产业基础再造工程', '重大技术装备攻关工程'],
  ),
  science(
    {
      item: '领军企业联合计划支持',
      kind: 'exactly',
      readings: { '15.1#3': '甲乙', '15.4#1': '甲乙' },
      judge(s): Judged {
        const plan = s.yuan(s.reads('15.4#1') === '乙' ? '企业出资额' : '联合计划总额');
        const award = nearestFen(times(plan, percent(25)));
        return {
          conditions: {
            科技领军企业: s.holds('由领军企业承担'),
            联合计划: s.oneOf('类别', '应用基础研究联合计划'),
            省以上立项: funded(s, '15.1#3'),
            有支持额: positive(award),
          },
          amount: least(award, wan(500)),
        };
      },
    },
    ['应用基础研究联合计划'],
  ),
];

const TAKEN_OVER = ['技术转让', '技术许可', '技术开发'];

/** 15.5 「按照付款额度给予最高不超过200万元科技资金奖补」 */
const transfer: Scheme = {
  item: '承接高校院所成果奖补',
  entity: '技术合同',
  kind: 'atMost',
  contingent: false,
  readings: { '15.5#1': '甲乙', '15.5#4': '甲乙' },
  judge(s): Judged {
    const paid = s.yuan(s.reads('15.5#4') === '乙' ? '累计付款额' : '印发后付款额');
    return {
      conditions: {
        承接方式: any(s.oneOf('方式', ...TAKEN_OVER), s.judged('其他技术承接方式')),
        高校院所成果: s.oneOf('成果方类型', '高等学校', '科研院所'),
        合同登记: s.holds('已登记'),
        已付款: positive(paid),
      },
      amount: s.reads('15.5#1') === '乙' ? least(paid, wan(200)) : wan(200),
    };
  },
  draw(d): void {
    d.word('方式', TAKEN_OVER, ['技术咨询', '技术服务']);
    d.gate('其他技术承接方式');
    d.word('成果方类型', ['高等学校', '科研院所'], ['企业', '其他']);
    d.likely('已登记');
    d.date('付款日期', '2023-12-01');
    for (const name of ['印发后付款额', '累计付款额']) d.number(name, [200_000_000n, 1n]);
  },
};

export const industrySchemes: readonly Scheme[] = [
  warehouse,
  grant,
  loanSupport,
  listed,
  show,
  ...scienceProjects,
  transfer,
];
