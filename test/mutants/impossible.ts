/** Examples that cannot exist, by package, each group with the reason why. */
import type { Group } from './survivors.ts';

export const impossible: Readonly<Record<string, readonly Group[]>> = {
  'benxi-2023-10': [
    {
      reason: 'The smallest area, 0.01 mu, earns 120 (or 30) yuan: no amount of 0.01 yuan exists.',
      mutants: [
        '待遇 新建日光温室小区补贴 有补贴额: > 0, above',
        '待遇 新建冷棚小区补贴 有补贴额: > 0, above',
      ],
    },
  ],
  'example-city': [
    {
      reason: 'The first row of the table asks nothing: whoever is asked about earns something.',
      mutants: [
        '创新资质奖励: 创新资质奖励额 never fails',
        '创新平台奖励: 创新平台奖励额 never fails',
      ],
    },
  ],
};
