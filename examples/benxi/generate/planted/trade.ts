/** Planted firms for 3.3 批零增量奖励 and 4.3 住餐增量奖励. */
import { wan, yuan } from '../register.ts';
import type { Facts } from '../register.ts';
import { firm, grown, trader } from './firm.ts';
import { LAW, no, unknown, yes } from './planted.ts';
import type { Expectation, Planted } from './planted.ts';

const TRADE = '批零增量奖励';
const LODGING = '住餐增量奖励';

/** Increase in yuan → award in 万元; 0: refused. One 分 below, at and above each threshold. */
const STEPS: readonly (readonly [string, number])[] = [
  ['49999999.99', 0],
  ['50000000.00', 10],
  ['50000000.01', 10],
  ['99999999.99', 10],
  ['100000000.00', 30],
  ['100000000.01', 30],
  ['199999999.99', 30],
  ['200000000.00', 50],
  ['200000000.01', 50],
  ['499999999.99', 50],
  ['500000000.00', 100],
  ['500000000.01', 100],
];

const LODGING_STEPS: readonly (readonly [string, number])[] = [
  ['4999999.99', 0],
  ['5000000.00', 5],
  ['5000000.01', 5],
  ['9999999.99', 5],
  ['10000000.00', 10],
  ['10000000.01', 10],
];

function stepExpectation(item: string, inc: string, award: number, law: string): Expectation {
  const condition = item === TRADE ? '限上零售额增量' : '住餐零售额增量';
  const least = item === TRADE ? '5000万元' : '500万元';
  if (award === 0) return no(item, condition, `增量${inc}元，差0.01元不到${least}`, law);
  return yes(item, wan(award), `增量${inc}元，落入${award}万元一档`, law);
}

const otherTrade = (why: string): Expectation => no(LODGING, '行业', why, LAW.lodgingWho);

function boundaryFirms(): Planted[] {
  const trade = STEPS.map(([inc, award], i) =>
    firm({
      n: i + 1,
      name: `本溪界线${i + 1}号${i % 2 === 0 ? '百货' : '钢材贸易'}有限公司`,
      facts: { ...trader(i % 2 === 0 ? '零售业' : '批发业'), ...grown(yuan(inc)) },
      expect: [stepExpectation(TRADE, inc, award, LAW.trade), otherTrade('批零企业不适用第4条')],
    }),
  );
  const lodging = LODGING_STEPS.map(([inc, award], i) =>
    firm({
      n: i + 21,
      name: `桓仁界线${i + 21}号${i % 2 === 0 ? '宾馆' : '满族饭庄'}有限公司`,
      district: '桓仁满族自治县',
      facts: {
        ...trader(i % 2 === 0 ? '住宿业' : '餐饮业'),
        ...grown(yuan(inc), '月营业额'),
      },
      expect: [stepExpectation(LODGING, inc, award, LAW.lodging)],
    }),
  );
  return [...trade, ...lodging];
}

/** Figures of autumn by month, in yuan: both years, from September on. */
function months(
  before: readonly (string | undefined)[],
  now: readonly (string | undefined)[],
): Facts {
  const facts: Facts = {};
  ['09', '10', '11'].forEach((month, i) => {
    const [old, fresh] = [before[i], now[i]];
    for (const [year, text] of [
      ['2022', old],
      ['2023', fresh],
    ] as const) {
      if (text === undefined) continue;
      facts[`月限上零售额 ${year}-${month}`] = yuan(text);
      facts[`月销售额 ${year}-${month}`] = yuan(text);
    }
  });
  return facts;
}

const NONE = [undefined, undefined, undefined];

function refusedFirms(): Planted[] {
  return [
    firm({
      n: 31,
      name: '本溪限下超市有限公司',
      facts: {
        ...trader('零售业'),
        限额以上: false,
        限上入库年月: undefined,
        ...grown(wan(12000)),
      },
      expect: [no(TRADE, '限额以上', '增量1.2亿元，但不在限上库', LAW.tradeWho)],
    }),
    firm({
      n: 32,
      name: '沈北家电有限公司本溪分公司',
      facts: { ...trader('零售业'), 法人: false, ...grown(wan(6000)) },
      shown: { 主体类型: '有限责任公司分公司' },
      expect: [no(TRADE, '法人', '分公司不是法人企业', LAW.tradeWho)],
    }),
    firm({
      n: 33,
      name: '本溪铸管自销有限公司',
      facts: { ...trader('工业'), ...grown(wan(8000)) },
      expect: [no(TRADE, '行业', '统计登记为工业', LAW.tradeWho)],
    }),
    firm({
      n: 34,
      name: '本溪回落百货有限公司',
      facts: {
        ...trader('零售业'),
        ...months(['60000000', '58000000', '61000000'], ['52000000', '49000000', '55000000.5']),
      },
      expect: [no(TRADE, '限上零售额增量', '增量为-22999999.50元', LAW.trade)],
    }),
    firm({
      n: 35,
      name: '溪湖两业餐饮服务有限公司',
      district: '溪湖区',
      facts: { ...trader('零售业'), ...grown(wan(800)) },
      shown: { 登记行业: '餐饮业' },
      expect: [
        no(TRADE, '限上零售额增量', '增量800万元，不到5000万元', LAW.trade),
        no(
          LODGING,
          '行业',
          '市场监管登记为餐饮业，统计登记为零售业；行业以统计登记为准',
          LAW.lodgingWho,
        ),
      ],
    }),
  ];
}

