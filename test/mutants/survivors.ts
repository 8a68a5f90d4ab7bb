/** Mutants that no example can kill, by package, each group with the reason why. The test fails
 *  when another one survives, and when one of these is killed after all. */

export interface Group {
  readonly reason: string;
  readonly mutants: readonly string[];
}

/** Which award gives way at a cap shows only with several awards; an example decides one. The
 *  ledger's tests hold the order. */
const ORDER = 'The order at a cap concerns several awards; an example decides a single one.';

function order(id: string): readonly string[] {
  return [
    `解释 ${id} 甲: "先到先得" → "按比例"`,
    `解释 ${id} 乙: "按比例" → "先到先得"`,
    `解释 ${id}: 甲 → 乙`,
  ];
}

const rate = '决策 贷款贴息测算额 num.yes.body.b.items.0.a';
const slice = '决策 研发累进奖励额 a.a.a';

export const survivors: Readonly<Record<string, readonly Group[]>> = {
  'benxi-2023-10': [
    {
      reason: ORDER,
      mutants: ['3.6#4', '8.8#8', '9.6.b#3', '10.2#11', '12.5#2', '15.3#5'].flatMap(order),
    },
    {
      reason:
        'Equivalent while every LPR on file is above 2.857 %: 70 % of the lowest, 3.10 %, is 2.17 %,' +
        ' so the other limit of 2 % binds whichever row or tenor is read.',
      mutants: [
        `${rate}: row after`,
        `${rate}: row before`,
        `${rate}.keys.0.test: <= → <`,
        `${rate}.keys.0.test: <= → >=`,
        `${rate}.keys.0.yes: "1Y" → "5Y+"`,
      ],
    },
    {
      reason: 'Equivalent: a growing firm has no layoffs, whether counted as none or as fewer.',
      mutants: ['解释 20.5#4 丙: max without 1', '解释 20.5#4 丙 items.1: 0 -1 step'],
    },
    {
      reason: 'Equivalent: the smallest area, 0.01 mu, already earns 120 (or 30) yuan.',
      mutants: [
        '待遇 新建日光温室小区补贴 有补贴额 b: 0 +1 step',
        '待遇 新建冷棚小区补贴 有补贴额 b: 0 +1 step',
      ],
    },
  ],
  'example-city': [
    { reason: ORDER, mutants: order('2.3#1') },
    {
      reason: 'Equivalent: the first slice begins at 0 and whoever earns spent 500,000 yuan.',
      mutants: [
        `${slice}: max without 1`,
        `${slice}.items.0: subtract`,
        `${slice}.items.1: 0 +1 step`,
        `${slice}.items.1: 0 -1 step`,
      ],
    },
    {
      reason:
        'Equivalent: 8 % of whole 分 never ends in half a 分 (8n = 50 + 100m has no solution).',
      mutants: [
        '待遇 技术改造补助 金额 items.0: half up → half down',
        '待遇 技术改造补助 金额 items.0: half up → half even',
      ],
    },
    {
      reason: 'Equivalent: the first row of the table asks nothing, so the table always pays.',
      mutants: [
        '待遇 创新资质奖励: without 创新资质奖励额',
        '待遇 创新平台奖励: without 创新平台奖励额',
      ],
    },
  ],
};
