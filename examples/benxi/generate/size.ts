/** Lower bounds of the size classes of 2017 by industry: staff in persons, revenue and assets in 万元.
 *  Source: 国家统计局, 统计上大中小微型企业划分办法（2017）. */

export type Size = '大型' | '中型' | '小型' | '微型';
export type Measure = '从业人员' | '营业收入' | '资产总额';

/** Bounds of 大型, 中型 and 小型. */
export type Bounds = { readonly [M in Measure]?: readonly [number, number, number] };

export const SIZES: readonly Size[] = ['大型', '中型', '小型', '微型'];

export const BOUNDS: Readonly<Record<string, Bounds>> = {
  农林牧渔业: { 营业收入: [20000, 500, 50] },
  工业: { 从业人员: [1000, 300, 20], 营业收入: [40000, 2000, 300] },
  建筑业: { 营业收入: [80000, 6000, 300], 资产总额: [80000, 5000, 300] },
  批发业: { 从业人员: [200, 20, 5], 营业收入: [40000, 5000, 1000] },
  零售业: { 从业人员: [300, 50, 10], 营业收入: [20000, 500, 100] },
  交通运输业: { 从业人员: [1000, 300, 20], 营业收入: [30000, 3000, 200] },
  仓储业: { 从业人员: [200, 100, 20], 营业收入: [30000, 1000, 100] },
  邮政业: { 从业人员: [1000, 300, 20], 营业收入: [30000, 2000, 100] },
  住宿业: { 从业人员: [300, 100, 10], 营业收入: [10000, 2000, 100] },
  餐饮业: { 从业人员: [300, 100, 10], 营业收入: [10000, 2000, 100] },
  信息传输业: { 从业人员: [2000, 100, 10], 营业收入: [100000, 1000, 100] },
  软件和信息技术服务业: { 从业人员: [300, 100, 10], 营业收入: [10000, 1000, 50] },
  房地产开发经营: { 营业收入: [200000, 1000, 100], 资产总额: [10000, 5000, 2000] },
  物业管理: { 从业人员: [1000, 300, 100], 营业收入: [5000, 1000, 500] },
  租赁和商务服务业: { 从业人员: [300, 100, 10], 资产总额: [120000, 8000, 100] },
  其他未列明行业: { 从业人员: [300, 100, 10] },
};

/** Where a measure without a bound lies: staff, revenue, assets of a usual firm of each class. */
const USUAL: Readonly<Record<Measure, readonly [number, number, number]>> = {
  从业人员: [400, 80, 12],
  营业收入: [30000, 3000, 300],
  资产总额: [40000, 4000, 400],
};

/** [low, high] of a measure for a firm of the class: high is below the next class. */
export function rangeOf(industry: string, size: Size, measure: Measure): readonly [number, number] {
  const bounds = BOUNDS[industry]?.[measure] ?? USUAL[measure];
  const [large, medium, small] = bounds;
  switch (size) {
    case '大型':
      return [large, large * 4];
    case '中型':
      return [medium, large - 1];
    case '小型':
      return [small, medium - 1];
    case '微型':
      return [1, Math.max(small - 1, 1)];
  }
}