function openFirms(): Planted[] {
  return [
    firm({
      n: 41,
      name: '本溪缺月家居有限公司',
      facts: {
        ...trader('零售业'),
        ...months(['30000000', '30000000', '40000000'], ['52000000', undefined, '68000000']),
      },
      expect: [unknown(TRADE, '月限上零售额 2023-10', '10月报表为空', LAW.tradeWho)],
    }),
    firm({
      n: 42,
      name: '本溪新入库电商有限公司',
      facts: {
        ...trader('零售业'),
        限上入库年月: '2023-03-01',
        ...months(NONE, ['52000000', '55000000', '68000000']),
      },
      expect: [
        unknown(
          TRADE,
          '月限上零售额 2022-09、2022-10、2022-11',
          '2023年入库，没有上年同期数（口径3.3#2）',
          LAW.tradeWho,
        ),
      ],
    }),
    firm({
      n: 43,
      name: '本溪未划行业商贸有限公司',
      facts: { ...trader('零售业'), 行业: undefined, ...grown(wan(7000)) },
      expect: [unknown(TRADE, '行业', '统计登记缺行业', LAW.tradeWho)],
    }),
    firm({
      n: 44,
      name: '本溪缺期宾馆有限公司',
      facts: {
        ...trader('住宿业'),
        ...months(['3000000', '3000000', '4000000'], ['6000000', '6500000', undefined]),
      },
      expect: [unknown(LODGING, '月限上零售额 2023-11', '11月报表为空', LAW.lodgingWho)],
    }),
  ];
}

/** Firms whose codes or names in the forms are not right; the damage stands in `slips.ts`. */
function damagedFirms(): Planted[] {
  return [
    firm({
      n: 51,
      name: '本溪错码汽车销售有限公司',
      facts: { ...trader('零售业'), ...grown(wan(13000)) },
      expect: [
        unknown(
          TRADE,
          '月限上零售额 2022-11、2023-11',
          '11月报表的信用代码校验位错，该行退回',
          LAW.tradeWho,
        ),
      ],
    }),
    firm({
      n: 52,
      name: '本溪科学计数酒店有限公司',
      facts: { ...trader('住宿业'), ...grown(wan(700), '月营业额') },
      expect: [
        unknown(
          LODGING,
          '月限上零售额 2022-09、2023-09',
          '9月报表的信用代码成了科学计数法，该行退回',
          LAW.lodgingWho,
        ),
      ],
    }),
    firm({
      n: 53,
      name: '本溪新名生活超市有限公司',
      facts: { ...trader('零售业'), ...grown(wan(21000)) },
      shown: { 旧名称: '本溪老名百货有限公司（合成）' },
      expect: [yes(TRADE, wan(50), '报表用旧名称，信用代码相同，是同一户；增量2.1亿元', LAW.trade)],
    }),
  ];
}

/** Firms with odd figures: a wrong unit, full-width digits, below zero, twice. */
function oddFirms(): Planted[] {
  return [
    firm({
      n: 54,
      name: '本溪错单位钢材有限公司',
      facts: {
        ...trader('批发业'),
        ...months(['30000000', '30000000', '40000000'], ['90000000', '90000000', '12000000']),
      },
      expect: [
        yes(
          TRADE,
          wan(10),
          '11月把12000万元按万元填进千元表，读作1200万元；照报数增量9200万元。实际为2亿元，应由统计局更正后改为50万元',
          LAW.trade,
        ),
      ],
    }),
    firm({
      n: 55,
      name: '本溪全角图书有限公司',
      facts: { ...trader('零售业'), ...grown(wan(5600)) },
      expect: [yes(TRADE, wan(10), '9月数字是全角字符，读作同一个数；增量5600万元', LAW.trade)],
    }),
    firm({
      n: 56,
      name: '本溪负数珠宝有限公司',
      facts: {
        ...trader('零售业'),
        ...months(['30000000', '30000000', '40000000'], ['42000000', undefined, '68000000']),
      },
      expect: [
        unknown(
          TRADE,
          '月限上零售额 2022-10、2023-10',
          '10月零售额填成负数，该行退回',
          LAW.tradeWho,
        ),
      ],
    }),
    firm({
      n: 57,
      name: '本溪重复报送家电有限公司',
      facts: { ...trader('零售业'), ...grown(wan(5200)) },
      expect: [yes(TRADE, wan(10), '9月报了两行，内容相同，只读一次；增量5200万元', LAW.trade)],
    }),
  ];
}

export const tradeFirms: readonly Planted[] = [
  ...boundaryFirms(),
  ...refusedFirms(),
  ...openFirms(),
  ...damagedFirms(),
  ...oddFirms(),
];
